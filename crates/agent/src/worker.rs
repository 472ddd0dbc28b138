//! Performs what the machines say, and keeps what must survive.
//!
//! One loop owns all machines. Actions run beside it and come back as events; nothing here waits for a runtime or the server while other
//! tasks have something to do. A task is on disk before its payload is acknowledged, and stays there until the server has heard of its end.

mod orders;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use client::Client;
use model::acs;
use tokio::sync::{Semaphore, mpsc, watch};
use wire::time::Time;

use crate::manifest::Manifests;
use crate::metadata::Metadata;
use crate::network::{self, Network};
use crate::report::{self, Message};
use crate::runtime::{Runtime, RuntimeEvent};
use crate::session::{self, FromServer, Introduction, ToServer};
use crate::state::{Identity, Progress};
use crate::task::{Action, Desired, Event, TaskMachine};
use crate::{AgentState, Config, Error, act, clock, join, logs, neighbours};

/// Events on their way to the loop.
const EVENTS: usize = 1024;
/// Between looks at everything the runtime has, in case an event was lost.
const SWEEP: Duration = Duration::from_secs(300);
/// How long stopped containers are kept, for their logs.
const KEEP_STOPPED: Duration = Duration::from_secs(10 * 60);
/// Longest the loop sleeps with nothing to do.
const IDLE: Duration = Duration::from_secs(60);

/// What comes back to the loop.
pub enum News {
    Task { arn: String, event: Event },
    Delivered { arn: String },
    Runtime(RuntimeEvent),
    Rotated(Result<Client, String>),
}

struct Tracked {
    payload: acs::Task,
    machine: TaskMachine,
    outbox: VecDeque<Message>,
    /// A delivery is under way.
    telling: bool,
}

struct Worker<R> {
    runtime: Arc<R>,
    metadata: Arc<Metadata<R>>,
    state: Arc<AgentState>,
    client: Arc<RwLock<Client>>,
    tasks: HashMap<String, Tracked>,
    news: mpsc::Sender<News>,
    to_server: mpsc::Sender<ToServer>,
    streams: Arc<Semaphore>,
    manifests: Manifests,
    epoch: u64,
    network: Network,
}

