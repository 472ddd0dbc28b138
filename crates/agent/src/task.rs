//! One task on this host, as a machine.
//!
//! It is told what is wanted and what has happened, and says what to do next. It never blocks, never reads a clock, and does nothing
//! itself: the worker performs its actions and feeds their outcomes back. What it has asked for and not heard of is not part of its
//! memory, so a restart in between asks again; names of containers are fixed, so asking twice starts nothing twice.

mod container;
mod dependencies;
mod plan;
mod recovery;
mod report;
mod restart;
mod spec;
mod volumes;

#[cfg(test)]
mod tests;

use model::acs;
use serde::{Deserialize, Serialize};
use wire::time::Time;

use crate::runtime::{
    Binding, ContainerSpec, Exit, Health, HealthStatus, Sandbox, SandboxSpec, TaskLabels, VolumeSpec,
};
use container::{Container, Doing, Phase};
use dependencies::Need;
use recovery::Missed;
pub use report::{ContainerReport, Report, Status};
use restart::RestartPolicy;
pub use spec::InvalidTask;
use volumes::VolumesState;

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
    attachment_arn: Option<String>,
    specs: Vec<Planned>,
    memory: Memory,
    sandbox_spec: SandboxSpec,
    sandbox: SandboxState,
    volumes: Vec<VolumeSpec>,
    volumes_state: VolumesState,
    told: Option<Report>,
    told_network: bool,
    /// How far the machine's clock is ahead of the one that steps are given, which nobody can set.
    clock_ahead_ms: i64,
    /// Its memory has changed in what the runtime cannot tell after a crash.
    unsaved: bool,
    /// What the runtime showed at the start of the agent and `resume` is to judge.
    missed: Vec<(usize, Missed)>,
}

/// A container as the server described it.
pub(crate) struct Planned {
    essential: bool,
    stop_s: u32,
    /// From its start until what others need of it.
    start_timeout_s: Option<u32>,
    needs: Vec<Need>,
    restart: Option<RestartPolicy>,
    has_health_check: bool,
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
    VolumesReady,
    VolumesFailed(String),
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
    /// What its health check says now.
    Health {
        container: usize,
        health: Health,
    },
    /// It was seen to run.
    Runs {
        container: usize,
    },
    /// The runtime does not have it any more.
    Vanished {
        container: usize,
    },
    Due,
}

