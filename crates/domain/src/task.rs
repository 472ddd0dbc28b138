//! One run of a task definition.
//!
//! Two fields say where a task is. `desired` is control's: it goes from Running to Stopped once and never back. `last` follows
//! the host's reports and only moves forward, so a report that comes late, twice or out of order changes nothing.

mod alike;
mod attachment;
mod container;
mod hex;
mod storage;
mod times;

#[cfg(test)]
pub(crate) mod tests;

use std::net::Ipv4Addr;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use wire::time::Time;

use crate::id::{ClusterName, DefinitionId, InstanceId, TaskId};
use crate::resources::Resources;
use crate::spec::Gpus;
use crate::tags::Tags;
pub(crate) use alike::Alike;
pub use attachment::{Attachment, AttachmentStatus, Exposure, Mac};
pub use container::{Binding, Container, ContainerStage, Health, Made, Observed};
pub use storage::{Filesystem, ManagedVolume, OnTermination, Storage, VolumeType};
use times::Stamps;
pub use times::Times;

/// In the order in which a task passes through them. Some may be skipped; none is entered twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    Provisioning,
    Pending,
    Activating,
    Running,
    Deactivating,
    Stopping,
    Deprovisioning,
    Stopped,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Desired {
    Running,
    Stopped,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LaunchType {
    Ec2,
    Fargate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StopCode {
    TaskFailedToStart,
    EssentialContainerExited,
    UserInitiated,
    TerminationNotice,
}

/// Why a task ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    pub code: StopCode,
    pub reason: String,
}

/// What a caller of RunTask changed for this run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Overrides {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_role_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ephemeral_storage_gib: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub containers: Vec<ContainerOverride>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContainerOverride {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Vec<(String, String)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_mib: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_reservation_mib: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gpus: Option<Gpus>,
}

/// What was said when a task was launched. Tasks that were launched alike share it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    pub cluster: ClusterName,
    pub definition: DefinitionId,
    pub launch_type: LaunchType,
    /// Where a strategy chose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider: Option<String>,
    pub zone: Arc<str>,
    pub group: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_by: Option<Arc<str>>,
    /// Task-level sizes as the definition or the override gives them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_mib: Option<u32>,
    /// What the instance's record holds for it.
    pub reservation: Resources,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    #[serde(default)]
    pub overrides: Overrides,
    #[serde(default, skip_serializing_if = "Storage::is_default")]
    pub storage: Storage,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Tags,
}

impl Launch {
    /// Of the first revision of a family, on an instance of the default cluster: a quarter of a core and 512 MiB.
    pub fn simple(family: &str) -> Self {
        Self {
            cluster: ClusterName::default_cluster(),
            definition: DefinitionId {
                family: family.into(),
                revision: 1,
            },
            launch_type: LaunchType::Ec2,
            capacity_provider: None,
            zone: "us-east-1a".into(),
            group: format!("family:{family}").into(),
            started_by: None,
            cpu: None,
            memory_mib: None,
            reservation: Resources {
                cpu: 256,
                memory_mib: 512,
                ..Resources::default()
            },
            platform_version: None,
            overrides: Overrides::default(),
            storage: Storage::default(),
            tags: Vec::new(),
        }
    }
}

/// What is known of a task when it is placed. Of it only tags change later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    #[serde(flatten)]
    launch: Arc<Launch>,
    pub instance: InstanceId,
    pub created: Time,
}

impl Origin {
    pub fn new(launch: Launch, instance: InstanceId, created: Time) -> Self {
        Self {
            launch: Arc::new(launch),
            instance,
            created,
        }
    }
}

impl Deref for Origin {
    type Target = Launch;

    fn deref(&self) -> &Launch {
        &self.launch
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    id: TaskId,
    origin: Origin,
    desired: Desired,
    last: Stage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stop: Option<Arc<Stop>>,
    #[serde(default)]
    times: Stamps,
    containers: Box<[Container]>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attachment: Option<Box<Attachment>>,
    version: u32,
}

impl Task {
    pub fn new(id: TaskId, origin: Origin, containers: Vec<Container>, attachment: Option<Attachment>) -> Self {
        let last = if attachment.is_some() {
            Stage::Provisioning
        } else {
            Stage::Pending
        };
        Self {
            id,
            origin,
            desired: Desired::Running,
            last,
            stop: None,
            times: Stamps::default(),
            containers: containers.into(),
            attachment: attachment.map(Box::new),
            version: 1,
        }
    }

    pub fn id(&self) -> TaskId {
        self.id
    }

    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    pub fn cluster(&self) -> &ClusterName {
        &self.origin.cluster
    }

    pub fn instance(&self) -> InstanceId {
        self.origin.instance
    }

    pub fn desired(&self) -> Desired {
        self.desired
    }

