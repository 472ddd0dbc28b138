//! Zone by zone: the zone with the fewest tasks of the group, and in it the best of a few hosts that fit, or the fullest.
//!
//! Looking at every host would cost more with every host. A few, taken in turn from a place that the seed chooses, are as good
//! in a large zone, and in a small one they are all there are. The fullest are found in the order in which the snapshot keeps them.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::sync::Arc;

use domain::{Instance, InstanceId, Snapshot};

use super::strategy::{ByZone, Choice, mix};
use super::{Demand, Measure, Room};

/// Hosts that are compared where no strategy was given.
const LOOK_AT: usize = 8;

pub(super) fn place(view: &Snapshot, demand: &Demand, strategy: ByZone, count: usize) -> Vec<InstanceId> {
    let names = view.zones_of(&demand.pool).into_iter();
    let mut zones: Vec<_> = names
        .enumerate()
        .map(|(nth, name)| Zone::new(view, demand, strategy, name, mix(demand.seed, nth as u64)))
        .collect();
    let mut placed = Vec::new();
    while placed.len() < count {
        // A zone that has nothing left is not asked again.
        zones.retain_mut(|zone| zone.fill(view, demand));
        let Some(zone) = zones.iter_mut().min_by_key(|it| (it.rank(), it.lot)) else {
            break;
        };
        placed.extend(zone.take(view, demand));
    }
    placed
}

struct Zone<'a> {
    /// Tasks of the group.
    tasks: u32,
    /// Decides between zones with equally many.
    lot: u64,
    /// Hosts that have not been looked at.
    ahead: Box<dyn Iterator<Item = Room<'a>> + 'a>,
    /// Hosts that fit and are compared next.
    open: Vec<Room<'a>>,
    /// Hosts that have got a task, longest ago first, to be looked at again when no other is left.
    used: VecDeque<Room<'a>>,
    strategy: ByZone,
}

impl<'a> Zone<'a> {
    fn new(view: &'a Snapshot, demand: &Demand, strategy: ByZone, name: Arc<str>, lot: u64) -> Self {
        let ahead: Box<dyn Iterator<Item = &Instance>> = match strategy.host {
            Choice::Any | Choice::OfFew => {
                let from = InstanceId::new(u128::from(lot) << 64);
                Box::new(view.instances_round(&demand.pool, &name, from))
            }
            Choice::Fullest(measure) => {
                let least = match measure {
                    Measure::Cpu => demand.reservation.cpu,
                    Measure::Memory => demand.reservation.memory_mib,
                };
                Box::new(view.fullest_instances(&demand.pool, &name, measure, least))
            }
        };
        Self {
            tasks: view.group_in_zone(&demand.cluster, &demand.group, &name),
            lot,
            ahead: Box::new(ahead.map(Room::new)),
            open: Vec::new(),
            used: VecDeque::new(),
            strategy,
        }
    }

    /// Lowest is best. Of a zone that has an open host.
    fn rank(&self) -> u32 {
        match self.strategy.host {
            Choice::Fullest(measure) if !self.strategy.spread => self.open.first().map_or(0, |it| it.free(measure)),
            Choice::Any | Choice::OfFew | Choice::Fullest(_) => self.tasks,
        }
    }

    fn look_at(&self) -> usize {
        match self.strategy.host {
            Choice::OfFew => LOOK_AT,
            Choice::Any | Choice::Fullest(_) => 1,
        }
    }

    /// The host to look at next. One that was the fullest is so all the more with another task.
    fn next(&mut self) -> Option<Room<'a>> {
        match self.strategy.host {
            Choice::Any | Choice::OfFew => self.ahead.next().or_else(|| self.used.pop_front()),
            Choice::Fullest(_) => self.used.pop_front().or_else(|| self.ahead.next()),
        }
    }

    /// Finds hosts to compare. False where none is left.
    fn fill(&mut self, view: &Snapshot, demand: &Demand) -> bool {
        while self.open.len() < self.look_at() {
            let Some(room) = self.next() else {
                break;
            };
            if room.refusal(view, demand).is_none() {
                self.open.push(room);
            }
        }
        !self.open.is_empty()
    }

    fn take(&mut self, view: &Snapshot, demand: &Demand) -> Option<InstanceId> {
        let best = match self.strategy.host {
            Choice::Any | Choice::Fullest(_) => 0,
            Choice::OfFew => (0..self.open.len()).min_by_key(|&at| {
                let room = &mut self.open[at];
                (
                    room.count(view, demand),
                    Reverse(room.free_memory_mib()),
                    room.instance.id(),
                )
            })?,
        };
        let mut room = self.open.swap_remove(best);
        room.take(demand);
        self.tasks += 1;
        let id = room.instance.id();
        self.used.push_back(room);
        Some(id)
    }
}
