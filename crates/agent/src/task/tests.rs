#![allow(clippy::unwrap_used)]

use std::collections::VecDeque;
use std::sync::Arc;

use super::*;
use crate::fake::{FakeRuntime, payload};
use crate::image::PullBehavior;
use crate::images::Images;
use crate::runtime::{Runtime, Seen, SeenContainer};

mod chance;
mod killed;
mod ordering;
mod restarts;
mod seen;
mod survival;
mod volumes;

/// When a test begins.
const NOW: Time = Time::from_millis(1_000);

/// A machine with its runtime, its memory on disk, and all that it has told.
struct Host {
    runtime: Arc<FakeRuntime>,
    images: Arc<Images<FakeRuntime>>,
    payload: acs::Task,
    machine: TaskMachine,
    disk: Memory,
    wanted: Desired,
    todo: VecDeque<Action>,
    told: Vec<Report>,
    now: Time,
    /// Moments left until the agent is killed.
    life: Option<usize>,
}

impl Host {
    fn new(payload: acs::Task, life: Option<usize>) -> Self {
        let machine = TaskMachine::new(&payload).unwrap();
        let disk = machine.memory().clone();
        let runtime = Arc::new(FakeRuntime::default());
        let host = Self {
            images: Images::new(runtime.clone(), PullBehavior::Default, None),
            runtime,
            payload,
            machine,
            disk,
            wanted: Desired::Running,
            todo: VecDeque::new(),
            told: Vec::new(),
            now: NOW,
            life,
        };
        host.runtime.set_time(NOW.as_millis());
        host
    }

    /// A task of these containers, which is wanted to run.
    async fn running(payload: acs::Task) -> Self {
        let mut host = Self::new(payload, None);
        host.feed(Event::Desired(Desired::Running)).await;
        host
    }

    fn arn(&self) -> String {
        self.payload.arn.clone().unwrap()
    }

    fn at(&self, name: &str) -> usize {
        self.machine.container(name).unwrap()
    }

    fn runs(&self, name: &str) -> bool {
        self.runtime.is_running(&self.arn(), name)
    }

    /// Feeds one event and performs all that follows.
    async fn feed(&mut self, event: Event) {
        if let Event::Desired(desired) = event {
            self.wanted = desired;
        }
        self.step(event).await;
        self.work().await;
    }

    async fn step(&mut self, event: Event) {
        let before = self.machine.status();
        let actions = self.machine.step(event, self.now);
        // The answer is known, and nothing of it is on disk.
        if self.is_killed() {
            return self.restart().await;
        }
        if self.machine.take_unsaved() {
            self.save();
        }
        self.todo.extend(actions);
        let memory = self.machine.memory();
        if self.machine.status() != before || memory.desired != self.disk.desired {
            self.save();
        }
    }

    async fn work(&mut self) {
        while let Some(action) = self.todo.pop_front() {
            // Before the runtime has heard of it.
            if self.is_killed() {
                self.restart().await;
                continue;
            }
            let events = self.perform(action).await;
            // The runtime has done it, and its answer is lost.
            if self.is_killed() {
                self.restart().await;
                continue;
            }
            for event in events {
                self.step(event).await;
            }
        }
    }

    fn is_killed(&mut self) -> bool {
        match &mut self.life {
            Some(0) => {
                self.life = None;
                true
            }
            Some(life) => {
                *life -= 1;
                false
            }
            None => false,
        }
    }

    fn save(&mut self) {
        self.disk = serde_json::from_slice(&serde_json::to_vec(self.machine.memory()).unwrap()).unwrap();
    }

    /// The agent starts again from its disk and what runs; the server says again what it wants.
    async fn restart(&mut self) {
        let seen = self.runtime.list().await.unwrap();
        self.machine = TaskMachine::recover(&self.payload, self.disk.clone(), &seen).unwrap();
        self.todo = self.machine.resume(self.now).into();
        self.save();
        self.todo
            .extend(self.machine.step(Event::Desired(self.wanted), self.now));
    }

    async fn pass(&mut self, seconds: i64) {
        self.now = self.now.plus_s(seconds);
        self.runtime.set_time(self.now.as_millis());
        self.feed(Event::Due).await;
    }

    async fn health(&mut self, name: &str, status: HealthStatus) {
        let health = self.runtime.set_health(&self.arn(), name, status);
        let container = self.at(name);
        self.feed(Event::Health { container, health }).await;
    }

