//! The server's half of the agent protocol, as a machine: what it sees and hears goes in, frames to send come out.
//!
//! One `Session` is one connection of one instance's agent. It remembers what it has sent and what was acknowledged; what there is to
//! send it reads from the snapshot each time it looks, so a missed wake-up costs nothing. Message numbers go up over all sessions of
//! an instance, because the session's own number, which the store keeps, is their upper part.

mod credentials;
mod docker_config;
mod interfaces;
mod manifest;
mod network;
mod payload;
mod takeover;
mod volumes;

use std::collections::BTreeMap;

use domain::task::{AttachmentStatus, Desired};
use domain::{InstanceId, Site, Snapshot, Task, TaskId};
use model::acs;
use wire::pace::Pace;
use wire::shape::{Encode, Shape};
use wire::time::Time;
use wire::{Value, json};

pub use takeover::{Proof, Standing, standing};

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
/// Frames that an agent may send at once, and for each second. One that works sends a few for each task.
const MAX_FRAMES: u32 = 1000;
const FRAMES_PER_S: u32 = 100;
/// Of an agent's reason, what is kept.
const MAX_REASON: usize = 255;

pub struct Session {
    instance: InstanceId,
    number: u64,
    messages: u64,
    sent: BTreeMap<TaskId, Sent>,
    manifest: manifest::Manifest,
    heard_at: Time,
    heartbeat_at: Time,
    pace: Pace,
    network: network::Network,
    interfaces: interfaces::Deadlines,
}

struct Sent {
    word: Word,
    message: u64,
    delivery: Delivery,
}

/// What the agent is to be told of a task.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// To take on the interface that the task was given. It is to run only then.
    Attach,
    Run,
    Stop,
}

impl Word {
    fn of(task: &Task) -> Self {
        match (task.desired(), task.attachment().map(|it| it.status())) {
            (Desired::Stopped, _) => Word::Stop,
            (Desired::Running, Some(AttachmentStatus::Created)) => Word::Attach,
            (Desired::Running, _) => Word::Run,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Delivery {
    /// For an acknowledgement, from then on.
    Waiting(Time),
    Acked,
    /// The agent refused the payload that it was in. It is sent again by itself, which shows whether it was the cause.
    Refused,
}

/// What an agent said.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// It has taken on what it was sent of these tasks.
    Acked(Vec<TaskId>),
    /// It has taken on the interface of this task.
    Attaching(TaskId),
    /// It cannot do what it was sent of this task, and never will.
    Refused(TaskId, String),
    /// It is to be sent this frame.
    Answer(String),
    /// So many of its tasks would be stopped that the store is more likely wrong than they are.
    Withheld(manifest::Withheld),
    /// More than an agent has to say.
    Flood,
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
            manifest: manifest::Manifest::due_at(now),
            heard_at: now,
            heartbeat_at: now,
            pace: Pace::new(MAX_FRAMES, FRAMES_PER_S, now),
            network: network::Network::default(),
            interfaces: interfaces::Deadlines::default(),
        }
    }

    pub fn instance(&self) -> InstanceId {
        self.instance
    }

    pub fn number(&self) -> u64 {
        self.number
    }

    /// Frames for what the agent has not been told: tasks to run that it never acknowledged, their interfaces before them, and tasks to
    /// stop. When nothing of that is left it is told now and then of all its tasks.
    pub fn look(&mut self, view: &Snapshot, site: &Site, now: Time) -> Vec<String> {
        self.sent
            .retain(|id, _| view.task(*id).is_some_and(|task| !task.is_stopped()));
        let waiting = |it: &&Sent| matches!(it.delivery, Delivery::Waiting(_));
        let in_flight = self.sent.values().filter(waiting).count();
        let room = MAX_IN_FLIGHT.saturating_sub(in_flight);
        let due = view.tasks_on(self.instance).filter(|task| self.is_due(task, now));
        let (unattached, tasks): (Vec<&Task>, Vec<&Task>) =
            due.take(room).partition(|task| Word::of(task) == Word::Attach);
        let (alone, together): (Vec<&Task>, Vec<&Task>) =
            tasks.into_iter().partition(|task| self.is_refused(task.id()));
        let mut frames = Vec::new();
        for task in unattached {
            frames.extend(self.interface(view, site, task, now));
        }
        for tasks in together.chunks(TASKS_PER_PAYLOAD).chain(alone.chunks(1)) {
            frames.push(self.payload(view, site, tasks, now));
        }
        if frames.is_empty() && in_flight == 0 && self.manifest.is_due(now) {
            let number = self.next_message();
            let manifest = self.manifest.take(view, site, self.instance, number, now);
            frames.extend(manifest.map(|it| frame("TaskManifestMessage", &it)));
        }
        self.interfaces = interfaces::Deadlines::of(view, self.instance, now);
        self.network(view, now).into_iter().chain(frames).collect()
    }

