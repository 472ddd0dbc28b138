//! The seam to whatever runs containers. Nothing above it knows which one that is.

mod seen;
mod spec;
mod usage;

use std::collections::BTreeSet;
use std::future::Future;

use tokio::sync::mpsc;

use crate::host::RuntimeFacts;
use crate::image::{LocalImage, PullError};
pub use seen::{Binding, Exit, Facts, Health, HealthStatus, Interface, Mounted, Sandbox, Seen, SeenContainer};
pub use spec::{
    Access, ContainerSpec, DockerWords, Driver, Missing, Mount, MountSource, Namespace, Network, PortMapping, Protocol,
    SandboxSpec, TaskLabels, TaskLimits, VolumeEnd, VolumeKind, VolumeSpec,
};
pub use usage::{CpuUsage, IoUsage, MemoryUsage, NetworkUsage, Usage};

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
