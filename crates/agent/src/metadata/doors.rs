//! Opens the endpoint wherever tasks are, and closes it when they are gone.
//!
//! A task with its own network has a listener in it. Containers behind the engine's bridge find one in the host's network; where another
//! agent of this machine has that, each of them gets one in its own network as soon as it runs.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::Mutex as AsyncMutex;
use tokio::task::JoinHandle;

use super::gate::Door;
use super::link_local::{self, Namespace};
use super::view::{ContainerView, TaskView};
use super::{Metadata, locked};
use crate::http;
use crate::runtime::{ContainerSpec, Network, Runtime, RuntimeError, TaskLabels};
use crate::task::Event;

/// Between attempts to open the host's door where another agent has it.
const TAKE_OVER: Duration = Duration::from_secs(5);

#[derive(Default)]
pub struct Doors {
    open: Mutex<HashMap<String, Arc<AsyncMutex<OfTask>>>>,
    host: Mutex<Option<Open>>,
    host_is_open: AtomicBool,
    /// Another agent of this machine has the host's; said once.
    others_have_it: AtomicBool,
}

/// A task's doors by container, each with the namespace that it is in; the task's own has no name. One is opened at a time.
type OfTask = HashMap<String, (Namespace, Open)>;

/// Ends with its owner. A listener holds the namespace it is in, so it must not stay behind.
struct Open(JoinHandle<()>);

impl Open {
    /// Returns when the listener is gone too.
    async fn close(mut self) {
        self.0.abort();
        drop((&mut self.0).await);
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Doors {
    pub fn host_is_open(&self) -> bool {
        self.host_is_open.load(Ordering::Relaxed)
    }

    /// Those of one task.
    pub fn close(&self, arn: &str) {
        locked(&self.open).remove(arn);
    }

    pub async fn close_all(&self) {
        locked(&self.open).clear();
        let host = locked(&self.host).take();
        self.host_is_open.store(false, Ordering::Relaxed);
        if let Some(open) = host {
            open.close().await;
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl<R: Runtime> Metadata<R> {
    /// For tasks in the host's network and behind the engine's bridge. Called before the first container starts.
    pub async fn open_host(self: &Arc<Self>) {
        if self.doors.host_is_open() {
            return;
        }
        match link_local::open_on_host().await {
            Ok(listener) => match TcpListener::from_std(listener) {
                Ok(listener) => {
                    let open = self.serve(listener, None);
                    *locked(&self.doors.host) = Some(open);
                    self.doors.host_is_open.store(true, Ordering::Relaxed);
                }
                Err(error) => tracing::warn!(%error, "the task metadata endpoint cannot be served on this host"),
            },
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                if !self.doors.others_have_it.swap(true, Ordering::Relaxed) {
                    tracing::info!(
                        "another agent of this machine has the task metadata endpoint; tasks in bridge mode get theirs just after \
                         they start, those in host mode have none"
                    );
                }
            }
            Err(error) => {
                self.doors.others_have_it.store(false, Ordering::Relaxed);
                tracing::warn!(%error, "no task metadata endpoint for tasks in bridge and host mode");
            }
        }
    }

    /// Opens the host's as soon as the agent that has it has ended. Tasks that start from then on are told of it.
    pub async fn take_over_host(self: Arc<Self>) {
        while self.doors.others_have_it.load(Ordering::Relaxed) && !self.doors.host_is_open() {
            tokio::time::sleep(TAKE_OVER).await;
            self.open_host().await;
        }
    }

    /// What has happened to a task may call for a door; it is open when this returns, so before the task goes on.
    pub async fn make_way(self: &Arc<Self>, task: &TaskLabels, spec: Option<&ContainerSpec>, event: &Event) {
        let opened = match (event, spec) {
            (Event::SandboxReady(_), _) => self.open_task(task).await,
            (Event::Started { .. }, Some(spec)) if spec.network == Network::Bridge => {
                self.open_container(task, spec).await
            }
            _ => return,
        };
        if let Err(error) = opened {
            tracing::warn!(task = task.arn, %error, "the task has no metadata endpoint");
        }
    }

    /// Opens, by and by, the doors of tasks that run already.
    pub fn reopen(self: &Arc<Self>) {
        let this = self.clone();
        tokio::spawn(async move {
            for view in this.all() {
                if view.containers.iter().any(ContainerView::runs) {
                    this.reopen_task(&view).await;
                }
            }
        });
    }

    async fn reopen_task(self: &Arc<Self>, view: &TaskView) {
        let mut opened = Ok(());
        match view.network {
            Network::Sandbox => opened = self.open_task(&view.labels).await,
            Network::Bridge => {
                for it in view.containers.iter().filter(|it| it.runs()) {
                    opened = self.open_container(&view.labels, &it.spec).await.and(opened);
                }
            }
            Network::Host | Network::None => {}
        }
        if let Err(error) = opened {
            tracing::warn!(task = view.labels.arn, %error, "the task's metadata endpoint could not be opened again");
        }
    }

    async fn open_task(self: &Arc<Self>, task: &TaskLabels) -> Result<(), Failed> {
        // Where it has ended meanwhile, nobody is there to ask.
        let Some(pid) = self.runtime.inspect_sandbox(task).await?.pid else {
            return Ok(());
        };
        let door = Door::Task { arn: task.arn.clone() };
        self.open_beside(pid, task, String::new(), door).await
    }

    async fn open_container(self: &Arc<Self>, task: &TaskLabels, spec: &ContainerSpec) -> Result<(), Failed> {
        if self.doors.host_is_open() {
            return Ok(());
        }
        let Some(pid) = self.runtime.inspect(&spec.runtime_name).await?.pid else {
            return Ok(());
        };
        let door = Door::Container {
            arn: task.arn.clone(),
            container: spec.container.clone(),
        };
        self.open_beside(pid, task, spec.container.clone(), door).await
    }

    async fn open_beside(
        self: &Arc<Self>,
        pid: u32,
        task: &TaskLabels,
        name: String,
        door: Door,
    ) -> Result<(), Failed> {
        // Where the task is taken down meanwhile, this ends with its last user here, and with it what was opened.
        let of_task = locked(&self.doors.open).entry(task.arn.clone()).or_default().clone();
        let mut of_task = of_task.lock().await;
        let namespace = Namespace::of(pid)?;
        // Told of twice, or started again in a new one.
        if of_task.get(&name).is_some_and(|(of, _)| *of == namespace) {
            return Ok(());
        }
        let listener = TcpListener::from_std(link_local::open_in(namespace.clone()).await?)?;
        of_task.insert(name, (namespace, self.serve(listener, Some(door))));
        Ok(())
    }

    /// Without a door it is the host's, where each asker has one.
    fn serve(self: &Arc<Self>, listener: TcpListener, door: Option<Door>) -> Open {
        let this = self.clone();
        let served = http::serve(listener, move |asked| {
            let door = door.clone().unwrap_or(Door::Host {
                peer: match asked.peer.ip() {
                    IpAddr::V4(peer) => peer,
                    IpAddr::V6(_) => Ipv4Addr::UNSPECIFIED,
                },
            });
            let this = this.clone();
            async move { this.answer(&door, &asked).await }
        });
        Open(tokio::spawn(served))
    }
}
