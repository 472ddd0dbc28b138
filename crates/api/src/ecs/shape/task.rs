//! A task as DescribeTasks shows it.

use domain::Task;
use domain::host::Pool;
use domain::resources::Protocol;
use domain::spec::Gpus;
use domain::task::{
    Attachment, AttachmentStatus, Binding, Container, ContainerOverride, ContainerStage, Desired, Health, LaunchType,
    Overrides, Stage, StopCode,
};
use model::ecs;

use super::{pairs, storage, tags};
use crate::cx::Cx;
use crate::ec2::place;

pub fn task(cx: &Cx<'_>, it: &Task, with_tags: bool) -> ecs::Task {
    let (origin, times) = (it.origin(), it.times());
    let fargate = origin.launch_type == LaunchType::Fargate;
    let instance = cx.view.instance(origin.instance);
    let connected = instance.is_some_and(|host| host.is_connected());
    let connectivity = times
        .connectivity
        .map(|_| if connected { "CONNECTED" } else { "DISCONNECTED" });
    let container_instance = match instance.map(|host| host.pool()) {
        Some(pool @ Pool::Cluster(_)) => Some(cx.site.instance_arn(pool.name(), origin.instance)),
        Some(Pool::Fargate) | None => None,
    };
    ecs::Task {
        attachments: Some(
            it.attachment()
                .map(|it| attachment(cx, it))
                .into_iter()
                .chain(storage::attachments(it))
                .collect(),
        ),
        attributes: Some(architecture(instance)),
        availability_zone: Some(origin.zone.to_string()),
        cluster_arn: Some(cx.site.cluster_arn(&origin.cluster)),
        connectivity: connectivity.map(str::to_owned),
        connectivity_at: times.connectivity,
        container_instance_arn: container_instance,
        containers: Some(it.containers().iter().map(|c| container(cx, it, c)).collect()),
        cpu: Some(origin.cpu.unwrap_or(origin.reservation.cpu).to_string()),
        created_at: Some(origin.created),
        desired_status: Some(desired(it.desired()).into()),
        enable_execute_command: Some(false),
        execution_stopped_at: times.execution_stopped,
        group: Some(origin.group.to_string()),
        health_status: Some(health(it.health()).into()),
        last_status: Some(stage(it.last()).into()),
        capacity_provider_name: it.origin().capacity_provider.clone(),
        launch_type: Some(if fargate { "FARGATE" } else { "EC2" }.into()),
        memory: Some(origin.memory_mib.unwrap_or(origin.reservation.memory_mib).to_string()),
        overrides: Some(overrides(it, &origin.overrides)),
        platform_version: origin.platform_version.clone(),
        platform_family: fargate.then(|| "Linux".into()),
        pull_started_at: times.pull_started,
        pull_stopped_at: times.pull_stopped,
        started_at: times.started,
        started_by: origin.started_by.as_deref().map(str::to_owned),
        stop_code: it.stop().map(|stop| stop_code(stop.code).into()),
        stopped_at: times.stopped,
        stopped_reason: it.stop().map(|stop| stop.reason.clone()),
        stopping_at: times.stopping,
        tags: Some(if with_tags { tags(&origin.tags) } else { Vec::new() }),
        task_arn: Some(cx.site.task_arn(&origin.cluster, it.id())),
        task_definition_arn: Some(cx.site.definition_arn(&origin.definition)),
        version: Some(it.version() as i64),
        ephemeral_storage: storage::ephemeral(it),
        fargate_ephemeral_storage: storage::fargate_ephemeral(it),
        ..Default::default()
    }
}

fn architecture(instance: Option<&domain::Instance>) -> Vec<ecs::Attribute> {
    let value = instance
        .and_then(|host| host.attribute("ecs.cpu-architecture"))
        .and_then(|it| it.value.clone());
    value
        .map(|value| ecs::Attribute {
            name: Some("ecs.cpu-architecture".into()),
            value: Some(value),
            ..Default::default()
        })
        .into_iter()
        .collect()
}

fn container(cx: &Cx<'_>, task: &Task, it: &Container) -> ecs::Container {
    let interfaces = task
        .attachment()
        .and_then(|a| Some((a, a.address()?)))
        .map(|(a, address)| ecs::NetworkInterface {
            attachment_id: Some(domain::id::uuid(a.id)),
            private_ipv4_address: Some(address.to_string()),
            ipv6_address: None,
        });
    ecs::Container {
        container_arn: Some(cx.site.container_arn(task.cluster(), task.id(), it.id)),
        task_arn: Some(cx.site.task_arn(task.cluster(), task.id())),
        name: Some(it.name.clone()),
        image: Some(it.image.clone()),
        image_digest: it.image_digest(),
        runtime_id: it.runtime_id(),
        last_status: Some(container_stage(it.last()).into()),
        exit_code: it.exit_code(),
        reason: it.reason().map(str::to_owned),
        network_bindings: Some(it.bindings().iter().map(binding).collect()),
        network_interfaces: Some(interfaces.into_iter().collect()),
        health_status: Some(health(it.health().unwrap_or(Health::Unknown)).into()),
        managed_agents: None,
        cpu: Some(it.cpu.to_string()),
        memory: it.memory_mib.map(|mib| mib.to_string()),
        memory_reservation: it.memory_reservation_mib.map(|mib| mib.to_string()),
        gpu_ids: Some(it.gpu_ids().to_vec()).filter(|ids| !ids.is_empty()),
        ..Default::default()
    }
}

