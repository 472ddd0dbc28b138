//! One task on this host, as a machine.
//!
//! It is told what is wanted and what has happened, and says what to do next. It never blocks, never reads a clock, and does nothing
//! itself: the worker performs its actions and feeds their outcomes back. What it has asked for and not heard of is not part of its
//! memory, so a restart in between asks again; names of containers are fixed, so asking twice starts nothing twice.

mod container;
mod plan;
mod report;
mod spec;

#[cfg(test)]
mod tests;

use model::acs;
use serde::{Deserialize, Serialize};
use wire::time::Time;

use crate::runtime::{Binding, ContainerSpec, Exit, Sandbox, SeenContainer, TaskLabels, TaskLimits};
use container::{Container, Doing, Phase};
pub use report::{ContainerReport, Report, Status};
pub use spec::InvalidTask;

/// SIGTERM to SIGKILL where a container does not say.
pub const DEFAULT_STOP_S: u32 = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Desired {
    Running,
    Stopped,
}

/// What must survive the agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    desired: Desired,
    containers: Vec<Container>,
    #[serde(default)]
    sandbox: Option<Sandbox>,
    #[serde(default)]
    reason: Option<String>,
    #[serde(default)]
    pull_started_ms: Option<i64>,
    #[serde(default)]
    pull_stopped_ms: Option<i64>,
    #[serde(default)]
    execution_stopped_ms: Option<i64>,
    /// The end has been told to the server.
    #[serde(default)]
    delivered: bool,
}

pub struct TaskMachine {
    labels: TaskLabels,
    limits: TaskLimits,
    attachment_arn: Option<String>,
    specs: Vec<Planned>,
    memory: Memory,
    sandbox: SandboxState,
    told: Option<Report>,
    told_network: bool,
}

/// A container as the server described it.
pub(crate) struct Planned {
    essential: bool,
    stop_s: u32,
    spec: ContainerSpec,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SandboxState {
    NotNeeded,
    Wanted,
    Asked,
    Ready,
    /// Taken down, or about to be.
    Gone,
}

/// What has happened. Containers go by their place in the task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Desired(Desired),
    SandboxReady(Sandbox),
    SandboxFailed(String),
    Pulled {
        container: usize,
        digest: Option<String>,
    },
    Created {
        container: usize,
        runtime_id: String,
    },
    Started {
        container: usize,
        bindings: Vec<Binding>,
    },
    Exited {
        container: usize,
        exit: Exit,
    },
    /// What was asked last could not be done.
    Failed {
        container: usize,
        reason: String,
    },
    /// A stop or kill has returned; the exit comes by itself.
    StopReturned {
        container: usize,
    },
    Due,
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    CreateSandbox,
    Pull(usize),
    Create(usize),
    Start(usize),
    Stop(usize, u32),
    Kill(usize),
    /// The task has ended: its sandbox and limits can go.
    TakeDown,
    TellNetwork {
        attachment_arn: String,
        sandbox: Sandbox,
    },
    Tell(Report),
}

impl TaskMachine {
    pub fn new(task: &acs::Task) -> Result<Self, InvalidTask> {
        let (labels, limits, specs) = spec::read(task)?;
        let waiting = Container {
            phase: Phase::Waiting,
            started: false,
            runtime_id: None,
            digest: None,
            bindings: Vec::new(),
            exit: None,
            reason: None,
            doing: None,
        };
        let memory = Memory {
            desired: Desired::Running,
            containers: vec![waiting; specs.len()],
            sandbox: None,
            reason: None,
            pull_started_ms: None,
            pull_stopped_ms: None,
            execution_stopped_ms: None,
            delivered: false,
        };
        let own_network = specs
            .iter()
            .any(|it| it.spec.network == crate::runtime::Network::Sandbox);
        let attachment_arn = task
            .elastic_network_interfaces
            .iter()
            .flatten()
            .find_map(|it| it.attachment_arn.clone());
        Ok(Self {
            labels,
            limits,
            attachment_arn,
            specs,
            memory,
            sandbox: if own_network {
                SandboxState::Wanted
            } else {
                SandboxState::NotNeeded
            },
            told: None,
            told_network: false,
        })
    }

    /// The machine as it was, with what the runtime shows now. Whatever ended meanwhile is found and told.
    pub fn recover(task: &acs::Task, memory: Memory, seen: &[SeenContainer]) -> Result<Self, InvalidTask> {
        let mut machine = Self::new(task)?;
        if memory.containers.len() != machine.specs.len() {
            return Err(InvalidTask("its memory is of another task".into()));
        }
        machine.memory = memory;
        for at in 0..machine.specs.len() {
            let found = seen
                .iter()
                .find(|it| it.task_arn == machine.labels.arn && it.container == machine.specs[at].spec.container);
            machine.memory.containers[at].adopt(found);
        }
        let any_runs = machine.memory.containers.iter().any(|it| it.phase == Phase::Running);
        machine.sandbox = match (machine.sandbox, &machine.memory.sandbox) {
            (SandboxState::Wanted, Some(_)) if any_runs => SandboxState::Ready,
            (other, _) => other,
        };
        Ok(machine)
    }

