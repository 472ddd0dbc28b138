//! Which host takes a task. Decides; never reserves, never starts anything.
//!
//! A host is asked for its first reason against the task: its agent, its room, its attributes, the task's constraints. Among hosts
//! without one the strategy chooses. Tasks of one call see each other's room as taken. Two ways lead to the same kind of answer:
//! `zones` looks at a few hosts of each zone, which is all that the default, a spread over zones and a binpack ask for; `tree` orders
//! every host that fits by any list of strategies.

mod fit;
mod strategy;
mod tree;
mod zones;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::host::Pool;
use domain::instance::Status;
use domain::resources::Resources;
use domain::{ClusterName, Instance, InstanceId, Snapshot};

use crate::query::Expression;

pub use domain::resources::Measure;
pub use fit::{Refusal, refusal};
use strategy::ByZone;
pub use strategy::{Spread, Strategy};

/// What one task asks of a host.
#[derive(Clone, Debug)]
pub struct Demand {
    pub pool: Pool,
    pub cluster: ClusterName,
    pub group: Arc<str>,
    pub reservation: Resources,
    /// How many of the GPUs in `reservation` stand for all that the host has.
    pub all_gpus: u32,
    /// Attributes a host must have, with the value where one is given.
    pub attributes: Vec<(String, Option<String>)>,
    /// Zones that the task's subnets are in; empty where any will do.
    pub zones: Vec<String>,
    /// All of them must hold.
    pub constraints: Vec<Constraint>,
    /// Each chooses among those that the ones before it leave equal. Empty: the fewest tasks of the group, first by zone and then
    /// by host, and of equals the most memory left.
    pub strategy: Vec<Strategy>,
    /// Where nothing else decides. The same seed gives the same answer.
    pub seed: u64,
}

impl Demand {
    /// Whether a task that is placed may open a host that was excluded before.
    fn sees_tasks(&self) -> bool {
        let of_tasks =
            |it: &Constraint| matches!(it, Constraint::MemberOf { expression, .. } if expression.sees_tasks());
        self.constraints.iter().any(of_tasks)
    }
}

#[derive(Clone, Debug)]
pub enum Constraint {
    /// No two tasks of the group on one host.
    DistinctInstance,
    MemberOf {
        text: String,
        expression: Expression,
    },
}

/// Hosts for as many tasks as found one, in order, and why each host refused the first that did not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    pub placed: Vec<InstanceId>,
    pub refused: Vec<(InstanceId, Refusal)>,
}

/// Finds hosts for `count` equal tasks.
pub fn place(view: &Snapshot, demand: &Demand, count: usize) -> Plan {
    let placed = match ByZone::parse(&demand.strategy) {
        Some(strategy) if !demand.sees_tasks() => zones::place(view, demand, strategy, count),
        _ => tree::place(view, demand, count),
    };
    let refused = if placed.len() < count {
        refusals(view, demand, &placed)
    } else {
        Vec::new()
    };
    Plan { placed, refused }
}

/// Those that may be considered. What is deregistered is no host any more, and gives no reasons.
fn hosts<'a>(view: &'a Snapshot, demand: &Demand) -> impl Iterator<Item = &'a Instance> {
    view.instances_in(&demand.pool)
        .filter(|it| it.status() != Status::Inactive)
}

/// Why each host refuses one task more.
fn refusals(view: &Snapshot, demand: &Demand, placed: &[InstanceId]) -> Vec<(InstanceId, Refusal)> {
    let mut taken = BTreeMap::<InstanceId, u32>::new();
    placed.iter().for_each(|id| *taken.entry(*id).or_default() += 1);
    let why = hosts(view, demand).filter_map(|it| {
        let mut room = Room::new(it);
        (0..taken.get(&it.id()).copied().unwrap_or_default()).for_each(|_| room.take(demand));
        Some((it.id(), room.refusal(view, demand)?))
    });
    why.collect()
}

/// A host as the tasks placed so far leave it.
struct Room<'a> {
    instance: &'a Instance,
    taken: Resources,
    /// Tasks of the demand's group that are in the snapshot, once counted.
    counted: Option<u32>,
    /// Tasks that this plan has put there.
    planned: u32,
}

impl<'a> Room<'a> {
    fn new(instance: &'a Instance) -> Self {
        Self {
            instance,
            taken: instance.reserved().clone(),
            counted: None,
            planned: 0,
        }
    }

    fn take(&mut self, demand: &Demand) {
        self.taken.add(&demand.reservation);
        self.planned += 1;
    }

    fn refusal(&self, view: &Snapshot, demand: &Demand) -> Option<Refusal> {
        refusal(self.instance, &self.taken, demand).or_else(|| fit::excluded(view, self, demand))
    }

    /// Tasks of the demand's group.
    fn alike(&self, view: &Snapshot, demand: &Demand) -> u32 {
        self.counted.unwrap_or_else(|| alike(view, self.instance.id(), demand)) + self.planned
    }

    /// As `alike`, asking the snapshot only once.
    fn count(&mut self, view: &Snapshot, demand: &Demand) -> u32 {
        *self
            .counted
            .get_or_insert_with(|| alike(view, self.instance.id(), demand))
            + self.planned
    }

    fn free(&self, measure: Measure) -> u32 {
        match measure {
            Measure::Cpu => self.free_cpu(),
            Measure::Memory => self.free_memory_mib(),
        }
    }

    fn free_memory_mib(&self) -> u32 {
        self.instance
            .registered
            .memory_mib
            .saturating_sub(self.taken.memory_mib)
    }

    fn free_cpu(&self) -> u32 {
        self.instance.registered.cpu.saturating_sub(self.taken.cpu)
    }
}

fn alike(view: &Snapshot, host: InstanceId, demand: &Demand) -> u32 {
    let of_group = view
        .tasks_on(host)
        .filter(|task| *task.cluster() == demand.cluster && task.origin().group == demand.group);
    of_group.count() as u32
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