pub async fn run<R: Runtime>(
    config: Config,
    state: AgentState,
    mut identity: Identity,
    runtime: R,
    mut stop: watch::Receiver<bool>,
) -> Result<(), Error> {
    let (runtime, state) = (Arc::new(runtime), Arc::new(state));
    let progress = state.begin_epoch(clock::now_s())?;
    loop {
        let version = runtime.version();
        let registered = join::register(&config, &state, &mut identity, &version);
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

/// Serves one registration; returns when it has been ended by the server.
async fn serve<R: Runtime>(
    config: &Config,
    state: &Arc<AgentState>,
    identity: &Identity,
    runtime: &Arc<R>,
    progress: Progress,
) -> Result<(), Error> {
    let (news, mut heard) = mpsc::channel(EVENTS);
    let (to_server, answers) = mpsc::channel(session::QUEUE);
    let (from_server, mut wanted) = mpsc::channel(session::QUEUE);
    let client = Arc::new(RwLock::new(join::client(config, identity)));
    let place = join::place(config, identity);
    let metadata = Metadata::new(runtime.clone(), client.clone(), state.metadata_key()?, place);
    let neighbours = neighbours::serve(&metadata, config.introspection_port).await;
    let mut worker = Worker {
        runtime: runtime.clone(),
        metadata,
        state: state.clone(),
        client: client.clone(),
        tasks: HashMap::new(),
        news,
        to_server,
        streams: Arc::new(Semaphore::new(logs::MAX_STREAMS)),
        manifests: Manifests::new(progress.sequence),
        epoch: progress.epoch,
        network: Network::start(config, identity, network::address(config).await, runtime.clone()),
    };
    let watching = worker.watch();
    worker.recover().await?;
    let introduction = Introduction {
        instance_arn: identity.instance_arn.clone().unwrap_or_default(),
        cluster: identity.cluster.clone().unwrap_or_default(),
        version: runtime.version(),
        epoch: progress.epoch,
    };
    let holding = tokio::spawn(session::hold(move || read(&client), introduction, from_server, answers));
    let mut rotation = tokio::time::interval_at(tokio::time::Instant::now() + join::KEY_LIFE, join::KEY_LIFE);
    let mut sweep = tokio::time::interval_at(tokio::time::Instant::now() + SWEEP, SWEEP);
    loop {
        let wait = worker.next_wake(clock::now());
        tokio::select! {
            Some(news) = heard.recv() => worker.take(news).await?,
            wanted = wanted.recv() => match wanted {
                Some(FromServer::Payload(payload)) => worker.accept(payload).await?,
                Some(FromServer::Manifest(manifest)) => worker.compare(manifest).await?,
                Some(FromServer::Stops(verified)) => worker.stop_surplus(verified)?,
                Some(FromServer::Logs(wanted)) => worker.bring_logs(wanted),
                Some(FromServer::Network(told)) => worker.network.hear(told),
                Some(FromServer::Inactive) | None => break,
            },
            _ = rotation.tick() => worker.rotate(identity.clone()),
            _ = sweep.tick() => worker.look_again().await?,
            () = tokio::time::sleep(wait) => worker.due().await?,
        }
    }
    watching.abort();
    holding.abort();
    neighbours.abort();
    worker.metadata.close_all();
    Ok(())
}

fn read(client: &RwLock<Client>) -> Client {
    client.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
}

impl<R: Runtime> Worker<R> {
    fn watch(&self) -> tokio::task::JoinHandle<()> {
        let (runtime, news) = (self.runtime.clone(), self.news.clone());
        tokio::spawn(async move {
            let (sender, mut events) = mpsc::channel(EVENTS);
            let pass_on = async {
                while let Some(event) = events.recv().await {
                    if news.send(News::Runtime(event)).await.is_err() {
                        return;
                    }
                }
            };
            tokio::join!(runtime.watch(sender), pass_on);
        })
    }

    /// Takes over what ran before this start.
    async fn recover(&mut self) -> Result<(), Error> {
        let seen = self.runtime.list().await?;
        let now = clock::now();
        for (payload, memory) in self.state.tasks()? {
            let machine = match TaskMachine::recover(&payload, memory, &seen) {
                Ok(mut machine) => {
                    self.metadata.introduce(&payload, &mut machine);
                    machine
                }
                Err(error) => {
                    tracing::error!(task = payload.arn, %error, "a remembered task cannot be taken over");
                    continue;
                }
            };
            let arn = machine.labels().arn.clone();
            self.tasks.insert(
                arn.clone(),
                Tracked {
                    payload,
                    machine,
                    outbox: VecDeque::new(),
                    telling: false,
                },
            );
            let Some(tracked) = self.tasks.get_mut(&arn) else {
                continue;
            };
            let actions = tracked.machine.resume(now);
            self.metadata.publish(&tracked.payload, &tracked.machine);
            self.perform(&arn, actions);
            self.keep(&arn)?;
        }
        self.metadata.reopen();
        Ok(())
    }

    async fn take(&mut self, news: News) -> Result<(), Error> {
        let now = clock::now();
        match news {
            News::Task { arn, event } => self.step(&arn, event, now),
            News::Delivered { arn } => self.delivered(&arn),
            News::Runtime(event) => self.hear(event, now).await,
            News::Rotated(Ok(client)) => {
                *self.client.write().unwrap_or_else(std::sync::PoisonError::into_inner) = client;
                tracing::info!("the host's key was rotated");
                Ok(())
            }
            News::Rotated(Err(error)) => {
                tracing::warn!(error, "the host's key was not rotated; the old one stays");
                Ok(())
            }
        }
    }

    /// What the runtime says unasked.
    async fn hear(&mut self, event: RuntimeEvent, now: Time) -> Result<(), Error> {
        match event {
            RuntimeEvent::Exited {
                task_arn,
                container,
                exit,
            } => self.observe(
                &task_arn,
                &container,
                |container| Event::Exited { container, exit },
                now,
            ),
            RuntimeEvent::Runs { task_arn, container } => {
                self.observe(&task_arn, &container, |container| Event::Runs { container }, now)
            }
            RuntimeEvent::Health {
                task_arn,
                container,
                health,
            } => self.observe(
                &task_arn,
                &container,
                |container| Event::Health { container, health },
                now,
            ),
            RuntimeEvent::Removed { task_arn, container } => {
                self.observe(&task_arn, &container, |container| Event::Vanished { container }, now)
            }
            RuntimeEvent::LookAgain => {
                self.network.look_again();
                self.look_again().await
            }
        }
    }

    /// Tells a container's machine, where it is one of ours.
    fn observe(
        &mut self,
        task_arn: &str,
        container: &str,
        event: impl FnOnce(usize) -> Event,
        now: Time,
    ) -> Result<(), Error> {
        let tracked = self.tasks.get(task_arn);
        match tracked.and_then(|it| it.machine.container(container)) {
            Some(at) => self.step(task_arn, event(at), now),
            None => Ok(()),
        }
    }

    /// One step of one machine, and what follows.
    fn step(&mut self, arn: &str, event: Event, now: Time) -> Result<(), Error> {
        let Some(tracked) = self.tasks.get_mut(arn) else {
            return Ok(());
        };
        let before = tracked.machine.status();
        let actions = tracked.machine.step(event, now);
        let moved_on = tracked.machine.status() != before;
        let unsaved = tracked.machine.take_unsaved();
        self.metadata.publish(&tracked.payload, &tracked.machine);
        if unsaved {
            self.keep(arn)?;
        }
        self.perform(arn, actions);
        if moved_on { self.keep(arn) } else { Ok(()) }
    }

    fn keep(&self, arn: &str) -> Result<(), Error> {
        let Some(tracked) = self.tasks.get(arn) else {
            return Ok(());
        };
        Ok(self.state.put_task(
            tracked.machine.labels().id(),
            &tracked.payload,
            tracked.machine.memory(),
        )?)
    }

    fn perform(&mut self, arn: &str, actions: Vec<Action>) {
        let Some(tracked) = self.tasks.get_mut(arn) else { return };
        for action in actions {
            match action {
                Action::TellNetwork {
                    attachment_arn,
                    sandbox,
                } => tracked.outbox.push_back(Message::Network {
                    attachment_arn,
                    sandbox,
                }),
                Action::Tell(report) => tracked.outbox.push_back(Message::State(report)),
                other => act::act(&self.runtime, &self.metadata, &self.news, &tracked.machine, other),
            }
        }
        self.tell(arn);
    }

    /// Sends the oldest thing that this task has to tell, unless one is on its way.
    fn tell(&mut self, arn: &str) {
        let Some(tracked) = self.tasks.get_mut(arn) else { return };
        let Some(message) = tracked.outbox.front().filter(|_| !tracked.telling).cloned() else {
            return;
        };
        tracked.telling = true;
        let (client, news) = (read(&self.client), self.news.clone());
        let labels = tracked.machine.labels().clone();
        tokio::spawn(async move {
            report::deliver(&client, &labels.arn, &labels.cluster, &message).await;
            // Nobody takes the news when the agent is ending; the next start tells again.
            drop(news.send(News::Delivered { arn: labels.arn }).await);
        });
    }

    fn delivered(&mut self, arn: &str) -> Result<(), Error> {
        let Some(tracked) = self.tasks.get_mut(arn) else {
            return Ok(());
        };
        tracked.telling = false;
        tracked.outbox.pop_front();
        if tracked.outbox.is_empty() && tracked.machine.is_stopped() {
            tracked.machine.note_delivered();
            return self.keep(arn);
        }
        self.tell(arn);
        Ok(())
    }

    /// Compares every machine with what the runtime has, for what no event has told.
    async fn look_again(&mut self) -> Result<(), Error> {
        let seen = match self.runtime.list().await {
            Ok(seen) => seen,
            Err(error) => {
                tracing::warn!(%error, "the runtime cannot be looked at; trying again later");
                return Ok(());
            }
        };
        let now = clock::now();
        let events: Vec<_> = self
            .tasks
            .iter()
            .map(|(arn, it)| (arn.clone(), it.machine.compare(&seen)))
            .collect();
        for (arn, event) in events
            .into_iter()
            .flat_map(|(arn, events)| events.into_iter().map(move |it| (arn.clone(), it)))
        {
            self.step(&arn, event, now)?;
        }
        Ok(())
    }

    fn next_wake(&self, now: Time) -> Duration {
        let due = self.tasks.values().filter_map(|it| it.machine.wake_at()).min();
        due.map_or(IDLE, |at| {
            Duration::from_millis(at.since(now).max(0).unsigned_abs()).min(IDLE)
        })
    }

    /// Steps what is overdue and forgets what has been kept long enough.
    async fn due(&mut self) -> Result<(), Error> {
        let now = clock::now();
        let overdue: Vec<String> = self
            .tasks
            .iter()
            .filter(|(_, it)| it.machine.wake_at().is_some_and(|at| at <= now))
            .map(|(arn, _)| arn.clone())
            .collect();
        for arn in overdue {
            self.step(&arn, Event::Due, now)?;
        }
        let keep_ms = KEEP_STOPPED.as_millis() as i64;
        let old = |it: &Tracked| {
            it.machine.is_delivered() && it.machine.stopped_at().is_none_or(|at| now.since(at) >= keep_ms)
        };
        let forgotten: Vec<String> = self
            .tasks
            .iter()
            .filter(|(_, it)| old(it))
            .map(|(arn, _)| arn.clone())
            .collect();
        for arn in forgotten {
            self.forget(&arn);
        }
        Ok(())
    }

    fn forget(&mut self, arn: &str) {
        let Some(tracked) = self.tasks.remove(arn) else { return };
        self.metadata.forget(arn);
        let (runtime, state) = (self.runtime.clone(), self.state.clone());
        let names: Vec<String> = tracked.machine.specs().map(|it| it.runtime_name.clone()).collect();
        let labels = tracked.machine.labels().clone();
        tokio::spawn(async move {
            let mut failed = None;
            for name in names {
                failed = runtime.remove(&name).await.err().or(failed);
            }
            failed = runtime.remove_task(&labels).await.err().or(failed);
            match failed {
                None => state.remove_task(labels.id()),
                Some(error) => {
                    tracing::warn!(task = labels.arn, %error, "a stopped task's remains could not be removed; the next start tries again")
                }
            }
        });
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
