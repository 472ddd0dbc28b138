//! One container of a task: where it is, what was asked of the runtime for it, and what it has been through.

use serde::{Deserialize, Serialize};
use wire::time::Time;

use super::report;
use crate::runtime::{Binding, Exit, Health, HealthStatus, Seen, SeenContainer};

const OUT_OF_MEMORY: &str = "OutOfMemoryError: Container killed due to memory usage";
const VANISHED: &str = "ContainerVanishedError: No container matching saved ID found";

/// In the order in which a container passes through them. Only a restart goes back: from `Running` to `Created`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Phase {
    Waiting,
    Pulled,
    Created,
    Running,
    Stopped,
}

/// What was asked of the runtime and has not been answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    Pull,
    Create,
    Start,
    Stop { overdue: Time },
    Kill,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Container {
    pub(super) phase: Phase,
    /// It has run; it may have ended since, or be between two runs.
    #[serde(default)]
    pub(super) started: bool,
    #[serde(default)]
    pub(super) runtime_id: Option<String>,
    #[serde(default)]
    pub(super) digest: Option<String>,
    #[serde(default)]
    pub(super) bindings: Vec<Binding>,
    #[serde(default)]
    pub(super) exit: Option<Exit>,
    #[serde(default)]
    pub(super) reason: Option<String>,
    #[serde(default)]
    pub(super) restarts: u32,
    /// The end that the last restart followed. Heard of again, it is no other end.
    #[serde(default)]
    pub(super) restarted_after: Option<Exit>,
    /// When its present run began.
    #[serde(skip)]
    pub(super) started_at: Option<Time>,
    #[serde(skip)]
    pub(super) health: Option<Health>,
    #[serde(skip)]
    pub(super) doing: Option<Doing>,
}

impl Container {
    pub(super) fn waiting() -> Self {
        Self {
            phase: Phase::Waiting,
            started: false,
            runtime_id: None,
            digest: None,
            bindings: Vec::new(),
            exit: None,
            reason: None,
            restarts: 0,
            restarted_after: None,
            started_at: None,
            health: None,
            doing: None,
        }
    }

    /// Takes over what the runtime shows of it after a restart of the agent. Gives the end that was missed, which is yet to be judged.
    pub(super) fn adopt(&mut self, found: Option<&SeenContainer>) -> Option<Exit> {
        if self.phase == Phase::Stopped {
            return None;
        }
        let Some(found) = found else {
            self.vanish();
            return None;
        };
        self.runtime_id = Some(found.runtime_id.clone());
        match &found.state {
            Seen::Created => self.phase = Phase::Created,
            Seen::Running { bindings } => {
                self.runs_since(found.started_ms.map(Time::from_millis), bindings.clone());
                self.health = found.health.clone();
            }
            // Killed between the decision to start it again and the start.
            Seen::Exited { exit } if self.restarted_after == Some(*exit) => self.phase = Phase::Created,
            Seen::Exited { exit } => {
                self.runs_since(found.started_ms.map(Time::from_millis), Vec::new());
                return Some(*exit);
            }
        }
        None
    }

    pub(super) fn runs_since(&mut self, at: Option<Time>, bindings: Vec<Binding>) {
        self.phase = Phase::Running;
        self.started = true;
        self.started_at = at;
        self.bindings = bindings;
    }

    /// The same container is to run once more. To the server it has run all along.
    pub(super) fn run_again(&mut self, after: Exit, now: Time) {
        self.phase = Phase::Created;
        self.restarts += 1;
        self.restarted_after = Some(after);
        // So that an end that comes before the answer to the start is that of a short run.
        self.started_at = Some(now);
        self.health = None;
        self.doing = None;
    }

    pub(super) fn end(&mut self, exit: Exit) {
        self.phase = Phase::Stopped;
        self.started = true;
        self.exit = Some(exit);
        self.doing = None;
        if exit.out_of_memory {
            self.reason = Some(OUT_OF_MEMORY.into());
        }
    }

    /// It will not run, or not again. What it was doing stays: an answer may still come.
    pub(super) fn give_up(&mut self, reason: Option<String>) {
        self.phase = Phase::Stopped;
        self.exit = self.exit.or(self.restarted_after);
        self.reason = reason.map(report::cut);
    }

    /// Somebody has removed it. True where it was there.
    pub(super) fn vanish(&mut self) -> bool {
        let was_there = matches!(self.phase, Phase::Created | Phase::Running);
        if was_there {
            self.doing = None;
            self.give_up(Some(VANISHED.into()));
        }
        was_there
    }

    /// Of one status the first time stays.
    pub(super) fn note_health(&mut self, health: Health) {
        let known = self.health.take().filter(|it| it.status == health.status);
        let since_ms = known.map_or(health.since_ms, |it| it.since_ms);
        self.health = Some(Health { since_ms, ..health });
    }

    pub(super) fn is_healthy(&self) -> bool {
        let health = self.health.as_ref();
        self.phase == Phase::Running && health.is_some_and(|it| it.status == HealthStatus::Healthy)
    }
}
