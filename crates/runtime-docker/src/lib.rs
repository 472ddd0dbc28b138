//! Containers by the Docker Engine.
//!
//! Every container carries the labels of the stock ECS agent and the id of its host, so several agents share one engine and each finds
//! its own again. A task with a network of its own gets a sandbox: a container that only sleeps and whose network namespace the others
//! join. One sandbox is kept warm, so that such a task starts as fast as any other.

mod cgroup;
mod container;
mod deadline;
mod disk;
mod events;
mod facts;
mod files;
mod image;
mod leave;
mod pause;
mod ports;
mod sandbox;
mod slice;
mod usage;
mod volume;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use agent::image::{LocalImage, PullError};
use agent::runtime::{
    Binding, ContainerSpec, Facts, LogPiece, LogSource, Runtime, RuntimeError, RuntimeEvent, Sandbox, SandboxSpec,
    SeenContainer, TaskLabels, Usage, VolumeSpec,
};
use agent::{Home, RuntimeFacts};
use bollard::Docker;
use bollard::container::LogOutput;
use bollard::query_parameters::LogsOptionsBuilder;
use futures_util::StreamExt;
use tokio::sync::mpsc;

use crate::cgroup::Cgroups;
use crate::deadline::{Kind, within};
use crate::disk::Quota;
pub use crate::leave::{Left, Running, leave};
use crate::sandbox::Sandboxes;
use crate::volume::Volumes;

/// The label that says whose a container is.
const HOST_LABEL: &str = "longshore.host";
/// For one request to the engine that no kind of it limits further.
const REQUEST_S: u64 = 300;
/// For an answer that says only that the engine is there.
const PING_TIME: Duration = Duration::from_secs(5);
const DEFAULT_SOCKET: &str = "/var/run/docker.sock";

pub struct DockerRuntime {
    docker: Docker,
    facts: RuntimeFacts,
    home: Home,
    cgroups: Cgroups,
    sandboxes: Arc<Sandboxes>,
    volumes: Volumes,
    rows: ports::Rows,
    open_files: Option<i64>,
    quota: Quota,
    counters: usage::Known,
}

/// The engine at this address, else at `DOCKER_HOST` or the usual socket, with the version that both sides know.
pub async fn connect(address: Option<String>) -> Result<Docker, RuntimeError> {
    let socket = address
        .or_else(|| std::env::var("DOCKER_HOST").ok())
        .unwrap_or_else(|| format!("unix://{DEFAULT_SOCKET}"));
    let unreachable = |cause: String| {
        RuntimeError::new(
            "DockerUnreachable",
            format!(
                "no Docker Engine answers at {socket}: {cause}\n  install and start one (Debian: apt-get install docker.io), or name another with DOCKER_HOST"
            ),
        )
    };
    let Some(path) = socket.strip_prefix("unix://") else {
        return Err(unreachable("only unix:// addresses are supported".into()));
    };
    let docker = Docker::connect_with_unix(path, REQUEST_S, bollard::API_DEFAULT_VERSION)
        .map_err(|e| unreachable(e.to_string()))?;
    docker.negotiate_version().await.map_err(|e| unreachable(e.to_string()))
}

impl DockerRuntime {
    pub async fn open(docker: Docker, home: Home) -> Result<Self, RuntimeError> {
        let fail = |e: bollard::errors::Error| RuntimeError::new("DockerUnreachable", text(&e));
        let version = docker.version().await.map_err(fail)?;
        let info = docker.info().await.map_err(fail)?;
        let quota = Quota::of(&info);
        let plugins = info.plugins.unwrap_or_default();
        // As in 1.41.
        let minor = |it: Option<String>| it.and_then(|it| it.strip_prefix("1.")?.parse().ok());
        let facts = RuntimeFacts {
            version: format!("DockerVersion: {}", version.version.unwrap_or_default()),
            api: (
                minor(version.min_api_version).unwrap_or_default(),
                minor(version.api_version).unwrap_or_default(),
            ),
            log_drivers: plugins.log.unwrap_or_default(),
            volume_drivers: plugins.volume.unwrap_or_default(),
        };
        let cgroups = Cgroups::of(info.cgroup_driver.map(|it| it.to_string()).as_deref());
        let open_files = home.cluster.is_none().then(files::fargate).flatten();
        let runtime = Self {
            quota,
            open_files,
            ..Self::over(docker, home, facts, cgroups)
        };
        if runtime.is_fargate() {
            let early = runtime.sandboxes.clone();
            tokio::spawn(async move { early.warm_up().await });
            if quota == Quota::Unknown {
                tracing::warn!(
                    "what a container writes is not bounded: the engine does that on btrfs, on zfs, and on an xfs that is mounted with pquota"
                );
            }
        }
        Ok(runtime)
    }