    async fn perform(&mut self, action: Action) -> Vec<Event> {
        let labels = self.machine.labels().clone();
        let spec = |at: usize| self.machine.spec(at).clone();
        let failed = |container: usize| {
            move |e: crate::runtime::RuntimeError| Event::Failed {
                container,
                reason: e.to_string(),
            }
        };
        let event = match action {
            Action::CreateSandbox => Event::SandboxReady(
                self.runtime
                    .create_sandbox(&labels, self.machine.sandbox_spec())
                    .await
                    .unwrap(),
            ),
            Action::CreateVolumes => self.create_volumes(&labels).await,
            Action::Pull(container) => {
                let pulled = self.images.ensure(&spec(container).image).await;
                pulled.map_or_else(failed(container), |digest| Event::Pulled { container, digest })
            }
            Action::Create(container) => Event::Created {
                container,
                runtime_id: self.runtime.create(&spec(container)).await.unwrap(),
            },
            Action::Start(container) => {
                let bindings = self.runtime.start(&spec(container)).await.unwrap();
                Event::Started { container, bindings }
            }
            Action::Stop(container, grace_s) => {
                self.runtime.stop(&spec(container).runtime_name, grace_s).await.unwrap();
                return self.exits().await;
            }
            Action::Kill(container) => {
                self.runtime.kill(&spec(container).runtime_name).await.unwrap();
                return self.exits().await;
            }
            Action::TakeDown => {
                self.runtime.remove_task(&labels).await.unwrap();
                return Vec::new();
            }
            Action::TellNetwork { .. } => return Vec::new(),
            Action::Tell(report) => {
                self.told.push(report);
                return Vec::new();
            }
        };
        vec![event]
    }

    async fn exits(&self) -> Vec<Event> {
        let seen = self.runtime.list().await.unwrap();
        let exited = |it: SeenContainer| match it.state {
            Seen::Exited { exit } => Some(Event::Exited {
                container: self.machine.container(&it.container)?,
                exit,
            }),
            Seen::Created | Seen::Running { .. } => None,
        };
        seen.into_iter().filter_map(exited).collect()
    }

    async fn exit(&mut self, name: &str, code: i32, out_of_memory: bool) {
        let exit = Exit {
            code,
            out_of_memory,
            at_ms: self.now.as_millis(),
        };
        self.runtime.exit(&self.arn(), name, exit);
        let container = self.at(name);
        self.feed(Event::Exited { container, exit }).await;
    }

    fn reason(&self, name: &str) -> &str {
        self.last().containers[self.at(name)]
            .reason
            .as_deref()
            .unwrap_or_default()
    }

    fn last(&self) -> &Report {
        self.told.last().unwrap()
    }

    fn statuses(&self) -> Vec<Status> {
        let mut all: Vec<_> = self.told.iter().map(|it| it.status).collect();
        all.dedup();
        all
    }
}

fn awsvpc(mut task: acs::Task) -> acs::Task {
    task.network_mode = Some("awsvpc".into());
    task.elastic_network_interfaces = Some(vec![acs::ElasticNetworkInterface {
        attachment_arn: Some("arn:attachment".into()),
        ..Default::default()
    }]);
    task
}

#[tokio::test]
async fn a_task_runs_when_all_of_its_containers_do() {
    let mut host = Host::new(payload("1", &["a", "b"]), None);
    host.feed(Event::Desired(Desired::Running)).await;
    assert_eq!(host.statuses(), [Status::Running]);
    assert_eq!(host.runtime.starts().values().copied().collect::<Vec<_>>(), [1, 1]);
    assert!(host.last().pull_stopped.is_some());
}

#[tokio::test]
async fn an_essential_containers_exit_ends_the_task() {
    let mut host = Host::new(payload("1", &["a", "b"]), None);
    host.feed(Event::Desired(Desired::Running)).await;
    host.exit("a", 3, false).await;
    assert_eq!(host.statuses(), [Status::Running, Status::Stopped]);
    assert_eq!(host.last().containers[0].exit_code, Some(3));
    assert_eq!(
        host.last().containers[1].exit_code,
        Some(143),
        "the other was asked to end"
    );
    assert_eq!(host.last().execution_stopped, Some(NOW));
}

