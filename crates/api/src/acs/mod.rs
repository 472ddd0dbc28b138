//! The server's half of the agent protocol, as a machine: what it sees and hears goes in, frames to send come out.
//!
//! One `Session` is one connection of one instance's agent. It remembers what it has sent and what was acknowledged; what there is to
//! send it reads from the snapshot each time it looks, so a missed wake-up costs nothing. Message numbers go up over all sessions of
//! an instance, because the session's own number, which the store keeps, is their upper part.

mod docker_config;
mod payload;

use std::collections::BTreeMap;

use domain::task::Desired;
use domain::{InstanceId, Site, Snapshot, Task, TaskId};
use model::acs;
use wire::shape::{Encode, Shape};
use wire::time::Time;
use wire::{Value, json};

/// Between heartbeats. The stock agent drops a connection that is silent for a minute.
const HEARTBEAT_S: i64 = 20;
/// Silence of an agent after which its connection counts as lost: it owes an answer to every heartbeat.
pub const MAX_SILENCE_S: i64 = 65;
/// After this long without an acknowledgement a payload is sent again.
const RESEND_S: i64 = 30;
/// Tasks in one payload.
const TASKS_PER_PAYLOAD: usize = 10;
/// Tasks sent and not acknowledged. More wait in the store.
const MAX_IN_FLIGHT: usize = 100;
/// Bits of a message number that count within a session.
const COUNTER_BITS: u32 = 20;

pub struct Session {
    instance: InstanceId,
    number: u64,
    messages: u64,
    sent: BTreeMap<TaskId, Sent>,
    heard_at: Time,
    heartbeat_at: Time,
}

struct Sent {
    desired: Desired,
    message: u64,
    /// None once it is acknowledged.
    waiting_since: Option<Time>,
}

/// What an agent said.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// It has taken on what it was sent of these tasks.
    Acked(Vec<TaskId>),
    /// Nothing that changes anything: a heartbeat's answer, or a message of a kind that is not known here.
    Nothing,
}

/// The agent has not answered for too long.
#[derive(Debug, PartialEq, Eq)]
pub struct Silent;

impl Session {
    /// `number` is the one that the instance's record was given for this connection.
    pub fn new(instance: InstanceId, number: u64, now: Time) -> Self {
        Self {
            instance,
            number,
            messages: 0,
            sent: BTreeMap::new(),
            heard_at: now,
            heartbeat_at: now,
        }
    }

    pub fn instance(&self) -> InstanceId {
        self.instance
    }

    pub fn number(&self) -> u64 {
        self.number
    }

    /// Frames for what the agent has not been told: tasks to run that it never acknowledged, and tasks to stop.
    pub fn look(&mut self, view: &Snapshot, site: &Site, now: Time) -> Vec<String> {
        self.sent
            .retain(|id, _| view.task(*id).is_some_and(|task| !task.is_stopped()));
        let in_flight = self.sent.values().filter(|it| it.waiting_since.is_some()).count();
        let room = MAX_IN_FLIGHT.saturating_sub(in_flight);
        let due: Vec<&Task> = view
            .tasks_on(self.instance)
            .filter(|task| self.is_due(task, now))
            .take(room)
            .collect();
        due.chunks(TASKS_PER_PAYLOAD)
            .map(|tasks| self.payload(view, site, tasks, now))
            .collect()
    }

    fn is_due(&self, task: &Task, now: Time) -> bool {
        match self.sent.get(&task.id()) {
            None => task.desired() == Desired::Stopped || task.times().connectivity.is_none(),
            Some(sent) if sent.desired != task.desired() => true,
            Some(sent) => sent
                .waiting_since
                .is_some_and(|since| now.since(since) >= RESEND_S * 1000),
        }
    }

    fn payload(&mut self, view: &Snapshot, site: &Site, tasks: &[&Task], now: Time) -> String {
        let message = self.next_message();
        for task in tasks {
            self.sent.insert(
                task.id(),
                Sent {
                    desired: task.desired(),
                    message,
                    waiting_since: Some(now),
                },
            );
        }
        let pool = view.instance(self.instance).map_or("", |it| it.pool().name());
        let body = acs::PayloadMessage {
            message_id: Some(message.to_string()),
            cluster_arn: Some(pool.to_owned()),
            container_instance_arn: Some(site.instance_arn(pool, self.instance)),
            generated_at: Some(now.as_millis()),
            seq_num: Some(message as i64),
            tasks: Some(
                tasks
                    .iter()
                    .filter_map(|task| payload::task(view, site, task))
                    .collect(),
            ),
        };
        frame("PayloadMessage", &body)
    }

    fn next_message(&mut self) -> u64 {
        self.messages += 1;
        (self.number << COUNTER_BITS) + self.messages
    }

    /// All numbers are used up: the agent must connect again, which gives it a new session.
    pub fn is_spent(&self) -> bool {
        self.messages + 2 * MAX_IN_FLIGHT as u64 >= 1 << COUNTER_BITS
    }

    /// Takes in one frame.
    pub fn hear(&mut self, text: &str, now: Time) -> Heard {
        self.heard_at = now;
        let Ok(frame) = json::parse(text.as_bytes()) else {
            return Heard::Nothing;
        };
        match (frame.get("type").and_then(Value::as_str), frame.get("message")) {
            (Some("AckRequest"), Some(body)) => {
                let ack = acs::AckRequest::decode(body.clone()).unwrap_or_default();
                self.acknowledged(ack.message_id.as_deref())
            }
            _ => Heard::Nothing,
        }
    }

