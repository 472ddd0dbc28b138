//! What a runtime shows: which containers are there, how they are and how they ended.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde::{Deserialize, Serialize};

use super::Protocol;

/// A container's port, or several in a row, as it can be reached on the host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    pub ip: String,
    pub container_port: u16,
    pub host_port: u16,
    pub protocol: Protocol,
    #[serde(default = "one")]
    pub length: u16,
}

fn one() -> u16 {
    1
}

/// What a task's containers share. Its address is empty where they have no network of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sandbox {
    pub address: String,
    pub mac: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    Created,
    Running { bindings: Vec<Binding> },
    Exited { exit: Exit },
}

/// How a container ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    pub code: i32,
    pub out_of_memory: bool,
    /// Milliseconds since 1970.
    pub at_ms: i64,
}

/// A container that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenContainer {
    pub task_arn: String,
    pub container: String,
    pub runtime_id: String,
    pub state: Seen,
    /// When its last run began, in milliseconds since 1970.
    pub started_ms: Option<i64>,
    pub health: Option<Health>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthStatus {
    Healthy,
    Unhealthy,
    Unknown,
}

impl HealthStatus {
    /// As ECS writes it.
    pub fn word(self) -> &'static str {
        match self {
            HealthStatus::Healthy => "HEALTHY",
            HealthStatus::Unhealthy => "UNHEALTHY",
            HealthStatus::Unknown => "UNKNOWN",
        }
    }
}

/// What the health check of a container said last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    pub status: HealthStatus,
    /// Milliseconds since 1970: the oldest check that the runtime remembers to have said the same.
    pub since_ms: Option<i64>,
    pub exit_code: Option<i32>,
    pub output: Option<String>,
}

/// What a runtime knows of a container, for those who ask about it. Times are in the runtime's own words, as ECS passes them on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub id: String,
    pub name: String,
    pub image_id: String,
    pub labels: BTreeMap<String, String>,
    pub created_at: Option<String>,
    pub started_at: Option<String>,
    pub finished_at: Option<String>,
    /// Of its first process, while it runs.
    pub pid: Option<u32>,
    /// None where it has no network of its own.
    pub interface: Option<Interface>,
    pub mounts: Vec<Mounted>,
    pub log_driver: Option<String>,
    pub log_options: BTreeMap<String, String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interface {
    pub address: Ipv4Addr,
    /// Bits of the address that are the network's.
    pub prefix: u8,
    pub mac: Option<String>,
    pub gateway: Option<Ipv4Addr>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mounted {
    pub name: Option<String>,
    pub source: String,
    pub destination: String,
}
