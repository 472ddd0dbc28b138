//! What a call of RunTask may say, one rule a function.

use domain::cluster::StrategyItem;
use domain::spec::{Gpus, NetworkMode, Spec};
use domain::tags::{Tag, Tags};
use domain::task::{Exposure, LaunchType, Overrides, Storage};
use domain::{Cluster, TaskDefinition};
use engine::placement::{Constraint, Strategy};
use model::ecs::{self, AwsVpcConfiguration, RunTaskRequest, RuntimePlatform};
use wire::ApiError;

use crate::cx::Cx;
use crate::ecs::{capacity_providers, errors, placement, tags, validation};

/// Most tasks in one call.
const MAX_COUNT: i32 = 10;
const MAX_STARTED_BY: usize = 128;
/// Begins the groups of services, which nobody else's tasks may be counted in.
const GROUPS_OF_SERVICES: &str = "service:";
const MAX_GROUP: usize = 255;
const MAX_SUBNETS: usize = 16;
const MAX_GROUPS: usize = 5;
/// What FARGATE tasks without a platform version run on.
const LATEST_PLATFORM: &str = "1.4.0";
/// Most CPU units of a task on platforms before that.
const MAX_CPU_BEFORE: u32 = 4096;

pub(super) fn limits(input: &RunTaskRequest) -> Result<(), ApiError> {
    if !(1..=MAX_COUNT).contains(&input.count.unwrap_or(1)) {
        return Err(errors::invalid(format!("count must be between 1 and {MAX_COUNT}.")));
    }
    started_by(input.started_by.as_deref().unwrap_or_default(), MAX_STARTED_BY)?;
    let Some(group) = &input.group else {
        return Ok(());
    };
    if group.is_empty() || group.chars().count() > MAX_GROUP {
        return Err(errors::invalid(format!("group must have 1 to {MAX_GROUP} characters.")));
    }
    match group.starts_with(GROUPS_OF_SERVICES) {
        true => Err(errors::invalid("Invalid namespace for group.")),
        false => Ok(()),
    }
}

/// ECS documents which characters it may have and takes all of them: ecs-deploy writes a space.
pub fn started_by(given: &str, most: usize) -> Result<(), ApiError> {
    match given.chars().count() > most {
        true => Err(errors::invalid(format!("startedBy longer than {most}."))),
        false => Ok(()),
    }
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

/// Containers whose memory was overridden must still be able to start, and fit in their task.
pub(super) fn overridden_memory(spec: &Spec, overrides: &Overrides) -> Result<(), ApiError> {
    let has_own = |name: &str| {
        let mut of_containers = overrides.containers.iter().filter(|it| it.name == name);
        of_containers.any(|it| it.memory_mib.is_some() || it.memory_reservation_mib.is_some())
    };
    let changed = |name: &str| overrides.memory.is_some() || has_own(name);
    for it in spec.containers.iter().filter(|it| changed(&it.name)) {
        let (hard, soft) = (it.memory_mib, it.memory_reservation_mib);
        validation::container_memory(&it.name, hard.map(i64::from), soft.map(i64::from))?;
        if spec.memory_mib.is_some_and(|task| hard.or(soft) > Some(task)) {
            return Err(validation::more_memory_than_task());
        }
    }
    Ok(())
}

/// A definition with GPUs is not for Fargate; an override may have brought them.
pub(super) fn fargate_gpus(launch_type: LaunchType, spec: &Spec) -> Result<(), ApiError> {
    match spec.containers.iter().find(|it| it.gpus != Gpus::default()) {
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
        (NetworkMode::Awsvpc, Some(it)) => of_vpc(it),
        (NetworkMode::Bridge | NetworkMode::Host | NetworkMode::None, Some(_)) => Err(errors::invalid(
            "Network Configuration is not valid for the given networkMode of this task definition.",
        )),
        (NetworkMode::Bridge | NetworkMode::Host | NetworkMode::None, None) => Ok(Vec::new()),
    }
}

fn of_vpc(it: &AwsVpcConfiguration) -> Result<Vec<String>, ApiError> {
    let subnets = it.subnets.as_deref().unwrap_or_default();
    let groups = it.security_groups.as_deref().unwrap_or_default();
    let unknown = |ids: &[String], prefix: &str| ids.iter().find(|id| !id.starts_with(prefix)).cloned();
    if subnets.is_empty() {
        return Err(errors::invalid("subnets can not be empty."));
    }
    if subnets.len() > MAX_SUBNETS {
        return Err(errors::invalid(format!(
            "subnets can have at most {MAX_SUBNETS} items."
        )));
    }
    if groups.len() > MAX_GROUPS {
        return Err(errors::invalid(format!(
            "securityGroups can have at most {MAX_GROUPS} items."
        )));
    }
    if let Some(id) = unknown(subnets, "subnet-") {
        return Err(errors::invalid(format!(
            "Error retrieving subnet information for [{id}]: The subnet ID '{id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)"
        )));
    }
    match unknown(groups, "sg-") {
        Some(id) => Err(errors::invalid(format!(
            "Error retrieving security group information for [{id}]: The security group '{id}' does not exist (ErrorCode: InvalidGroup.NotFound)"
        ))),
        None => Ok(subnets.to_vec()),
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

/// The platform that FARGATE tasks run on, if it can do what they need.
pub(super) fn platform_version(
    input: &RunTaskRequest,
    launch_type: LaunchType,
    needs: &Needs<'_>,
) -> Result<Option<String>, ApiError> {
    match (launch_type, input.platform_version.as_deref()) {
        (LaunchType::Ec2, None) => Ok(None),
        (LaunchType::Ec2, Some(_)) => Err(errors::invalid(
            "The platform version must be null when specifying an EC2 launch type.",
        )),
        (LaunchType::Fargate, None | Some("LATEST" | LATEST_PLATFORM)) => Ok(Some(LATEST_PLATFORM.into())),
        (LaunchType::Fargate, Some("1.3.0")) if needs.latest_platform() => Err(ApiError::new(
            "PlatformTaskDefinitionIncompatibilityException",
            "One or more of the requested capabilities are not supported.",
        )),
        (LaunchType::Fargate, Some(known @ "1.3.0")) => Ok(Some(known.into())),
        (LaunchType::Fargate, Some(_)) => Err(ApiError::new(
            "PlatformUnknownException",
            "The specified platform does not exist.",
        )),
    }
}

/// What of a FARGATE task came with a platform version.
pub(super) struct Needs<'a> {
    pub cpu: Option<u32>,
    pub storage: &'a Storage,
    pub runtime: Option<&'a RuntimePlatform>,
}

impl Needs<'_> {
    fn latest_platform(&self) -> bool {
        let architecture = self.runtime.and_then(|it| it.cpu_architecture.as_deref());
        self.cpu.is_some_and(|units| units > MAX_CPU_BEFORE)
            || self.storage.ephemeral_gib.is_some()
            || !self.storage.volumes.is_empty()
            || architecture == Some("ARM64")
    }
}

/// The strategy that is given, or the cluster's where no launch type is.
pub(super) fn strategy(cx: &Cx<'_>, cluster: &Cluster, input: &RunTaskRequest) -> Result<Vec<StrategyItem>, ApiError> {
    let given = input.capacity_provider_strategy.clone().unwrap_or_default();
    match (given.is_empty(), input.launch_type.is_some()) {
        (false, true) => Err(errors::invalid(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
        )),
        (false, false) => capacity_providers::strategy(cx, given, &cluster.capacity_providers),
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
    tags::limit(&all)?;
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
