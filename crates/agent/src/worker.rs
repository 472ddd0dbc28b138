//! Performs what the machines say, and keeps what must survive.
//!
//! `hearing` brings in what the runtime says unasked, `telling` reports to the server, `surplus` asks it about tasks that it does not list.
//! `recovery` takes over what an earlier agent left and finds what no event has told; `remains` removes what has ended.
//!
//! One loop owns all machines. Actions run beside it and come back as events; nothing here waits for a runtime or the server while other
//! tasks have something to do. A task is on disk before its payload is acknowledged, and stays there until the server has heard of its end.

mod hearing;
mod recovery;
mod remains;
mod surplus;
mod telling;
mod tracked;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use client::Client;
use model::acs;
use tokio::sync::{Semaphore, mpsc, watch};
use wire::time::Time;

use crate::images::Images;
use crate::manifest::Manifests;
use crate::metadata::Metadata;
use crate::network::{self, Network};
use crate::report::Message;
use crate::runtime::{Runtime, RuntimeEvent};
use crate::session::{self, Answers, FromServer, Introduction, ToServer};
use crate::state::{Identity, Progress, StateError};
use crate::task::{Action, Desired, Event, TaskMachine};
use crate::{AgentState, Config, Error, act, clock, join, logs, neighbours};
use recovery::{Look, Orphans};
pub use remains::Keep;
use tracked::Tracked;

/// Events on their way to the loop.
const EVENTS: usize = 1024;
/// Between looks at everything the runtime has, in case an event was lost.
const SWEEP: Duration = Duration::from_secs(300);
/// Longest the loop sleeps with nothing to do.
const IDLE: Duration = Duration::from_secs(60);
/// Between attempts to write what could not be written.
const WRITE_AGAIN_S: i64 = 5;
const WRITE_AGAIN: Duration = Duration::from_secs(WRITE_AGAIN_S as u64);

/// What comes back to the loop.
pub enum News {
    Task { arn: String, event: Event },
    Delivered { arn: String },
    Runtime(RuntimeEvent),
    Looked(Look),
    DiskIs(remains::Disk),
    Rotated(Result<Client, String>),
}

struct Worker<R> {
    runtime: Arc<R>,
    images: Arc<Images<R>>,
    metadata: Arc<Metadata<R>>,
    state: Arc<AgentState>,
    client: Arc<RwLock<Client>>,
    tasks: HashMap<String, Tracked>,
    news: mpsc::Sender<News>,
    answers: Answers,
    streams: Arc<Semaphore>,
    manifests: Manifests,
    epoch: u64,
    network: Network,
    keep: remains::Keep,
    /// Tasks whose memory on disk is behind, because the disk was full.
    unkept: HashSet<String>,
    write_at: Option<Time>,
    orphans: Orphans,
    looking: bool,
}

pub async fn run<R: Runtime>(
    config: Config,
    state: AgentState,
    mut identity: Identity,
    runtime: R,
    mut stop: watch::Receiver<bool>,
) -> Result<(), Error> {
    let (runtime, state) = (Arc::new(runtime), Arc::new(state));
    let progress = tokio::select! {
        progress = begin_epoch(&state) => progress?,
        _ = stop.wait_for(|it| *it) => return Ok(()),
    };
    loop {
        let facts = runtime.facts();
        let registered = join::register(&config, &state, &mut identity, &facts);
        tokio::select! {
            registered = registered => registered?,
            _ = stop.wait_for(|it| *it) => return Ok(()),
        }
        let serve = serve(&config, &state, &identity, &runtime, progress);
        tokio::select! {
            again = serve => again?,
            _ = stop.wait_for(|it| *it) => return Ok(()),
        }
        // Deregistered: this host is a new instance from here on.
        if let Some(latest) = state.identity()? {
            identity = latest;
        }
        identity.instance_arn = None;
    }
}

/// Waits for room on a full disk: who does not know which of two starts is newer must not serve.
async fn begin_epoch(state: &AgentState) -> Result<Progress, StateError> {
    loop {
        match state.begin_epoch(clock::now_s()) {
            Err(error) if error.is_for_want_of_room() => {
                tracing::error!(%error, "this start is not on disk; trying again");
                tokio::time::sleep(WRITE_AGAIN).await;
            }
            begun => return begun,
        }
    }
}

