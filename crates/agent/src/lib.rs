//! The host agent: runs the tasks that the server gives to this machine.
//!
//! `task` decides, purely: events in, actions out. `worker` performs the actions through a `Runtime`, keeps what must survive in `state`,
//! and reports. `session` holds the connection to the server. Containers outlive the agent: when it starts again it looks at what runs,
//! takes that over, and says what it missed.

pub mod act;
mod clock;
pub mod fake;
mod host;
mod http;
pub mod image;
pub mod images;
mod introspection;
mod join;
mod logs;
mod manifest;
pub mod metadata;
mod neighbours;
pub mod network;
pub mod report;
pub mod runtime;
mod sampler;
mod session;
mod state;
pub mod task;
mod tcs;
mod telemetry;
mod worker;

use std::net::Ipv4Addr;
use std::path::PathBuf;

use tokio::sync::watch;

pub use clock::{now_ms, now_s};
pub use host::{Custom, GpuId, Machine, RuntimeFacts};
pub use image::PullBehavior;
pub use image::cleanup::Rules;
pub use network::TaskNetwork;
pub use runtime::Runtime;
pub use state::{AgentState, StateError};
pub use worker::Keep;

/// What an agent is told when it is started.
pub struct Config {
    pub endpoint: client::Endpoint,
    /// Its own memory: keys, tasks, what it has not yet reported.
    pub data_dir: PathBuf,
    /// Needed once; later starts have a key.
    pub join_token: Option<String>,
    pub host_name: String,
    /// Of the introspection endpoint on the loopback address; 0 for none.
    pub introspection_port: u16,
    /// Where other hosts reach this one; the address that leads to the server where it is not given.
    pub advertise_address: Option<Ipv4Addr>,
    pub task_network: TaskNetwork,
    pub machine: Machine,
    pub images: Images,
    pub keep: Keep,
    /// Processes and threads that a task may have; None for as many as the kernel allows.
    pub task_pids: Option<u32>,
}

/// How images come and go.
#[derive(Clone, Copy, Debug, Default)]
pub struct Images {
    pub pull: PullBehavior,
    pub cleanup: Rules,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    State(#[from] StateError),
    #[error(
        "this machine has not joined yet and no join token was given\n  make one on the server with: longshore token, and start the agent with --token"
    )]
    NoToken,
    #[error("the server does not admit this machine: {0}")]
    NotAdmitted(String),
    #[error(
        "this host was deregistered, or the server is not the one that it joined: {0}\n  to join anew, remove the agent's data and give it a join token"
    )]
    Deregistered(String),
    #[error("{0}")]
    Runtime(#[from] runtime::RuntimeError),
}

/// What a runtime must know to keep its containers apart from those of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    pub host_id: String,
    /// As in `10.88.3.0/24`: addresses for tasks of their own.
    pub task_network: String,
    /// Largest packet that tasks should send, where it is not the usual.
    pub mtu: Option<u32>,
    /// Where volumes of a given size are kept.
    pub volumes: PathBuf,
    /// The cluster it is an instance of, or None for a host of the Fargate pool.
    pub cluster: Option<String>,
    /// Processes and threads that a task may have.
    pub task_pids: Option<u32>,
}

/// Joins if need be, takes over what runs, and serves until `stop` becomes true. Tasks are left running. `runtime` is made once it is
/// known which host this is.
pub async fn run<R: Runtime>(
    config: Config,
    runtime: impl AsyncFnOnce(Home) -> Result<R, runtime::RuntimeError>,
    stop: watch::Receiver<bool>,
) -> Result<(), Error> {
    let state = AgentState::open(&config.data_dir)?;
    let identity = join::identity(&config, &state).await?;
    let runtime = runtime(Home {
        host_id: identity.host_id.clone(),
        task_network: identity.task_network.clone(),
        mtu: network::task_mtu(&config).await,
        volumes: config.data_dir.join("volumes"),
        cluster: identity.cluster.clone(),
        task_pids: config.task_pids,
    })
    .await?;
    let (host_id, task_network) = (identity.host_id.clone(), identity.task_network.clone());
    let ended = worker::run(config, state, identity, runtime, stop).await;
    if let Err(Error::Deregistered(_)) = &ended {
        // No host of the server's any more: the others have stopped sending here.
        network::leave(&host_id, &task_network).await;
    }
    ended
}

/// Removes what was set up on this machine for the host's tasks, between hosts and for their questions. For a host without tasks.
pub async fn leave(host_id: &str, task_network: &str) {
    network::leave(host_id, task_network).await;
    metadata::leave().await;
}
