//! A container instance as DescribeContainerInstances shows it, and what agents send to become one.

use std::collections::BTreeSet;

use domain::instance::{Attribute, RuntimeStatus, Status};
use domain::resources::{HostPort, Protocol, Resources};
use domain::task::Stage;
use domain::{ClusterName, Instance};
use model::ecs;

use super::tags;
use crate::cx::Cx;

pub fn instance(cx: &Cx<'_>, it: &Instance, with_tags: bool) -> ecs::ContainerInstance {
    let count = |wanted: fn(Stage) -> bool| cx.view.tasks_on(it.id()).filter(|task| wanted(task.last())).count() as i32;
    let status = match it.status() {
        Status::Active => "ACTIVE",
        Status::Draining => "DRAINING",
        Status::Inactive => "INACTIVE",
    };
    let used: BTreeSet<_> = it.registered.ports.union(&it.reserved().ports).copied().collect();
    let version = &it.version_info;
    ecs::ContainerInstance {
        container_instance_arn: Some(cx.site.instance_arn(it.pool().name(), it.id())),
        ec2_instance_id: Some(it.ec2_id()),
        version: Some(it.version() as i64),
        version_info: Some(ecs::VersionInfo {
            agent_version: version.agent_version.clone(),
            agent_hash: version.agent_hash.clone(),
            docker_version: version.docker_version.clone(),
        }),
        remaining_resources: Some(resources(
            it.free_cpu(),
            it.free_memory_mib(),
            &used,
            it.free_gpu_ids().cloned().collect(),
        )),
        registered_resources: Some(resources(
            it.registered.cpu,
            it.registered.memory_mib,
            &it.registered.ports,
            it.gpu_ids.clone(),
        )),
        status: Some(status.into()),
        agent_connected: Some(it.is_connected()),
        running_tasks_count: Some(count(|stage| stage == Stage::Running)),
        pending_tasks_count: Some(count(|stage| stage < Stage::Running)),
        attributes: Some(it.attributes.iter().map(attribute).collect()),
        registered_at: Some(it.registered_at),
        attachments: Some(Vec::new()),
        tags: Some(if with_tags { tags(&it.tags) } else { Vec::new() }),
        ..Default::default()
    }
}

/// What is known of an instance's health: what its agent last said of its runtime.
pub fn instance_health(it: &Instance) -> ecs::ContainerInstanceHealthStatus {
    let status = |it| match it {
        RuntimeStatus::Initializing => "INITIALIZING",
        RuntimeStatus::Ok => "OK",
        RuntimeStatus::Impaired => "IMPAIRED",
        RuntimeStatus::InsufficientData => "INSUFFICIENT_DATA",
    };
    let known = it.health();
    let details = known.map(|health| ecs::InstanceHealthCheckResult {
        r#type: Some("CONTAINER_RUNTIME".into()),
        status: Some(status(health.status).into()),
        last_updated: Some(health.updated),
        last_status_change: Some(health.changed),
        ..Default::default()
    });
    let overall = known.map_or(RuntimeStatus::InsufficientData, |health| health.status);
    ecs::ContainerInstanceHealthStatus {
        overall_status: Some(status(overall).into()),
        details: Some(details.into_iter().collect()),
    }
}

/// The ARN of an instance that is named by id or ARN, whether it exists or not.
pub fn instance_arn(cx: &Cx<'_>, cluster: &ClusterName, named: String) -> String {
    if named.starts_with("arn:") {
        return named;
    }
    cx.site.ecs_arn(format_args!("container-instance/{cluster}/{named}"))
}

fn attribute(it: &Attribute) -> ecs::Attribute {
    ecs::Attribute {
        name: Some(it.name.clone()),
        value: it.value.clone(),
        ..Default::default()
    }
}

/// AWS sends every number of every resource, those of other types as zero.
fn resources(cpu: u32, memory_mib: u32, ports: &BTreeSet<HostPort>, gpus: Vec<String>) -> Vec<ecs::Resource> {
    let integer = |name: &str, n: u32| ecs::Resource {
        name: Some(name.into()),
        r#type: Some("INTEGER".into()),
        double_value: Some(0.0),
        long_value: Some(0),
        integer_value: Some(n as i32),
        string_set_value: None,
    };
    let set = |name: &str, protocol: Protocol| ecs::Resource {
        r#type: Some("STRINGSET".into()),
        string_set_value: Some(
            ports
                .iter()
                .filter(|p| p.protocol == protocol)
                .map(|p| p.number.to_string())
                .collect(),
        ),
        ..integer(name, 0)
    };
    let mut all = vec![
        integer("CPU", cpu),
        integer("MEMORY", memory_mib),
        set("PORTS", Protocol::Tcp),
        set("PORTS_UDP", Protocol::Udp),
    ];
    if !gpus.is_empty() {
        all.push(ecs::Resource {
            r#type: Some("STRINGSET".into()),
            string_set_value: Some(gpus),
            ..integer("GPU", 0)
        });
    }
    all
}

/// The ids of the GPUs that an agent says it has. Said twice, it is one all the same.
pub fn parse_gpu_ids(given: &[ecs::Resource]) -> Vec<String> {
    let gpus = given.iter().filter(|it| it.name.as_deref() == Some("GPU"));
    let mut ids = Vec::new();
    for id in gpus.filter_map(|it| it.string_set_value.as_ref()).flatten() {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids
}

/// What an agent says it has, but for GPUs, which are told apart. Resources of other names are not reckoned with here.
pub fn parse_resources(given: &[ecs::Resource]) -> Resources {
    let mut all = Resources::default();
    for it in given {
        let number = it.integer_value.unwrap_or_default().max(0) as u32;
        let ports = |protocol| {
            let numbers = it
                .string_set_value
                .iter()
                .flatten()
                .filter_map(|text| text.parse().ok());
            numbers.map(move |number| HostPort { protocol, number })
        };
        match it.name.as_deref() {
            Some("CPU") => all.cpu = number,
            Some("MEMORY") => all.memory_mib = number,
            Some("PORTS") => all.ports.extend(ports(Protocol::Tcp)),
            Some("PORTS_UDP") => all.ports.extend(ports(Protocol::Udp)),
            _ => {}
        }
    }
    all
}

pub fn parse_attributes(given: Vec<ecs::Attribute>) -> Vec<Attribute> {
    given
        .into_iter()
        .filter_map(|it| {
            Some(Attribute {
                name: it.name?,
                value: it.value,
            })
        })
        .collect()
}
