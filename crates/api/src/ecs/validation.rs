//! What RegisterTaskDefinition refuses, and how it fills in what was left out.

use std::collections::HashSet;

use domain::id::is_name;
use model::ecs::{Attribute, ContainerDefinition, RegisterTaskDefinitionRequest, TaskDefinition};
use wire::ApiError;

use super::errors::client;

/// Most containers of one task.
const MAX_CONTAINERS: usize = 10;
/// Docker refuses containers with less.
const LEAST_MEMORY_MIB: i32 = 6;
/// Largest registration, as JSON.
pub const MAX_DOCUMENT_BYTES: usize = 64 * 1024;

/// A definition that may be stored, with defaults filled in.
pub fn normalise(input: RegisterTaskDefinitionRequest) -> Result<TaskDefinition, ApiError> {
    let family = input.family.unwrap_or_default();
    if !is_name(&family) {
        return Err(client(
            "Family contains invalid characters. Use 1 to 255 letters, digits, hyphens and underscores.",
        ));
    }
    let mut it = TaskDefinition {
        family: Some(family),
        task_role_arn: input.task_role_arn,
        execution_role_arn: input.execution_role_arn,
        network_mode: input.network_mode,
        container_definitions: input.container_definitions,
        volumes: Some(input.volumes.unwrap_or_default()),
        placement_constraints: Some(input.placement_constraints.unwrap_or_default()),
        requires_compatibilities: input.requires_compatibilities.filter(|list| !list.is_empty()),
        cpu: input.cpu.as_deref().map(task_cpu).transpose()?.map(|n| n.to_string()),
        memory: input
            .memory
            .as_deref()
            .map(task_memory)
            .transpose()?
            .map(|n| n.to_string()),
        pid_mode: input.pid_mode,
        ipc_mode: input.ipc_mode,
        proxy_configuration: input.proxy_configuration,
        inference_accelerators: input.inference_accelerators,
        ephemeral_storage: input.ephemeral_storage,
        runtime_platform: input.runtime_platform,
        enable_fault_injection: input.enable_fault_injection,
        trusted_execution_configuration: input.trusted_execution_configuration,
        ..Default::default()
    };
    containers(&mut it)?;
    sizes(&it)?;
    if requires(&it, "FARGATE") {
        fargate(&it)?;
    }
    it.compatibilities = Some(compatibilities(&it));
    it.requires_attributes = Some(attributes(&it));
    Ok(it)
}

fn requires(it: &TaskDefinition, compatibility: &str) -> bool {
    it.requires_compatibilities.iter().flatten().any(|c| c == compatibility)
}

fn containers(it: &mut TaskDefinition) -> Result<(), ApiError> {
    let mode = it.network_mode.clone().unwrap_or_else(|| "bridge".into());
    let task_memory = it.memory.is_some();
    let fargate = requires(it, "FARGATE");
    let containers = it.container_definitions.get_or_insert_default();
    if containers.is_empty() {
        return Err(client("Container list cannot be empty."));
    }
    if containers.len() > MAX_CONTAINERS {
        return Err(client(format!(
            "The number of containers cannot exceed {MAX_CONTAINERS}."
        )));
    }
    let mut names = HashSet::new();
    for container in containers.iter_mut() {
        let name = named(container)?;
        if !names.insert(name.clone()) {
            return Err(client(format!(
                "Container names must be unique: '{name}' appears more than once."
            )));
        }
        memory(container, &name, task_memory || fargate)?;
        fill_in(container);
        ports(container, &name, &mode)?;
    }
    if !containers.iter().any(|c| c.essential == Some(true)) {
        return Err(client("A task definition must have at least one essential container."));
    }
    Ok(())
}

fn named(it: &ContainerDefinition) -> Result<String, ApiError> {
    let name = it.name.clone().filter(|text| !text.is_empty());
    let name = name.ok_or_else(|| client("Container.name should not be null or empty."))?;
    if !is_name(&name) {
        return Err(client(format!("Container.name contains invalid characters: '{name}'.")));
    }
    match it.image.as_deref() {
        None | Some("") => Err(client("Container.image should not be null or empty.")),
        Some(_) => Ok(name),
    }
}

fn memory(it: &ContainerDefinition, name: &str, sized_by_task: bool) -> Result<(), ApiError> {
    if it.memory.is_none() && it.memory_reservation.is_none() && !sized_by_task {
        return Err(client(format!(
            "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified."
        )));
    }
    for (field, given) in [("memory", it.memory), ("memoryReservation", it.memory_reservation)] {
        if given.is_some_and(|mib| mib < LEAST_MEMORY_MIB) {
            return Err(client(format!(
                "Invalid setting for container '{name}'. The '{field}' must be at least {LEAST_MEMORY_MIB} MiB."
            )));
        }
    }
    match (it.memory, it.memory_reservation) {
        (Some(hard), Some(soft)) if soft > hard => Err(client(format!(
            "Invalid setting for container '{name}'. The 'memory' value must be greater than the 'memoryReservation' value."
        ))),
        _ => Ok(()),
    }
}

