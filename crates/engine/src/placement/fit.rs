//! Whether one host can take one task, and the reason where it cannot.

use std::fmt;

use domain::instance::Status;
use domain::resources::{HostPort, Protocol, Resources};
use domain::{Instance, Snapshot};

use super::{Constraint, Demand, Room};
use crate::query::Candidate;

/// Why a host cannot take a task. The order is the order in which ECS reports the first one that applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    AgentAway,
    Draining,
    Cpu {
        needed: u32,
        free: u32,
    },
    Memory {
        needed_mib: u32,
        free_mib: u32,
    },
    Ports {
        taken: Vec<HostPort>,
    },
    Gpus {
        needed: u32,
        free: u32,
    },
    Interfaces {
        most: u32,
    },
    Attribute {
        wanted: String,
    },
    Zone {
        wanted: Vec<String>,
    },
    /// A constraint of the task excludes it; None is distinctInstance.
    Constraint {
        expression: Option<String>,
    },
}

impl Refusal {
    /// AWS's word for it, as in `failures[].reason`.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::AgentAway => "AGENT",
            Refusal::Draining => "INACTIVE",
            Refusal::Cpu { .. } => "RESOURCE:CPU",
            Refusal::Memory { .. } => "RESOURCE:MEMORY",
            Refusal::Ports { taken } if taken.iter().all(|p| p.protocol == Protocol::Udp) => "RESOURCE:PORTS_UDP",
            Refusal::Ports { .. } => "RESOURCE:PORTS",
            Refusal::Gpus { .. } => "RESOURCE:GPU",
            Refusal::Interfaces { .. } => "RESOURCE:ENI",
            Refusal::Attribute { .. } => "ATTRIBUTE",
            Refusal::Zone { .. } => "LOCATION",
            Refusal::Constraint { expression: Some(_) } => "MemberOf placement constraint unsatisfied",
            Refusal::Constraint { expression: None } => "DistinctInstance placement constraint unsatisfied",
        }
    }
}

/// The sentence for a person, to follow the host's name and a colon.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::AgentAway => f.write_str("its agent is not connected"),
            Refusal::Draining => f.write_str("it takes no new tasks"),
            Refusal::Cpu { needed, free } => write!(f, "needs {needed} CPU units, {free} free"),
            Refusal::Memory { needed_mib, free_mib } => write!(f, "needs {needed_mib} MiB of memory, {free_mib} free"),
            Refusal::Ports { taken } => {
                f.write_str("in use:")?;
                taken
                    .iter()
                    .try_for_each(|p| write!(f, " {}/{}", p.number, protocol(p.protocol)))
            }
            Refusal::Gpus { needed, free } => write!(f, "needs {needed} GPUs, {free} free"),
            Refusal::Interfaces { most: 0 } => {
                f.write_str("has no part of the task network: it did not join by a token")
            }
            Refusal::Interfaces { most } => write!(f, "needs a network interface, all {most} are in use"),
            Refusal::Attribute { wanted } => write!(f, "lacks the attribute {wanted}"),
            Refusal::Zone { wanted } => write!(f, "is in none of the subnets' zones: {}", wanted.join(", ")),
            Refusal::Constraint { expression: Some(it) } => write!(f, "is none of: {it}"),
            Refusal::Constraint { expression: None } => f.write_str("runs a task of the same group already"),
        }
    }
}

fn protocol(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Tcp => "tcp",
        Protocol::Udp => "udp",
    }
}

/// The first reason against this host with `taken` of it gone, or None where the task fits.
pub fn refusal(host: &Instance, taken: &Resources, demand: &Demand) -> Option<Refusal> {
    match host.status() {
        Status::Inactive | Status::Draining => return Some(Refusal::Draining),
        Status::Active => {}
    }
    if !host.is_connected() {
        return Some(Refusal::AgentAway);
    }
    lacking(host, taken, &demand.reservation)
        .or_else(|| lacking_gpus(host, taken, demand))
        .or_else(|| taken_ports(host, taken, &demand.reservation))
        .or_else(|| lacking_interfaces(host, taken, &demand.reservation))
        .or_else(|| missing_attribute(host, demand))
        .or_else(|| elsewhere(host, &demand.zones))
}

/// The first constraint that keeps the task from a host on which it would fit.
pub(super) fn excluded(view: &Snapshot, room: &Room<'_>, demand: &Demand) -> Option<Refusal> {
    let candidate = Candidate {
        view,
        instance: room.instance,
        planned: (room.planned > 0).then_some(&*demand.group),
    };
    demand.constraints.iter().find_map(|it| match it {
        Constraint::DistinctInstance => {
            (room.alike(view, demand) > 0).then_some(Refusal::Constraint { expression: None })
        }
        Constraint::MemberOf { text, expression } => (!expression.holds(candidate)).then(|| Refusal::Constraint {
            expression: Some(text.clone()),
        }),
    })
}

fn lacking(host: &Instance, taken: &Resources, wanted: &Resources) -> Option<Refusal> {
    let free = host.registered.cpu.saturating_sub(taken.cpu);
    let free_mib = host.registered.memory_mib.saturating_sub(taken.memory_mib);
    if wanted.cpu > free {
        return Some(Refusal::Cpu {
            needed: wanted.cpu,
            free,
        });
    }
    if wanted.memory_mib > free_mib {
        return Some(Refusal::Memory {
            needed_mib: wanted.memory_mib,
            free_mib,
        });
    }
    None
}

fn lacking_gpus(host: &Instance, taken: &Resources, demand: &Demand) -> Option<Refusal> {
    let needed = demand.reservation.gpus + demand.all_gpus * host.gpus().saturating_sub(1);
    let free = host.gpus().saturating_sub(taken.gpus);
    (needed > free).then_some(Refusal::Gpus { needed, free })
}

fn lacking_interfaces(host: &Instance, taken: &Resources, wanted: &Resources) -> Option<Refusal> {
    let most = host.interfaces();
    (wanted.interfaces > most.saturating_sub(taken.interfaces)).then_some(Refusal::Interfaces { most })
}

fn taken_ports(host: &Instance, taken: &Resources, wanted: &Resources) -> Option<Refusal> {
    let in_use = |port: &&HostPort| taken.ports.contains(port) || host.registered.ports.contains(port);
    let clash: Vec<HostPort> = wanted.ports.iter().filter(in_use).copied().collect();
    (!clash.is_empty()).then_some(Refusal::Ports { taken: clash })
}

fn elsewhere(host: &Instance, zones: &[String]) -> Option<Refusal> {
    let here = zones.is_empty() || zones.iter().any(|it| it == host.zone());
    (!here).then(|| Refusal::Zone { wanted: zones.to_vec() })
}

fn missing_attribute(host: &Instance, demand: &Demand) -> Option<Refusal> {
    let absent = demand.attributes.iter().find(|(name, value)| {
        host.attribute(name)
            .is_none_or(|has| value.is_some() && has.value != *value)
    })?;
    let wanted = match &absent.1 {
        Some(value) => format!("{}={value}", absent.0),
        None => absent.0.clone(),
    };
    Some(Refusal::Attribute { wanted })
}
