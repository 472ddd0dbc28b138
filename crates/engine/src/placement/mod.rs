//! Which host takes a task. Decides; never reserves, never starts anything.
//!
//! A host is asked for its first reason against the task; of those without one, the one with the fewest tasks of the same group
//! is chosen, and of equals the one with the most memory left. Tasks of one call see each other's room as taken.

mod fit;

use std::collections::BTreeMap;

use domain::host::Pool;
use domain::resources::Resources;
use domain::{ClusterName, Instance, InstanceId, Snapshot};

pub use fit::{Refusal, refusal};

/// What one task asks of a host.
#[derive(Clone, Debug)]
pub struct Demand {
    pub pool: Pool,
    pub cluster: ClusterName,
    pub group: String,
    pub reservation: Resources,
    /// Attributes a host must have, with the value where one is given.
    pub attributes: Vec<(String, Option<String>)>,
}

/// Hosts for as many tasks as found one, in order, and why each host refused the first that did not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub placed: Vec<InstanceId>,
    pub refused: Vec<(InstanceId, Refusal)>,
}

/// Finds hosts for `count` equal tasks.
pub fn place(view: &Snapshot, demand: &Demand, count: usize) -> Plan {
    let mut room: Vec<Room> = view
        .instances_in(&demand.pool)
        .map(|it| Room::of(view, it, demand))
        .collect();
    let mut plan = Plan::default();
    for _ in 0..count {
        let (open, refused): (Vec<_>, Vec<_>) = room
            .iter_mut()
            .map(|it| (refusal(it.instance, &it.taken, demand), it))
            .partition(|(no, _)| no.is_none());
        match open.into_iter().map(|(_, it)| it).min_by_key(|it| it.rank()) {
            Some(best) => {
                best.taken.add(&demand.reservation);
                best.alike += 1;
                plan.placed.push(best.instance.id());
            }
            None => {
                plan.refused = refused
                    .into_iter()
                    .filter_map(|(no, it)| Some((it.instance.id(), no?)))
                    .collect();
                break;
            }
        }
    }
    plan
}

/// A host as the tasks placed so far leave it.
struct Room<'a> {
    instance: &'a Instance,
    taken: Resources,
    /// Tasks of the demand's group.
    alike: usize,
}

impl<'a> Room<'a> {
    fn of(view: &Snapshot, instance: &'a Instance, demand: &Demand) -> Self {
        let alike = view
            .tasks_on(instance.id())
            .filter(|task| *task.cluster() == demand.cluster && *task.origin().group == *demand.group)
            .count();
        Self {
            instance,
            taken: instance.reserved().clone(),
            alike,
        }
    }

    /// Lowest first: spread, then the emptiest, then the id, so that the same world gives the same answer.
    fn rank(&self) -> (usize, std::cmp::Reverse<u32>, InstanceId) {
        let free = self
            .instance
            .registered
            .memory_mib
            .saturating_sub(self.taken.memory_mib);
        (self.alike, std::cmp::Reverse(free), self.instance.id())
    }
}

/// How many hosts gave each reason, for one line of explanation.
pub fn tally(refused: &[(InstanceId, Refusal)]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for (_, why) in refused {
        *counts.entry(why.code()).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests;
