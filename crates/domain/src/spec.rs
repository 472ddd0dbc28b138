//! The fields of a task definition that act: what placement reserves and what a host runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::resources::{HostPort, Protocol, Resources};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkMode {
    Bridge,
    Host,
    None,
    /// A network namespace and an address of the task's own.
    Awsvpc,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    pub network_mode: NetworkMode,
    /// For the task as a whole, in CPU units.
    pub cpu: Option<u32>,
    pub memory_mib: Option<u32>,
    pub requires_fargate: bool,
    /// Names of attributes that a host must have.
    pub requires_attributes: Vec<String>,
    pub containers: Vec<Container>,
}

/// Of its host's GPUs, those that a container has for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gpus {
    All,
    #[serde(untagged)]
    Count(u32),
}

impl Default for Gpus {
    fn default() -> Self {
        Gpus::Count(0)
    }
}

impl Gpus {
    /// How many those are where the host has `present`. All of none are still one that is missing.
    pub fn of(self, present: u32) -> u32 {
        match self {
            Gpus::All => present.max(1),
            Gpus::Count(n) => n,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Container {
    pub name: String,
    pub image: String,
    pub cpu: u32,
    pub memory_mib: Option<u32>,
    pub memory_reservation_mib: Option<u32>,
    pub gpus: Gpus,
    pub essential: bool,
    pub command: Option<Vec<String>>,
    pub entry_point: Option<Vec<String>>,
    pub environment: BTreeMap<String, String>,
    pub ports: Vec<PortMapping>,
    pub stop_timeout_s: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortMapping {
    pub container_port: u16,
    /// Zero where the host is to choose one.
    pub host_port: u16,
    pub protocol: Protocol,
}

impl Spec {
    /// What one such task takes from its host: the task's own sizes where it has them, else the sum over its containers,
    /// where a memory reservation counts in place of the limit. This is the stock agent's accounting. The host has `gpus`.
    pub fn reservation(&self, gpus: u32) -> Resources {
        let containers = || self.containers.iter();
        Resources {
            cpu: self.cpu.unwrap_or_else(|| containers().map(|c| c.cpu).sum()),
            memory_mib: self.memory_mib.unwrap_or_else(|| {
                containers()
                    .filter_map(|c| c.memory_reservation_mib.or(c.memory_mib))
                    .sum()
            }),
            gpus: containers().map(|c| c.gpus.of(gpus)).sum(),
            interfaces: u32::from(self.network_mode == NetworkMode::Awsvpc),
            ports: self.host_ports().collect(),
        }
    }

    /// How many containers want all GPUs there are.
    pub fn wanting_all_gpus(&self) -> u32 {
        self.containers.iter().filter(|c| c.gpus == Gpus::All).count() as u32
    }

    /// Ports of the host's own address that must be free. An awsvpc task has an address of its own and needs none.
    fn host_ports(&self) -> impl Iterator<Item = HostPort> {
        let shares_host = matches!(self.network_mode, NetworkMode::Bridge | NetworkMode::Host);
        self.containers
            .iter()
            .filter(move |_| shares_host)
            .flat_map(|c| &c.ports)
            .filter(|p| p.host_port != 0)
            .map(|p| HostPort {
                protocol: p.protocol,
                number: p.host_port,
            })
    }
}