    pub fn last(&self) -> Stage {
        self.last
    }

    pub fn is_stopped(&self) -> bool {
        self.last == Stage::Stopped
    }

    pub fn stop(&self) -> Option<&Stop> {
        self.stop.as_deref()
    }

    pub fn times(&self) -> Times {
        self.times.times()
    }

    pub fn containers(&self) -> &[Container] {
        &self.containers
    }

    pub fn attachment(&self) -> Option<&Attachment> {
        self.attachment.as_deref()
    }

    pub fn version(&self) -> u64 {
        u64::from(self.version)
    }

    /// Moves on to `stage`. False if the task is there already or past it.
    pub fn advance(&mut self, stage: Stage, now: Time) -> bool {
        if stage <= self.last {
            return false;
        }
        self.last = stage;
        self.times.change(|it| it.mark(stage, now));
        if stage == Stage::Stopped {
            self.finish();
        }
        self.version += 1;
        true
    }

    /// Whatever the host failed to report, nothing of a stopped task still runs.
    fn finish(&mut self) {
        self.desired = Desired::Stopped;
        for container in &mut self.containers {
            container.end();
        }
        if let Some(attachment) = &mut self.attachment {
            attachment.advance(AttachmentStatus::Deleted);
        }
    }

    /// Asks for the end. The first reason stays, because a later one would hide why the task really stopped.
    pub fn ask_stop(&mut self, stop: Stop, now: Time) -> bool {
        if self.desired == Desired::Stopped {
            return false;
        }
        self.desired = Desired::Stopped;
        self.stop = Some(Arc::new(stop));
        self.times.change(|it| it.stopping = it.stopping.or(Some(now)));
        self.version += 1;
        true
    }

    /// The host has taken the task on.
    pub fn connect(&mut self, now: Time) -> bool {
        if self.times().connectivity.is_some() {
            return false;
        }
        self.times.change(|it| it.connectivity = Some(now));
        self.version += 1;
        true
    }

    /// Merges a host's word on the container `name`. False if there is none of that name, or nothing is new.
    pub fn observe(&mut self, name: &str, seen: Observed) -> bool {
        let Some(container) = self.containers.iter_mut().find(|c| c.name == name) else {
            return false;
        };
        let changed = container.observe(seen);
        self.version += u32::from(changed);
        changed
    }

    /// Takes in what a container's health check says. False if there is none of that name, nothing is new, or the task is over.
    pub fn note_health(&mut self, name: &str, health: Health) -> bool {
        if self.is_stopped() {
            return false;
        }
        let Some(container) = self.containers.iter_mut().find(|c| c.name == name) else {
            return false;
        };
        let changed = container.note_health(health);
        self.version += u32::from(changed);
        changed
    }

    /// That of its essential containers which have a health check, the worst first. Without any it is not known.
    pub fn health(&self) -> Health {
        let essential = self.containers.iter().filter(|c| c.essential);
        let checked: Vec<Health> = essential.filter_map(Container::health).collect();
        if checked.contains(&Health::Unhealthy) {
            Health::Unhealthy
        } else if checked.is_empty() || checked.contains(&Health::Unknown) {
            Health::Unknown
        } else {
            Health::Healthy
        }
    }

    /// The host has given the task its address.
    pub fn attach(&mut self, address: Ipv4Addr, mac: Option<Mac>) -> bool {
        let Some(attachment) = &mut self.attachment else {
            return false;
        };
        let changed = attachment.attach(address, mac);
        self.version += u32::from(changed);
        changed
    }

    /// The interface has come further.
    pub fn advance_attachment(&mut self, status: AttachmentStatus) -> bool {
        let changed = self.attachment.as_mut().is_some_and(|it| it.advance(status));
        self.version += u32::from(changed);
        changed
    }

    /// When it is too late for the host to take on the interface that it was given. None where it has, or makes its own.
    pub fn interface_expires(&self) -> Option<Time> {
        let waits = |it: &&Attachment| it.status() == AttachmentStatus::Created;
        self.attachment()
            .filter(waits)
            .map(|_| self.origin.created.plus_s(attachment::WAIT_S))
    }

    pub fn retag(&mut self, tags: Tags) {
        if self.origin.tags == tags {
            return;
        }
        Arc::make_mut(&mut self.origin.launch).tags = tags;
        self.version += 1;
    }

    /// Times that only the host knows; the first word on each stays.
    pub fn note_times(
        &mut self,
        pull_started: Option<Time>,
        pull_stopped: Option<Time>,
        execution_stopped: Option<Time>,
    ) {
        self.times.change(|it| {
            it.pull_started = it.pull_started.or(pull_started);
            it.pull_stopped = it.pull_stopped.or(pull_stopped);
            it.execution_stopped = it.execution_stopped.or(execution_stopped);
        });
    }
}
