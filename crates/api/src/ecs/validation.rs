//! What RegisterTaskDefinition refuses, and how it fills in what was left out.

mod containers;
mod dependencies;
mod derived;
mod fargate;
mod linux;
mod logging;
mod ports;
mod task;
mod variables;
mod volumes;

use domain::id::is_name;
use model::ecs::{ContainerDefinition, RegisterTaskDefinitionRequest, TaskDefinition};
use wire::ApiError;

use super::errors::client;

pub use containers::limits as container_memory;
pub use fargate::is_size as is_fargate_size;
pub use linux::is_gpu_requirement;
pub use task::{ephemeral_gib, is_role, is_role_arn};

/// Docker refuses containers with less.
const LEAST_MEMORY_MIB: i32 = 6;
/// Largest registration, as JSON.
pub const MAX_DOCUMENT_BYTES: usize = 64 * 1024;

/// A definition that may be stored, with defaults filled in.
pub fn normalise(input: RegisterTaskDefinitionRequest) -> Result<TaskDefinition, ApiError> {
    let family = input.family.unwrap_or_default();
    if !is_name(&family) {
        return Err(client(match family.is_empty() {
            true => "Family can not be blank.",
            false => "Family contains invalid characters.",
        }));
    }
    let mut it = TaskDefinition {
        family: Some(family),
        task_role_arn: input.task_role_arn.filter(|it| !it.is_empty()),
        execution_role_arn: input.execution_role_arn.filter(|it| !it.is_empty()),
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
    containers::normalise(&mut it)?;
    ports::normalise(&mut it)?;
    sizes(&it)?;
    for rule in RULES {
        rule(&it)?;
    }
    if requires(&it, "FARGATE") {
        fargate::check(&it)?;
    }
    it.compatibilities = Some(derived::compatibilities(&it));
    it.requires_attributes = Some(derived::attributes(&it));
    Ok(it)
}

type Rule = fn(&TaskDefinition) -> Result<(), ApiError>;

/// What is looked at once names and sizes are right, in this order.
const RULES: [Rule; 6] = [
    task::check,
    volumes::check,
    dependencies::check,
    variables::check,
    logging::check,
    linux::check,
];

fn containers_of(it: &TaskDefinition) -> impl Iterator<Item = &ContainerDefinition> {
    it.container_definitions.iter().flatten()
}

fn name_of(it: &ContainerDefinition) -> &str {
    it.name.as_deref().unwrap_or_default()
}

/// None of a mode is the mode of Docker's own network.
fn network_mode(it: &TaskDefinition) -> &str {
    it.network_mode.as_deref().unwrap_or("bridge")
}

fn is_windows(it: &TaskDefinition) -> bool {
    let family = it
        .runtime_platform
        .as_ref()
        .and_then(|it| it.operating_system_family.as_deref());
    family.is_some_and(|it| it.starts_with("WINDOWS"))
}

fn some<T>(list: &Option<Vec<T>>) -> bool {
    list.as_ref().is_some_and(|it| !it.is_empty())
}

/// A container's field that cannot be as it is.
fn setting(container: &ContainerDefinition, why: impl std::fmt::Display) -> ApiError {
    client(format!("Invalid setting for container '{}'. {why}", name_of(container)))
}

/// Refuses a number outside of what a container's field may have.
fn within(
    container: &ContainerDefinition,
    field: &str,
    given: Option<i32>,
    allowed: std::ops::RangeInclusive<i32>,
) -> Result<(), ApiError> {
    match given.filter(|n| !allowed.contains(n)) {
        None => Ok(()),
        Some(n) => Err(setting(
            container,
            format_args!(
                "The '{field}' value {n} must be between {} and {}.",
                allowed.start(),
                allowed.end()
            ),
        )),
    }
}

fn requires(it: &TaskDefinition, compatibility: &str) -> bool {
    it.requires_compatibilities.iter().flatten().any(|c| c == compatibility)
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
        return Err(more_memory_than_task());
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

pub fn more_memory_than_task() -> ApiError {
    client("The 'memory' setting for container is greater than for the task.")
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
mod rules;

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
}
