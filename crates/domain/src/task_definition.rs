//! Task definitions and the families they are revisions of.
//!
//! The content never changes after registration, so it is kept as the registered document, with every field the client sent,
//! whether it acts here yet or not. What placement and hosts need of it is read from the document by `api` into a `Spec`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use wire::time::Time;

use crate::id::DefinitionId;
use crate::tags::Tags;

/// The counter of a family's revisions. It outlives all of them, so that no number is used twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    pub name: Arc<str>,
    /// The revision registered last.
    pub last: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    Active,
    /// Deregistered: what runs goes on, nothing new starts from it.
    Inactive,
    /// Goes as soon as no task runs from it.
    DeleteInProgress,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskDefinition {
    id: DefinitionId,
    status: Status,
    registered_at: Time,
    /// ARN of the principal.
    registered_by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deregistered_at: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delete_requested_at: Option<Time>,
    /// The registration with defaults filled in, as JSON 1.1 writes it.
    document: Arc<str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Tags,
}

impl TaskDefinition {
    pub fn new(id: DefinitionId, document: &str, registered_by: String, now: Time) -> Self {
        Self {
            id,
            status: Status::Active,
            registered_at: now,
            registered_by,
            deregistered_at: None,
            delete_requested_at: None,
            document: document.into(),
            tags: Vec::new(),
        }
    }

    pub fn id(&self) -> &DefinitionId {
        &self.id
    }

    pub fn status(&self) -> Status {
        self.status
    }

    pub fn registered_at(&self) -> Time {
        self.registered_at
    }

    pub fn registered_by(&self) -> &str {
        &self.registered_by
    }

    pub fn deregistered_at(&self) -> Option<Time> {
        self.deregistered_at
    }

    pub fn delete_requested_at(&self) -> Option<Time> {
        self.delete_requested_at
    }

    pub fn document(&self) -> &str {
        &self.document
    }

    /// False if it is deregistered already.
    pub fn deregister(&mut self, now: Time) -> bool {
        if self.status != Status::Active {
            return false;
        }
        self.status = Status::Inactive;
        self.deregistered_at = Some(now);
        true
    }

    /// False unless it is deregistered, and not being deleted already.
    pub fn delete(&mut self, now: Time) -> bool {
        if self.status != Status::Inactive {
            return false;
        }
        self.status = Status::DeleteInProgress;
        self.delete_requested_at = Some(now);
        true
    }
}