    /// Every task of the Fargate pool has a network of its own.
    fn is_fargate(&self) -> bool {
        self.home.cluster.is_none()
    }

    fn over(docker: Docker, home: Home, facts: RuntimeFacts, cgroups: Cgroups) -> Self {
        let sandboxes = Arc::new(Sandboxes::new(docker.clone(), home.clone()));
        let volumes = Volumes::new(docker.clone(), home.host_id.clone(), home.volumes.clone());
        Self {
            docker,
            facts,
            home,
            cgroups,
            sandboxes,
            volumes,
            rows: ports::Rows::default(),
            open_files: None,
            quota: Quota::Unknown,
            counters: usage::Known::default(),
        }
    }
}

/// What the engine says, without the client's words around it.
fn text(error: &bollard::errors::Error) -> String {
    match error {
        bollard::errors::Error::DockerResponseServerError { message, .. } => {
            format!("Error response from daemon: {message}")
        }
        other => other.to_string(),
    }
}

fn status(error: &bollard::errors::Error) -> Option<u16> {
    match error {
        bollard::errors::Error::DockerResponseServerError { status_code, .. } => Some(*status_code),
        _ => None,
    }
}

/// Success where it is so already, or where the thing is gone.
fn settled(result: Result<(), bollard::errors::Error>, name: &'static str) -> Result<(), RuntimeError> {
    match result {
        Err(error) if !matches!(status(&error), Some(304 | 404 | 409)) => Err(RuntimeError::new(name, text(&error))),
        Ok(()) | Err(_) => Ok(()),
    }
}

impl Runtime for DockerRuntime {
    fn facts(&self) -> RuntimeFacts {
        self.facts.clone()
    }

    fn shares_our_network(&self) -> bool {
        true
    }

    async fn find_image(&self, image: &str) -> Result<Option<LocalImage>, RuntimeError> {
        within(Kind::Inspect, image::find(&self.docker, image)).await
    }

    async fn pull_image(&self, image: &str) -> Result<(), PullError> {
        image::pull(&self.docker, image).await
    }

    async fn remove_image(&self, image: &str) -> Result<(), RuntimeError> {
        within(Kind::Remove, image::remove(&self.docker, image)).await
    }

    async fn images_in_use(&self) -> Result<BTreeSet<String>, RuntimeError> {
        within(Kind::List, image::in_use(&self.docker)).await
    }

    async fn free_disk_percent(&self) -> Option<u8> {
        image::free_disk_percent(&self.docker).await
    }

    async fn create_sandbox(&self, task: &TaskLabels, spec: SandboxSpec) -> Result<Sandbox, RuntimeError> {
        within(Kind::Create, self.sandboxes.clone().take(task, spec)).await
    }

    async fn create_volume(&self, task: &TaskLabels, volume: &VolumeSpec) -> Result<(), RuntimeError> {
        within(Kind::Volume, self.volumes.create(task, volume)).await
    }

    async fn remove_task(&self, task: &TaskLabels) -> Result<(), RuntimeError> {
        within(Kind::Remove, self.sandboxes.remove(task)).await?;
        self.cgroups.remove(task.id()).await;
        within(Kind::Remove, self.volumes.remove(task)).await
    }

    async fn create(&self, spec: &ContainerSpec) -> Result<String, RuntimeError> {
        let given = container::Given {
            cgroup_parent: self
                .cgroups
                .parent(spec.task.id(), spec.limits, self.home.task_pids)
                .await,
            pids: self.home.task_pids,
            open_files: self.open_files,
            quota: self.quota,
            ports: self.rows.choose(&spec.runtime_name, &spec.ports)?,
            binds: self.volumes.binds(spec),
        };
        within(
            Kind::Create,
            container::create(&self.docker, spec, &self.home.host_id, given),
        )
        .await
    }

