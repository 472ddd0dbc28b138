//! The documents of the endpoint, in AWS's names and forms. What does not apply is left out, as AWS leaves it out.

use std::collections::BTreeMap;

use serde::Serialize;

use super::ask::Version;
use super::view::{ContainerView, TaskView};
use crate::runtime::{Binding, Facts, Interface, Network, Protocol};
use crate::task::{Desired, Status};
use wire::time::Time;

/// Where this host is, for the documents of its tasks.
#[derive(Clone, Debug)]
pub struct Place {
    pub region: String,
    pub availability_zone: String,
    /// The instance that this host is to the server.
    pub instance_arn: String,
    /// None for a host of the Fargate pool.
    pub cluster: Option<String>,
}

/// A container with what the runtime says of it; nothing where it is not there yet, or any more.
pub type Known<'a> = (&'a ContainerView, Option<&'a Facts>);

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Task {
    cluster: String,
    #[serde(rename = "TaskARN")]
    task_arn: String,
    family: String,
    revision: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_name: Option<String>,
    desired_status: &'static str,
    known_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    limits: Option<TaskLimits>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pull_started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pull_stopped_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    execution_stopped_at: Option<String>,
    availability_zone: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    launch_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    task_tags: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    container_instance_tags: Option<BTreeMap<String, String>>,
    containers: Vec<Container>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<TagsError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault_injection_enabled: Option<bool>,
}

#[derive(Serialize)]
struct TaskLimits {
    #[serde(rename = "CPU", skip_serializing_if = "Option::is_none")]
    cpu: Option<f64>,
    #[serde(rename = "Memory", skip_serializing_if = "Option::is_none")]
    memory_mib: Option<u32>,
}

/// Why tags are missing from a document that was to have them.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct TagsError {
    pub error_field: &'static str,
    pub error_code: String,
    pub error_message: String,
    pub status_code: u16,
    #[serde(rename = "ResourceARN")]
    pub resource_arn: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Container {
    docker_id: String,
    name: String,
    docker_name: String,
    image: String,
    #[serde(rename = "ImageID")]
    image_id: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ports: Vec<Port>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    labels: BTreeMap<String, String>,
    desired_status: &'static str,
    known_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    exit_code: Option<i32>,
    limits: ContainerLimits,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<String>,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    health: Option<Health>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    volumes: Vec<Volume>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_driver: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    log_options: BTreeMap<String, String>,
    #[serde(rename = "ContainerARN", skip_serializing_if = "Option::is_none")]
    container_arn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    restart_count: Option<u32>,
    networks: Vec<NetworkOf>,
}