#[tokio::test]
async fn another_containers_exit_does_not() {
    let mut host = Host::new(payload("1", &["a", "side"]), None);
    host.feed(Event::Desired(Desired::Running)).await;
    host.exit("side", 0, false).await;
    assert_eq!(host.statuses(), [Status::Running]);
    assert_eq!(host.last().containers[1].status, Status::Stopped);
}

#[tokio::test]
async fn an_image_that_cannot_be_had_ends_the_task_with_the_reason() {
    let mut host = Host::new(payload("1", &["a", "b"]), None);
    host.runtime.lose_image("a");
    host.feed(Event::Desired(Desired::Running)).await;
    assert_eq!(host.statuses(), [Status::Stopped]);
    assert_eq!(
        host.last().containers[0].reason.as_deref(),
        Some("CannotPullContainerError: no such image: a")
    );
    assert!(host.runtime.starts().values().all(|n| *n <= 1));
}

#[tokio::test]
async fn a_container_that_the_kernel_killed_for_memory_says_so() {
    let mut host = Host::new(payload("1", &["a"]), None);
    host.feed(Event::Desired(Desired::Running)).await;
    host.exit("a", 137, true).await;
    assert_eq!(
        host.last().containers[0].reason.as_deref(),
        Some("OutOfMemoryError: Container killed due to memory usage")
    );
}

#[tokio::test]
async fn a_task_that_was_over_before_it_was_told_of_still_ran() {
    let mut host = Host::new(payload("1", &["a"]), None);
    let mut todo = host.machine.step(Event::Desired(Desired::Running), NOW);
    // The exit is heard before the answer to the start.
    while let Some(action) = todo.pop() {
        let starting = matches!(action, Action::Start(_));
        let events = host.perform(action).await;
        if starting {
            todo.extend(host.machine.step(
                Event::Exited {
                    container: 0,
                    exit: Exit {
                        code: 0,
                        out_of_memory: false,
                        at_ms: 7,
                    },
                },
                NOW,
            ));
        }
        for event in events {
            todo.extend(host.machine.step(event, NOW));
        }
    }
    assert_eq!(
        host.statuses(),
        [Status::Stopped, Status::Running],
        "actions were taken from the end here"
    );
}

#[tokio::test]
async fn a_stop_for_a_task_that_never_began_is_answered() {
    let mut host = Host::new(payload("1", &["a"]), None);
    host.feed(Event::Desired(Desired::Stopped)).await;
    assert_eq!(host.statuses(), [Status::Stopped]);
    assert!(host.runtime.starts().is_empty());
    host.feed(Event::Desired(Desired::Running)).await;
    assert!(host.runtime.starts().is_empty(), "what was stopped never starts");
}

#[tokio::test]
async fn a_stop_that_does_not_return_is_followed_by_a_kill() {
    let mut host = Host::new(payload("1", &["a"]), None);
    host.feed(Event::Desired(Desired::Running)).await;
    let actions = host.machine.step(Event::Desired(Desired::Stopped), NOW);
    assert_eq!(actions, [Action::Stop(0, DEFAULT_STOP_S)]);
    let overdue = host.machine.wake_at().unwrap();
    assert_eq!(host.machine.step(Event::Due, overdue.plus_ms(-1)), []);
    assert_eq!(host.machine.step(Event::Due, overdue), [Action::Kill(0)]);
}

#[tokio::test]
async fn a_sandbox_comes_first_and_goes_last() {
    let mut host = Host::new(awsvpc(payload("1", &["a"])), None);
    host.feed(Event::Desired(Desired::Running)).await;
    assert_eq!((host.runtime.sandboxes(), host.statuses()), (1, vec![Status::Running]));
    host.exit("a", 0, false).await;
    assert_eq!(host.runtime.sandboxes(), 0);
}

#[tokio::test]
async fn what_ended_while_the_agent_was_away_is_told_with_its_own_time() {
    let mut host = Host::new(payload("1", &["a"]), None);
    host.feed(Event::Desired(Desired::Running)).await;
    host.runtime.exit(
        &host.arn(),
        "a",
        Exit {
            code: 6,
            out_of_memory: false,
            at_ms: 42,
        },
    );
    host.restart().await;
    host.work().await;
    let report = host.last();
    assert_eq!(
        (report.status, report.containers[0].exit_code),
        (Status::Stopped, Some(6))
    );
    assert_eq!(report.execution_stopped, Some(Time::from_millis(42)));
}
