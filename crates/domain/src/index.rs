//! Orders in which operations list tasks, instances and revisions. Derived from the records, never stored.

mod room;
mod tasks;

use std::sync::Arc;

use imbl::{OrdMap, OrdSet};

use crate::host::Pool;
use crate::id::{ClusterName, DefinitionId, HostId, InstanceId};
use crate::instance::{self, Instance};
use crate::network::{Cidr, Peers};
use crate::task::{LaunchType, Stage, Task};
use crate::task_definition::{Status, TaskDefinition};
pub(crate) use room::RoomIndex;
pub(crate) use tasks::TaskIndex;

/// How many tasks of a cluster are at work, by launch type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub running_ec2: u32,
    pub running_fargate: u32,
    pub pending_ec2: u32,
    pub pending_fargate: u32,
    /// Neither deregistered nor of the Fargate pool.
    pub instances: u32,
}

impl Tally {
    pub fn running(&self) -> u32 {
        self.running_ec2 + self.running_fargate
    }

    pub fn pending(&self) -> u32 {
        self.pending_ec2 + self.pending_fargate
    }

    fn slot(&mut self, task: &Task) -> Option<&mut u32> {
        let fargate = task.origin().launch_type == LaunchType::Fargate;
        match task.last() {
            Stage::Provisioning | Stage::Pending | Stage::Activating if fargate => Some(&mut self.pending_fargate),
            Stage::Provisioning | Stage::Pending | Stage::Activating => Some(&mut self.pending_ec2),
            Stage::Running if fargate => Some(&mut self.running_fargate),
            Stage::Running => Some(&mut self.running_ec2),
            Stage::Deactivating | Stage::Stopping | Stage::Deprovisioning | Stage::Stopped => None,
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Indexes {
    pub tasks: TaskIndex,
    pub instances_by_pool: OrdSet<(Pool, InstanceId)>,
    /// Of each host the one that is not deregistered.
    pub instances_by_host: OrdMap<HostId, InstanceId>,
    pub instances_by_zone: OrdSet<(Pool, Arc<str>, InstanceId)>,
    pub room: RoomIndex,
    /// Unfinished tasks of each group in each zone that has any.
    pub groups_by_zone: OrdMap<(ClusterName, Arc<str>, Arc<str>), u32>,
    pub definitions_by_status: OrdSet<(Status, DefinitionId)>,
    pub tallies: OrdMap<ClusterName, Tally>,
    /// Parts of the task network that hosts have.
    pub networks: OrdSet<Cidr>,
    pub peers: Peers,
}

impl Indexes {
    pub fn add_task(&mut self, task: &Task) {
        self.tasks.insert(task);
        if !task.is_stopped() {
            *self.groups_by_zone.entry(zone_key(task)).or_default() += 1;
        }
        let tally = self.tallies.entry(task.cluster().clone()).or_default();
        if let Some(slot) = tally.slot(task) {
            *slot += 1;
        }
    }

    pub fn remove_task(&mut self, task: &Task) {
        self.tasks.remove(task);
        if !task.is_stopped() {
            self.leave_zone(&zone_key(task));
        }
        let tally = self.tallies.entry(task.cluster().clone()).or_default();
        if let Some(slot) = tally.slot(task) {
            *slot -= 1;
        }
    }

    /// A task that changed but is found in the same places needs no new place in them.
    pub fn move_task(&mut self, old: &Task, new: &Task) {
        if (old.desired(), old.last()) != (new.desired(), new.last()) {
            self.remove_task(old);
            self.add_task(new);
        }
    }

    fn leave_zone(&mut self, key: &(ClusterName, Arc<str>, Arc<str>)) {
        match self.groups_by_zone.get_mut(key) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(self.groups_by_zone.remove(key)),
        }
    }

    pub fn add_instance(&mut self, it: &Instance) {
        self.instances_by_pool.insert((it.pool().clone(), it.id()));
        self.instances_by_zone
            .insert((it.pool().clone(), it.zone().into(), it.id()));
        if let Some(reach) = it.reach() {
            self.peers.put(it.id(), reach);
        }
        if let Some(host) = it.host.filter(|_| it.status() != instance::Status::Inactive) {
            self.instances_by_host.insert(host, it.id());
        }
        self.room.insert(it);
        self.count_instance(it, 1);
    }

    pub fn remove_instance(&mut self, it: &Instance) {
        self.instances_by_pool.remove(&(it.pool().clone(), it.id()));
        self.instances_by_zone
            .remove(&(it.pool().clone(), it.zone().into(), it.id()));
        if let Some(reach) = it.reach() {
            self.peers.remove(it.id(), reach);
        }
        let host = it
            .host
            .filter(|host| self.instances_by_host.get(host) == Some(&it.id()));
        if let Some(host) = host {
            self.instances_by_host.remove(&host);
        }
        self.room.remove(it);
        self.count_instance(it, -1);
    }

    /// An instance that changed but is found in the same places needs no new place in them.
    pub fn move_instance(&mut self, old: &Instance, new: &Instance) {
        let places = |it: &Instance| (it.status(), it.reach());
        if (old.pool(), old.zone()) != (new.pool(), new.zone()) || places(old) != places(new) {
            self.remove_instance(old);
            self.add_instance(new);
        } else {
            self.room.change(old, new);
        }
    }

    fn count_instance(&mut self, it: &Instance, by: i32) {
        if let (Pool::Cluster(name), instance::Status::Active | instance::Status::Draining) = (it.pool(), it.status()) {
            let tally = self.tallies.entry(name.clone()).or_default();
            tally.instances = tally.instances.saturating_add_signed(by);
        }
    }

    pub fn add_definition(&mut self, it: &TaskDefinition) {
        self.definitions_by_status.insert((it.status(), it.id().clone()));
    }

    pub fn remove_definition(&mut self, it: &TaskDefinition) {
        self.definitions_by_status.remove(&(it.status(), it.id().clone()));
    }
}

fn zone_key(task: &Task) -> (ClusterName, Arc<str>, Arc<str>) {
    let origin = task.origin();
    (origin.cluster.clone(), origin.group.clone(), origin.zone.clone())
}
