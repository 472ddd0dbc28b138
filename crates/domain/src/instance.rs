//! A container instance: the record of a host's capacity, in a cluster or in the Fargate pool.
//!
//! Placement reserves on this record, so two placements that want the same room collide at commit by themselves.

use serde::{Deserialize, Serialize};
use wire::time::Time;

use crate::host::Pool;
use crate::id::{HostId, InstanceId};
use crate::network::{INTERFACES_PER_HOST, Reach};
use crate::resources::{Measure, Resources};
use crate::tags::Tags;
use crate::task::Task;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    Active,
    Draining,
    /// Deregistered; its agent is turned away.
    Inactive,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionInfo {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docker_version: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RuntimeStatus {
    Initializing,
    Ok,
    Impaired,
    InsufficientData,
}

/// What an agent says of its container runtime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuntimeHealth {
    pub status: RuntimeStatus,
    pub updated: Time,
    pub changed: Time,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instance {
    id: InstanceId,
    pool: Pool,
    /// None where it was registered without a host key, as a stock agent or an API user does.
    pub host: Option<HostId>,
    status: Status,
    connected: bool,
    /// Numbers this instance's agent sessions; messages of a session are numbered within it. Never goes back.
    session: u64,
    /// Ports in here are those that the host itself keeps.
    pub registered: Resources,
    reserved: Resources,
    /// Of its GPUs, each once, as the agent gave them. Only they count: `registered` says nothing of GPUs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gpu_ids: Vec<String>,
    /// Those that its unfinished tasks have, `reserved` many. An agent may since have registered without one of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    taken_gpu_ids: Vec<String>,
    pub attributes: Vec<Attribute>,
    #[serde(default)]
    /// Boxed: an instance is the largest of records, and all take the room of the largest.
    pub version_info: Box<VersionInfo>,
    pub registered_at: Time,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reach: Option<Reach>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Tags,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    health: Option<RuntimeHealth>,
    version: u64,
}

impl Instance {
    /// The attribute that names the availability zone.
    pub const ZONE: &'static str = "ecs.availability-zone";
    /// The attribute by which an agent of ours says what it is.
    pub const OUR_AGENT: &'static str = "longshore.capability.agent";
    /// The attribute with the IPv4 address under which other hosts reach it, from agents of ours.
    pub const ADDRESS: &'static str = "longshore.address";
    /// The attribute that says how other hosts' tasks reach its tasks.
    pub const TASK_NETWORK: &'static str = "longshore.task-network";

    pub fn new(id: InstanceId, pool: Pool, host: Option<HostId>, registered: Resources, now: Time) -> Self {
        Self {
            id,
            pool,
            host,
            status: Status::Active,
            connected: false,
            session: 0,
            registered,
            reserved: Resources::default(),
            gpu_ids: Vec::new(),
            taken_gpu_ids: Vec::new(),
            attributes: Vec::new(),
            version_info: Box::default(),
            registered_at: now,
            reach: None,
            tags: Vec::new(),
            health: None,
            version: 1,
        }
    }

    pub fn id(&self) -> InstanceId {
        self.id
    }

    /// The name of its availability zone; empty where nobody has given it one.
    pub fn zone(&self) -> &str {
        let zone = self.attribute(Self::ZONE).and_then(|it| it.value.as_deref());
        zone.unwrap_or_default()
    }

    /// What AWS's clients know it by: an EC2 instance id.
    pub fn ec2_id(&self) -> String {
        format!("i-{:017x}", self.id.bits() & 0xf_ffff_ffff_ffff_ffff)
    }

    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    pub fn status(&self) -> Status {
        self.status
    }

    pub fn version(&self) -> u64 {
        self.version
    }

    pub fn session(&self) -> u64 {
        self.session
    }

    pub fn is_connected(&self) -> bool {
        self.connected
    }

    pub fn health(&self) -> Option<&RuntimeHealth> {
        self.health.as_ref()
    }

    /// Takes in what the agent says of its runtime. Only another status is news: agents repeat themselves.
    pub fn note_health(&mut self, health: RuntimeHealth) -> bool {
        if self.health.as_ref().is_some_and(|it| it.status == health.status) {
            return false;
        }
        self.health = Some(health);
        self.version += 1;
        true
    }

    /// Sum of what its unfinished tasks hold.
    pub fn reserved(&self) -> &Resources {
        &self.reserved
    }

    /// How other hosts reach its tasks. None where they do not: it has a network of its own, or is deregistered.
    pub fn reach(&self) -> Option<Reach> {
        self.reach.filter(|_| self.status != Status::Inactive)
    }

    /// Takes in what its agent said when it registered.
    pub fn set_reach(&mut self, reach: Option<Reach>) {
        self.reach = reach;
    }

    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|a| a.name == name)
    }

    /// Whether its agent makes the interfaces of tasks. One that does not wants those that are there.
    pub fn makes_interfaces(&self) -> bool {
        self.attribute(Self::OUR_AGENT).is_some()
    }

    /// How many tasks with an address of their own it can have. Without a host key there is no part of the task network.
    pub fn interfaces(&self) -> u32 {
        self.host.map_or(0, |_| INTERFACES_PER_HOST)
    }

    pub fn gpus(&self) -> u32 {
        self.gpu_ids.len() as u32
    }

    pub fn free(&self, measure: Measure) -> u32 {
        match measure {
            Measure::Cpu => self.free_cpu(),
            Measure::Memory => self.free_memory_mib(),
        }
    }

    pub fn free_cpu(&self) -> u32 {
        self.registered.cpu.saturating_sub(self.reserved.cpu)
    }

    pub fn free_memory_mib(&self) -> u32 {
        self.registered.memory_mib.saturating_sub(self.reserved.memory_mib)
    }

    /// GPUs that no task has, in the order in which tasks get them.
    pub fn free_gpu_ids(&self) -> impl Iterator<Item = &String> {
        self.gpu_ids.iter().filter(|id| !self.taken_gpu_ids.contains(id))
    }

    /// Holds room for a task from its placement to its end. Gives the ids of the task's GPUs.
    pub fn reserve(&mut self, taken: &Resources) -> Vec<String> {
        let ids: Vec<String> = self.free_gpu_ids().take(taken.gpus as usize).cloned().collect();
        self.taken_gpu_ids.extend(ids.iter().cloned());
        self.reserved.add(taken);
        self.version += 1;
        ids
    }

    /// Takes back what an ended task held.
    pub fn release(&mut self, task: &Task) {
        let of_task = |id: &String| task.containers().iter().any(|it| it.gpu_ids().contains(id));
        self.taken_gpu_ids.retain(|id| !of_task(id));
        self.reserved.subtract(&task.origin().reservation);
        self.version += 1;
    }

    /// Opens the next agent session and ends any other. The number is never below the clock's, so it stays ahead of what
    /// agents have seen even after the store was restored from an older copy.
    pub fn connect(&mut self, now: Time) -> u64 {
        self.session = (self.session + 1).max(now.as_millis().max(0) as u64 / 1000);
        self.connected = true;
        self.version += 1;
        self.session
    }

    /// False where another session has taken over meanwhile: the end of the old one means nothing then.
    pub fn disconnect(&mut self, session: u64) -> bool {
        if !self.connected || session != self.session {
            return false;
        }
        self.connected = false;
        self.version += 1;
        true
    }

    /// No session survives a restart of the server.
    pub fn lose_session(&mut self) -> bool {
        self.disconnect(self.session)
    }

    /// Takes it out of placement, or back in. False if it is there already, or gone.
    pub fn set_draining(&mut self, draining: bool) -> bool {
        let wanted = if draining { Status::Draining } else { Status::Active };
        if self.status == wanted || self.status == Status::Inactive {
            return false;
        }
        self.status = wanted;
        self.version += 1;
        true
    }

    /// Adds it, or gives the one of that name its value.
    pub fn put_attribute(&mut self, attribute: Attribute) {
        self.attributes.retain(|it| it.name != attribute.name);
        self.attributes.push(attribute);
        self.version += 1;
    }

    pub fn take_attribute(&mut self, name: &str) -> Option<Attribute> {
        let at = self.attributes.iter().position(|it| it.name == name)?;
        self.version += 1;
        Some(self.attributes.remove(at))
    }

    pub fn deregister(&mut self) -> bool {
        if self.status == Status::Inactive {
            return false;
        }
        self.status = Status::Inactive;
        self.connected = false;
        self.version += 1;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instance() -> Instance {
        Instance::new(
            InstanceId::new(1),
            Pool::Fargate,
            None,
            Resources::default(),
            Time::from_millis(0),
        )
    }

    #[test]
    fn the_end_of_an_old_session_does_not_undo_the_new_one() {
        let mut it = instance();
        let old = it.connect(Time::from_millis(5_000));
        let new = it.connect(Time::from_millis(5_000));
        assert!(new > old);
        assert!(!it.disconnect(old));
        assert!(it.is_connected());
        assert!(it.disconnect(new));
    }

    #[test]
    fn sessions_stay_ahead_of_a_store_that_was_set_back() {
        let mut it = instance();
        assert_eq!(it.connect(Time::from_millis(1_700_000_000_000)), 1_700_000_000);
    }
}
