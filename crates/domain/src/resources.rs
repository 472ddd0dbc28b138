//! What a host has to give and what its tasks have taken of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// What hosts are filled by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// In CPU units.
    Cpu,
    /// In MiB.
    Memory,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Protocol {
    Tcp,
    Udp,
}

/// A port on the host's own address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HostPort {
    pub protocol: Protocol,
    pub number: u16,
}

/// An amount of a host: registered, or reserved by tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resources {
    /// In CPU units, 1024 to a core.
    pub cpu: u32,
    pub memory_mib: u32,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub gpus: u32,
    /// Network interfaces of tasks with an address of their own.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub interfaces: u32,
    /// Ports that cannot be given (any more). Dynamic ports are never in here: the host finds those itself.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub ports: BTreeSet<HostPort>,
}

impl Resources {
    pub fn add(&mut self, other: &Resources) {
        self.cpu += other.cpu;
        self.memory_mib += other.memory_mib;
        self.gpus += other.gpus;
        self.interfaces += other.interfaces;
        self.ports.extend(&other.ports);
    }

    /// Gives `other` back. More than was taken cannot be returned.
    pub fn subtract(&mut self, other: &Resources) {
        self.cpu = self.cpu.saturating_sub(other.cpu);
        self.memory_mib = self.memory_mib.saturating_sub(other.memory_mib);
        self.gpus = self.gpus.saturating_sub(other.gpus);
        self.interfaces = self.interfaces.saturating_sub(other.interfaces);
        for port in &other.ports {
            self.ports.remove(port);
        }
    }
}

fn is_zero(n: &u32) -> bool {
    *n == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_and_subtracted_leaves_nothing_behind() {
        let port = HostPort {
            protocol: Protocol::Tcp,
            number: 80,
        };
        let taken = Resources {
            cpu: 256,
            memory_mib: 512,
            gpus: 1,
            interfaces: 1,
            ports: [port].into(),
        };
        let mut sum = Resources::default();
        sum.add(&taken);
        assert_eq!(sum, taken);
        sum.subtract(&taken);
        assert_eq!(sum, Resources::default());
    }
}
