//! A task definition: the registered document, what of it acts, and what one run overrides.

use std::collections::BTreeMap;

use domain::TaskDefinition;
use domain::spec::{Container, Gpus, NetworkMode, PortMapping, Spec};
use domain::task::{ContainerOverride, Overrides};
use domain::task_definition::Status;
use model::ecs;
use wire::shape::Shape;
use wire::{ApiError, json};

use super::protocol;
use crate::cx::Cx;
use crate::ecs::{errors, validation};

/// The registration with its defaults, as it is stored.
pub fn document(it: &ecs::TaskDefinition) -> String {
    json::to_string(it)
}

pub fn parse_document(document: &str) -> ecs::TaskDefinition {
    parse_kept(document)
}

/// A shape that is kept as JSON.
pub fn parse_kept<T: Shape>(text: &str) -> T {
    let value = json::parse(text.as_bytes()).expect("what is kept was written by us");
    T::decode(value).expect("what is kept was written from this shape")
}

/// A revision as DescribeTaskDefinition shows it.
pub fn definition(cx: &Cx<'_>, it: &TaskDefinition) -> ecs::TaskDefinition {
    let status = match it.status() {
        Status::Active => "ACTIVE",
        Status::Inactive => "INACTIVE",
        Status::DeleteInProgress => "DELETE_IN_PROGRESS",
    };
    ecs::TaskDefinition {
        task_definition_arn: Some(cx.site.definition_arn(it.id())),
        revision: Some(it.id().revision as i32),
        status: Some(status.into()),
        registered_at: Some(it.registered_at()),
        registered_by: Some(it.registered_by().to_owned()),
        deregistered_at: it.deregistered_at(),
        delete_requested_at: it.delete_requested_at(),
        ..parse_document(it.document())
    }
}

/// What of a definition acts.
pub fn spec(it: &ecs::TaskDefinition) -> Spec {
    let requires = it.requires_compatibilities.as_deref().unwrap_or_default();
    Spec {
        network_mode: network_mode(it.network_mode.as_deref()),
        cpu: it.cpu.as_deref().and_then(|text| text.parse().ok()),
        memory_mib: it.memory.as_deref().and_then(|text| text.parse().ok()),
        requires_fargate: requires == ["FARGATE"],
        requires_attributes: it
            .requires_attributes
            .iter()
            .flatten()
            .filter_map(|a| a.name.clone())
            .collect(),
        containers: it.container_definitions.iter().flatten().map(container).collect(),
    }
}

fn network_mode(given: Option<&str>) -> NetworkMode {
    match given {
        Some("host") => NetworkMode::Host,
        Some("none") => NetworkMode::None,
        Some("awsvpc") => NetworkMode::Awsvpc,
        _ => NetworkMode::Bridge,
    }
}

fn container(it: &ecs::ContainerDefinition) -> Container {
    let number = |n: Option<i32>| n.and_then(|n| u32::try_from(n).ok());
    Container {
        name: it.name.clone().unwrap_or_default(),
        image: it.image.clone().unwrap_or_default(),
        cpu: number(it.cpu).unwrap_or_default(),
        memory_mib: number(it.memory),
        memory_reservation_mib: number(it.memory_reservation),
        gpus: gpus(it.resource_requirements.iter().flatten()),
        essential: it.essential.unwrap_or(true),
        command: it.command.clone(),
        entry_point: it.entry_point.clone(),
        environment: it.environment.iter().flatten().map(pair).collect(),
        ports: it.port_mappings.iter().flatten().filter_map(port).collect(),
        stop_timeout_s: number(it.stop_timeout),
    }
}

