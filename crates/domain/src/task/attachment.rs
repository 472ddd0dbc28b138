//! The network interface of a task that has an address of its own.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AttachmentStatus {
    Precreated,
    Attaching,
    Attached,
    Deleted,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: u128,
    pub subnet_id: String,
    status: AttachmentStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mac: Option<String>,
}

impl Attachment {
    pub fn new(id: u128, subnet_id: String) -> Self {
        Self {
            id,
            subnet_id,
            status: AttachmentStatus::Precreated,
            address: None,
            mac: None,
        }
    }

    pub fn status(&self) -> AttachmentStatus {
        self.status
    }

    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    pub fn mac(&self) -> Option<&str> {
        self.mac.as_deref()
    }

    /// Moves on to `status`. False if it is there already or past it.
    pub fn advance(&mut self, status: AttachmentStatus) -> bool {
        if status <= self.status {
            return false;
        }
        self.status = status;
        true
    }

    /// The host has given the task its address. It keeps the first one.
    pub fn attach(&mut self, address: String, mac: Option<String>) -> bool {
        if self.address.is_some() {
            return false;
        }
        self.address = Some(address);
        self.mac = mac;
        self.advance(AttachmentStatus::Attached);
        true
    }
}