    /// The first step after `recover`: what essential containers did meanwhile decides for the task.
    pub fn resume(&mut self, now: Time) -> Vec<Action> {
        for (it, planned) in self.memory.containers.iter().zip(&self.specs) {
            if it.phase == Phase::Stopped && (planned.essential || it.exit.is_none()) {
                self.memory.desired = Desired::Stopped;
                let at = it.exit.map_or(now.as_millis(), |exit| exit.at_ms);
                self.memory.execution_stopped_ms.get_or_insert(at);
            }
        }
        self.step(Event::Due, now)
    }

    pub fn labels(&self) -> &TaskLabels {
        &self.labels
    }

    pub fn limits(&self) -> TaskLimits {
        self.limits
    }

    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    pub fn spec(&self, container: usize) -> &ContainerSpec {
        &self.specs[container].spec
    }

    pub fn specs(&self) -> impl Iterator<Item = &ContainerSpec> {
        self.specs.iter().map(|it| &it.spec)
    }

    pub fn container(&self, name: &str) -> Option<usize> {
        self.specs.iter().position(|it| it.spec.container == name)
    }

    pub fn is_stopped(&self) -> bool {
        self.memory.containers.iter().all(|it| it.phase == Phase::Stopped)
    }

    pub fn desired(&self) -> Desired {
        self.memory.desired
    }

    /// The server has heard of the end.
    pub fn note_delivered(&mut self) {
        self.memory.delivered = true;
    }

    pub fn is_delivered(&self) -> bool {
        self.memory.delivered
    }

    /// When its containers ended, for those that keep them a while.
    pub fn stopped_at(&self) -> Option<Time> {
        let last = self
            .memory
            .containers
            .iter()
            .filter_map(|it| it.exit)
            .map(|exit| exit.at_ms)
            .max();
        last.or(self.memory.execution_stopped_ms).map(Time::from_millis)
    }

    /// Takes in one fact and says what to do next.
    pub fn step(&mut self, event: Event, now: Time) -> Vec<Action> {
        match event {
            Event::Desired(desired) => self.memory.desired = self.memory.desired.max(desired),
            Event::SandboxReady(sandbox) => {
                self.sandbox = SandboxState::Ready;
                self.memory.sandbox = Some(sandbox);
            }
            Event::SandboxFailed(reason) => {
                self.sandbox = SandboxState::Gone;
                self.memory.reason.get_or_insert(report::cut(reason));
                self.memory.desired = Desired::Stopped;
            }
            Event::Pulled { container, digest } => {
                let it = self.answered(container, Phase::Pulled);
                it.digest = digest;
                if self.memory.containers.iter().all(|it| it.phase >= Phase::Pulled) {
                    self.memory.pull_stopped_ms.get_or_insert(now.as_millis());
                }
            }
            Event::Created { container, runtime_id } => {
                self.answered(container, Phase::Created).runtime_id = Some(runtime_id);
            }
            Event::Started { container, bindings } => {
                let it = self.answered(container, Phase::Running);
                it.started = true;
                it.bindings = bindings;
            }
            Event::Exited { container, exit } => self.exited(container, exit),
            Event::Failed { container, reason } => self.failed(container, reason, now),
            Event::StopReturned { .. } | Event::Due => {}
        }
        self.plan(now)
    }

    /// The runtime has done what was asked. A container that has exited meanwhile stays so.
    fn answered(&mut self, container: usize, phase: Phase) -> &mut Container {
        let it = &mut self.memory.containers[container];
        it.doing = None;
        it.phase = it.phase.max(phase);
        it
    }

    fn exited(&mut self, container: usize, exit: Exit) {
        let it = &mut self.memory.containers[container];
        if it.phase == Phase::Stopped {
            return;
        }
        it.doing = None;
        it.phase = Phase::Stopped;
        it.started = true;
        it.exit = Some(exit);
        if exit.out_of_memory {
            it.reason = Some("OutOfMemoryError: Container killed due to memory usage".into());
        }
        if self.specs[container].essential {
            self.memory.desired = Desired::Stopped;
            self.memory.execution_stopped_ms.get_or_insert(exit.at_ms);
        }
    }

    fn failed(&mut self, container: usize, reason: String, now: Time) {
        let it = &mut self.memory.containers[container];
        match it.doing.take() {
            // It will be killed when it is overdue, or has gone by itself.
            Some(Doing::Stop { overdue }) => it.doing = Some(Doing::Stop { overdue }),
            Some(Doing::Kill) => it.doing = None,
            Some(Doing::Pull | Doing::Create | Doing::Start) | None => {
                if it.phase == Phase::Stopped {
                    return;
                }
                it.phase = Phase::Stopped;
                it.reason = Some(report::cut(reason));
                self.memory.pull_stopped_ms = self
                    .memory
                    .pull_stopped_ms
                    .or(self.memory.pull_started_ms.map(|_| now.as_millis()));
                // A container that never ran makes the task fail, essential or not.
                self.memory.desired = Desired::Stopped;
            }
        }
    }
}
