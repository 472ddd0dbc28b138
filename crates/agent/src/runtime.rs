//! The seam to whatever runs containers. Nothing above it knows which one that is.

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::host::RuntimeFacts;
use crate::image::{LocalImage, PullError};

/// Names a failure as ECS does: `CannotPullContainerError: …`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {cause}")]
pub struct RuntimeError {
    pub name: &'static str,
    pub cause: String,
}

impl RuntimeError {
    pub fn new(name: &'static str, cause: impl ToString) -> Self {
        Self {
            name,
            cause: cause.to_string(),
        }
    }
}

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

/// A container's port, or several in a row, as it can be reached on the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    pub ip: String,
    pub container_port: u16,
    pub host_port: u16,
    pub protocol: Protocol,
    #[serde(default = "one")]
    pub length: u16,
}

fn one() -> u16 {
    1
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

/// What a task's containers share. Its address is empty where they have no network of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sandbox {
    pub address: String,
    pub mac: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Created,
    Running { bindings: Vec<Binding> },
    Exited { exit: Exit },
}

/// How a container ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    pub code: i32,
    pub out_of_memory: bool,
    /// Milliseconds since 1970.
    pub at_ms: i64,
}

/// A container that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenContainer {
    pub task_arn: String,
    pub container: String,
    pub runtime_id: String,
    pub state: Seen,
    /// When its last run began, in milliseconds since 1970.
    pub started_ms: Option<i64>,
    pub health: Option<Health>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthStatus {
    Healthy,
    Unhealthy,
    Unknown,
}

impl HealthStatus {
    /// As ECS writes it.
    pub fn word(self) -> &'static str {
        match self {
            HealthStatus::Healthy => "HEALTHY",
            HealthStatus::Unhealthy => "UNHEALTHY",
            HealthStatus::Unknown => "UNKNOWN",
        }
    }
}

/// What the health check of a container said last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    pub status: HealthStatus,
    /// Milliseconds since 1970: the oldest check that the runtime remembers to have said the same.
    pub since_ms: Option<i64>,
    pub exit_code: Option<i32>,
    pub output: Option<String>,
}

/// What a runtime knows of a container, for those who ask about it. Times are in the runtime's own words, as ECS passes them on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub id: String,
    pub name: String,
    pub image_id: String,
    pub labels: BTreeMap<String, String>,
    pub created_at: Option<String>,
    pub started_at: Option<String>,
    pub finished_at: Option<String>,
    /// Of its first process, while it runs.
    pub pid: Option<u32>,
    /// None where it has no network of its own.
    pub interface: Option<Interface>,
    pub mounts: Vec<Mounted>,
    pub log_driver: Option<String>,
    pub log_options: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    pub address: std::net::Ipv4Addr,
    /// Bits of the address that are the network's.
    pub prefix: u8,
    pub mac: Option<String>,
    pub gateway: Option<std::net::Ipv4Addr>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mounted {
    pub name: Option<String>,
    pub source: String,
    pub destination: String,
}

/// What a container has used up to a moment. Counters only grow while it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    pub cpu: CpuUsage,
    pub memory: MemoryUsage,
    pub pids: u64,
    pub io: Vec<IoUsage>,
    /// By the interface's name in the container.
    pub networks: BTreeMap<String, NetworkUsage>,
}

/// In nanoseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CpuUsage {
    pub total_ns: u64,
    pub user_ns: u64,
    pub kernel_ns: u64,
    /// All that the machine's cores had to give, idle time included.
    pub system_ns: u64,
    pub cores: u32,
    pub periods: u64,
    pub throttled_periods: u64,
    pub throttled_ns: u64,
}

/// In bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemoryUsage {
    pub usage: u64,
    /// Where the kernel keeps it.
    pub max_usage: Option<u64>,
    pub limit: u64,
    /// The kernel's own account, by its names.
    pub detail: BTreeMap<String, u64>,
}

impl MemoryUsage {
    /// What it holds, without pages of files that the kernel could drop at once.
    pub fn in_use(&self) -> u64 {
        let droppable = ["total_inactive_file", "inactive_file"]
            .iter()
            .find_map(|name| self.detail.get(*name));
        self.usage.saturating_sub(droppable.copied().unwrap_or_default())
    }
}

/// Bytes read from or written to one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IoUsage {
    pub major: u64,
    pub minor: u64,
    pub read: u64,
    pub write: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetworkUsage {
    pub rx_bytes: u64,
    pub rx_packets: u64,
    pub rx_errors: u64,
    pub rx_dropped: u64,
    pub tx_bytes: u64,
    pub tx_packets: u64,
    pub tx_errors: u64,
    pub tx_dropped: u64,
}

