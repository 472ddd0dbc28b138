//! What this machine has to give.

use std::net::Ipv4Addr;

use model::ecs::{Attribute, Resource};

use crate::TaskNetwork;

/// CPU units of one core.
const UNITS_PER_CORE: u32 = 1024;
/// Ports that the host itself keeps, as the stock agent reports them: ssh, Docker, and the agent's own.
const RESERVED_PORTS: [u16; 5] = [22, 2375, 2376, 51678, 51679];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostSize {
    pub cpu_units: u32,
    pub memory_mib: u32,
}

impl HostSize {
    /// All cores, and the memory less what is reserved.
    pub fn of_this_machine(reserved_memory_mib: u32) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get()) as u32;
        let total = std::fs::read_to_string("/proc/meminfo")
            .ok()
            .and_then(|text| total_kib(&text))
            .unwrap_or_default();
        Self {
            cpu_units: cores * UNITS_PER_CORE,
            memory_mib: ((total / 1024) as u32).saturating_sub(reserved_memory_mib),
        }
    }

    pub fn resources(self) -> Vec<Resource> {
        let integer = |name: &str, n: u32| Resource {
            name: Some(name.into()),
            r#type: Some("INTEGER".into()),
            integer_value: Some(n as i32),
            ..Default::default()
        };
        let ports = |name: &str, ports: &[u16]| Resource {
            name: Some(name.into()),
            r#type: Some("STRINGSET".into()),
            string_set_value: Some(ports.iter().map(u16::to_string).collect()),
            ..Default::default()
        };
        vec![
            integer("CPU", self.cpu_units),
            integer("MEMORY", self.memory_mib),
            ports("PORTS", &RESERVED_PORTS),
            ports("PORTS_UDP", &[]),
        ]
    }
}

fn total_kib(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find(|line| line.starts_with("MemTotal:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// What tasks may require of this host. `longshore.capability.agent` tells the server that it may send this agent messages of its own.
pub fn attributes(availability_zone: &str) -> Vec<Attribute> {
    let architecture = if std::env::consts::ARCH == "aarch64" {
        "arm64"
    } else {
        "x86_64"
    };
    let valued = [
        ("ecs.availability-zone", availability_zone),
        ("ecs.os-type", "linux"),
        ("ecs.os-family", "LINUX"),
        ("ecs.cpu-architecture", architecture),
    ];
    let capabilities = [
        "com.amazonaws.ecs.capability.docker-remote-api.1.18",
        "com.amazonaws.ecs.capability.docker-remote-api.1.19",
        "com.amazonaws.ecs.capability.docker-remote-api.1.21",
        "com.amazonaws.ecs.capability.docker-remote-api.1.24",
        "com.amazonaws.ecs.capability.docker-remote-api.1.25",
        "com.amazonaws.ecs.capability.apparmor",
        "com.amazonaws.ecs.capability.logging-driver.fluentd",
        "com.amazonaws.ecs.capability.logging-driver.gelf",
        "com.amazonaws.ecs.capability.logging-driver.journald",
        "com.amazonaws.ecs.capability.logging-driver.json-file",
        "com.amazonaws.ecs.capability.logging-driver.local",
        "com.amazonaws.ecs.capability.logging-driver.none",
        "com.amazonaws.ecs.capability.logging-driver.syslog",
        "com.amazonaws.ecs.capability.privileged-container",
        "com.amazonaws.ecs.capability.selinux",
        "ecs.capability.container-health-check",
        "ecs.capability.container-ordering",
        "ecs.capability.container-restart-policy",
        "ecs.capability.network.container-port-range",
        "ecs.capability.pid-ipc-namespace-sharing",
        "ecs.capability.storage.ebs-task-volume-attach",
        "ecs.capability.task-cpu-mem-limit",
        "ecs.capability.task-eni",
        "longshore.capability.agent",
    ];
    let attribute = |name: &str, value: Option<&str>| Attribute {
        name: Some(name.into()),
        value: value.map(str::to_owned),
        ..Default::default()
    };
    let valued = valued.iter().map(|(name, value)| attribute(name, Some(value)));
    valued
        .chain(capabilities.iter().map(|name| attribute(name, None)))
        .collect()
}

/// How other hosts reach this one and its tasks.
pub fn network_attributes(task_network: TaskNetwork, address: Option<Ipv4Addr>) -> Vec<Attribute> {
    let attribute = |name: &str, value: String| Attribute {
        name: Some(name.into()),
        value: Some(value),
        ..Default::default()
    };
    let address = address.map(|it| attribute("longshore.address", it.to_string()));
    let way = attribute("longshore.task-network", task_network.name().into());
    [way].into_iter().chain(address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_the_kernels_own_words() {
        assert_eq!(total_kib("MemTotal:       16384 kB\nMemFree: 1 kB\n"), Some(16384));
        assert_eq!(total_kib("nothing"), None);
        assert!(HostSize::of_this_machine(0).cpu_units >= UNITS_PER_CORE);
    }
}
