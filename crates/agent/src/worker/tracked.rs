//! A task on this host: what the server said of it, its machine, and what is still to be told.

use std::collections::VecDeque;

use model::acs;
use wire::time::Time;

use crate::report::Message;
use crate::task::{Memory, TaskMachine};

pub(super) struct Tracked {
    pub(super) payload: acs::Task,
    pub(super) machine: TaskMachine,
    /// What of it this agent has put on disk last.
    pub(super) kept: Option<Memory>,
    pub(super) outbox: VecDeque<Message>,
    /// A delivery is under way.
    pub(super) telling: bool,
    /// By the steady clock.
    pub(super) stopped_at: Option<Time>,
}

impl Tracked {
    pub(super) fn new(payload: acs::Task, machine: TaskMachine) -> Self {
        Self {
            payload,
            machine,
            kept: None,
            outbox: VecDeque::new(),
            telling: false,
            stopped_at: None,
        }
    }

    /// Queues a report. One that waits and says less of the same is replaced, so that a server which is gone for days finds few.
    pub(super) fn queue(&mut self, message: Message) {
        let waiting = self.outbox.len() > usize::from(self.telling);
        if let (true, Message::State(new), Some(Message::State(old))) = (waiting, &message, self.outbox.back())
            && new.status == old.status
        {
            self.outbox.pop_back();
        }
        self.outbox.push_back(message);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::task::{Report, Status};

    fn state(status: Status, reason: usize) -> Message {
        Message::State(Report {
            status,
            reason: Some(reason.to_string()),
            containers: Vec::new(),
            pull_started: None,
            pull_stopped: None,
            execution_stopped: None,
        })
    }

    #[test]
    fn a_server_that_is_gone_for_long_finds_the_last_of_each_kind_of_report() {
        let payload = crate::fake::payload("1", &["a"]);
        let machine = TaskMachine::new(&payload).unwrap();
        let mut tracked = Tracked::new(payload, machine);
        tracked.queue(state(Status::Running, 0));
        tracked.telling = true;
        for n in 1..1000 {
            tracked.queue(state(Status::Running, n));
        }
        for n in 1000..2000 {
            tracked.queue(state(Status::Stopped, n));
        }
        let reason = |it: &Message| match it {
            Message::State(report) => report.reason.clone().unwrap(),
            Message::Network { .. } => panic!("none was queued"),
        };
        let waiting: Vec<String> = tracked.outbox.iter().map(reason).collect();
        assert_eq!(waiting, ["0", "999", "1999"], "the first is on its way");
    }
}