/// What a runtime says unasked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeEvent {
    Exited {
        task_arn: String,
        container: String,
        exit: Exit,
    },
    /// It runs from now on, whoever started it.
    Runs { task_arn: String, container: String },
    Health {
        task_arn: String,
        container: String,
        health: Health,
    },
    /// Somebody has removed it.
    Removed { task_arn: String, container: String },
    /// Events may have been missed: look at everything.
    LookAgain,
}

/// A piece of a container's output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPiece {
    pub source: LogSource,
    pub bytes: bytes::Bytes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogSource {
    Stdout,
    Stderr,
}

type Outcome<T> = Result<T, RuntimeError>;

/// Each call has a deadline of the implementation's own, after which it fails.
pub trait Runtime: Send + Sync + 'static {
    /// What it is and can do, as far as the server wants to know.
    fn facts(&self) -> RuntimeFacts;
    /// Whether its containers in bridge and host mode reach the network that this process is in.
    fn shares_our_network(&self) -> bool;
    /// The image, if it is here.
    fn find_image(&self, image: &str) -> impl Future<Output = Outcome<Option<LocalImage>>> + Send;
    /// Asks the image's registry for it, once.
    fn pull_image(&self, image: &str) -> impl Future<Output = Result<(), PullError>> + Send;
    /// Removes it where no container uses it; one that is gone already is no error.
    fn remove_image(&self, image: &str) -> impl Future<Output = Outcome<()>> + Send;
    /// Ids of the images of all containers, whosever they are.
    fn images_in_use(&self) -> impl Future<Output = Outcome<BTreeSet<String>>> + Send;
    /// What is free where images and containers are kept, in percent; None where it cannot be told.
    fn free_disk_percent(&self) -> impl Future<Output = Option<u8>> + Send;
    fn create_sandbox(&self, task: &TaskLabels, spec: SandboxSpec) -> impl Future<Output = Outcome<Sandbox>> + Send;
    /// Has the volume there.
    fn create_volume(&self, task: &TaskLabels, volume: &VolumeSpec) -> impl Future<Output = Outcome<()>> + Send;
    /// Removes the sandbox, the task's limits and its own volumes, if they are there. What a container still needs stays until it is gone.
    fn remove_task(&self, task: &TaskLabels) -> impl Future<Output = Outcome<()>> + Send;
    /// The runtime's id for it.
    fn create(&self, spec: &ContainerSpec) -> impl Future<Output = Outcome<String>> + Send;
    fn start(&self, spec: &ContainerSpec) -> impl Future<Output = Outcome<Vec<Binding>>> + Send;
    /// Asks it to end, and ends it after `grace_s`. Returns when it has ended.
    fn stop(&self, runtime_name: &str, grace_s: u32) -> impl Future<Output = Outcome<()>> + Send;
    fn kill(&self, runtime_name: &str) -> impl Future<Output = Outcome<()>> + Send;
    fn remove(&self, runtime_name: &str) -> impl Future<Output = Outcome<()>> + Send;
    /// The bridge of tasks with an address of their own, made if need be. None where they cannot have addresses of this host's part of the
    /// task network.
    fn task_bridge(&self) -> impl Future<Output = Outcome<Option<String>>> + Send;
    /// All containers of this host's tasks.
    fn list(&self) -> impl Future<Output = Outcome<Vec<SeenContainer>>> + Send;
    /// What there is to know of a container now.
    fn inspect(&self, runtime_name: &str) -> impl Future<Output = Outcome<Facts>> + Send;
    /// The same of whatever holds a task's own network.
    fn inspect_sandbox(&self, task: &TaskLabels) -> impl Future<Output = Outcome<Facts>> + Send;
    /// What a running container has used. Cheap enough to be asked every second.
    fn usage(&self, runtime_name: &str) -> impl Future<Output = Outcome<Usage>> + Send;
    /// Whether it answers at all.
    fn ping(&self) -> impl Future<Output = Outcome<()>> + Send;
    /// Sends events until the receiver is dropped.
    fn watch(&self, events: mpsc::Sender<RuntimeEvent>) -> impl Future<Output = ()> + Send;
    /// Sends output until it ends or the receiver is dropped. A full channel holds the source back.
    fn logs(
        &self,
        runtime_name: &str,
        follow: bool,
        tail: Option<u32>,
        pieces: mpsc::Sender<LogPiece>,
    ) -> impl Future<Output = Outcome<()>> + Send;
}
