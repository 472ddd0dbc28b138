//! The server's half of the telemetry session: what an agent says of how its tasks do.
//!
//! Frames come signed one by one; the shell verifies that before it hands their text on. Of what an agent says only that counts which is
//! about tasks of its own instance. Usage is kept in memory for a while; health goes into the records, when it changes.

mod frame;
mod health;
mod usage;

use domain::task::Health;
use domain::{InstanceId, Snapshot, Task, TaskId};
use model::tcs;
use wire::pace::Pace;
use wire::shape::Shape;
use wire::time::Time;
use wire::{Value, json};

use crate::acs::frame as message;
pub use frame::Signed;
pub use health::{of_runtime, of_tasks};
pub use usage::{Reading, Sample, Usage};

/// Between heartbeats. The stock agent drops a connection that is silent for a minute.
pub const HEARTBEAT_S: u64 = 30;
/// Silence of an agent, pings unanswered, after which its connection counts as lost.
const MAX_SILENCE_S: i64 = 90;
/// Tasks in one frame. The stock agent sends at most ten.
const MAX_TASKS: usize = 100;
/// Frames that an agent may send at once, and for each second. One with a thousand tasks sends two hundred every twenty seconds.
const MAX_FRAMES: u32 = 400;
const FRAMES_PER_S: u32 = 40;

pub struct Session {
    instance: InstanceId,
    pace: Pace,
    heard_at: Time,
}

/// The agent has not been heard for too long.
#[derive(Debug, PartialEq, Eq)]
pub struct Silent;

/// What an agent said, as far as it may.
#[derive(Debug, PartialEq)]
pub enum Heard {
    Usage(Vec<(TaskId, Vec<Reading>)>),
    Health(Vec<(TaskId, Vec<(String, Health)>)>),
    Runtime(domain::instance::RuntimeHealth),
    /// A message of a kind that is not known here.
    Nothing,
    /// More than an agent has to say, which ends the session.
    Excess(&'static str),
}

impl Heard {
    /// What the agent is answered.
    pub fn ack(&self) -> Option<String> {
        let said = Some("accepted".to_owned());
        match self {
            Heard::Usage(_) => Some(message("AckPublishMetric", &tcs::AckPublishMetric { message: said })),
            Heard::Health(_) => Some(message("AckPublishHealth", &tcs::AckPublishHealth { message: said })),
            Heard::Runtime(_) => Some(message(
                "AckPublishInstanceStatus",
                &tcs::AckPublishInstanceStatus { message: said },
            )),
            Heard::Nothing | Heard::Excess(_) => None,
        }
    }
}

impl Session {
    pub fn new(instance: InstanceId, now: Time) -> Self {
        Self {
            instance,
            pace: Pace::new(MAX_FRAMES, FRAMES_PER_S, now),
            heard_at: now,
        }
    }

    /// Something came from the agent, be it only the answer to a ping.
    pub fn note_alive(&mut self, now: Time) {
        self.heard_at = now;
    }

    /// The server's own word, without which the stock agent takes it for gone.
    pub fn beat(&self, now: Time) -> Result<String, Silent> {
        match now.since(self.heard_at) >= MAX_SILENCE_S * 1000 {
            true => Err(Silent),
            false => Ok(message(
                "HeartbeatMessage",
                &tcs::HeartbeatMessage { healthy: Some(true) },
            )),
        }
    }

    /// Takes in the text of one frame.
    pub fn hear(&mut self, view: &Snapshot, text: &str, now: Time) -> Heard {
        if !self.pace.allows(now) {
            return Heard::Excess("too many messages");
        }
        let Ok(frame) = json::parse(text.as_bytes()) else {
            return Heard::Nothing;
        };
        let kind = frame.get("type").and_then(Value::as_str).map(str::to_owned);
        let Some(body) = frame.into_member("message") else {
            return Heard::Nothing;
        };
        match kind.as_deref() {
            Some("PublishMetricsRequest") => decoded(body, |it| self.usage(view, it, now)),
            Some("PublishHealthRequest") => decoded(body, |it| self.health(view, it)),
            Some("PublishInstanceStatusRequest") => decoded(body, |it| runtime(it, now)),
            _ => Heard::Nothing,
        }
    }

    fn usage(&self, view: &Snapshot, said: tcs::PublishMetricsRequest, now: Time) -> Heard {
        let tasks = said.task_metrics.unwrap_or_default();
        if tasks.len() > MAX_TASKS {
            return Heard::Excess("too many tasks in a message");
        }
        let own = tasks.into_iter().filter_map(|it| {
            let task = self.own(view, it.task_arn.as_deref())?;
            let containers = it.container_metrics.into_iter().flatten();
            let known = containers.filter(|it| has(task, it.container_name.as_deref()));
            Some((task.id(), known.filter_map(|it| usage::reading(it, now)).collect()))
        });
        Heard::Usage(own.collect())
    }

    fn health(&self, view: &Snapshot, said: tcs::PublishHealthRequest) -> Heard {
        let tasks = said.tasks.unwrap_or_default();
        if tasks.len() > MAX_TASKS {
            return Heard::Excess("too many tasks in a message");
        }
        let own = tasks.into_iter().filter_map(|it| {
            let task = self.own(view, it.task_arn.as_deref())?;
            let containers = it.containers.into_iter().flatten();
            let known = containers.filter(|it| has(task, it.container_name.as_deref()));
            let healths =
                known.filter_map(|it| Some((it.container_name?, health::parse(it.health_status.as_deref()?)?)));
            Some((task.id(), healths.collect()))
        });
        Heard::Health(own.collect())
    }

    /// An unfinished task of this instance.
    fn own<'a>(&self, view: &'a Snapshot, arn: Option<&str>) -> Option<&'a Task> {
        let task = view.task(TaskId::parse(arn?.rsplit('/').next()?)?)?;
        (task.instance() == self.instance && !task.is_stopped()).then_some(task)
    }
}

fn has(task: &Task, container: Option<&str>) -> bool {
    task.containers().iter().any(|it| Some(it.name.as_str()) == container)
}

fn decoded<T: Shape>(body: Value, take: impl FnOnce(T) -> Heard) -> Heard {
    T::decode(body).map_or(Heard::Nothing, take)
}

fn runtime(said: tcs::PublishInstanceStatusRequest, now: Time) -> Heard {
    let mut statuses = said.statuses.into_iter().flatten();
    let found = statuses.find(|it| it.r#type.as_deref() == Some("ContainerRuntime"));
    found
        .and_then(|it| health::runtime(&it, now))
        .map_or(Heard::Nothing, Heard::Runtime)
}

#[cfg(test)]
mod tests;
