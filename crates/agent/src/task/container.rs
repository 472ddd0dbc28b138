//! One container of a task: where it is, and what was asked of the runtime for it.

use serde::{Deserialize, Serialize};
use wire::time::Time;

use crate::runtime::{Binding, Exit, Seen, SeenContainer};

/// In the order in which a container passes through them.
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
    #[serde(skip)]
    pub(super) doing: Option<Doing>,
}

impl Container {
    /// Takes over what the runtime shows of it after a restart of the agent.
    pub(super) fn adopt(&mut self, found: Option<&SeenContainer>) {
        match found.map(|it| (&it.runtime_id, &it.state)) {
            Some((id, state)) if self.phase != Phase::Stopped => {
                self.runtime_id = Some(id.clone());
                match state {
                    Seen::Created => self.phase = Phase::Created,
                    Seen::Running { bindings } => {
                        self.phase = Phase::Running;
                        self.started = true;
                        self.bindings = bindings.clone();
                    }
                    Seen::Exited { exit } => self.missed_exit(*exit),
                }
            }
            None if matches!(self.phase, Phase::Created | Phase::Running) => {
                self.phase = Phase::Stopped;
                self.reason = Some("ContainerVanishedError: No container matching saved ID found".into());
            }
            Some(_) | None => {}
        }
    }

    fn missed_exit(&mut self, exit: Exit) {
        self.phase = Phase::Stopped;
        self.started = true;
        self.exit = Some(exit);
        if exit.out_of_memory {
            self.reason = Some("OutOfMemoryError: Container killed due to memory usage".into());
        }
    }
}
