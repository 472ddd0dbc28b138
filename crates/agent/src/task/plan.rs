//! What a task's machine does next, from where its containers are and what is wanted.

use wire::time::Time;

use super::container::{Container, Doing, Phase};
use super::{Action, Desired, SandboxState, TaskMachine};

/// Beyond the grace, before a stop that did not return is followed by a kill.
const STOP_OVERDUE_S: i64 = 10;

impl TaskMachine {
    /// When `step(Event::Due)` should be called, if nothing else happens before.
    pub fn wake_at(&self) -> Option<Time> {
        let overdue = |it: &Container| match it.doing {
            Some(Doing::Stop { overdue }) => Some(overdue),
            _ => None,
        };
        self.memory.containers.iter().filter_map(overdue).min()
    }

    pub(super) fn plan(&mut self, now: Time) -> Vec<Action> {
        let mut actions = Vec::new();
        match self.memory.desired {
            Desired::Running => self.plan_start(now, &mut actions),
            Desired::Stopped => self.plan_stop(now, &mut actions),
        }
        self.plan_telling(&mut actions);
        actions
    }

    fn plan_start(&mut self, now: Time, actions: &mut Vec<Action>) {
        if self.sandbox == SandboxState::Wanted {
            self.sandbox = SandboxState::Asked;
            actions.push(Action::CreateSandbox);
        }
        let network_is_up = matches!(self.sandbox, SandboxState::NotNeeded | SandboxState::Ready);
        for (at, it) in self
            .memory
            .containers
            .iter_mut()
            .enumerate()
            .filter(|(_, it)| it.doing.is_none())
        {
            let (doing, action) = match it.phase {
                Phase::Waiting => (Doing::Pull, Action::Pull(at)),
                Phase::Pulled if network_is_up => (Doing::Create, Action::Create(at)),
                Phase::Created if network_is_up => (Doing::Start, Action::Start(at)),
                Phase::Pulled | Phase::Created | Phase::Running | Phase::Stopped => continue,
            };
            if doing == Doing::Pull {
                self.memory.pull_started_ms.get_or_insert(now.as_millis());
            }
            it.doing = Some(doing);
            actions.push(action);
        }
    }

    fn plan_stop(&mut self, now: Time, actions: &mut Vec<Action>) {
        for (at, it) in self.memory.containers.iter_mut().enumerate() {
            let stop_s = self.specs[at].stop_s;
            match (it.phase, it.doing) {
                // Nothing of it is on the host; the end of a pull is of no interest any more.
                (Phase::Waiting | Phase::Pulled, None | Some(Doing::Pull)) | (Phase::Created, None) => {
                    it.phase = Phase::Stopped
                }
                (Phase::Running, None) => {
                    it.doing = Some(Doing::Stop {
                        overdue: now.plus_s(i64::from(stop_s) + STOP_OVERDUE_S),
                    });
                    actions.push(Action::Stop(at, stop_s));
                }
                (Phase::Running, Some(Doing::Stop { overdue })) if now >= overdue => {
                    it.doing = Some(Doing::Kill);
                    actions.push(Action::Kill(at));
                }
                // What was asked must be answered first: it may be half there.
                (Phase::Waiting | Phase::Pulled | Phase::Created | Phase::Running, Some(_)) | (Phase::Stopped, _) => {}
            }
        }
        if self.is_stopped() && self.sandbox != SandboxState::Asked && self.sandbox != SandboxState::Gone {
            self.sandbox = SandboxState::Gone;
            actions.push(Action::TakeDown);
        }
    }
}