/// What AWS shows where nothing was said.
fn fill_in(it: &mut ContainerDefinition) {
    it.cpu.get_or_insert(0);
    it.essential.get_or_insert(true);
    it.environment.get_or_insert_default();
    it.mount_points.get_or_insert_default();
    it.volumes_from.get_or_insert_default();
    it.port_mappings.get_or_insert_default();
    it.system_controls.get_or_insert_default();
}

fn ports(it: &mut ContainerDefinition, name: &str, mode: &str) -> Result<(), ApiError> {
    let mappings = it.port_mappings.get_or_insert_default();
    if mode == "none" && !mappings.is_empty() {
        return Err(client("Port mappings are not supported when networkMode=none."));
    }
    for mapping in mappings.iter_mut() {
        if mapping.container_port_range.is_none() {
            let port = mapping.container_port.unwrap_or_default();
            if !(1..=65535).contains(&port) {
                return Err(client(format!(
                    "Invalid 'containerPort' setting for container '{name}': {port}."
                )));
            }
            let shared = matches!(mode, "awsvpc" | "host");
            let host = *mapping.host_port.get_or_insert(if shared { port } else { 0 });
            if !(0..=65535).contains(&host) {
                return Err(client(format!(
                    "Invalid 'hostPort' setting for container '{name}': {host}."
                )));
            }
            if shared && host == 0 {
                mapping.host_port = Some(port);
            } else if shared && host != port {
                return Err(client(format!(
                    "When networkMode={mode}, the host ports and container ports in port mappings must match."
                )));
            }
        }
        mapping.protocol.get_or_insert_with(|| "tcp".into());
    }
    if mode != "bridge" && it.links.as_ref().is_some_and(|links| !links.is_empty()) {
        return Err(client(format!("Links are not supported when networkMode={mode}.")));
    }
    Ok(())
}

/// The containers fit in what the task has.
fn sizes(it: &TaskDefinition) -> Result<(), ApiError> {
    let containers = || it.container_definitions.iter().flatten();
    if let Some(task) = it.memory.as_deref().and_then(|text| text.parse::<i64>().ok())
        && containers().any(|c| {
            c.memory
                .or(c.memory_reservation)
                .is_some_and(|mib| i64::from(mib) > task)
        })
    {
        return Err(client(
            "The 'memory' setting for container is greater than for the task.",
        ));
    }
    if containers().any(|c| c.cpu.is_some_and(|n| n < 0)) {
        return Err(client("Invalid 'cpu' setting for container."));
    }
    if let Some(task) = it.cpu.as_deref().and_then(|text| text.parse::<i64>().ok())
        && containers().map(|c| i64::from(c.cpu.unwrap_or_default())).sum::<i64>() > task
    {
        return Err(client(
            "The 'cpu' setting for the containers is greater than for the task.",
        ));
    }
    Ok(())
}

/// Fargate's CPU units, and for each the memory in MiB: from, to, step.
const FARGATE_SIZES: [(u32, u32, u32, u32); 7] = [
    (256, 512, 2048, 1024),
    (512, 1024, 4096, 1024),
    (1024, 2048, 8192, 1024),
    (2048, 4096, 16384, 1024),
    (4096, 8192, 30720, 1024),
    (8192, 16384, 61440, 4096),
    (16384, 32768, 122_880, 8192),
];

/// Whether Fargate has this size.
pub fn is_fargate_size(cpu: u32, memory_mib: u32) -> bool {
    // A quarter core has 512, 1024 and 2048: the first is no step from the others.
    let fits = |&(units, from, to, step): &(u32, u32, u32, u32)| {
        units == cpu && (from..=to).contains(&memory_mib) && (memory_mib == from || memory_mib.is_multiple_of(step))
    };
    FARGATE_SIZES.iter().any(fits)
}

fn fargate(it: &TaskDefinition) -> Result<(), ApiError> {
    if it.network_mode.as_deref() != Some("awsvpc") {
        return Err(client("Fargate only supports network mode ‘awsvpc’."));
    }
    let cpu = it
        .cpu
        .as_deref()
        .ok_or_else(|| client("Fargate requires that 'cpu' be defined at the task level."))?;
    let memory = it
        .memory
        .as_deref()
        .ok_or_else(|| client("Fargate requires that 'memory' be defined at the task level."))?;
    if !is_fargate_size(cpu.parse().unwrap_or_default(), memory.parse().unwrap_or_default()) {
        return Err(client(format!(
            "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid values."
        )));
    }
    if it.pid_mode.as_deref() == Some("host") {
        return Err(client(
            "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
        ));
    }
    match it
        .container_definitions
        .iter()
        .flatten()
        .find(|c| c.privileged == Some(true))
    {
        Some(_) => Err(client("Fargate does not support the 'privileged' setting.")),
        None => Ok(()),
    }
}