    fn acknowledged(&mut self, message: Option<&str>) -> Heard {
        let Some(message) = message.and_then(|id| id.parse::<u64>().ok()) else {
            return Heard::Nothing;
        };
        let mut tasks = Vec::new();
        for (id, sent) in self.sent.iter_mut().filter(|(_, sent)| sent.message == message) {
            if sent.waiting_since.take().is_some() {
                tasks.push(*id);
            }
        }
        if tasks.is_empty() {
            Heard::Nothing
        } else {
            Heard::Acked(tasks)
        }
    }

    /// The heartbeat, if it is time for one.
    pub fn beat(&mut self, now: Time) -> Result<Option<String>, Silent> {
        if now.since(self.heard_at) >= MAX_SILENCE_S * 1000 {
            return Err(Silent);
        }
        if now < self.heartbeat_at {
            return Ok(None);
        }
        self.heartbeat_at = now.plus_s(HEARTBEAT_S);
        let id = self.next_message().to_string();
        Ok(Some(frame(
            "HeartbeatMessage",
            &acs::HeartbeatMessage {
                message_id: Some(id),
                healthy: Some(true),
            },
        )))
    }

    /// When `beat` should be called next.
    pub fn wake_at(&self) -> Time {
        self.heartbeat_at
    }

    /// Asks for a container's output. Only for agents that have said they know the message.
    pub fn stream_logs(&mut self, wanted: acs::LogStreamMessage) -> String {
        let id = self.next_message().to_string();
        frame(
            "LogStreamMessage",
            &acs::LogStreamMessage {
                message_id: Some(id),
                ..wanted
            },
        )
    }
}

/// One message as it crosses the websocket.
fn frame(kind: &str, body: &dyn Encode) -> String {
    format!(r#"{{"type":"{kind}","message":{}}}"#, json::to_string(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::World;

    const START: Time = Time::from_millis(1_700_000_000_000);

    fn session(world: &World) -> Session {
        Session::new(world.instance("a"), 5, START)
    }

    fn look(session: &mut Session, world: &World, after_s: i64) -> Vec<String> {
        session.look(&world.view(), world.site(), START.plus_s(after_s))
    }

    fn ack(message: u64) -> String {
        format!(r#"{{"type":"AckRequest","message":{{"messageId":"{message}"}}}}"#)
    }

    const FIRST: u64 = (5 << COUNTER_BITS) + 1;
    const WORLD: &str =
        "cluster web; host a in web; host b in web; family app; task t1 in web on a; task t2 in web on b";

    #[test]
    fn an_agent_hears_of_its_own_tasks_and_of_no_others() {
        let world = World::new(WORLD);
        let frames = look(&mut session(&world), &world, 0);
        assert_eq!(frames.len(), 1);
        assert!(frames[0].contains(&world.task("t1").to_string()));
        assert!(!frames[0].contains(&world.task("t2").to_string()));
    }

    #[test]
    fn what_is_not_acknowledged_is_sent_again() {
        let world = World::new(WORLD);
        let mut session = session(&world);
        assert_eq!(look(&mut session, &world, 0).len(), 1);
        assert_eq!(look(&mut session, &world, RESEND_S - 1).len(), 0);
        assert_eq!(look(&mut session, &world, RESEND_S).len(), 1);

        assert_eq!(
            session.hear(&ack(FIRST), START),
            Heard::Nothing,
            "the number of the first sending is not the last"
        );
        assert_eq!(
            session.hear(&ack(FIRST + 1), START),
            Heard::Acked(vec![world.task("t1")])
        );
        assert_eq!(session.hear(&ack(FIRST + 1), START), Heard::Nothing, "once is enough");
        assert_eq!(look(&mut session, &world, 10 * RESEND_S).len(), 0);
    }

    #[test]
    fn a_stop_is_sent_even_after_the_start_was_acknowledged() {
        let world = World::new(WORLD);
        let mut session = session(&world);
        look(&mut session, &world, 0);
        session.hear(&ack(FIRST), START);
        world.ask(r#"StopTask {"cluster":"web","task":"$t1"}"#);
        let frames = look(&mut session, &world, 1);
        assert!(frames[0].contains(r#""desiredStatus":"STOPPED""#), "{frames:?}");
    }

    #[test]
    fn a_silent_agent_is_given_up_and_a_talking_one_is_not() {
        let world = World::new(WORLD);
        let mut session = session(&world);
        assert!(matches!(session.beat(START), Ok(Some(_))));
        assert_eq!(session.beat(START.plus_s(1)), Ok(None));
        assert!(session.beat(session.wake_at()).is_ok_and(|it| it.is_some()));
        session.hear(r#"{"type":"HeartbeatAckRequest","message":{}}"#, START.plus_s(60));
        assert!(session.beat(START.plus_s(60 + MAX_SILENCE_S - 1)).is_ok());
        assert_eq!(session.beat(START.plus_s(60 + MAX_SILENCE_S)), Err(Silent));
    }

    #[test]
    fn what_is_no_known_message_changes_nothing() {
        let world = World::new(WORLD);
        let mut session = session(&world);
        for text in [
            "",
            "{",
            "[]",
            r#"{"type":"New"}"#,
            r#"{"type":"AckRequest","message":7}"#,
            r#"{"type":"AckRequest","message":{"messageId":"x"}}"#,
        ] {
            assert_eq!(session.hear(text, START), Heard::Nothing, "{text}");
        }
    }
}
