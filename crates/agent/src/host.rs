//! What this machine has to give, and what it can do.
//!
//! Facts are read in one place and turned into the server's words by pure functions.

use std::net::Ipv4Addr;
use std::path::Path;

use model::ecs::{Attribute, PlatformDevice, Resource};

use crate::TaskNetwork;

/// CPU units of one core.
const UNITS_PER_CORE: u32 = 1024;
/// Ports that the host itself keeps, as the stock agent reports them: ssh, Docker, and the agent's own.
const RESERVED_PORTS: [u16; 5] = [22, 2375, 2376, 51678, 51679];
/// Where the driver shows the GPUs.
const NVIDIA: &str = "/proc/driver/nvidia/gpus";
const DMI: &str = "/sys/class/dmi/id";

/// What the agent is told of its machine, beyond what it sees.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// As in `us-east-1a`; the server's region and `a` where it is not given.
    pub availability_zone: Option<String>,
    /// Kept from tasks, for what else the machine does.
    pub reserved_memory_mib: u32,
    pub reserved_ports: Vec<u16>,
    pub reserved_udp_ports: Vec<u16>,
    /// Ids of its NVIDIA GPUs, where the driver's own word is not to be taken; empty where it is.
    pub gpus: Vec<GpuId>,
    pub attributes: Vec<Custom>,
}

/// As `nvidia-smi -L` shows it, or of a part of a GPU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GpuId(String);

impl std::fmt::Display for GpuId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for GpuId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_known = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
        if text.is_empty() || text.len() > MAX_CUSTOM || !text.chars().all(is_known) {
            return Err("an id has 1 to 128 letters, digits and -_./:".into());
        }
        Ok(Self(text.to_owned()))
    }
}

/// An attribute of the user's: `name=value`, or a name alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Custom {
    name: String,
    value: Option<String>,
}

impl std::fmt::Display for Custom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)?;
        match &self.value {
            Some(value) => write!(f, "={value}"),
            None => Ok(()),
        }
    }
}

/// What ECS takes of either.
const MAX_CUSTOM: usize = 128;

impl std::str::FromStr for Custom {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (text, None),
        };
        let of = |text: &str, more: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c));
        if name.is_empty() || name.len() > MAX_CUSTOM || !of(name, "-_./\\") {
            return Err("a name has 1 to 128 letters, digits and -_./\\".into());
        }
        if value.is_some_and(|it| it.len() > MAX_CUSTOM || !of(it, "-_.@/:\\ ") || it.trim() != it) {
            return Err("a value has up to 128 letters, digits, inner spaces and -_.@/:\\".into());
        }
        if ["ecs.", "com.amazonaws.", "longshore."]
            .iter()
            .any(|it| name.starts_with(it))
        {
            return Err(format!("{name} is for the agent itself to set"));
        }
        Ok(Self {
            name: name.to_owned(),
            value: value.map(str::to_owned),
        })
    }
}

/// What a runtime can do, as far as it differs from one to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuntimeFacts {
    /// As reported to the server.
    pub version: String,
    /// Minor versions of Docker's API 1, from the first to the last.
    pub api: (u32, u32),
    pub log_drivers: Vec<String>,
    pub volume_drivers: Vec<String>,
}

/// What is there, in this machine's own measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    cores: u32,
    memory_mib: u32,
    gpus: Vec<String>,
    instance_type: Option<String>,
}

impl Facts {
    pub fn of_this_machine(machine: &Machine) -> Self {
        let read = |path: &Path| std::fs::read_to_string(path).unwrap_or_default();
        let dmi = |name: &str| read(&Path::new(DMI).join(name)).trim().to_owned();
        let told: Vec<String> = machine.gpus.iter().map(ToString::to_string).collect();
        Self {
            cores: std::thread::available_parallelism().map_or(1, |n| n.get()) as u32,
            memory_mib: (total_kib(&read(Path::new("/proc/meminfo"))).unwrap_or_default() / 1024) as u32,
            gpus: if told.is_empty() { gpus(Path::new(NVIDIA)) } else { told },
            instance_type: instance_type(&dmi("sys_vendor"), &dmi("product_name")),
        }
    }

    /// All cores and GPUs, the memory less what is reserved, and the ports that are not to be had.
    pub fn resources(&self, machine: &Machine) -> Vec<Resource> {
        let integer = |name: &str, n: u32| Resource {
            name: Some(name.into()),
            r#type: Some("INTEGER".into()),
            integer_value: Some(i32::try_from(n).unwrap_or(i32::MAX)),
            ..Default::default()
        };
        let set = |name: &str, members: Vec<String>| Resource {
            name: Some(name.into()),
            r#type: Some("STRINGSET".into()),
            string_set_value: Some(members),
            ..Default::default()
        };
        let mut tcp: Vec<u16> = RESERVED_PORTS
            .into_iter()
            .chain(machine.reserved_ports.iter().copied())
            .collect();
        tcp.sort_unstable();
        tcp.dedup();
        let text = |ports: &[u16]| ports.iter().map(u16::to_string).collect();
        let mut all = vec![
            integer("CPU", self.cores * UNITS_PER_CORE),
            integer("MEMORY", self.memory_mib.saturating_sub(machine.reserved_memory_mib)),
            set("PORTS", text(&tcp)),
            set("PORTS_UDP", text(&machine.reserved_udp_ports)),
        ];
        if !self.gpus.is_empty() {
            all.push(set("GPU", self.gpus.clone()));
        }
        all
    }