/// Serves one registration; returns when it has been ended by the server.
async fn serve<R: Runtime>(
    config: &Config,
    state: &Arc<AgentState>,
    identity: &Identity,
    runtime: &Arc<R>,
    progress: Progress,
) -> Result<(), Error> {
    let (news, mut heard) = mpsc::channel(EVENTS);
    let (answers, to_server) = Answers::new();
    let (from_server, mut wanted) = mpsc::channel(session::QUEUE);
    let client = Arc::new(RwLock::new(join::client(config, identity)));
    let (key, place) = (state.metadata_key()?, join::place(config, identity));
    let metadata = Metadata::new(runtime.clone(), client.clone(), key, place);
    let neighbours = neighbours::serve(&metadata, config.introspection_port).await;
    let mut worker = Worker {
        images: Images::new(runtime.clone(), config.images.pull, Some(state.clone())),
        runtime: runtime.clone(),
        metadata,
        state: state.clone(),
        client: client.clone(),
        tasks: HashMap::new(),
        news,
        answers,
        streams: Arc::new(Semaphore::new(logs::MAX_STREAMS)),
        manifests: Manifests::new(progress.sequence),
        epoch: progress.epoch,
        network: Network::start(config, identity, network::address(config).await, runtime.clone()),
        keep: config.keep,
        unkept: HashSet::new(),
        write_at: None,
        orphans: Orphans::default(),
        looking: false,
    };
    let watching = worker.watch();
    worker.recover().await?;
    let introduction = Introduction::of(identity, runtime.facts().version, progress.epoch);
    let connect = move |path: String| {
        // Asked for each time, because keys rotate.
        let client = read(&client);
        async move { client.open_websocket(&path).await }
    };
    let holding = tokio::spawn(session::hold(connect, introduction, from_server, to_server));
    let mut rotation = tokio::time::interval_at(tokio::time::Instant::now() + join::KEY_LIFE, join::KEY_LIFE);
    let mut cleaning = remains::interval(config.images.cleanup);
    let mut sweep = tokio::time::interval_at(tokio::time::Instant::now() + SWEEP, SWEEP);
    loop {
        let wait = worker.next_wake(clock::steady());
        tokio::select! {
            Some(news) = heard.recv() => worker.take(news),
            wanted = wanted.recv() => match wanted {
                Some(FromServer::Inactive) | None => break,
                Some(wanted) => worker.follow(wanted),
            },
            _ = rotation.tick() => worker.rotate(identity.clone()),
            _ = sweep.tick() => worker.look_again(),
            () = remains::tick(&mut cleaning) => worker.clean_images(config.images.cleanup),
            () = tokio::time::sleep(wait) => worker.due(),
        }
    }
    watching.abort();
    holding.abort();
    neighbours.abort();
    worker.metadata.close_all().await;
    Ok(())
}

fn read(client: &RwLock<Client>) -> Client {
    client.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
}

impl<R: Runtime> Worker<R> {
    /// Does what the server wants of a host that it knows.
    fn follow(&mut self, wanted: FromServer) {
        match wanted {
            FromServer::Connected => self.orphans.may_be_claimed(clock::steady()),
            FromServer::Payload(payload) => self.accept(payload),
            FromServer::Manifest(manifest) => self.compare(manifest),
            FromServer::Stops(verified) => self.stop_surplus(verified),
            FromServer::Logs(wanted) => self.bring_logs(wanted),
            FromServer::Network(told) => self.network.hear(told),
            FromServer::Inactive => {}
        }
    }

    /// Takes on what a payload brings, and acknowledges it once it is on disk. What cannot be written is not begun: the server sends it
    /// again.
    fn accept(&mut self, payload: acs::PayloadMessage) {
        let now = clock::steady();
        let mut refused = None;
        self.manifests.note(payload.seq_num.unwrap_or_default());
        let mut written = true;
        for task in payload.tasks.into_iter().flatten() {
            let arn = task.arn.clone().unwrap_or_default();
            let desired = if task.desired_status.as_deref() == Some("STOPPED") {
                Desired::Stopped
            } else {
                Desired::Running
            };
            self.orphans.claim(&arn);
            if !self.tasks.contains_key(&arn) {
                let machine = match TaskMachine::new(&task) {
                    Ok(mut machine) => {
                        self.metadata.introduce(&task, &mut machine);
                        machine
                    }
                    Err(error) => {
                        tracing::error!(task = arn, %error, "a task of the server's cannot be run here");
                        refused = Some(error.to_string());
                        continue;
                    }
                };
                self.tasks.insert(arn.clone(), Tracked::new(task, machine));
                if !self.keep(&arn) {
                    self.tasks.remove(&arn);
                    self.unkept.remove(&arn);
                    written = false;
                    continue;
                }
            }
            self.step(&arn, Event::Desired(desired), now);
            written &= self.keep(&arn);
        }
        if !written {
            return;
        }
        let answer = match refused {
            None => ToServer::Ack(acs::AckRequest {
                cluster: payload.cluster_arn,
                container_instance: payload.container_instance_arn,
                message_id: payload.message_id,
            }),
            Some(reason) => ToServer::Nack(acs::NackRequest {
                cluster: payload.cluster_arn,
                container_instance: payload.container_instance_arn,
                message_id: payload.message_id,
                reason: Some(reason),
            }),
        };
        self.answers.give(answer);
    }

    fn take(&mut self, news: News) {
        let now = clock::steady();
        match news {
            News::Task { arn, event } => self.step(&arn, event, now),
            News::Delivered { arn } => self.delivered(&arn),
            News::Runtime(event) => self.hear(event, now),
            News::Looked(look) => self.looked(look, now),
            News::DiskIs(disk) => self.forget_old(disk, now),
            News::Rotated(Ok(client)) => {
                *self.client.write().unwrap_or_else(std::sync::PoisonError::into_inner) = client;
                tracing::info!("the host's key was rotated");
            }
            News::Rotated(Err(error)) => {
                tracing::warn!(error, "the host's key was not rotated; the old one stays");
            }
        }
    }