fn compatibilities(it: &TaskDefinition) -> Vec<String> {
    let awsvpc = it.network_mode.as_deref() == Some("awsvpc");
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok()).unwrap_or_default();
    let mut list = vec!["EC2".to_owned()];
    if !awsvpc {
        list.insert(0, "EXTERNAL".into());
    }
    if awsvpc && is_fargate_size(number(&it.cpu), number(&it.memory)) && fargate(it).is_ok() {
        list.push("FARGATE".into());
    }
    list
}

fn attributes(it: &TaskDefinition) -> Vec<Attribute> {
    let containers = || it.container_definitions.iter().flatten();
    let rules = [
        ("com.amazonaws.ecs.capability.docker-remote-api.1.18", true),
        (
            "com.amazonaws.ecs.capability.docker-remote-api.1.21",
            containers().any(|c| c.memory_reservation.is_some()),
        ),
        ("com.amazonaws.ecs.capability.task-iam-role", it.task_role_arn.is_some()),
        (
            "com.amazonaws.ecs.capability.privileged-container",
            containers().any(|c| c.privileged == Some(true)),
        ),
        ("ecs.capability.task-eni", it.network_mode.as_deref() == Some("awsvpc")),
        (
            "ecs.capability.task-cpu-mem-limit",
            it.cpu.is_some() || it.memory.is_some(),
        ),
        (
            "ecs.capability.container-ordering",
            containers().any(|c| c.stop_timeout.is_some() || c.start_timeout.is_some() || c.depends_on.is_some()),
        ),
        (
            "ecs.capability.container-health-check",
            containers().any(|c| c.health_check.is_some()),
        ),
        (
            "ecs.capability.pid-ipc-namespace-sharing",
            it.pid_mode.is_some() || it.ipc_mode.is_some(),
        ),
    ];
    let named = |name: &str| Attribute {
        name: Some(name.into()),
        ..Default::default()
    };
    rules
        .iter()
        .filter(|(_, applies)| *applies)
        .map(|(name, _)| named(name))
        .collect()
}

/// `1024`, `1 vCPU`, `.5 vcpu` in CPU units.
pub fn task_cpu(text: &str) -> Result<u32, ApiError> {
    let units = amount(text, "vcpu", 1024.0).filter(|n| (128..=196_608).contains(n));
    units.ok_or_else(|| client("Invalid 'cpu' setting for task."))
}

/// `2048`, `2 GB`, `0.5GB` in MiB.
pub fn task_memory(text: &str) -> Result<u32, ApiError> {
    let mib = amount(text, "gb", 1024.0).filter(|n| *n >= LEAST_MEMORY_MIB as u32);
    mib.ok_or_else(|| client("Invalid 'memory' setting for task."))
}

fn amount(text: &str, unit: &str, factor: f64) -> Option<u32> {
    let text = text.trim().to_ascii_lowercase();
    match text.strip_suffix(unit) {
        None => text.parse().ok(),
        Some(number) => {
            let whole = number.trim().parse::<f64>().ok()? * factor;
            (whole.fract() == 0.0 && (0.0..1e9).contains(&whole)).then_some(whole as u32)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn sizes_are_read_in_both_spellings() {
        assert_eq!(task_cpu("1 vCPU").unwrap(), 1024);
        assert_eq!(task_cpu(".5 vcpu").unwrap(), 512);
        assert_eq!(task_memory("0.5GB").unwrap(), 512);
        assert_eq!(task_memory("2048").unwrap(), 2048);
        for bad in ["", "x", "-1", "1 GHz", "64", "0.0001 vCPU", "1e30 vCPU"] {
            assert_eq!(
                task_cpu(bad).unwrap_err().message,
                "Invalid 'cpu' setting for task.",
                "{bad}"
            );
        }
    }

    #[test]
    fn fargate_has_the_sizes_of_its_table() {
        for (cpu, memory) in [(256, 512), (256, 1024), (256, 2048), (4096, 30720), (16384, 122_880)] {
            assert!(is_fargate_size(cpu, memory), "{cpu} {memory}");
        }
        for (cpu, memory) in [
            (256, 1536),
            (256, 4096),
            (300, 512),
            (512, 512),
            (8192, 17408),
            (16384, 30720),
        ] {
            assert!(!is_fargate_size(cpu, memory), "{cpu} {memory}");
        }
    }
}