    /// Frames for what has changed among the other hosts.
    fn network(&mut self, view: &Snapshot, now: Time) -> Vec<String> {
        let news = self.network.news(view, self.instance, now);
        let frames = news.into_iter().map(|it| {
            self.numbered("TaskNetworkMessage", |message_id| acs::TaskNetworkMessage {
                message_id,
                ..it
            })
        });
        frames.collect()
    }

    fn is_due(&self, task: &Task, now: Time) -> bool {
        match self.sent.get(&task.id()) {
            None => Word::of(task) != Word::Run || task.times().connectivity.is_none(),
            Some(sent) if sent.word != Word::of(task) => true,
            Some(sent) => match sent.delivery {
                Delivery::Waiting(since) => now.since(since) >= RESEND_S * 1000,
                Delivery::Acked => false,
                Delivery::Refused => true,
            },
        }
    }

    fn is_refused(&self, id: TaskId) -> bool {
        self.sent.get(&id).is_some_and(|it| it.delivery == Delivery::Refused)
    }

    fn payload(&mut self, view: &Snapshot, site: &Site, tasks: &[&Task], now: Time) -> String {
        let message = self.next_message();
        for task in tasks {
            self.note(task, message, now);
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

    fn interface(&mut self, view: &Snapshot, site: &Site, task: &Task, now: Time) -> Option<String> {
        let message = self.next_message();
        let body = interfaces::message(view, site, task, message, now)?;
        self.note(task, message, now);
        Some(frame("AttachTaskNetworkInterfacesMessage", &body))
    }

    /// Remembers what is told of a task, to be told again until it is acknowledged.
    fn note(&mut self, task: &Task, message: u64, now: Time) {
        let sent = Sent {
            word: Word::of(task),
            message,
            delivery: Delivery::Waiting(now),
        };
        self.sent.insert(task.id(), sent);
    }

    fn next_message(&mut self) -> u64 {
        self.messages += 1;
        (self.number << COUNTER_BITS) + self.messages
    }

    /// A frame with a number of its own.
    fn numbered<T: Shape>(&mut self, kind: &str, body: impl FnOnce(Option<String>) -> T) -> String {
        let id = self.next_message().to_string();
        frame(kind, &body(Some(id)))
    }

    /// All numbers are used up: the agent must connect again, which gives it a new session.
    pub fn is_spent(&self) -> bool {
        self.messages + 2 * MAX_IN_FLIGHT as u64 >= 1 << COUNTER_BITS
    }

    /// Takes in one frame.
    pub fn hear(&mut self, view: &Snapshot, site: &Site, text: &str, now: Time) -> Heard {
        self.heard_at = now;
        if !self.pace.allows(now) {
            return Heard::Flood;
        }
        let Ok(frame) = json::parse(text.as_bytes()) else {
            return Heard::Nothing;
        };
        let kind = frame.get("type").and_then(Value::as_str).map(str::to_owned);
        let Some(body) = frame.into_member("message") else {
            return Heard::Nothing;
        };
        match kind.as_deref() {
            Some("AckRequest") => {
                let ack = acs::AckRequest::decode(body).unwrap_or_default();
                self.acknowledged(ack.message_id.as_deref())
            }
            Some("NackRequest") => {
                let nack = acs::NackRequest::decode(body).unwrap_or_default();
                self.refused(nack.message_id.as_deref(), nack.reason.unwrap_or_default())
            }
            Some("TaskStopVerificationMessage") => {
                let asked = acs::TaskStopVerificationMessage::decode(body).unwrap_or_default();
                self.verify(view, site, &asked, now)
            }
            _ => Heard::Nothing,
        }
    }

    /// Tasks that were sent with that message and wait for its answer.
    fn awaited(&self, message: Option<&str>) -> Vec<TaskId> {
        let message = message.and_then(|id| id.parse::<u64>().ok());
        let awaited = |sent: &Sent| Some(sent.message) == message && matches!(sent.delivery, Delivery::Waiting(_));
        let sent = self.sent.iter().filter(|(_, sent)| awaited(sent));
        sent.map(|(id, _)| *id).collect()
    }

    fn deliver(&mut self, tasks: &[TaskId], delivery: Delivery) {
        for id in tasks {
            if let Some(sent) = self.sent.get_mut(id) {
                sent.delivery = delivery;
            }
        }
    }

    fn acknowledged(&mut self, message: Option<&str>) -> Heard {
        let tasks = self.awaited(message);
        let is_attach = |id: &TaskId| self.sent.get(id).is_some_and(|it| it.word == Word::Attach);
        match tasks.as_slice() {
            [] => Heard::Nothing,
            // It is on its way until the store knows: without that the task would not follow.
            [one] if is_attach(one) => Heard::Attaching(*one),
            _ => {
                self.deliver(&tasks, Delivery::Acked);
                Heard::Acked(tasks)
            }
        }
    }

    fn refused(&mut self, message: Option<&str>, reason: String) -> Heard {
        match self.awaited(message).as_slice() {
            [] => Heard::Nothing,
            [one] => Heard::Refused(*one, reason.chars().take(MAX_REASON).collect()),
            several => {
                self.deliver(several, Delivery::Refused);
                Heard::Nothing
            }
        }
    }

    /// What of the agent's candidates it is to stop, by what is true now.
    fn verify(&self, view: &Snapshot, site: &Site, asked: &acs::TaskStopVerificationMessage, now: Time) -> Heard {
        if !self.manifest.is(asked.message_id.as_deref()) {
            return Heard::Nothing;
        }
        let candidates = asked.stop_candidates.as_deref().unwrap_or_default();
        match manifest::to_stop(view, site, self.instance, candidates) {
            Ok(stop_tasks) if stop_tasks.is_empty() => Heard::Nothing,
            Ok(stop_tasks) => Heard::Answer(frame(
                "TaskStopVerificationAck",
                &acs::TaskStopVerificationAck {
                    message_id: asked.message_id.clone(),
                    generated_at: Some(now.as_millis()),
                    stop_tasks: Some(stop_tasks),
                },
            )),
            Err(withheld) => Heard::Withheld(withheld),
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
        Ok(Some(self.probe()))
    }

    /// A heartbeat out of turn: an agent that is there answers it at once.
    pub fn probe(&mut self) -> String {
        self.numbered("HeartbeatMessage", |message_id| acs::HeartbeatMessage {
            message_id,
            healthy: Some(true),
        })
    }

    /// When `beat` and `look` should be called next.
    pub fn wake_at(&self) -> Time {
        let others = [self.network.due(), self.interfaces.next()];
        others.into_iter().flatten().fold(self.heartbeat_at, Time::min)
    }

    /// Whether the agent was too late with an interface, when `look` was last called.
    pub fn is_late(&self) -> bool {
        self.interfaces.is_late()
    }

    /// Role credentials of the instance's tasks, for an agent that has just started: it keeps none on disk.
    pub fn credentials(&mut self, view: &Snapshot, site: &Site) -> Vec<String> {
        let all = credentials::of_tasks(view, site, self.instance);
        all.into_iter()
            .map(|it| {
                self.numbered("IAMRoleCredentialsMessage", |message_id| {
                    acs::IAMRoleCredentialsMessage { message_id, ..it }
                })
            })
            .collect()
    }

    /// Asks for a container's output. Only for agents that have said they know the message.
    pub fn stream_logs(&mut self, wanted: acs::LogStreamMessage) -> String {
        self.numbered("LogStreamMessage", |message_id| acs::LogStreamMessage {
            message_id,
            ..wanted
        })
    }
}

/// One message as it crosses the websocket.
pub(crate) fn frame(kind: &str, body: &dyn Encode) -> String {
    format!(r#"{{"type":"{kind}","message":{}}}"#, json::to_string(body))
}

#[cfg(test)]
mod tests;