    /// One step of one machine, and what follows.
    fn step(&mut self, arn: &str, event: Event, now: Time) {
        let Some(tracked) = self.tasks.get_mut(arn) else {
            return;
        };
        let (before, was_stopped) = (tracked.machine.status(), tracked.machine.is_stopped());
        tracked.machine.set_clock_ahead(clock::ahead_ms());
        let actions = tracked.machine.step(event, now);
        let moved_on = tracked.machine.status() != before;
        if tracked.machine.is_stopped() && !was_stopped {
            tracked.stopped_at = Some(now);
        }
        let unsaved = tracked.machine.take_unsaved();
        self.metadata.publish(&tracked.payload, &tracked.machine);
        if unsaved {
            self.keep(arn);
        }
        self.perform(arn, actions);
        if moved_on {
            self.keep(arn);
        }
    }

    /// Writes what must survive of a task, where it is not on disk yet. False where that failed: it is tried again until it is done.
    fn keep(&mut self, arn: &str) -> bool {
        let Some(tracked) = self.tasks.get_mut(arn) else {
            return true;
        };
        let (id, memory) = (tracked.machine.labels().id(), tracked.machine.memory());
        if tracked.kept.as_ref() == Some(memory) {
            return true;
        }
        match self.state.put_task(id, &tracked.payload, memory) {
            Ok(()) => {
                tracked.kept = Some(memory.clone());
                self.unkept.remove(arn);
                true
            }
            Err(error) => {
                self.write_at
                    .get_or_insert_with(|| clock::steady().plus_s(WRITE_AGAIN_S));
                if self.unkept.insert(arn.to_owned()) {
                    tracing::error!(task = arn, %error, "a task's memory is not on disk; trying again");
                }
                false
            }
        }
    }

    fn perform(&mut self, arn: &str, actions: Vec<Action>) {
        let Some(tracked) = self.tasks.get_mut(arn) else { return };
        for action in actions {
            match action {
                Action::TellNetwork {
                    attachment_arn,
                    sandbox,
                } => tracked.queue(Message::Network {
                    attachment_arn,
                    sandbox,
                }),
                Action::Tell(report) => tracked.queue(Message::State(report)),
                other => act::act(
                    &self.runtime,
                    &self.images,
                    &self.metadata,
                    &self.news,
                    &tracked.machine,
                    other,
                ),
            }
        }
        self.tell(arn);
    }

    fn next_wake(&self, now: Time) -> Duration {
        let machines = self.tasks.values().filter_map(|it| it.machine.wake_at());
        let others = [self.orphans.due(), self.forget_at(), self.write_at];
        let due = machines.chain(others.into_iter().flatten()).min();
        due.map_or(IDLE, |at| {
            Duration::from_millis(at.since(now).max(0).unsigned_abs()).min(IDLE)
        })
    }

    /// Steps what is overdue, writes what could not be written, and removes what has been kept long enough.
    fn due(&mut self) {
        let now = clock::steady();
        let overdue: Vec<String> = self
            .tasks
            .iter()
            .filter(|(_, it)| it.machine.wake_at().is_some_and(|at| at <= now))
            .map(|(arn, _)| arn.clone())
            .collect();
        for arn in overdue {
            self.step(&arn, Event::Due, now);
        }
        if self.write_at.is_some_and(|at| at <= now) {
            self.write_at = None;
            for arn in self.unkept.clone() {
                self.keep(&arn);
            }
        }
        self.end_orphans(now);
        self.forget_old(remains::Disk::Roomy, now);
    }

    fn rotate(&self, mut identity: Identity) {
        let (client, state, news) = (read(&self.client), self.state.clone(), self.news.clone());
        tokio::spawn(async move {
            let rotated = join::rotate(&client, &state, &mut identity).await;
            drop(news.send(News::Rotated(rotated)).await);
        });
    }

    fn bring_logs(&self, wanted: acs::LogStreamMessage) {
        let arn = wanted.task_arn.unwrap_or_default();
        let name = wanted.container_name.unwrap_or_default();
        let found = self
            .tasks
            .get(&arn)
            .and_then(|it| Some(it.machine.spec(it.machine.container(&name)?).runtime_name.clone()));
        let Some(runtime_name) = found else {
            return tracing::warn!(
                task = arn,
                container = name,
                "logs are wanted of a container that is not here"
            );
        };
        let Ok(permit) = self.streams.clone().try_acquire_owned() else {
            return tracing::warn!(task = arn, "too many log streams at once");
        };
        let wanted = logs::Wanted {
            runtime_name,
            follow: wanted.follow == Some(true),
            tail: wanted.tail.and_then(|n| u32::try_from(n).ok()),
            path: wanted.stream_url.unwrap_or_default(),
        };
        tokio::spawn(logs::bring(read(&self.client), self.runtime.clone(), wanted, permit));
    }
}