/// What to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    CreateSandbox,
    CreateVolumes,
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
        let spec::Read {
            labels,
            volumes,
            sandbox,
            mut specs,
        } = spec::read(task)?;
        let needs = dependencies::read(task.containers.as_deref().unwrap_or_default());
        // It is taken on all the same, so that its end is told.
        let unresolved = needs.is_none().then(|| {
            format!(
                "TaskDependencyError: Task dependencies cannot be resolved, taskArn: {}",
                labels.arn
            )
        });
        for (planned, needs) in specs.iter_mut().zip(needs.unwrap_or_default()) {
            planned.needs = needs;
        }
        let memory = Memory {
            desired: match unresolved {
                Some(_) => Desired::Stopped,
                None => Desired::Running,
            },
            containers: vec![Container::waiting(); specs.len()],
            sandbox: None,
            reason: unresolved,
            pull_started_ms: None,
            pull_stopped_ms: None,
            execution_stopped_ms: None,
            delivered: false,
        };
        let attachment_arn = task
            .elastic_network_interfaces
            .iter()
            .flatten()
            .find_map(|it| it.attachment_arn.clone());
        Ok(Self {
            labels,
            attachment_arn,
            specs,
            memory,
            sandbox_spec: sandbox,
            sandbox: if sandbox.is_needed() {
                SandboxState::Wanted
            } else {
                SandboxState::NotNeeded
            },
            volumes_state: VolumesState::of(&volumes),
            volumes,
            told: None,
            told_network: false,
            clock_ahead_ms: 0,
            unsaved: false,
            missed: Vec::new(),
        })
    }

    pub fn labels(&self) -> &TaskLabels {
        &self.labels
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

    /// What its health check says of a container; None where its definition has none.
    pub fn health(&self, container: usize) -> Option<Health> {
        let it = &self.memory.containers[container];
        let unknown = || Health {
            status: HealthStatus::Unknown,
            since_ms: it.started_at.map(Time::as_millis),
            exit_code: None,
            output: None,
        };
        let has_one = self.specs[container].has_health_check;
        has_one.then(|| it.health.clone().unwrap_or_else(unknown))
    }

    /// How often a container was started again by its policy; None where it has no policy.
    pub fn restarts(&self, container: usize) -> Option<u32> {
        let has_policy = self.specs[container].restart.is_some();
        has_policy.then(|| self.memory.containers[container].restarts)
    }

    /// It is on the host, as far as is known.
    pub fn is_made(&self, container: usize) -> bool {
        matches!(self.memory.containers[container].phase, Phase::Created | Phase::Running)
    }

    /// What is kept and told carries the machine's own time; `step` is given one that never jumps.
    pub fn set_clock_ahead(&mut self, millis: i64) {
        self.clock_ahead_ms = millis;
    }

    fn by_the_clock(&self, now: Time) -> i64 {
        now.plus_ms(self.clock_ahead_ms).as_millis()
    }

    /// Whether its memory has to be on disk before what the last step said is done. Asking takes note that it will be.
    pub fn take_unsaved(&mut self) -> bool {
        std::mem::take(&mut self.unsaved)
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
                self.cannot_start(reason);
            }
            Event::VolumesReady => self.volumes_state = VolumesState::Settled,
            Event::VolumesFailed(reason) => {
                self.volumes_state = VolumesState::Settled;
                self.cannot_start(reason);
            }
            Event::Pulled { container, digest } => {
                let it = self.answered(container, Phase::Pulled);
                it.digest = digest;
                if self.memory.containers.iter().all(|it| it.phase >= Phase::Pulled) {
                    let now_ms = self.by_the_clock(now);
                    self.memory.pull_stopped_ms.get_or_insert(now_ms);
                }
            }
            Event::Created { container, runtime_id } => {
                self.answered(container, Phase::Created).runtime_id = Some(runtime_id);
            }
            Event::Started { container, bindings } => self.started(container, bindings, now),
            Event::Exited { container, exit } => self.exited(container, exit, now, now),
            Event::Failed { container, reason } => self.failed(container, reason, now),
            Event::Health { container, health } => {
                if self.specs[container].has_health_check {
                    self.memory.containers[container].note_health(health);
                }
            }
            // What has been given up must not run on unseen: its start came late, or somebody else started it.
            Event::Runs { container } if self.memory.containers[container].phase == Phase::Stopped => {
                return vec![Action::Kill(container)];
            }
            Event::Vanished { container } => self.vanished(container, now),
            Event::Runs { .. } | Event::StopReturned { .. } | Event::Due => {}
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

    fn started(&mut self, container: usize, bindings: Vec<Binding>, now: Time) {
        let it = self.answered(container, Phase::Running);
        it.started = true;
        it.started_at = Some(now);
        it.bindings = bindings;
    }

    /// `ended` is when the run was over, as far as is known here.
    fn exited(&mut self, container: usize, exit: Exit, ended: Time, now: Time) {
        let it = &mut self.memory.containers[container];
        if it.phase == Phase::Stopped || it.restarted_after == Some(exit) {
            return;
        }
        let ran_ms = it.started_at.map_or(0, |at| ended.since(at));
        let policy = self.specs[container].restart.as_ref();
        if self.memory.desired == Desired::Running && policy.is_some_and(|it| it.allows(exit.code, ran_ms)) {
            it.run_again(exit, now);
            self.unsaved = true;
            return;
        }
        it.end(exit);
        self.lost(container, exit.at_ms);
    }

    /// A container that ran does so no longer.
    fn lost(&mut self, container: usize, at_ms: i64) {
        if self.specs[container].essential {
            self.memory.desired = Desired::Stopped;
            self.memory.execution_stopped_ms.get_or_insert(at_ms);
        }
    }

    fn vanished(&mut self, container: usize, now: Time) {
        let now_ms = self.by_the_clock(now);
        let it = &mut self.memory.containers[container];
        // Whether it is there is what the runtime has just been asked.
        if matches!(it.doing, Some(Doing::Create | Doing::Start)) || !it.vanish() {
            return;
        }
        match it.started {
            true => self.lost(container, now_ms),
            false => self.memory.desired = Desired::Stopped,
        }
    }

    fn failed(&mut self, container: usize, reason: String, now: Time) {
        let now_ms = self.by_the_clock(now);
        let it = &mut self.memory.containers[container];
        match it.doing.take() {
            // It will be killed when it is overdue, or has gone by itself.
            Some(Doing::Stop { overdue }) => it.doing = Some(Doing::Stop { overdue }),
            Some(Doing::Kill) => {}
            Some(Doing::Pull | Doing::Create | Doing::Start) | None => {
                if it.phase == Phase::Stopped {
                    return;
                }
                it.give_up(Some(reason));
                self.memory.pull_stopped_ms = self
                    .memory
                    .pull_stopped_ms
                    .or(self.memory.pull_started_ms.map(|_| now_ms));
                match it.started {
                    true => self.lost(container, now_ms),
                    // A container that never ran makes the task fail, essential or not.
                    false => self.memory.desired = Desired::Stopped,
                }
            }
        }
    }
}