    pub fn devices(&self) -> Vec<PlatformDevice> {
        let device = |id: &String| PlatformDevice {
            id: Some(id.clone()),
            r#type: Some("GPU".into()),
        };
        self.gpus.iter().map(device).collect()
    }

    /// What tasks may require of this host: where and what it is, what it can do, and what the user says of it.
    pub fn attributes(&self, machine: &Machine, region: &str, runtime: &RuntimeFacts) -> Vec<Attribute> {
        let zone = machine
            .availability_zone
            .clone()
            .unwrap_or_else(|| format!("{region}a"));
        let architecture = if std::env::consts::ARCH == "aarch64" {
            "arm64"
        } else {
            "x86_64"
        };
        let attribute = |name: String, value: Option<String>| Attribute {
            name: Some(name),
            value,
            ..Default::default()
        };
        let mut all: Vec<Attribute> = [
            ("ecs.availability-zone", Some(zone)),
            ("ecs.os-type", Some("linux".into())),
            ("ecs.os-family", Some("LINUX".into())),
            ("ecs.cpu-architecture", Some(architecture.into())),
            ("ecs.instance-type", self.instance_type.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some(attribute(name.to_owned(), Some(value?))))
        .collect();
        all.extend(capabilities(runtime).into_iter().map(|name| attribute(name, None)));
        let custom = machine.attributes.iter();
        all.extend(custom.map(|it| attribute(it.name.clone(), it.value.clone())));
        all
    }
}

fn total_kib(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find(|line| line.starts_with("MemTotal:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// UUIDs of the GPUs that the NVIDIA driver shows in its directory.
fn gpus(directory: &Path) -> Vec<String> {
    let shown = std::fs::read_dir(directory).into_iter().flatten().flatten();
    let uuid = |information: String| {
        let line = information.lines().find_map(|line| line.strip_prefix("GPU UUID:"))?;
        Some(line.trim().to_owned())
    };
    let mut ids: Vec<String> = shown
        .filter_map(|it| uuid(std::fs::read_to_string(it.path().join("information")).ok()?))
        .collect();
    ids.sort();
    ids
}

/// Firmware names a type only on some clouds; elsewhere a machine has none.
fn instance_type(vendor: &str, product: &str) -> Option<String> {
    (vendor == "Amazon EC2" && product.contains('.')).then(|| product.to_owned())
}

/// What this agent makes act, whatever the runtime. `longshore.capability.agent` tells the server that it may send messages of its own.
const CAPABILITIES: [&str; 14] = [
    "com.amazonaws.ecs.capability.apparmor",
    "com.amazonaws.ecs.capability.logging-driver.none",
    "com.amazonaws.ecs.capability.privileged-container",
    "com.amazonaws.ecs.capability.selinux",
    "ecs.capability.container-health-check",
    "ecs.capability.container-ordering",
    "ecs.capability.container-restart-policy",
    "ecs.capability.increased-task-cpu-limit",
    "ecs.capability.network.container-port-range",
    "ecs.capability.pid-ipc-namespace-sharing",
    "ecs.capability.storage.ebs-task-volume-attach",
    "ecs.capability.task-cpu-mem-limit",
    "ecs.capability.task-eni",
    "longshore.capability.agent",
];
/// Those of the runtime's log drivers that a task may name.
const LOG_DRIVERS: [&str; 6] = ["fluentd", "gelf", "journald", "json-file", "local", "syslog"];
/// Versions of Docker's API that ECS has names for.
const API_VERSIONS: std::ops::RangeInclusive<u32> = 17..=44;

fn capabilities(runtime: &RuntimeFacts) -> Vec<String> {
    let (first, last) = runtime.api;
    let versions = API_VERSIONS.filter(|minor| (first..=last).contains(minor));
    let drivers = LOG_DRIVERS
        .iter()
        .filter(|it| runtime.log_drivers.iter().any(|has| has == *it));
    CAPABILITIES
        .iter()
        .map(|&it| it.to_owned())
        .chain(versions.map(|minor| format!("com.amazonaws.ecs.capability.docker-remote-api.1.{minor}")))
        .chain(drivers.map(|it| format!("com.amazonaws.ecs.capability.logging-driver.{it}")))
        .chain(
            runtime
                .volume_drivers
                .iter()
                .map(|it| format!("ecs.capability.docker-plugin.{it}")),
        )
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
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn memory_is_read_from_the_kernels_own_words() {
        assert_eq!(total_kib("MemTotal:       16384 kB\nMemFree: 1 kB\n"), Some(16384));
        assert_eq!(total_kib("nothing"), None);
        let facts = Facts::of_this_machine(&Machine::default());
        assert!(facts.cores >= 1 && facts.memory_mib > 0);
    }

    #[test]
    fn gpus_are_found_by_what_their_driver_shows() {
        let root = tempfile::tempdir().unwrap();
        for (bus, uuid) in [("0000:00:1e.0", "GPU-b"), ("0000:00:1d.0", "GPU-a")] {
            std::fs::create_dir(root.path().join(bus)).unwrap();
            let information = format!("Model: \t\t Tesla T4\nIRQ:   \t\t 10\nGPU UUID: \t {uuid}\nVideo BIOS: \t 90\n");
            std::fs::write(root.path().join(bus).join("information"), information).unwrap();
        }
        assert_eq!(gpus(root.path()), ["GPU-a", "GPU-b"]);
        assert!(gpus(Path::new("/no/such/driver")).is_empty());
    }

    #[test]
    fn gpus_that_are_named_take_the_place_of_those_that_are_found() {
        let machine = Machine {
            gpus: vec!["MIG-1/2:0".parse().unwrap(), "GPU-z".parse().unwrap()],
            ..Default::default()
        };
        assert_eq!(Facts::of_this_machine(&machine).gpus, ["MIG-1/2:0", "GPU-z"]);
        for bad in ["", "a b", "a\u{e9}", &"x".repeat(129)] {
            assert!(bad.parse::<GpuId>().is_err(), "{bad:?}");
        }
    }

    fn facts() -> Facts {
        Facts {
            cores: 2,
            memory_mib: 4000,
            gpus: vec!["GPU-a".into()],
            instance_type: None,
        }
    }

    #[test]
    fn what_is_reserved_is_not_given() {
        let machine = Machine {
            reserved_memory_mib: 1000,
            reserved_ports: vec![80, 22],
            reserved_udp_ports: vec![53],
            ..Default::default()
        };
        let given = facts().resources(&machine);
        let integers: Vec<_> = given.iter().filter_map(|it| it.integer_value).collect();
        assert_eq!(integers, [2048, 3000]);
        let sets: Vec<_> = given
            .iter()
            .filter_map(|it| Some(it.string_set_value.as_ref()?.join(" ")))
            .collect();
        assert_eq!(sets, ["22 80 2375 2376 51678 51679", "53", "GPU-a"]);
        assert_eq!(facts().devices()[0].id.as_deref(), Some("GPU-a"));
    }

    fn named(runtime: &RuntimeFacts) -> Vec<String> {
        let machine = Machine {
            attributes: vec!["rack=r1".parse().unwrap(), "edge".parse().unwrap()],
            ..Default::default()
        };
        let all = facts().attributes(&machine, "eu-west-9", runtime);
        all.into_iter()
            .map(|it| format!("{}={}", it.name.unwrap(), it.value.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn capabilities_are_those_of_the_agent_and_of_its_engine() {
        let engine = RuntimeFacts {
            version: String::new(),
            api: (12, 18),
            log_drivers: vec!["json-file".into(), "splunk".into()],
            volume_drivers: vec!["local".into()],
        };
        let all = named(&engine);
        for name in [
            "ecs.availability-zone=eu-west-9a",
            "com.amazonaws.ecs.capability.docker-remote-api.1.17=",
            "com.amazonaws.ecs.capability.docker-remote-api.1.18=",
            "com.amazonaws.ecs.capability.logging-driver.json-file=",
            "com.amazonaws.ecs.capability.logging-driver.none=",
            "ecs.capability.docker-plugin.local=",
            "rack=r1",
            "edge=",
        ] {
            assert!(all.iter().any(|it| it == name), "{name} of {all:?}");
        }
        for part in ["1.16", "1.19", "splunk", "journald", "instance-type", "ami-id"] {
            assert!(all.iter().all(|it| !it.contains(part)), "{part} of {all:?}");
        }
    }

    #[test]
    fn a_type_is_told_where_the_firmware_tells_it() {
        assert_eq!(instance_type("Amazon EC2", "m5.large").as_deref(), Some("m5.large"));
        assert_eq!(instance_type("QEMU", "Standard PC (i440FX + PIIX, 1996)"), None);
    }

    #[test]
    fn an_attribute_is_what_ecs_takes() {
        for bad in [
            "",
            "=x",
            "a b=c",
            "ecs.os-type=plan9",
            "a=\u{e9}",
            "a= b",
            &"x".repeat(129),
        ] {
            assert!(bad.parse::<Custom>().is_err(), "{bad:?}");
        }
        assert_eq!(
            "a.b/c-d_e=x y@z:1".parse::<Custom>().unwrap().value.as_deref(),
            Some("x y@z:1")
        );
    }
}
