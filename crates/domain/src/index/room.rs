//! Instances by what they have left, so that the fullest which still takes a task is found without looking at the others.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};

use crate::host::Pool;
use crate::id::InstanceId;
use crate::instance::{Instance, Status};
use crate::resources::Measure;

/// Of each zone of a pool. What is deregistered has no room.
#[derive(Clone, Debug, Default)]
pub(crate) struct RoomIndex(OrdMap<(Pool, Arc<str>), Zone>);

#[derive(Clone, Debug, Default)]
struct Zone {
    cpu: OrdSet<(u32, InstanceId)>,
    memory: OrdSet<(u32, InstanceId)>,
}

impl RoomIndex {
    pub fn insert(&mut self, it: &Instance) {
        if it.status() == Status::Inactive {
            return;
        }
        let zone = self.0.entry(key(it)).or_default();
        zone.cpu.insert((it.free(Measure::Cpu), it.id()));
        zone.memory.insert((it.free(Measure::Memory), it.id()));
    }

    pub fn remove(&mut self, it: &Instance) {
        let key = key(it);
        let Some(zone) = self.0.get_mut(&key) else {
            return;
        };
        zone.cpu.remove(&(it.free(Measure::Cpu), it.id()));
        zone.memory.remove(&(it.free(Measure::Memory), it.id()));
        if zone.cpu.is_empty() {
            self.0.remove(&key);
        }
    }

    /// The same instance with more or less left.
    pub fn change(&mut self, old: &Instance, new: &Instance) {
        let free = |it: &Instance| (it.free(Measure::Cpu), it.free(Measure::Memory));
        if free(old) != free(new) {
            self.remove(old);
            self.insert(new);
        }
    }

    /// Those that have at least so much left, the fullest first.
    pub fn fullest<'a>(
        &'a self,
        pool: &Pool,
        zone: &Arc<str>,
        measure: Measure,
        least: u32,
    ) -> impl Iterator<Item = InstanceId> + use<'a> {
        let zone = self.0.get(&(pool.clone(), zone.clone()));
        let order = zone.map(|it| match measure {
            Measure::Cpu => &it.cpu,
            Measure::Memory => &it.memory,
        });
        let order = order.into_iter();
        order.flat_map(move |it| it.range((least, InstanceId::new(0))..).map(|(_, id)| *id))
    }
}

fn key(it: &Instance) -> (Pool, Arc<str>) {
    (it.pool().clone(), it.zone().into())
}