fn binding(it: &Binding) -> ecs::NetworkBinding {
    let one = |first: u16| (it.length == 1).then_some(i32::from(first));
    let several = |first: u16| (it.length > 1).then(|| format!("{first}-{}", first.saturating_add(it.length - 1)));
    ecs::NetworkBinding {
        bind_ip: Some(it.ip.clone()),
        container_port: one(it.container_port),
        host_port: one(it.host_port),
        container_port_range: several(it.container_port),
        host_port_range: several(it.host_port),
        protocol: Some(
            match it.protocol {
                Protocol::Tcp => "tcp",
                Protocol::Udp => "udp",
            }
            .into(),
        ),
    }
}

fn attachment(cx: &Cx<'_>, it: &Attachment) -> ecs::Attachment {
    let details = [
        ("subnetId", Some(it.subnet_id().to_owned())),
        ("networkInterfaceId", it.address().map(|_| interface_id(it.id))),
        ("macAddress", it.mac().map(|mac| mac.to_string())),
        (
            "privateDnsName",
            it.address().map(|ip| place::private_dns_name(cx.site, ip)),
        ),
        ("privateIPv4Address", it.address().map(|ip| ip.to_string())),
    ];
    let status = match it.status() {
        AttachmentStatus::Precreated => "PRECREATED",
        AttachmentStatus::Created => "CREATED",
        AttachmentStatus::Attaching => "ATTACHING",
        AttachmentStatus::Attached => "ATTACHED",
        AttachmentStatus::Detached => "DETACHED",
        AttachmentStatus::Deleted => "DELETED",
    };
    ecs::Attachment {
        id: Some(domain::id::uuid(it.id)),
        r#type: Some("ElasticNetworkInterface".into()),
        status: Some(status.into()),
        details: Some(pairs(
            details.into_iter().filter_map(|(name, value)| Some((name, value?))),
        )),
    }
}

/// An id of the form that EC2 gives to interfaces, following from the attachment's.
pub fn interface_id(attachment: u128) -> String {
    format!("eni-{:017x}", attachment & 0xf_ffff_ffff_ffff_ffff)
}

/// Every container is named, whether anything of it is overridden or not.
fn overrides(task: &Task, it: &Overrides) -> ecs::TaskOverride {
    let of = |name: &str| it.containers.iter().find(|c| c.name == name);
    ecs::TaskOverride {
        container_overrides: Some(
            task.containers()
                .iter()
                .map(|c| container_override(&c.name, of(&c.name)))
                .collect(),
        ),
        cpu: it.cpu.clone(),
        memory: it.memory.clone(),
        inference_accelerator_overrides: Some(Vec::new()),
        execution_role_arn: it.execution_role_arn.clone(),
        ephemeral_storage: it.ephemeral_storage_gib.map(storage::of_gib),
        ..Default::default()
    }
}

fn container_override(name: &str, it: Option<&ContainerOverride>) -> ecs::ContainerOverride {
    let environment = it.and_then(|c| c.environment.as_ref()).map(|list| {
        list.iter()
            .map(|(name, value)| ecs::KeyValuePair {
                name: Some(name.clone()),
                value: Some(value.clone()),
            })
            .collect()
    });
    ecs::ContainerOverride {
        name: Some(name.to_owned()),
        command: it.and_then(|c| c.command.clone()),
        environment,
        cpu: it.and_then(|c| c.cpu).map(|n| n as i32),
        memory: it.and_then(|c| c.memory_mib).map(|n| n as i32),
        memory_reservation: it.and_then(|c| c.memory_reservation_mib).map(|n| n as i32),
        resource_requirements: it.and_then(|c| c.gpus).map(gpus),
        ..Default::default()
    }
}

fn gpus(it: Gpus) -> Vec<ecs::ResourceRequirement> {
    let value = match it {
        Gpus::Count(0) => return Vec::new(),
        Gpus::Count(n) => n.to_string(),
        Gpus::All => "ALL".into(),
    };
    vec![ecs::ResourceRequirement {
        r#type: Some("GPU".into()),
        value: Some(value),
        ..Default::default()
    }]
}

fn desired(it: Desired) -> &'static str {
    match it {
        Desired::Running => "RUNNING",
        Desired::Stopped => "STOPPED",
    }
}

fn stage(it: Stage) -> &'static str {
    match it {
        Stage::Provisioning => "PROVISIONING",
        Stage::Pending => "PENDING",
        Stage::Activating => "ACTIVATING",
        Stage::Running => "RUNNING",
        Stage::Deactivating => "DEACTIVATING",
        Stage::Stopping => "STOPPING",
        Stage::Deprovisioning => "DEPROVISIONING",
        Stage::Stopped => "STOPPED",
    }
}

fn container_stage(it: ContainerStage) -> &'static str {
    match it {
        ContainerStage::Pending => "PENDING",
        ContainerStage::Running => "RUNNING",
        ContainerStage::Stopped => "STOPPED",
    }
}

fn health(it: Health) -> &'static str {
    match it {
        Health::Unknown => "UNKNOWN",
        Health::Healthy => "HEALTHY",
        Health::Unhealthy => "UNHEALTHY",
    }
}

fn stop_code(it: StopCode) -> &'static str {
    match it {
        StopCode::TaskFailedToStart => "TaskFailedToStart",
        StopCode::EssentialContainerExited => "EssentialContainerExited",
        StopCode::UserInitiated => "UserInitiated",
        StopCode::TerminationNotice => "TerminationNotice",
    }
}
