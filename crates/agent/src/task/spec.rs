//! From the server's words on a task to what the runtime is asked for.

use std::collections::BTreeMap;

use model::acs;
use wire::{Value, json};

use super::{DEFAULT_STOP_S, Planned};
use crate::runtime::{ContainerSpec, Network, PortMapping, Protocol, TaskLabels, TaskLimits};

/// Why a payload cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidTask(pub String);

type Read = (TaskLabels, TaskLimits, Vec<Planned>);

pub fn read(task: &acs::Task) -> Result<Read, InvalidTask> {
    let text = |it: &Option<String>| it.clone().unwrap_or_default();
    let labels = TaskLabels {
        arn: text(&task.arn),
        cluster: text(&task.task_cluster_arn)
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned(),
        family: text(&task.family),
        revision: text(&task.version),
    };
    // The id becomes part of names and paths on this host.
    let id = labels.id();
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(InvalidTask(format!("{:?} is no ARN of a task", labels.arn)));
    }
    let limits = TaskLimits {
        cpu: task.cpu.filter(|n| *n > 0.0),
        memory_mib: task.memory.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
    };
    let network = match task.network_mode.as_deref() {
        Some("host") => Network::Host,
        Some("none") => Network::None,
        Some("awsvpc") => Network::Sandbox,
        Some("bridge" | "") | None => Network::Bridge,
        Some(other) => return Err(InvalidTask(format!("the network mode {other:?} is not known here"))),
    };
    let containers = task
        .containers
        .iter()
        .flatten()
        .map(|it| planned(it, &labels, limits, network))
        .collect::<Result<Vec<_>, _>>()?;
    if containers.is_empty() {
        return Err(InvalidTask("it has no containers".into()));
    }
    Ok((labels, limits, containers))
}

fn planned(
    it: &acs::Container,
    labels: &TaskLabels,
    limits: TaskLimits,
    network: Network,
) -> Result<Planned, InvalidTask> {
    let name = it.name.clone().unwrap_or_default();
    let short = &labels.id()[..labels.id().len().min(20)];
    let docker = it.docker_config.clone().unwrap_or_default();
    let config = object(docker.config.as_deref())?;
    let host = object(docker.host_config.as_deref())?;
    let text = |from: &Value, key: &str| from.get(key).and_then(Value::as_str).map(str::to_owned);
    let spec = ContainerSpec {
        task: labels.clone(),
        runtime_name: format!("ecs-{}-{}-{name}-{short}", labels.family, labels.revision),
        image: it.image.clone().unwrap_or_default(),
        command: it.command.clone(),
        entry_point: it.entry_point.clone(),
        environment: it.environment.clone().unwrap_or_default(),
        user: text(&config, "User"),
        working_directory: text(&config, "WorkingDir"),
        labels: labels_of(&config),
        network,
        ports: it.port_mappings.iter().flatten().filter_map(port).collect(),
        cpu_shares: it.cpu.and_then(|n| u32::try_from(n).ok()).unwrap_or_default(),
        memory_mib: it.memory.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
        memory_reservation_bytes: match host.get("MemoryReservation") {
            Some(Value::Int(bytes)) => Some(*bytes),
            _ => None,
        },
        limits,
        container: name,
    };
    let stop_s = it
        .stop_timeout
        .and_then(|n| u32::try_from(n).ok())
        .unwrap_or(DEFAULT_STOP_S);
    Ok(Planned {
        essential: it.essential.unwrap_or(true),
        stop_s,
        spec,
    })
}

fn object(text: Option<&str>) -> Result<Value, InvalidTask> {
    json::parse(text.unwrap_or("{}").as_bytes())
        .map_err(|e| InvalidTask(format!("its dockerConfig is no JSON: {}", e.0)))
}

fn labels_of(config: &Value) -> BTreeMap<String, String> {
    match config.get("Labels") {
        Some(Value::Map(members)) => members
            .iter()
            .filter_map(|(k, v)| Some((k.clone(), v.as_str()?.to_owned())))
            .collect(),
        _ => BTreeMap::new(),
    }
}

fn port(it: &acs::PortMapping) -> Option<PortMapping> {
    Some(PortMapping {
        container_port: u16::try_from(it.container_port?).ok()?,
        host_port: u16::try_from(it.host_port.unwrap_or_default()).ok()?,
        protocol: if it.protocol.as_deref() == Some("udp") {
            Protocol::Udp
        } else {
            Protocol::Tcp
        },
    })
}
