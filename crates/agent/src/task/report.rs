//! What the server is told of a task, and when.

use wire::time::Time;

use super::container::Doing;
use super::{Action, Phase, TaskMachine};
use crate::runtime::{Binding, Sandbox};

/// A reason's length on the wire.
const MAX_REASON: usize = 1024;
/// A pull that takes longer is worth a report of its own.
const SLOW_PULL_MS: i64 = 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Pending,
    Running,
    Stopped,
}

/// The whole state of a task, as it is told to the server.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub status: Status,
    pub reason: Option<String>,
    pub containers: Vec<ContainerReport>,
    pub pull_started: Option<Time>,
    pub pull_stopped: Option<Time>,
    pub execution_stopped: Option<Time>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ContainerReport {
    pub name: String,
    pub status: Status,
    pub exit_code: Option<i32>,
    pub reason: Option<String>,
    pub runtime_id: Option<String>,
    pub digest: Option<String>,
    pub bindings: Vec<Binding>,
}

impl TaskMachine {
    /// Tells the server what it has not been told.
    pub(super) fn plan_telling(&mut self, now: Time, actions: &mut Vec<Action>) {
        if self.memory.delivered {
            return;
        }
        if let (Some(sandbox), Some(arn), false) = (&self.memory.sandbox, &self.attachment_arn, self.told_network) {
            self.told_network = true;
            actions.push(Action::TellNetwork {
                attachment_arn: arn.clone(),
                sandbox: sandbox.clone(),
            });
        }
        let report = self.report();
        let news = self.told.as_ref() != Some(&report);
        let worth_telling = report.status > Status::Pending || self.is_held_up(&report, now);
        if news && worth_telling {
            actions.extend(self.unseen_start(&report).map(Action::Tell));
            self.told = Some(report.clone());
            actions.push(Action::Tell(report));
        }
    }

    /// A start that takes a while by itself is watched; one that is over in a moment is told of at its end only.
    fn is_held_up(&self, report: &Report, now: Time) -> bool {
        let some_started = report.containers.iter().any(|it| it.status > Status::Pending);
        (some_started && self.unmet().next().is_some()) || self.slow_pull_at().is_some_and(|at| at <= now)
    }

    /// When a pull that is under way has taken long, as long as nobody has heard of it.
    pub(super) fn slow_pull_at(&self) -> Option<Time> {
        let pulling = self.memory.containers.iter().any(|it| it.doing == Some(Doing::Pull));
        let began = Time::from_millis(self.memory.pull_started_ms? - self.clock_ahead_ms);
        (pulling && self.told.is_none()).then(|| began.plus_ms(SLOW_PULL_MS))
    }

    /// A task that ended before anybody heard that it ran did run all the same.
    fn unseen_start(&self, end: &Report) -> Option<Report> {
        let all_ran = self.memory.containers.iter().all(|it| it.started);
        let heard = self.told.as_ref().is_some_and(|it| it.status >= Status::Running);
        if end.status != Status::Stopped || !all_ran || heard {
            return None;
        }
        let mut start = end.clone();
        start.status = Status::Running;
        start.execution_stopped = None;
        for it in &mut start.containers {
            (it.status, it.exit_code, it.reason) = (Status::Running, None, None);
        }
        Some(start)
    }

    /// Its own network, once it has one.
    pub fn sandbox(&self) -> Option<&Sandbox> {
        self.memory.sandbox.as_ref()
    }

    /// How far it has come, as the server is told.
    pub fn status(&self) -> Status {
        let containers = || self.memory.containers.iter();
        if self.is_stopped() {
            Status::Stopped
        } else if containers().all(|it| it.started) {
            Status::Running
        } else {
            // Once it was running it never goes back: a stop that is under way is still a running task.
            self.told.as_ref().map_or(Status::Pending, |it| it.status)
        }
    }

    /// All that there is to tell of it now.
    pub fn report(&self) -> Report {
        let containers = self
            .memory
            .containers
            .iter()
            .zip(&self.specs)
            .map(|(it, planned)| ContainerReport {
                name: planned.spec.container.clone(),
                status: match it.phase {
                    // Between two of its runs it is not shown to have stopped.
                    Phase::Created if it.started => Status::Running,
                    Phase::Waiting | Phase::Pulled | Phase::Created => Status::Pending,
                    Phase::Running => Status::Running,
                    Phase::Stopped => Status::Stopped,
                },
                exit_code: it.exit.map(|exit| exit.code),
                reason: it.reason.clone(),
                runtime_id: it.runtime_id.clone(),
                digest: it.digest.clone(),
                bindings: it.bindings.clone(),
            });
        Report {
            status: self.status(),
            reason: self.memory.reason.clone(),
            containers: containers.collect(),
            pull_started: self.memory.pull_started_ms.map(Time::from_millis),
            pull_stopped: self.memory.pull_stopped_ms.map(Time::from_millis),
            execution_stopped: self.memory.execution_stopped_ms.map(Time::from_millis),
        }
    }
}

pub(super) fn cut(reason: String) -> String {
    reason.chars().take(MAX_REASON).collect()
}
