//! What a call of RunTask may say, one rule a function.

use domain::cluster::StrategyItem;
use domain::spec::{NetworkMode, Spec};
use domain::tags::{Tag, Tags};
use domain::task::{Exposure, LaunchType, Overrides};
use domain::{Cluster, TaskDefinition};
use engine::placement::{Constraint, Strategy};
use model::ecs::{self, RunTaskRequest};
use wire::ApiError;

use crate::ecs::{capacity_providers, errors, placement, tags, validation};

/// Most tasks in one call.
const MAX_COUNT: i32 = 10;
const MAX_STARTED_BY: usize = 128;
const MAX_GROUP: usize = 255;
const MAX_SUBNETS: usize = 16;
const MAX_GROUPS: usize = 5;
/// What FARGATE tasks without a platform version run on.
const LATEST_PLATFORM: &str = "1.4.0";

pub(super) fn limits(input: &RunTaskRequest) -> Result<(), ApiError> {
    if !(1..=MAX_COUNT).contains(&input.count.unwrap_or(1)) {
        return Err(errors::invalid(format!("count must be between 1 and {MAX_COUNT}.")));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "_/-".contains(c);
    if input
        .started_by
        .as_ref()
        .is_some_and(|it| it.chars().count() > MAX_STARTED_BY || !it.chars().all(allowed))
    {
        return Err(errors::invalid(format!(
            "startedBy must be at most {MAX_STARTED_BY} letters, digits, hyphens, slashes and underscores."
        )));
    }
    if input
        .group
        .as_ref()
        .is_some_and(|it| it.is_empty() || it.chars().count() > MAX_GROUP)
    {
        return Err(errors::invalid(format!("group must have 1 to {MAX_GROUP} characters.")));
    }
    Ok(())
}

/// As given; else as the definition forces; else EC2.
pub(super) fn launch_type(
    input: &RunTaskRequest,
    strategy: &[StrategyItem],
    spec: &Spec,
    document: &ecs::TaskDefinition,
) -> Result<LaunchType, ApiError> {
    let name = match input.launch_type.as_deref() {
        Some(given) => given,
        None if spec.requires_fargate || !strategy.is_empty() => "FARGATE",
        None => "EC2",
    };
    let required = document
        .requires_compatibilities
        .as_ref()
        .or(document.compatibilities.as_ref());
    if required.is_none_or(|list| !list.iter().any(|it| it == name)) {
        return Err(errors::invalid(format!(
            "Task definition does not support launch_type {name}."
        )));
    }
    match name {
        "FARGATE" => Ok(LaunchType::Fargate),
        "EC2" => Ok(LaunchType::Ec2),
        other => Err(errors::unsupported(format!(
            "launchType {other} is not supported by Longshore yet. Use EC2 or FARGATE."
        ))),
    }
}

/// As the override or else the definition gives it. An override is for hosts that Longshore manages.
pub(super) fn ephemeral_gib(
    overrides: &Overrides,
    launch_type: LaunchType,
    document: &ecs::TaskDefinition,
) -> Result<Option<u32>, ApiError> {
    if overrides.ephemeral_storage_gib.is_some() && launch_type == LaunchType::Ec2 {
        return Err(errors::invalid(
            "Overriding ephemeralStorage is only supported with the FARGATE launch type.",
        ));
    }
    let registered = || document.ephemeral_storage.as_ref().map(validation::ephemeral_gib);
    match overrides.ephemeral_storage_gib {
        Some(gib) => Ok(Some(gib)),
        None => registered().transpose(),
    }
}

/// Overrides may have led out of Fargate's table.
pub(super) fn fargate_size(launch_type: LaunchType, spec: &Spec) -> Result<(), ApiError> {
    let (cpu, memory) = (spec.cpu.unwrap_or_default(), spec.memory_mib.unwrap_or_default());
    if launch_type == LaunchType::Ec2 || validation::is_fargate_size(cpu, memory) {
        return Ok(());
    }
    Err(errors::client(format!(
        "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid values."
    )))
}

/// A definition with GPUs is not for Fargate; an override may have brought them.
pub(super) fn fargate_gpus(launch_type: LaunchType, spec: &Spec) -> Result<(), ApiError> {
    match spec.containers.iter().find(|it| it.gpus > 0) {
        Some(it) if launch_type == LaunchType::Fargate => Err(errors::client(format!(
            "Invalid override of 'resourceRequirements' for container '{}': Fargate does not support it.",
            it.name
        ))),
        _ => Ok(()),
    }
}

/// The subnets for a task with an address of its own; none for the others.
pub(super) fn subnets(input: &RunTaskRequest, mode: NetworkMode) -> Result<Vec<String>, ApiError> {
    let given = input
        .network_configuration
        .as_ref()
        .and_then(|it| it.awsvpc_configuration.as_ref());
    match (mode, given) {
        (NetworkMode::Awsvpc, None) => Err(errors::invalid(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        )),
        (NetworkMode::Awsvpc, Some(it)) => {
            let groups = it.security_groups.as_ref().map_or(0, Vec::len);
            match it.subnets.clone().unwrap_or_default() {
                none if none.is_empty() => Err(errors::invalid("subnets can not be empty.")),
                many if many.len() > MAX_SUBNETS => Err(errors::invalid(format!(
                    "subnets can have at most {MAX_SUBNETS} items."
                ))),
                _ if groups > MAX_GROUPS => Err(errors::invalid(format!(
                    "securityGroups can have at most {MAX_GROUPS} items."
                ))),
                subnets => Ok(subnets),
            }
        }
        (NetworkMode::Bridge | NetworkMode::Host | NetworkMode::None, Some(_)) => Err(errors::invalid(
            "Network Configuration is not valid for the given networkMode of this task definition.",
        )),
        (NetworkMode::Bridge | NetworkMode::Host | NetworkMode::None, None) => Ok(Vec::new()),
    }
}

/// Hosts that users own give their tasks no public addresses.
pub(super) fn exposure(input: &RunTaskRequest, launch_type: LaunchType) -> Result<Exposure, ApiError> {
    let given = input
        .network_configuration
        .as_ref()
        .and_then(|it| it.awsvpc_configuration.as_ref())
        .and_then(|it| it.assign_public_ip.as_deref());
    match (given, launch_type) {
        (Some("ENABLED"), LaunchType::Fargate) => Ok(Exposure::Public),
        (Some("ENABLED"), LaunchType::Ec2) => Err(errors::invalid(
            "Assign public IP is not supported for this launch type.",
        )),
        _ => Ok(Exposure::Private),
    }
}

pub(super) fn platform_version(input: &RunTaskRequest, launch_type: LaunchType) -> Result<Option<String>, ApiError> {
    match (launch_type, input.platform_version.as_deref()) {
        (LaunchType::Ec2, None) => Ok(None),
        (LaunchType::Ec2, Some(_)) => Err(errors::invalid(
            "The platform version must be null when specifying an EC2 launch type.",
        )),
        (LaunchType::Fargate, None | Some("LATEST")) => Ok(Some(LATEST_PLATFORM.into())),
        (LaunchType::Fargate, Some(known @ ("1.3.0" | "1.4.0"))) => Ok(Some(known.into())),
        (LaunchType::Fargate, Some(_)) => Err(ApiError::new(
            "PlatformUnknownException",
            "The specified platform does not exist.",
        )),
    }
}

/// The strategy that is given, or the cluster's where no launch type is.
pub(super) fn strategy(cluster: &Cluster, input: &RunTaskRequest) -> Result<Vec<StrategyItem>, ApiError> {
    let given = input.capacity_provider_strategy.clone().unwrap_or_default();
    match (given.is_empty(), input.launch_type.is_some()) {
        (false, true) => Err(errors::invalid(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        )),
        (false, false) => capacity_providers::strategy(given, &cluster.capacity_providers),
        (true, true) => Ok(Vec::new()),
        (true, false) => Ok(cluster.default_strategy.clone()),
    }
}

/// The call's own tags, those of the definition where they are to be propagated, and AWS's managed ones.
pub(super) fn all_tags(
    cluster: &Cluster,
    definition: &TaskDefinition,
    input: &RunTaskRequest,
) -> Result<Tags, ApiError> {
    let mut all = tags::parse(input.tags.clone())?;
    match input.propagate_tags.as_deref() {
        Some("TASK_DEFINITION") => tags::inherit(&mut all, &definition.tags),
        Some("SERVICE") => {
            return Err(errors::invalid(
                "Tags can only be propagated from a service when the task is part of one.",
            ));
        }
        _ => {}
    }
    if input.enable_ecs_managed_tags == Some(true) {
        all.push(Tag {
            key: "aws:ecs:clusterName".into(),
            value: cluster.name().to_string(),
        });
    }
    Ok(all)
}

/// The constraints of call and definition together, and the call's strategy.
pub(super) fn placement(
    input: &RunTaskRequest,
    document: &ecs::TaskDefinition,
    launch_type: LaunchType,
) -> Result<(Vec<Constraint>, Vec<Strategy>), ApiError> {
    let given = input.placement_constraints.as_deref().unwrap_or_default();
    let strategy = input.placement_strategy.as_deref().unwrap_or_default();
    if launch_type == LaunchType::Fargate {
        let named = match (given.is_empty(), strategy.is_empty()) {
            (true, true) => return Ok((Vec::new(), Vec::new())),
            (false, _) => "constraints",
            (true, false) => "strategies",
        };
        return Err(errors::invalid(format!(
            "Placement {named} are not supported with FARGATE launch type."
        )));
    }
    let of_definition = document.placement_constraints.iter().flatten();
    let both = of_definition
        .map(|it| (it.r#type.as_deref(), it.expression.as_deref()))
        .chain(given.iter().map(|it| (it.r#type.as_deref(), it.expression.as_deref())));
    Ok((placement::constraints(both)?, placement::strategy(strategy)?))
}
