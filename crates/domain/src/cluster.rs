//! A cluster: a name under which tasks, services and instances are kept apart.
//!
//! Counts of what is in it are not stored here; the snapshot derives them.

use serde::{Deserialize, Serialize};
use wire::time::Time;

use crate::id::ClusterName;
use crate::tags::Tags;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    Active,
    /// Deleted. Still described by name until the name is created again.
    Inactive,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContainerInsights {
    #[default]
    Disabled,
    Enabled,
    Enhanced,
}

/// One provider's part in a strategy: `base` tasks first, then shares by `weight`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrategyItem {
    pub provider: String,
    pub weight: u32,
    pub base: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    name: ClusterName,
    status: Status,
    /// When it was created under the name of one that had been deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<Time>,
    pub insights: ContainerInsights,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capacity_providers: Vec<String>,
    /// For tasks that name neither a launch type nor a strategy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub default_strategy: Vec<StrategyItem>,
    /// As it was given, in JSON: it is for exec sessions, and is only shown until there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub configuration: Option<String>,
    /// ARN of the namespace for Service Connect of services that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Tags,
}

impl Cluster {
    pub fn new(name: ClusterName) -> Self {
        Self {
            name,
            status: Status::Active,
            since: None,
            insights: ContainerInsights::default(),
            capacity_providers: Vec::new(),
            default_strategy: Vec::new(),
            configuration: None,
            namespace: None,
            tags: Vec::new(),
        }
    }

    /// The same, after a cluster of its name that was deleted.
    pub fn after(mut self, deleted: &Cluster, now: Time) -> Self {
        debug_assert!(self.name == deleted.name && !deleted.is_active());
        self.since = Some(now);
        self
    }

    /// Whether what came into being under its name at that time is its own, and not of a cluster before it.
    pub fn owns(&self, created: Time) -> bool {
        self.since.is_none_or(|since| created >= since)
    }

    pub fn name(&self) -> &ClusterName {
        &self.name
    }

    pub fn status(&self) -> Status {
        self.status
    }

    pub fn is_active(&self) -> bool {
        self.status == Status::Active
    }

    /// Deletes it. There is no way back: a cluster created again under the name is a new one.
    pub fn deactivate(&mut self) {
        self.status = Status::Inactive;
    }
}
