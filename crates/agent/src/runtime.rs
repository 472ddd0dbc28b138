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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortMapping {
    pub container_port: u16,
    /// Zero where the runtime is to choose.
    pub host_port: u16,
    pub protocol: Protocol,
}

/// A container's port as it can be reached on the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    pub ip: String,
    pub container_port: u16,
    pub host_port: u16,
    pub protocol: Protocol,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    Bridge,
    Host,
    None,
    /// That of the task's sandbox.
    Sandbox,
}

/// Limits of a task as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TaskLimits {
    /// In cores.
    pub cpu: Option<f64>,
    pub memory_mib: Option<u32>,
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
    pub ports: Vec<PortMapping>,
    /// Relative weight, 1024 for one core's worth.
    pub cpu_shares: u32,
    pub memory_mib: Option<u32>,
    pub limits: TaskLimits,
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
    /// Last part of the ARN.
    pub fn id(&self) -> &str {
        self.arn.rsplit('/').next().unwrap_or(&self.arn)
    }
}

/// A task's own network namespace.
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

/// What the health check of a container said last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    pub status: HealthStatus,
    /// Milliseconds since 1970: the oldest check that the runtime remembers to have said the same.
    pub since_ms: Option<i64>,
    pub exit_code: Option<i32>,
    pub output: Option<String>,
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
    fn create_sandbox(&self, task: &TaskLabels, limits: TaskLimits) -> impl Future<Output = Outcome<Sandbox>> + Send;
    /// Removes the sandbox and the task's limits, if they are there.
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
