//! From the server's words on a task to what the runtime is asked for.

use model::acs;
use wire::{Value, json};

use super::restart::RestartPolicy;
use super::volumes::{self, Volumes};
use super::{DEFAULT_STOP_S, Planned, TaskMachine};
use crate::runtime::{
    ContainerSpec, DockerWords, Namespace, Network, PortMapping, Protocol, SandboxSpec, TaskLabels, TaskLimits,
    VolumeSpec,
};

const VISIBLE_GPUS: &str = "NVIDIA_VISIBLE_DEVICES";

/// Why a payload cannot be run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidTask(pub String);

impl TaskMachine {
    /// Has every container started with these variables, unless its definition sets them.
    pub fn inject(&mut self, variables: impl Fn(&ContainerSpec) -> Vec<(&'static str, String)>) {
        for planned in &mut self.specs {
            for (name, value) in variables(&planned.spec) {
                planned.spec.environment.entry(name.to_owned()).or_insert(value);
            }
        }
    }
}

pub struct Read {
    pub labels: TaskLabels,
    pub sandbox: SandboxSpec,
    pub volumes: Vec<VolumeSpec>,
    pub specs: Vec<Planned>,
}

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
    let cpu = task.cpu.filter(|n| *n > 0.0);
    let limits = TaskLimits {
        cpu,
        memory_mib: task.memory.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
        cpu_shares: cpu.map_or_else(|| shares_of_containers(task), |cores| (cores * 1024.0) as u32),
    };
    let network = match task.network_mode.as_deref() {
        Some("host") => Network::Host,
        Some("none") => Network::None,
        Some("awsvpc") => Network::Sandbox,
        Some("bridge" | "") | None => Network::Bridge,
        Some(other) => return Err(InvalidTask(format!("the network mode {other:?} is not known here"))),
    };
    let shared = SandboxSpec {
        network,
        pid: namespace("PID", task.pid_mode.as_deref())?,
        ipc: namespace("IPC", task.ipc_mode.as_deref())?,
    };
    let volumes = Volumes::read(task, &labels)?;
    let mut specs = task
        .containers
        .iter()
        .flatten()
        .map(|it| planned(it, &labels, limits, shared, &volumes))
        .collect::<Result<Vec<_>, _>>()?;
    if specs.is_empty() {
        return Err(InvalidTask("it has no containers".into()));
    }
    for planned in &mut specs {
        give_gpus(task, &mut planned.spec);
    }
    Ok(Read {
        labels,
        sandbox: shared,
        volumes: volumes.to_create(),
        specs,
    })
}

/// What a task weighs that has no CPU of its own.
fn shares_of_containers(task: &acs::Task) -> u32 {
    let shares = task.containers.iter().flatten().map(shares);
    shares.fold(0, u32::saturating_add)
}

fn shares(it: &acs::Container) -> u32 {
    it.cpu.and_then(|n| u32::try_from(n).ok()).unwrap_or_default()
}

fn namespace(kind: &str, given: Option<&str>) -> Result<Namespace, InvalidTask> {
    match given {
        None | Some("") => Ok(Namespace::Own),
        Some("none") => Ok(Namespace::None),
        Some("task") => Ok(Namespace::Task),
        Some("host") => Ok(Namespace::Host),
        Some(other) => Err(InvalidTask(format!("the {kind} mode {other:?} is not known here"))),
    }
}

