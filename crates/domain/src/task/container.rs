//! One container of a task, as its host has told of it.

use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::alike::{AlikeContainer, share_last};
use super::hex::Hex;
use crate::resources::Protocol;

/// In the order in which a container passes through them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ContainerStage {
    Pending,
    Running,
    Stopped,
}

/// What a container's health check says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Health {
    Unknown,
    Healthy,
    Unhealthy,
}

/// A port of a container, or several in a row, as it can be reached on the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    pub ip: String,
    pub container_port: u16,
    pub host_port: u16,
    pub protocol: Protocol,
    /// How many, from these ports on.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub length: u16,
}

fn one() -> u16 {
    1
}

fn is_one(n: &u16) -> bool {
    *n == 1
}

/// What a container was made from. Those of tasks that were launched alike share it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    pub name: String,
    pub image: String,
    pub cpu: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_mib: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_reservation_mib: Option<u32>,
    pub essential: bool,
}

impl Made {
    /// An essential one without sizes.
    pub fn simple(name: &str, image: &str) -> Self {
        Self {
            name: name.into(),
            image: image.into(),
            essential: true,
            ..Self::default()
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    /// Last part of the container's ARN.
    pub id: u128,
    #[serde(flatten)]
    made: Arc<Made>,
    last: ContainerStage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exit_code: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<Box<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    runtime_id: Option<Hex>,
    /// That of tasks that were launched alike is most often the same, and they share it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    image_digest: Option<Arc<Hex>>,
    #[serde(default, skip_serializing_if = "<[Binding]>::is_empty")]
    bindings: Box<[Binding]>,
    /// None where its host tells of no health check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    health: Option<Health>,
    #[serde(default, skip_serializing_if = "<[String]>::is_empty")]
    gpu_ids: Box<[String]>,
}

impl Deref for Container {
    type Target = Made;

    fn deref(&self) -> &Made {
        &self.made
    }
}

/// What a host says of one container. Absent means nothing new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    pub stage: Option<ContainerStage>,
    pub exit_code: Option<i32>,
    pub reason: Option<String>,
    pub runtime_id: Option<String>,
    pub image_digest: Option<String>,
    pub bindings: Vec<Binding>,
}

impl Container {
    pub fn new(id: u128, made: Made) -> Self {
        Self {
            id,
            made: Arc::new(made),
            last: ContainerStage::Pending,
            exit_code: None,
            reason: None,
            runtime_id: None,
            image_digest: None,
            bindings: Box::default(),
            health: None,
            gpu_ids: Box::default(),
        }
    }

    /// With these GPUs of its host for its own.
    pub fn with_gpus(self, ids: Vec<String>) -> Self {
        Self {
            gpu_ids: ids.into(),
            ..self
        }
    }

    pub fn last(&self) -> ContainerStage {
        self.last
    }

    pub fn exit_code(&self) -> Option<i32> {
        self.exit_code
    }

    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    pub fn runtime_id(&self) -> Option<String> {
        self.runtime_id.as_ref().map(Hex::to_string)
    }

    pub fn image_digest(&self) -> Option<String> {
        self.image_digest.as_ref().map(|it| it.to_string())
    }

    pub fn bindings(&self) -> &[Binding] {
        &self.bindings
    }

    pub fn gpu_ids(&self) -> &[String] {
        &self.gpu_ids
    }

    pub(super) fn alike(&self) -> AlikeContainer {
        AlikeContainer {
            made: self.made.clone(),
            image_digest: self.image_digest.clone(),
        }
    }

    /// Takes from `known` what is the same here.
    pub(super) fn share(&mut self, known: &mut AlikeContainer) {
        if self.made == known.made {
            self.made = known.made.clone();
        }
        share_last(&mut self.image_digest, &mut known.image_digest);
    }

    pub fn health(&self) -> Option<Health> {
        self.health
    }

    pub(super) fn note_health(&mut self, health: Health) -> bool {
        self.health.replace(health) != Some(health)
    }

    /// Its task is over, so it is too, whatever was told of it.
    pub(super) fn end(&mut self) {
        self.last = ContainerStage::Stopped;
    }

    /// Merges a report: the stage only goes forward, and what was learned once stays, but for the ports, which an engine may choose anew
    /// each time that it starts the container. True if anything changed.
    pub fn observe(&mut self, seen: Observed) -> bool {
        let before = self.clone();
        if let Some(stage) = seen.stage {
            self.last = self.last.max(stage);
        }
        self.exit_code = self.exit_code.or(seen.exit_code);
        self.reason = self.reason.take().or(seen.reason.map(Into::into));
        self.runtime_id = self.runtime_id.take().or(seen.runtime_id.map(Into::into));
        let digest = seen.image_digest.map(|it| Arc::new(it.into()));
        self.image_digest = self.image_digest.take().or(digest);
        let learned = !seen.bindings.is_empty();
        if learned && (self.bindings.is_empty() || self.last < ContainerStage::Stopped) {
            self.bindings = seen.bindings.into();
        }
        *self != before
    }
}