fn gpus<'a>(all: impl Iterator<Item = &'a ecs::ResourceRequirement>) -> Gpus {
    let of_gpus = all.filter(|it| it.r#type.as_deref() == Some("GPU"));
    of_gpus
        .filter_map(|it| it.value.as_deref())
        .fold(Gpus::default(), |sum, value| match (sum, value) {
            (Gpus::All, _) | (_, "ALL") => Gpus::All,
            (Gpus::Count(n), value) => Gpus::Count(n + value.parse().unwrap_or(0)),
        })
}

fn pair(it: &ecs::KeyValuePair) -> (String, String) {
    (
        it.name.clone().unwrap_or_default(),
        it.value.clone().unwrap_or_default(),
    )
}

fn port(it: &ecs::PortMapping) -> Option<PortMapping> {
    Some(PortMapping {
        container_port: u16::try_from(it.container_port?).ok()?,
        host_port: u16::try_from(it.host_port.unwrap_or_default()).ok()?,
        protocol: protocol(it.protocol.as_deref()),
    })
}

/// What a caller of RunTask changes, held against the definition it changes.
pub fn overrides(it: Option<ecs::TaskOverride>, spec: &Spec) -> Result<Overrides, ApiError> {
    let mut it = it.unwrap_or_default();
    if it
        .inference_accelerator_overrides
        .as_ref()
        .is_some_and(|it| !it.is_empty())
    {
        return Err(errors::no_inference_accelerators());
    }
    if it
        .execution_role_arn
        .as_deref()
        .is_some_and(|role| !validation::is_role(role))
    {
        return Err(errors::client("Role is not valid"));
    }
    let sizes = (
        it.cpu.as_deref().map(validation::task_cpu),
        it.memory.as_deref().map(validation::task_memory),
    );
    let (cpu, memory) = (sizes.0.transpose()?, sizes.1.transpose()?);
    let mut containers = Vec::new();
    for given in it.container_overrides.take().unwrap_or_default() {
        if given == ecs::ContainerOverride::default() {
            // AWS takes an empty one, and it changes nothing.
            continue;
        }
        let name = given.name.clone().unwrap_or_default();
        if name.is_empty() {
            return Err(errors::invalid("Container override name should not be null or empty."));
        }
        if containers.iter().any(|known: &ContainerOverride| known.name == name) {
            return Err(errors::invalid(format!(
                "Container '{name}' cannot be overridden more than once."
            )));
        }
        if !spec.containers.iter().any(|c| c.name == name) {
            return Err(errors::invalid(format!(
                "Override for container named {name} is not a container in the TaskDefinition."
            )));
        }
        containers.push(container_override(name, given)?);
    }
    Ok(Overrides {
        cpu: cpu.map(|n| n.to_string()),
        memory: memory.map(|n| n.to_string()),
        execution_role_arn: it.execution_role_arn,
        ephemeral_storage_gib: it
            .ephemeral_storage
            .as_ref()
            .map(validation::ephemeral_gib)
            .transpose()?,
        containers,
    })
}

fn container_override(name: String, it: ecs::ContainerOverride) -> Result<ContainerOverride, ApiError> {
    let number = |field: &str, n: Option<i32>| match n.map(u32::try_from) {
        None => Ok(None),
        Some(Ok(n)) => Ok(Some(n)),
        Some(Err(_)) => Err(errors::invalid(format!(
            "Invalid override of '{field}' for container '{name}': it cannot be negative."
        ))),
    };
    Ok(ContainerOverride {
        cpu: number("cpu", it.cpu)?,
        memory_mib: number("memory", it.memory)?,
        memory_reservation_mib: number("memoryReservation", it.memory_reservation)?,
        gpus: overridden_gpus(&name, it.resource_requirements.as_deref())?,
        command: it.command,
        environment: it.environment.map(|list| list.iter().map(pair).collect()),
        name,
    })
}

fn overridden_gpus(name: &str, given: Option<&[ecs::ResourceRequirement]>) -> Result<Option<Gpus>, ApiError> {
    for it in given.into_iter().flatten() {
        let value = it.value.as_deref().unwrap_or_default();
        if it.r#type.as_deref() != Some("GPU") {
            return Err(errors::no_inference_accelerators());
        }
        if !validation::is_gpu_requirement(value) {
            return Err(errors::invalid(format!(
                "Invalid override of 'resourceRequirements' for container '{name}': '{value}' is neither a number of GPUs nor ALL."
            )));
        }
    }
    Ok(given.map(|list| gpus(list.iter())))
}

/// The spec with one run's overrides in it. Variables merge by name; a command is replaced whole.
pub fn overridden(mut spec: Spec, overrides: &Overrides) -> Spec {
    let size = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
    spec.cpu = size(&overrides.cpu).or(spec.cpu);
    spec.memory_mib = size(&overrides.memory).or(spec.memory_mib);
    for change in &overrides.containers {
        for container in spec.containers.iter_mut().filter(|c| c.name == change.name) {
            container.cpu = change.cpu.unwrap_or(container.cpu);
            container.memory_mib = change.memory_mib.or(container.memory_mib);
            container.memory_reservation_mib = change.memory_reservation_mib.or(container.memory_reservation_mib);
            container.gpus = change.gpus.unwrap_or(container.gpus);
            container.command = change.command.clone().or(container.command.take());
            let variables: BTreeMap<_, _> = change.environment.iter().flatten().cloned().collect();
            container.environment.extend(variables);
        }
    }
    spec
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(requirement: &str) -> Result<u32, String> {
        let document = parse_document(
            r#"{"containerDefinitions":[{"name":"a","resourceRequirements":[{"type":"GPU","value":"1"}]},{"name":"b"}]}"#,
        );
        let spec = spec(&document);
        let given = format!(r#"{{"containerOverrides":[{{"name":"a","resourceRequirements":[{requirement}]}}]}}"#);
        let overrides = overrides(Some(parse_kept(&given)), &spec).map_err(|it| it.to_string())?;
        Ok(overridden(spec, &overrides).reservation(8).gpus)
    }

    #[test]
    fn gpus_of_an_override_are_reserved_in_place_of_the_definitions() {
        assert_eq!(changed(r#"{"type":"GPU","value":"4"}"#), Ok(4));
        assert_eq!(changed(""), Ok(0));
        assert_eq!(changed(r#"{"type":"GPU","value":"ALL"}"#), Ok(8));
        for bad in ["0", "-1", "all", "many"] {
            let said = changed(&format!(r#"{{"type":"GPU","value":"{bad}"}}"#));
            assert!(
                said.is_err_and(|it| it.contains("is neither a number of GPUs nor ALL")),
                "{bad}"
            );
        }
        let gone = changed(r#"{"type":"InferenceAccelerator","value":"d"}"#);
        assert!(gone.is_err_and(|it| it.contains("no longer available")));
    }
}
