//! A task as its agent is told of it: definition and overrides merged into what a container runtime needs.

use domain::resources::Protocol;
use domain::spec::{Container, NetworkMode, PortMapping};
use domain::task::{Desired, LaunchType};
use domain::{Site, Snapshot, Task};
use model::acs;
use wire::{Value, json};

use crate::ecs::shape;

/// CPU units of one core.
const UNITS_PER_CPU: f64 = 1024.0;

/// None where the task's definition is gone, which the store does not allow while a task runs.
pub fn task(view: &Snapshot, site: &Site, it: &Task) -> Option<acs::Task> {
    let origin = it.origin();
    let document = shape::parse_document(view.definition(&origin.definition)?.document());
    let spec = shape::overridden(shape::spec(&document), &origin.overrides);
    let containers = spec.containers.iter().zip(it.containers());
    Some(acs::Task {
        arn: Some(site.task_arn(&origin.cluster, it.id())),
        desired_status: Some(match it.desired() {
            Desired::Running => "RUNNING".into(),
            Desired::Stopped => "STOPPED".into(),
        }),
        family: Some(origin.definition.family.to_string()),
        version: Some(origin.definition.revision.to_string()),
        task_cluster_arn: Some(site.cluster_arn(&origin.cluster)),
        task_definition_account_id: Some(site.account.clone()),
        containers: Some(
            containers
                .map(|(c, of)| {
                    container(
                        c,
                        spec.network_mode,
                        site.container_arn(&origin.cluster, it.id(), of.id),
                    )
                })
                .collect(),
        ),
        cpu: spec.cpu.map(|units| f64::from(units) / UNITS_PER_CPU),
        memory: spec.memory_mib.map(|mib| mib as i32),
        network_mode: Some(network_mode(spec.network_mode).into()),
        elastic_network_interfaces: it.attachment().map(|of| vec![interface(site, it, of.id)]),
        launch_type: Some(match origin.launch_type {
            LaunchType::Ec2 => "EC2".into(),
            LaunchType::Fargate => "FARGATE".into(),
        }),
        group: Some(origin.group.to_string()),
        service_name: None,
    })
}

pub fn interface(site: &Site, task: &Task, attachment: u128) -> acs::ElasticNetworkInterface {
    acs::ElasticNetworkInterface {
        attachment_arn: Some(site.attachment_arn(task.cluster(), attachment)),
        ec2_id: Some(shape::interface_id(attachment)),
        ..Default::default()
    }
}

fn network_mode(it: NetworkMode) -> &'static str {
    match it {
        NetworkMode::Bridge => "bridge",
        NetworkMode::Host => "host",
        NetworkMode::None => "none",
        NetworkMode::Awsvpc => "awsvpc",
    }
}

fn container(it: &Container, mode: NetworkMode, arn: String) -> acs::Container {
    // An awsvpc task has an address of its own: there is nothing to map, and a runtime would refuse to.
    let ports = it.ports.iter().filter(|_| mode == NetworkMode::Bridge).map(port);
    acs::Container {
        name: Some(it.name.clone()),
        image: Some(it.image.clone()),
        command: it.command.clone(),
        entry_point: it.entry_point.clone(),
        environment: Some(it.environment.clone()),
        cpu: Some(it.cpu as i32),
        memory: it.memory_mib.map(|mib| mib as i32),
        essential: Some(it.essential),
        port_mappings: Some(ports.collect()),
        stop_timeout: it.stop_timeout_s.map(|s| s as i32),
        container_arn: Some(arn),
        docker_config: Some(docker_config(it, mode)),
    }
}

fn port(it: &PortMapping) -> acs::PortMapping {
    acs::PortMapping {
        container_port: Some(i32::from(it.container_port)),
        host_port: Some(i32::from(it.host_port)),
        protocol: Some(
            match it.protocol {
                Protocol::Tcp => "tcp",
                Protocol::Udp => "udp",
            }
            .into(),
        ),
    }
}

/// What the protocol has no field for travels as Docker's own `Config` and `HostConfig`, in JSON within JSON.
fn docker_config(it: &Container, mode: NetworkMode) -> acs::DockerConfig {
    let text = |text: &str| Value::Str(text.to_owned());
    let mut config = Vec::new();
    if let Some(user) = &it.user {
        config.push(("User".to_owned(), text(user)));
    }
    if let Some(directory) = &it.working_directory {
        config.push(("WorkingDir".to_owned(), text(directory)));
    }
    if !it.docker_labels.is_empty() {
        let labels = it.docker_labels.iter().map(|(k, v)| (k.clone(), text(v))).collect();
        config.push(("Labels".to_owned(), Value::Map(labels)));
    }
    let mut host = vec![("NetworkMode".to_owned(), text(network_mode(mode)))];
    if let Some(mib) = it.memory_reservation_mib {
        host.push(("MemoryReservation".to_owned(), Value::Int(i64::from(mib) << 20)));
    }
    acs::DockerConfig {
        version: Some("1.21".into()),
        config: Some(json::write_value(&Value::Map(config))),
        host_config: Some(json::write_value(&Value::Map(host))),
    }
}
