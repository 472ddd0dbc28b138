//! A task's machine after the agent was away: what its memory says, beside what the runtime shows.

use model::acs;
use wire::time::Time;

use super::container::Phase;
use super::{Action, Desired, Event, InvalidTask, Memory, Planned, SandboxState, TaskMachine};
use crate::runtime::{Exit, Seen, SeenContainer};

pub(super) const HOST_RESTARTED: &str = "The host was restarted";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missed {
    Exit(Exit),
    /// It runs, though it has been given up.
    Run,
}

impl TaskMachine {
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
            let it = &mut machine.memory.containers[at];
            let runs = found.is_some_and(|it| matches!(it.state, Seen::Running { .. }));
            if it.phase == Phase::Stopped && runs {
                machine.missed.push((at, Missed::Run));
            }
            if let Some(exit) = it.adopt(found) {
                machine.missed.push((at, Missed::Exit(exit)));
            }
        }
        let any_runs = machine.memory.containers.iter().any(|it| it.phase == Phase::Running);
        machine.sandbox = match (machine.sandbox, &machine.memory.sandbox) {
            (SandboxState::Wanted, Some(_)) if any_runs => SandboxState::Ready,
            (other, _) => other,
        };
        machine.volumes_state.recover(any_runs);
        Ok(machine)
    }

    /// The first step after `recover`: what containers did meanwhile decides for the task.
    pub fn resume(&mut self, now: Time) -> Vec<Action> {
        let mut actions = Vec::new();
        for (container, missed) in std::mem::take(&mut self.missed) {
            match missed {
                Missed::Exit(exit) => self.exited(container, exit, Time::from_millis(exit.at_ms).min(now), now),
                Missed::Run => actions.push(Action::Kill(container)),
            }
        }
        for at in 0..self.specs.len() {
            let it = &self.memory.containers[at];
            if it.phase == Phase::Stopped && (self.specs[at].essential || !it.started) {
                self.memory.desired = Desired::Stopped;
                let at_ms = it.exit.map_or(self.by_the_clock(now), |exit| exit.at_ms);
                self.memory.execution_stopped_ms.get_or_insert(at_ms);
            }
        }
        actions.extend(self.step(Event::Due, now));
        actions
    }

    /// What a look at the runtime says of its containers, as events.
    pub fn compare(&self, seen: &[SeenContainer]) -> Vec<Event> {
        let event = |(container, planned): (usize, &Planned)| {
            let mut all = seen.iter().filter(|it| it.task_arn == self.labels.arn);
            let Some(it) = all.find(|it| it.container == planned.spec.container) else {
                return vec![Event::Vanished { container }];
            };
            let health = it.health.clone().map(|health| Event::Health { container, health });
            let state = match &it.state {
                Seen::Created => None,
                Seen::Running { .. } => Some(Event::Runs { container }),
                Seen::Exited { exit } => Some(Event::Exited { container, exit: *exit }),
            };
            state.into_iter().chain(health).collect()
        };
        self.specs.iter().enumerate().flat_map(event).collect()
    }

    /// The host was off since the agent last ran. Whatever had started ended with it.
    pub fn note_host_restart(&mut self) {
        let ended = |it: &(usize, Missed)| matches!(it.1, Missed::Exit(_));
        if self.missed.iter().any(ended) {
            self.memory.reason.get_or_insert_with(|| HOST_RESTARTED.into());
        }
    }
}
