//! What a task's machine does next, from where its containers are and what is wanted.

use wire::time::Time;

use super::container::{Container, Doing, Phase};
use super::dependencies::Hold;
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
        let stops = self.memory.containers.iter().filter_map(overdue);
        match self.memory.desired {
            Desired::Stopped => stops.min(),
            Desired::Running => {
                let deadlines = self.unmet().filter_map(|need| self.deadline(need));
                stops.chain(deadlines).chain(self.slow_pull_at()).min()
            }
        }
    }

    pub(super) fn plan(&mut self, now: Time) -> Vec<Action> {
        let mut actions = Vec::new();
        if self.is_stopped() {
            self.memory.desired = Desired::Stopped;
        }
        if self.memory.desired == Desired::Running {
            self.plan_start(now, &mut actions);
        }
        // What can never start has ended the task.
        if self.memory.desired == Desired::Stopped {
            self.plan_stop(now, &mut actions);
        }
        self.plan_telling(now, &mut actions);
        actions
    }

    /// Images are pulled at once, whatever their containers wait for. Nothing is created before it may start: a volume that is still empty
    /// when a container is created is filled from its image, and it is for the dependency to fill it.
    fn plan_start(&mut self, now: Time, actions: &mut Vec<Action>) {
        if self.sandbox == SandboxState::Wanted {
            self.sandbox = SandboxState::Asked;
            actions.push(Action::CreateSandbox);
        }
        let now_ms = self.by_the_clock(now);
        let volumes_are_there = self.plan_volumes(actions);
        let network_is_up = volumes_are_there && matches!(self.sandbox, SandboxState::NotNeeded | SandboxState::Ready);
        for at in 0..self.specs.len() {
            let hold = match self.memory.containers[at].is_to_start() {
                true => self.hold(at, now),
                false => Hold::Free,
            };
            let it = &mut self.memory.containers[at];
            if let Hold::Never(reason) = hold {
                it.give_up(Some(reason));
                self.memory.desired = Desired::Stopped;
                continue;
            }
            let may_start = network_is_up && hold == Hold::Free;
            let (doing, action) = match it.phase {
                _ if it.doing.is_some() => continue,
                Phase::Waiting => (Doing::Pull, Action::Pull(at)),
                Phase::Pulled if may_start => (Doing::Create, Action::Create(at)),
                Phase::Created if may_start => (Doing::Start, Action::Start(at)),
                Phase::Pulled | Phase::Created | Phase::Running | Phase::Stopped => continue,
            };
            if doing == Doing::Pull {
                self.memory.pull_started_ms.get_or_insert(now_ms);
            }
            it.doing = Some(doing);
            actions.push(action);
        }
    }

    /// Those first on which no other depends. What was asked of the runtime must be answered first: it may be half there.
    fn plan_stop(&mut self, now: Time, actions: &mut Vec<Action>) {
        for it in &mut self.memory.containers {
            let pulling = matches!(it.doing, None | Some(Doing::Pull));
            if (it.phase < Phase::Created && pulling) || (it.phase == Phase::Created && it.doing.is_none()) {
                it.give_up(None);
            }
        }
        for at in 0..self.specs.len() {
            let alone = self.is_left_alone(at);
            let stop_s = self.specs[at].stop_s;
            let it = &mut self.memory.containers[at];
            match it.doing {
                None if it.phase == Phase::Running && alone => {
                    it.doing = Some(Doing::Stop {
                        overdue: now.plus_s(i64::from(stop_s) + STOP_OVERDUE_S),
                    });
                    actions.push(Action::Stop(at, stop_s));
                }
                Some(Doing::Stop { overdue }) if now >= overdue => {
                    it.doing = Some(Doing::Kill);
                    actions.push(Action::Kill(at));
                }
                Some(_) | None => {}
            }
        }
        if self.is_stopped() && !self.is_preparing() && self.sandbox != SandboxState::Gone {
            self.sandbox = SandboxState::Gone;
            actions.push(Action::TakeDown);
        }
    }
}

impl Container {
    /// Still on its way to its first run, and nothing asked yet that makes it.
    pub(super) fn is_to_start(&self) -> bool {
        let undecided = matches!(self.doing, None | Some(Doing::Pull));
        undecided && !self.started && self.phase < Phase::Running
    }
}
