//! When things happened to a task.

use serde::{Deserialize, Serialize};
use wire::time::Time;

use super::Stage;

/// When things happened. Each is set once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Times {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connectivity: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_started: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_stopped: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopping: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_stopped: Option<Time>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Time>,
}

impl Times {
    pub(super) fn mark(&mut self, stage: Stage, now: Time) {
        match stage {
            Stage::Running => self.started = self.started.or(Some(now)),
            Stage::Stopped => {
                self.stopping = self.stopping.or(Some(now));
                self.execution_stopped = self.execution_stopped.or(Some(now));
                self.stopped = Some(now);
            }
            Stage::Provisioning
            | Stage::Pending
            | Stage::Activating
            | Stage::Deactivating
            | Stage::Stopping
            | Stage::Deprovisioning => {}
        }
    }
}

/// Times in half the room, because there can be a million tasks: a moment that has not come is the earliest there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Times", into = "Times")]
pub(super) struct Stamps([i64; 7]);

const NEVER: i64 = i64::MIN;

impl Default for Stamps {
    fn default() -> Self {
        Self([NEVER; 7])
    }
}

impl From<Times> for Stamps {
    fn from(it: Times) -> Self {
        let all = [
            it.connectivity,
            it.pull_started,
            it.pull_stopped,
            it.started,
            it.stopping,
            it.execution_stopped,
            it.stopped,
        ];
        Self(all.map(|time| time.map_or(NEVER, Time::as_millis)))
    }
}

impl From<Stamps> for Times {
    fn from(it: Stamps) -> Self {
        it.times()
    }
}

impl Stamps {
    pub fn times(&self) -> Times {
        let time = |millis: i64| (millis != NEVER).then_some(Time::from_millis(millis));
        let [
            connectivity,
            pull_started,
            pull_stopped,
            started,
            stopping,
            execution_stopped,
            stopped,
        ] = self.0.map(time);
        Times {
            connectivity,
            pull_started,
            pull_stopped,
            started,
            stopping,
            execution_stopped,
            stopped,
        }
    }

    pub fn change(&mut self, how: impl FnOnce(&mut Times)) {
        let mut times = self.times();
        how(&mut times);
        *self = times.into();
    }
}
