//! What a runtime is asked for: containers, their ports and mounts, and what those of one task share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Protocol {
    Tcp,
    Udp,
}

/// A port, or several in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortMapping {
    pub container_port: u16,
    /// Zero where the runtime is to choose.
    pub host_port: u16,
    pub protocol: Protocol,
    /// How many, from these ports on.
    pub length: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    Bridge,
    Host,
    None,
    /// That of the task's sandbox.
    Sandbox,
}

/// Whose process or IPC namespace a container is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Namespace {
    /// Its own, as the runtime makes it.
    #[default]
    Own,
    /// Its own, with nothing in it (IPC alone).
    None,
    /// That of the task's sandbox.
    Task,
    Host,
}

/// What a task's sandbox holds for its containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SandboxSpec {
    pub network: Network,
    pub pid: Namespace,
    pub ipc: Namespace,
}

impl SandboxSpec {
    pub fn is_needed(self) -> bool {
        self.network == Network::Sandbox || self.pid == Namespace::Task || self.ipc == Namespace::Task
    }
}

/// A volume to have before a task's containers are created. The same name is never asked for with another content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeSpec {
    /// Unique on the host, and the same each time it is asked for.
    pub name: String,
    pub kind: VolumeKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VolumeKind {
    /// The task's own: it goes with its containers.
    Task(Driver),
    /// Outlives the task.
    Shared { driver: Driver, missing: Missing },
    /// The task's own, of a given size.
    Sized {
        gib: u32,
        filesystem: String,
        end: VolumeEnd,
    },
}

/// What to do where a shared volume is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    Create,
    Fail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VolumeEnd {
    Delete,
    Keep,
}

/// Who provides a volume.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Driver {
    /// The runtime's own where it is empty.
    pub name: String,
    pub options: BTreeMap<String, String>,
    pub labels: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    pub source: MountSource,
    pub path: String,
    pub access: Access,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MountSource {
    /// A path of the host's, made if it is not there.
    Host(String),
    /// A volume by its name.
    Volume(String),
    /// A volume of a given size, by its name.
    Sized(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    ReadWrite,
    ReadOnly,
}

/// Limits of a task as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TaskLimits {
    /// In cores.
    pub cpu: Option<f64>,
    pub memory_mib: Option<u32>,
    /// Its weight among tasks, 1024 for one core's worth.
    pub cpu_shares: u32,
}

/// One container to create. The same name is never created twice: a runtime that has it gives back the one it has.
#[derive(Clone, Debug, PartialEq)]
pub struct ContainerSpec {
    pub task: TaskLabels,
    pub container: String,
    /// Unique on the host, and the same each time it is asked for.
    pub runtime_name: String,
    pub image: String,
    pub command: Option<Vec<String>>,
    pub entry_point: Option<Vec<String>>,
    pub environment: BTreeMap<String, String>,
    pub docker: DockerWords,
    pub network: Network,
    pub pid: Namespace,
    pub ipc: Namespace,
    pub ports: Vec<PortMapping>,
    pub mounts: Vec<Mount>,
    /// Containers whose mounts it has too, by their runtime names.
    pub volumes_from: Vec<(String, Access)>,
    /// Other containers, as `runtime-name:alias`.
    pub links: Vec<String>,
    /// Relative weight, 1024 for one core's worth.
    pub cpu_shares: u32,
    pub memory_mib: Option<u32>,
    pub limits: TaskLimits,
    /// Ids of NVIDIA GPUs that it alone has.
    pub gpus: Vec<String>,
}

/// What the protocol says of a container in Docker's words, each a JSON object: its `Config` and its `HostConfig`. Whatever else is in the
/// spec goes before it.
#[derive(Clone, Debug, PartialEq)]
pub struct DockerWords {
    pub config: String,
    pub host_config: String,
}

/// What every container carries, so that it can be told whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskLabels {
    pub arn: String,
    pub cluster: String,
    pub family: String,
    pub revision: String,
}

impl TaskLabels {
    /// What the ARN alone tells: `arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/ID`.
    pub fn of(arn: &str) -> Self {
        Self {
            arn: arn.to_owned(),
            cluster: arn.rsplit('/').nth(1).unwrap_or_default().to_owned(),
            family: String::new(),
            revision: String::new(),
        }
    }

    /// Last part of the ARN.
    pub fn id(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or(&self.arn)
    }
}