    async fn start(&self, spec: &ContainerSpec) -> Result<Vec<Binding>, RuntimeError> {
        within(Kind::Start, container::start(&self.docker, spec)).await
    }

    async fn stop(&self, runtime_name: &str, grace_s: u32) -> Result<(), RuntimeError> {
        within(
            Kind::Stop { grace_s },
            container::stop(&self.docker, runtime_name, grace_s),
        )
        .await
    }

    async fn kill(&self, runtime_name: &str) -> Result<(), RuntimeError> {
        let kill = async {
            let killed = self.docker.kill_container(runtime_name, None).await;
            settled(killed, "CannotStopContainerError")
        };
        within(Kind::Stop { grace_s: 0 }, kill).await
    }

    async fn remove(&self, runtime_name: &str) -> Result<(), RuntimeError> {
        self.counters.forget(runtime_name);
        within(Kind::Remove, container::remove(&self.docker, runtime_name)).await?;
        self.rows.give_back(runtime_name);
        Ok(())
    }

    async fn task_bridge(&self) -> Result<Option<String>, RuntimeError> {
        within(Kind::Inspect, self.sandboxes.bridge()).await
    }

    async fn list(&self) -> Result<Vec<SeenContainer>, RuntimeError> {
        container::list(&self.docker, &self.home.host_id).await
    }

    async fn inspect(&self, runtime_name: &str) -> Result<Facts, RuntimeError> {
        within(Kind::Inspect, facts::inspect(&self.docker, runtime_name)).await
    }

    async fn inspect_sandbox(&self, task: &TaskLabels) -> Result<Facts, RuntimeError> {
        within(Kind::Inspect, facts::inspect(&self.docker, &sandbox::name(task))).await
    }

    async fn usage(&self, runtime_name: &str) -> Result<Usage, RuntimeError> {
        let unread = |e: std::io::Error| RuntimeError::new("CannotReadUsageError", e);
        if let Some(files) = self.counters.get(runtime_name) {
            match files.read(agent::now_ms()) {
                Ok(usage) => return Ok(usage),
                // It has ended, or another life of it has begun.
                Err(_) => self.counters.forget(runtime_name),
            }
        }
        let pid = self.inspect(runtime_name).await?.pid;
        let pid = pid.ok_or_else(|| RuntimeError::new("CannotReadUsageError", "it does not run"))?;
        let files = usage::Files::of(pid).map_err(unread)?;
        let usage = files.read(agent::now_ms()).map_err(unread)?;
        self.counters.put(runtime_name, files);
        Ok(usage)
    }

    async fn ping(&self) -> Result<(), RuntimeError> {
        let answered = tokio::time::timeout(PING_TIME, self.docker.ping()).await;
        match answered {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(RuntimeError::new("DockerUnreachable", text(&error))),
            Err(_) => Err(RuntimeError::new("DockerUnreachable", "it does not answer")),
        }
    }

    async fn watch(&self, events: mpsc::Sender<RuntimeEvent>) {
        events::watch(self, events).await;
    }

    async fn logs(
        &self,
        runtime_name: &str,
        follow: bool,
        tail: Option<u32>,
        pieces: mpsc::Sender<LogPiece>,
    ) -> Result<(), RuntimeError> {
        let tail = tail.map_or_else(|| "all".to_owned(), |n| n.to_string());
        let options = LogsOptionsBuilder::new()
            .follow(follow)
            .stdout(true)
            .stderr(true)
            .tail(&tail)
            .build();
        let mut output = Box::pin(self.docker.logs(runtime_name, Some(options)));
        loop {
            let piece = tokio::select! {
                piece = output.next() => piece,
                () = pieces.closed() => return Ok(()),
            };
            let (source, bytes) = match piece {
                Some(Ok(LogOutput::StdErr { message })) => (LogSource::Stderr, message),
                Some(Ok(LogOutput::StdOut { message } | LogOutput::Console { message })) => {
                    (LogSource::Stdout, message)
                }
                Some(Ok(LogOutput::StdIn { .. })) => continue,
                Some(Err(error)) => return Err(RuntimeError::new("CannotReadLogsError", text(&error))),
                None => return Ok(()),
            };
            if pieces.send(LogPiece { source, bytes }).await.is_err() {
                return Ok(());
            }
        }
    }
}
