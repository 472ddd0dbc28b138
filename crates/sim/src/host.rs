//! An agent without its shell: task machines, what is on its disk, and what it has yet to do and to tell.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use agent::PullBehavior;
use agent::fake::FakeRuntime;
use agent::images::Images;
use agent::report::Message;
use agent::runtime::Runtime;
use agent::task::{Action, Desired, Event, Memory, TaskMachine};
use futures_util::FutureExt;
use model::acs;
use wire::time::Time;

pub struct Host {
    pub runtime: Arc<FakeRuntime>,
    images: Arc<Images<FakeRuntime>>,
    tasks: BTreeMap<String, Tracked>,
    /// Survives the agent.
    disk: BTreeMap<String, (acs::Task, Vec<u8>)>,
    todo: VecDeque<(String, Action)>,
}

struct Tracked {
    machine: TaskMachine,
    outbox: VecDeque<Message>,
}

/// The fake runtime answers at once.
fn now_or_never<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().unwrap()
}

impl Host {
    pub fn new() -> Self {
        let runtime: Arc<FakeRuntime> = Arc::default();
        Self {
            images: Images::new(runtime.clone(), PullBehavior::Default, None),
            runtime,
            tasks: BTreeMap::new(),
            disk: BTreeMap::new(),
            todo: VecDeque::new(),
        }
    }

    /// Takes on a payload. What is acknowledged is on disk.
    pub fn accept(&mut self, payload: acs::PayloadMessage, now: Time) {
        for task in payload.tasks.into_iter().flatten() {
            let arn = task.arn.clone().unwrap();
            let stop = task.desired_status.as_deref() == Some("STOPPED");
            if !self.tasks.contains_key(&arn) {
                let machine = TaskMachine::new(&task).unwrap();
                self.disk.insert(arn.clone(), (task, Vec::new()));
                self.tasks.insert(
                    arn.clone(),
                    Tracked {
                        machine,
                        outbox: VecDeque::new(),
                    },
                );
            }
            self.step(
                &arn,
                Event::Desired(if stop { Desired::Stopped } else { Desired::Running }),
                now,
            );
            self.keep(&arn);
        }
    }

    fn step(&mut self, arn: &str, event: Event, now: Time) {
        let Some(tracked) = self.tasks.get_mut(arn) else { return };
        let before = tracked.machine.status();
        let actions = tracked.machine.step(event, now);
        let moved_on = tracked.machine.status() != before;
        if tracked.machine.take_unsaved() {
            self.keep(arn);
        }
        self.plan(arn, actions);
        if moved_on {
            self.keep(arn);
        }
    }

    fn plan(&mut self, arn: &str, actions: Vec<Action>) {
        let outbox = &mut self.tasks.get_mut(arn).unwrap().outbox;
        for action in actions {
            match action {
                Action::Tell(report) => outbox.push_back(Message::State(report)),
                Action::TellNetwork {
                    attachment_arn,
                    sandbox,
                } => outbox.push_back(Message::Network {
                    attachment_arn,
                    sandbox,
                }),
                other => self.todo.push_back((arn.to_owned(), other)),
            }
        }
    }

    fn keep(&mut self, arn: &str) {
        let memory = serde_json::to_vec(self.tasks[arn].machine.memory()).unwrap();
        self.disk.get_mut(arn).unwrap().1 = memory;
    }

    /// The agent dies and starts again: what it had asked for and not heard of is forgotten.
    pub fn crash(&mut self, now: Time) {
        self.todo.clear();
        self.tasks.clear();
        let seen = now_or_never(self.runtime.list()).unwrap();
        for (arn, (task, memory)) in self.disk.clone() {
            let memory: Memory = serde_json::from_slice(&memory).unwrap();
            let mut machine = TaskMachine::recover(&task, memory, &seen).unwrap();
            let actions = machine.resume(now);
            self.tasks.insert(
                arn.clone(),
                Tracked {
                    machine,
                    outbox: VecDeque::new(),
                },
            );
            self.plan(&arn, actions);
            self.keep(&arn);
        }
    }

    pub fn is_idle(&self) -> bool {
        self.todo.is_empty() && self.tasks.values().all(|it| it.outbox.is_empty())
    }

    /// Performs one of the actions that are due, whichever `choice` names.
    pub fn perform(&mut self, choice: usize, now: Time) {
        let Some((arn, action)) = self.todo.remove(choice % self.todo.len().max(1)) else {
            return;
        };
        let performed = agent::act::perform(
            self.runtime.clone(),
            self.images.clone(),
            &self.tasks[&arn].machine,
            action,
        );
        let Some(event) = now_or_never(performed) else {
            return;
        };
        self.step(&arn, event, now);
        self.notice(now);
    }

    /// What the runtime's events say.
    pub fn notice(&mut self, now: Time) {
        let seen = now_or_never(self.runtime.list()).unwrap();
        let told = self
            .tasks
            .iter()
            .map(|(arn, it)| (arn.clone(), it.machine.compare(&seen)));
        for (arn, events) in told.collect::<Vec<_>>() {
            for event in events {
                self.step(&arn, event, now);
            }
        }
    }

    /// How often a container was started again by its policy.
    pub fn restarts(&self, runtime_name: &str) -> u32 {
        let machines = self.tasks.values().map(|it| &it.machine);
        let counts = machines.flat_map(|it| it.specs().enumerate().map(|(at, spec)| (spec, it.restarts(at))));
        let mut of_it = counts.filter(|(spec, _)| spec.runtime_name == runtime_name);
        of_it.find_map(|(_, restarts)| restarts).unwrap_or_default()
    }

    pub fn due(&mut self, now: Time) {
        for arn in self.tasks.keys().cloned().collect::<Vec<_>>() {
            self.step(&arn, Event::Due, now);
        }
    }

    /// The oldest thing that a task has to tell, of the task that `choice` names among those that have something.
    pub fn to_tell(&self, choice: usize) -> Option<(String, String, Message)> {
        let waiting: Vec<_> = self.tasks.values().filter(|it| !it.outbox.is_empty()).collect();
        let tracked = waiting.get(choice % waiting.len().max(1))?;
        let labels = tracked.machine.labels();
        Some((
            labels.arn.clone(),
            labels.cluster.clone(),
            tracked.outbox.front()?.clone(),
        ))
    }

    /// The server has taken it.
    pub fn told(&mut self, arn: &str) {
        let tracked = self.tasks.get_mut(arn).unwrap();
        tracked.outbox.pop_front();
        if tracked.outbox.is_empty() && tracked.machine.is_stopped() {
            tracked.machine.note_delivered();
            self.keep(arn);
        }
    }
}