#[derive(Serialize)]
struct ContainerLimits {
    #[serde(rename = "CPU")]
    cpu: u32,
    #[serde(rename = "Memory", skip_serializing_if = "Option::is_none")]
    memory_mib: Option<u32>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Port {
    container_port: u16,
    protocol: &'static str,
    host_port: u16,
    host_ip: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Health {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_since: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exit_code: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Volume {
    #[serde(skip_serializing_if = "Option::is_none")]
    docker_name: Option<String>,
    source: String,
    destination: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct NetworkOf {
    network_mode: &'static str,
    #[serde(rename = "IPv4Addresses")]
    addresses: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachment_index: Option<u8>,
    #[serde(rename = "MACAddress", skip_serializing_if = "Option::is_none")]
    mac: Option<String>,
    #[serde(rename = "IPv4SubnetCIDRBlock", skip_serializing_if = "Option::is_none")]
    subnet: Option<String>,
    #[serde(rename = "PrivateDNSName", skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subnet_gateway_ipv4_address: Option<String>,
}

/// `sandbox` is what the runtime says of the task's own network, where it has one.
pub fn task(view: &TaskView, place: &Place, version: Version, known: &[Known<'_>], sandbox: Option<&Facts>) -> Task {
    let limits = view.limits;
    let time = |it: Option<Time>| it.map(|it| it.to_string());
    let shown = known
        .iter()
        .filter(|(it, facts)| facts.is_some() || it.report.digest.is_some());
    Task {
        cluster: place.cluster.clone().unwrap_or_else(|| view.labels.cluster.clone()),
        task_arn: view.labels.arn.clone(),
        family: view.labels.family.clone(),
        revision: view.labels.revision.clone(),
        service_name: view.service_name.clone().filter(|_| version == Version::V4),
        desired_status: desired(view.desired),
        known_status: match view.report.status {
            Status::Pending if view.sandbox.is_some() => "RESOURCES_PROVISIONED",
            other => known_status(other),
        },
        limits: (limits.cpu.is_some() || limits.memory_mib.is_some()).then_some(TaskLimits {
            cpu: limits.cpu,
            memory_mib: limits.memory_mib,
        }),
        pull_started_at: time(view.report.pull_started),
        pull_stopped_at: time(view.report.pull_stopped),
        execution_stopped_at: time(view.report.execution_stopped),
        availability_zone: place.availability_zone.clone(),
        launch_type: (version == Version::V4).then(|| view.launch_type.clone()),
        task_tags: None,
        container_instance_tags: None,
        containers: shown
            .map(|(it, facts)| container(view, version, (it, *facts), sandbox))
            .collect(),
        errors: Vec::new(),
        fault_injection_enabled: (version == Version::V4).then_some(false),
    }
}

/// A task as the host itself is told of it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Introspected {
    arn: String,
    desired_status: &'static str,
    known_status: &'static str,
    family: String,
    version: String,
    containers: Vec<Container>,
}

impl Task {
    pub fn introspected(self) -> Introspected {
        Introspected {
            arn: self.task_arn,
            desired_status: self.desired_status,
            known_status: self.known_status,
            family: self.family,
            version: self.revision,
            containers: self.containers,
        }
    }

    /// With the tags of the task and of its instance; each may have failed by itself. Without any, they are left out.
    pub fn with_tags(
        mut self,
        task: Result<BTreeMap<String, String>, TagsError>,
        instance: Result<BTreeMap<String, String>, TagsError>,
    ) -> Self {
        let mut put = |tags: Result<BTreeMap<String, String>, TagsError>| match tags {
            Ok(tags) => Some(tags).filter(|it| !it.is_empty()),
            Err(error) => {
                self.errors.push(error);
                None
            }
        };
        (self.task_tags, self.container_instance_tags) = (put(task), put(instance));
        self
    }
}

pub fn container(view: &TaskView, version: Version, (it, facts): Known<'_>, sandbox: Option<&Facts>) -> Container {
    let unknown = Facts::default();
    let facts = facts.unwrap_or(&unknown);
    let v4 = version == Version::V4;
    Container {
        docker_id: facts.id.clone(),
        name: it.spec.container.clone(),
        docker_name: facts.name.clone(),
        image: it.spec.image.clone(),
        image_id: facts.image_id.clone(),
        ports: it.report.bindings.iter().map(port).collect(),
        labels: facts.labels.clone(),
        desired_status: desired(view.desired),
        known_status: match it.report.status {
            Status::Pending if it.report.runtime_id.is_some() => "CREATED",
            Status::Pending if it.report.digest.is_some() => "PULLED",
            other => known_status(other),
        },
        exit_code: it.report.exit_code,
        limits: ContainerLimits {
            cpu: it.spec.cpu_shares,
            memory_mib: it.spec.memory_mib,
        },
        created_at: facts.created_at.clone(),
        started_at: facts.started_at.clone(),
        finished_at: facts
            .finished_at
            .clone()
            .filter(|_| it.report.status == Status::Stopped),
        r#type: "NORMAL",
        health: it.health.as_ref().map(health),
        volumes: facts.mounts.iter().map(volume).collect(),
        log_driver: facts.log_driver.clone().filter(|_| v4),
        log_options: if v4 { facts.log_options.clone() } else { BTreeMap::new() },
        container_arn: it.arn.clone().filter(|_| v4),
        restart_count: it.restarts.filter(|_| v4),
        networks: vec![match view.network {
            Network::Sandbox => own_network(view, version, sandbox.and_then(|it| it.interface.as_ref())),
            Network::Bridge => plain_network("bridge", facts.interface.as_ref()),
            Network::Host => plain_network("host", None),
            Network::None => plain_network("none", None),
        }],
    }
}

fn desired(it: Desired) -> &'static str {
    match it {
        Desired::Running => "RUNNING",
        Desired::Stopped => "STOPPED",
    }
}

fn known_status(it: Status) -> &'static str {
    match it {
        Status::Pending => "NONE",
        Status::Running => "RUNNING",
        Status::Stopped => "STOPPED",
    }
}

fn port(it: &Binding) -> Port {
    Port {
        container_port: it.container_port,
        protocol: match it.protocol {
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
        },
        host_port: it.host_port,
        host_ip: it.ip.clone(),
    }
}

fn health(it: &crate::runtime::Health) -> Health {
    Health {
        status: it.status.word(),
        status_since: it.since_ms.map(|ms| Time::from_millis(ms).to_string()),
        exit_code: it.exit_code.filter(|code| *code != 0),
        output: it.output.clone().filter(|text| !text.is_empty()),
    }
}

fn volume(it: &crate::runtime::Mounted) -> Volume {
    Volume {
        docker_name: it.name.clone(),
        source: it.source.clone(),
        destination: it.destination.clone(),
    }
}

fn plain_network(network_mode: &'static str, interface: Option<&Interface>) -> NetworkOf {
    NetworkOf {
        network_mode,
        addresses: interface.iter().map(|it| it.address.to_string()).collect(),
        attachment_index: None,
        mac: None,
        subnet: None,
        name: None,
        subnet_gateway_ipv4_address: None,
    }
}

fn own_network(view: &TaskView, version: Version, interface: Option<&Interface>) -> NetworkOf {
    let address = view.sandbox.as_ref().map(|it| it.address.clone());
    let bare = NetworkOf {
        addresses: address.iter().cloned().collect(),
        ..plain_network("awsvpc", None)
    };
    if version == Version::V3 {
        return bare;
    }
    NetworkOf {
        attachment_index: Some(0),
        mac: view.sandbox.as_ref().and_then(|it| it.mac.clone()),
        subnet: interface.map(subnet),
        name: address.map(|it| format!("ip-{}.internal", it.replace('.', "-"))),
        subnet_gateway_ipv4_address: interface
            .and_then(|it| it.gateway.map(|gateway| format!("{gateway}/{}", it.prefix))),
        ..bare
    }
}

/// As in `10.88.3.0/24`.
fn subnet(it: &Interface) -> String {
    let mask = u32::MAX.checked_shl(32 - u32::from(it.prefix.min(32))).unwrap_or(0);
    let network = std::net::Ipv4Addr::from(u32::from(it.address) & mask);
    format!("{network}/{}", it.prefix)
}

#[cfg(test)]
mod tests;