/// Those that the server has set aside for the container. NVIDIA's libraries look for them in its variable.
fn give_gpus(task: &acs::Task, spec: &mut ContainerSpec) {
    let gpus = task.associations.iter().flatten();
    let gpus = gpus.filter(|it| it.r#type.as_deref() == Some("gpu"));
    let own = gpus.filter(|it| it.containers.iter().flatten().any(|name| *name == spec.container));
    spec.gpus = own.filter_map(|it| it.name.clone()).collect();
    if !spec.gpus.is_empty() {
        spec.environment.insert(VISIBLE_GPUS.into(), spec.gpus.join(","));
    }
}

fn planned(
    it: &acs::Container,
    labels: &TaskLabels,
    limits: TaskLimits,
    shared: SandboxSpec,
    volumes: &Volumes,
) -> Result<Planned, InvalidTask> {
    let name = it.name.clone().unwrap_or_default();
    let spec = ContainerSpec {
        task: labels.clone(),
        runtime_name: runtime_name(labels, &name),
        image: it.image.clone().unwrap_or_default(),
        command: it.command.clone(),
        entry_point: it.entry_point.clone(),
        environment: it.environment.clone().unwrap_or_default(),
        docker: docker_words(it)?,
        network: shared.network,
        pid: shared.pid,
        ipc: shared.ipc,
        mounts: volumes.mounts(it)?,
        volumes_from: volumes::from(it, labels),
        links: links(it, labels),
        ports: it.port_mappings.iter().flatten().filter_map(port).collect(),
        cpu_shares: shares(it),
        memory_mib: it.memory.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
        limits,
        gpus: Vec::new(),
        container: name,
    };
    let stop_s = it
        .stop_timeout
        .and_then(|n| u32::try_from(n).ok())
        .unwrap_or(DEFAULT_STOP_S);
    Ok(Planned {
        essential: it.essential.unwrap_or(true),
        stop_s,
        start_timeout_s: it.start_timeout.and_then(|n| u32::try_from(n).ok()),
        // Filled in once all containers are known.
        needs: Vec::new(),
        restart: it.restart_policy.as_ref().and_then(RestartPolicy::read),
        has_health_check: it.health_check_type.is_some(),
        spec,
    })
}

/// Of a container or a volume of the task: fixed, so that what is there is found again.
pub(super) fn runtime_name(labels: &TaskLabels, name: &str) -> String {
    let short = &labels.id()[..labels.id().len().min(20)];
    format!("ecs-{}-{}-{name}-{short}", labels.family, labels.revision)
}

/// `name` or `name:alias`, by the names that the runtime knows.
fn links(it: &acs::Container, labels: &TaskLabels) -> Vec<String> {
    let link = |it: &String| {
        let (name, alias) = it.split_once(':').unwrap_or((it, it));
        format!("{}:{alias}", runtime_name(labels, name))
    };
    it.links.iter().flatten().map(link).collect()
}

fn docker_words(it: &acs::Container) -> Result<DockerWords, InvalidTask> {
    let docker = it.docker_config.clone().unwrap_or_default();
    let object = |text: Option<String>| {
        let text = text.unwrap_or_else(|| "{}".into());
        match json::parse(text.as_bytes()) {
            Ok(Value::Map(_)) => Ok(text),
            Ok(_) | Err(_) => Err(InvalidTask("its dockerConfig is no JSON object".into())),
        }
    };
    Ok(DockerWords {
        config: object(docker.config)?,
        host_config: object(docker.host_config)?,
    })
}

fn port(it: &acs::PortMapping) -> Option<PortMapping> {
    let (container_port, length) = match &it.container_port_range {
        Some(text) => range(text)?,
        None => (u16::try_from(it.container_port?).ok()?, 1),
    };
    Some(PortMapping {
        container_port,
        host_port: u16::try_from(it.host_port.unwrap_or_default()).ok()?,
        protocol: if it.protocol.as_deref() == Some("udp") {
            Protocol::Udp
        } else {
            Protocol::Tcp
        },
        length,
    })
}

/// `8000-8010` as its first port and how many there are.
fn range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-')?;
    let (first, last): (u16, u16) = (first.parse().ok()?, last.parse().ok()?);
    Some((first, last.checked_sub(first)?.checked_add(1)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::fake::payload;

    #[test]
    fn a_container_has_the_gpus_that_name_it() {
        let given = |name: &str, kind: &str, containers: &[&str]| acs::Association {
            name: Some(name.into()),
            r#type: Some(kind.into()),
            containers: Some(containers.iter().map(|&it| it.into()).collect()),
            ..Default::default()
        };
        let task = acs::Task {
            associations: Some(vec![
                given("GPU-a", "gpu", &["one"]),
                given("GPU-b", "gpu", &["one"]),
                given("eia", "elastic-inference", &["one", "two"]),
            ]),
            ..payload("t1", &["one", "two"])
        };
        let specs = read(&task).unwrap().specs;
        assert_eq!(specs[0].spec.gpus, ["GPU-a", "GPU-b"]);
        assert_eq!(specs[0].spec.environment["NVIDIA_VISIBLE_DEVICES"], "GPU-a,GPU-b");
        assert!(specs[1].spec.gpus.is_empty() && !specs[1].spec.environment.contains_key("NVIDIA_VISIBLE_DEVICES"));
    }
}
