//! Names, images and memory of containers, and what AWS shows where nothing was said.

use std::collections::HashSet;

use domain::id::is_name;
use model::ecs::{ContainerDefinition, TaskDefinition};
use wire::ApiError;

use super::{LEAST_MEMORY_MIB, requires};
use crate::ecs::errors::client;

/// Most containers of one task.
const MAX_CONTAINERS: usize = 10;
/// Longest image name, without its digest.
const MAX_IMAGE: usize = 255;

pub fn normalise(it: &mut TaskDefinition) -> Result<(), ApiError> {
    let task_memory = it.memory.is_some();
    let fargate = requires(it, "FARGATE");
    let containers = it.container_definitions.get_or_insert_default();
    if containers.is_empty() {
        return Err(client("Container list cannot be empty."));
    }
    if containers.len() > MAX_CONTAINERS {
        return Err(client("Too many containers."));
    }
    let mut names = HashSet::new();
    for container in containers.iter_mut() {
        let name = named(container)?;
        if !names.insert(name.clone()) {
            return Err(client("Container names must be unique within a Task Definition."));
        }
        memory(container, &name, task_memory || fargate)?;
        fill_in(container);
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
        return Err(client("Container.name contains invalid characters."));
    }
    match it.image.as_deref() {
        None | Some("") => Err(client("Container.image should not be null or empty.")),
        Some(image) if is_image(image) => Ok(name),
        Some(_) => Err(client("Container.image contains invalid characters.")),
    }
}

/// The digest does not count.
fn is_image(image: &str) -> bool {
    let (name, digest) = image.split_once('@').unwrap_or((image, "sha256:"));
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"_-:./#".contains(&b);
    name.len() <= MAX_IMAGE && name.bytes().chain(digest.bytes()).all(allowed)
}

fn memory(it: &ContainerDefinition, name: &str, sized_by_task: bool) -> Result<(), ApiError> {
    if it.memory.is_none() && it.memory_reservation.is_none() && !sized_by_task {
        return Err(client(format!(
            "Invalid setting for container '{name}'. At least one of 'memory' or 'memoryReservation' must be specified."
        )));
    }
    limits(name, it.memory.map(i64::from), it.memory_reservation.map(i64::from))
}

/// A container starts with this limit of its memory and this part of it held for it, both in MiB.
pub fn limits(name: &str, hard: Option<i64>, soft: Option<i64>) -> Result<(), ApiError> {
    for (field, given) in [("memory", hard), ("memoryReservation", soft)] {
        if given.is_some_and(|mib| mib < i64::from(LEAST_MEMORY_MIB)) {
            return Err(client(format!(
                "Invalid setting for container '{name}'. The '{field}' must be at least {LEAST_MEMORY_MIB} MiB."
            )));
        }
    }
    match (hard, soft) {
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
    if let Some(check) = &mut it.health_check {
        check.interval.get_or_insert(30);
        check.timeout.get_or_insert(5);
        check.retries.get_or_insert(3);
    }
}
