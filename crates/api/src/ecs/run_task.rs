//! RunTask places tasks and answers at once. Hosts hear of them by the commit.

use std::sync::Arc;

use domain::cluster::StrategyItem;
use domain::host::Pool;
use domain::spec::{NetworkMode, Spec};
use domain::tags::{Tag, Tags};
use domain::task::{Attachment, Container, LaunchType, Origin, Overrides};
use domain::task_definition::Status;
use domain::{Cluster, InstanceId, Key, RunToken, Task, TaskDefinition, TaskId};
use engine::placement::{self, Demand, Plan};
use model::ecs::{self, Failure, RunTaskRequest, RunTaskResponse};
use wire::{ApiError, json};

use super::{capacity_providers, errors, inert, resolve, shape, tags, validation};
use crate::call::Reply;
use crate::cx::Cx;
use crate::secrets;

/// Most tasks in one call.
const MAX_COUNT: i32 = 10;
const MAX_STARTED_BY: usize = 128;
const MAX_CLIENT_TOKEN: usize = 64;
const MAX_GROUP: usize = 255;
const MAX_OVERRIDES: usize = 8192;
/// What FARGATE tasks without a platform version run on.
const LATEST_PLATFORM: &str = "1.4.0";

pub fn run_task(cx: &Cx<'_>, input: RunTaskRequest) -> Result<Reply<RunTaskResponse>, ApiError> {
    let cluster = resolve::cluster(cx, input.cluster.as_deref())?;
    let token = match &input.client_token {
        Some(token) => match earlier(cx, cluster, token, &input)? {
            Earlier::Answered(reply) => return Ok(reply),
            Earlier::New(token) => Some(token),
        },
        None => None,
    };

    let run = Run::resolve(cx, cluster, input)?;
    let plan = placement::place(cx.view, &run.demand(), run.count);
    if plan.placed.is_empty() && plan.refused.is_empty() && run.launch_type == LaunchType::Ec2 {
        return Err(errors::invalid("No Container Instances were found in your cluster."));
    }
    let placed = plan.placed.iter().enumerate();
    let tasks: Vec<Task> = placed.map(|(nth, host)| run.task(nth, *host)).collect();
    let output = RunTaskResponse {
        tasks: Some(tasks.iter().map(|it| shape::task(cx, it, true)).collect()),
        failures: Some(run.failures(&plan)),
    };

    let mut reply = run.rests_on(Reply::new(output)).put_all(reserved(cx, &tasks));
    if let Some(mut token) = token {
        token.tasks = tasks.iter().map(Task::id).collect();
        reply = reply.put(token);
    }
    Ok(reply.put_all(tasks))
}

enum Earlier {
    Answered(Reply<RunTaskResponse>),
    New(RunToken),
}

/// What a client token has led to before.
fn earlier(cx: &Cx<'_>, cluster: &Cluster, token: &str, input: &RunTaskRequest) -> Result<Earlier, ApiError> {
    if token.is_empty() || token.len() > MAX_CLIENT_TOKEN {
        return Err(errors::invalid(format!(
            "clientToken must have 1 to {MAX_CLIENT_TOKEN} characters."
        )));
    }
    let digest = secrets::digest(&json::to_string(input));
    let name = cluster.name();
    let Some(known) = cx.view.run_token(name, token).filter(|it| !it.is_expired(cx.now)) else {
        let fresh = RunToken {
            cluster: name.clone(),
            token: token.to_owned(),
            input: digest,
            tasks: Vec::new(),
            created: cx.now,
        };
        return Ok(Earlier::New(fresh));
    };
    if known.input != digest {
        return Err(errors::token_reused(
            known.tasks.iter().map(|id| cx.site.task_arn(name, *id)).collect(),
        ));
    }
    let tasks = known
        .tasks
        .iter()
        .filter_map(|id| cx.view.task(*id))
        .map(|it| shape::task(cx, it, true))
        .collect();
    Ok(Earlier::Answered(Reply::new(RunTaskResponse {
        tasks: Some(tasks),
        failures: Some(Vec::new()),
    })))
}

/// The hosts of new tasks, with the room for them taken.
pub(super) fn reserved(cx: &Cx<'_>, tasks: &[Task]) -> Vec<domain::Instance> {
    let mut hosts: Vec<domain::Instance> = Vec::new();
    for task in tasks {
        let host = match hosts.iter_mut().position(|it| it.id() == task.instance()) {
            Some(at) => &mut hosts[at],
            None => {
                hosts.extend(cx.view.instance(task.instance()).cloned());
                let Some(host) = hosts.last_mut() else { continue };
                host
            }
        };
        host.reserve(&task.origin().reservation);
    }
    hosts
}

/// A call that may be placed.
pub(super) struct Run<'a> {
    cx: &'a Cx<'a>,
    cluster: &'a Cluster,
    definition: &'a TaskDefinition,
    spec: Spec,
    runtime: Option<ecs::RuntimePlatform>,
    overrides: Overrides,
    launch_type: LaunchType,
    /// Of each task, in order; empty where a launch type was chosen.
    providers: Vec<String>,
    count: usize,
    group: Arc<str>,
    started_by: Option<Arc<str>>,
    subnet: Option<String>,
    platform_version: Option<String>,
    tags: Tags,
}

impl<'a> Run<'a> {
    pub(super) fn resolve(cx: &'a Cx<'a>, cluster: &'a Cluster, input: RunTaskRequest) -> Result<Self, ApiError> {
        let named = input.task_definition.clone().unwrap_or_default();
        let definition = resolve::get_definition(cx, &resolve::definition_name(cx, &named)?)?
            .ok_or_else(errors::definition_not_found)?;
        if definition.status() != Status::Active {
            return Err(errors::definition_inactive());
        }
        let document = shape::parse_document(definition.document());
        inert::refuse(&document, &input)?;
        limits(&input)?;

        let spec = shape::spec(&document);
        let strategy = strategy(cluster, &input)?;
        let launch_type = launch_type(&input, &strategy, &spec, &document)?;
        let count = input.count.unwrap_or(1) as usize;
        if input
            .overrides
            .as_ref()
            .is_some_and(|it| json::write(it).len() > MAX_OVERRIDES)
        {
            return Err(errors::invalid(format!(
                "Container Overrides length must be at most {MAX_OVERRIDES}"
            )));
        }
        let overrides = shape::overrides(input.overrides.clone(), &spec)?;
        let spec = shape::overridden(spec, &overrides);
        fargate_size(launch_type, &spec)?;
        let family = definition.id().family.clone();
        Ok(Self {
            cx,
            cluster,
            definition,
            runtime: document.runtime_platform,
            overrides,
            launch_type,
            providers: capacity_providers::assign(&strategy, count),
            count,
            group: input
                .group
                .clone()
                .map_or_else(|| format!("family:{family}").into(), Into::into),
            started_by: input.started_by.as_deref().map(Into::into),
            subnet: subnet(&input, spec.network_mode)?,
            platform_version: platform_version(&input, launch_type)?,
            tags: all_tags(cluster, definition, &input)?,
            spec,
        })
    }

    /// Neither the cluster nor the definition may go meanwhile.
    pub(super) fn rests_on<T>(&self, reply: Reply<T>) -> Reply<T> {
        reply
            .require(Key::Cluster(self.cluster.name().clone()))
            .require(Key::Definition(self.definition.id().clone()))
    }

    pub(super) fn demand(&self) -> Demand {
        let fargate = self.launch_type == LaunchType::Fargate;
        let required = self
            .spec
            .requires_attributes
            .iter()
            .filter(|_| !fargate)
            .map(|name| (name.clone(), None));
        let platform = self
            .runtime
            .as_ref()
            .and_then(|it| it.cpu_architecture.as_deref())
            .map(|it| {
                let value = if it == "ARM64" { "arm64" } else { "x86_64" };
                ("ecs.cpu-architecture".to_owned(), Some(value.to_owned()))
            });
        Demand {
            pool: if fargate {
                Pool::Fargate
            } else {
                Pool::Cluster(self.cluster.name().clone())
            },
            cluster: self.cluster.name().clone(),
            group: self.group.to_string(),
            reservation: self.spec.reservation(),
            attributes: required.chain(platform).collect(),
        }
    }

    /// The task that is the `nth` of the call.
    pub(super) fn task(&self, nth: usize, host: InstanceId) -> Task {
        let cx = self.cx;
        let zone = cx
            .view
            .instance(host)
            .and_then(|it| it.attribute("ecs.availability-zone"))
            .and_then(|it| it.value.clone());
        let origin = Origin {
            cluster: self.cluster.name().clone(),
            definition: self.definition.id().clone(),
            launch_type: self.launch_type,
            capacity_provider: self.providers.get(nth).cloned(),
            instance: host,
            zone: zone.unwrap_or_else(|| cx.site.default_zone()),
            group: self.group.clone(),
            started_by: self.started_by.clone(),
            cpu: self.spec.cpu,
            memory_mib: self.spec.memory_mib,
            reservation: self.spec.reservation(),
            platform_version: self.platform_version.clone(),
            overrides: self.overrides.clone(),
            tags: self.tags.clone(),
            created: cx.now,
        };
        let id = TaskId::new(cx.ids.next());
        let containers = self.spec.containers.iter().map(|it| {
            let mut container = Container::new(cx.ids.next(), it.name.clone(), it.image.clone(), it.essential);
            container.cpu = it.cpu;
            container.memory_mib = it.memory_mib;
            container.memory_reservation_mib = it.memory_reservation_mib;
            container
        });
        let containers = containers.collect();
        let attachment = self.subnet.clone().map(|subnet| Attachment::new(cx.ids.next(), subnet));
        Task::new(id, origin, containers, attachment)
    }

    /// One failure for each host and its reason; for the Fargate pool, whose hosts nobody sees, one for all.
    fn failures(&self, plan: &Plan) -> Vec<Failure> {
        let (cx, missing) = (self.cx, self.count - plan.placed.len());
        match self.launch_type {
            LaunchType::Ec2 => plan
                .refused
                .iter()
                .map(|(host, why)| Failure {
                    arn: Some(cx.site.instance_arn(self.cluster.name().as_str(), *host)),
                    reason: Some(why.code().into()),
                    detail: Some(why.to_string()),
                })
                .collect(),
            LaunchType::Fargate if missing == 0 => Vec::new(),
            LaunchType::Fargate => {
                let reasons: Vec<_> = placement::tally(&plan.refused)
                    .into_iter()
                    .map(|(code, n)| format!("{code} on {n}"))
                    .collect();
                let detail = if reasons.is_empty() {
                    "No host has joined the Fargate pool. Add one with: longshore agent --fargate".to_owned()
                } else {
                    let room = self.spec.reservation();
                    format!(
                        "No host of the Fargate pool has {} CPU units and {} MiB free: {}.",
                        room.cpu,
                        room.memory_mib,
                        reasons.join(", ")
                    )
                };
                vec![Failure {
                    arn: None,
                    reason: Some("RESOURCE:FARGATE".into()),
                    detail: Some(detail),
                }]
            }
        }
    }
}

fn limits(input: &RunTaskRequest) -> Result<(), ApiError> {
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
fn launch_type(
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

/// Overrides may have led out of Fargate's table.
fn fargate_size(launch_type: LaunchType, spec: &Spec) -> Result<(), ApiError> {
    let (cpu, memory) = (spec.cpu.unwrap_or_default(), spec.memory_mib.unwrap_or_default());
    if launch_type == LaunchType::Ec2 || validation::is_fargate_size(cpu, memory) {
        return Ok(());
    }
    Err(errors::client(format!(
        "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid values."
    )))
}

/// The subnet for a task with an address of its own; None for the others.
fn subnet(input: &RunTaskRequest, mode: NetworkMode) -> Result<Option<String>, ApiError> {
    let given = input
        .network_configuration
        .as_ref()
        .and_then(|it| it.awsvpc_configuration.as_ref());
    match (mode, given) {
        (NetworkMode::Awsvpc, None) => Err(errors::invalid(
            "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
        )),
        (NetworkMode::Awsvpc, Some(it)) => match it.subnets.iter().flatten().next() {
            Some(first) => Ok(Some(first.clone())),
            None => Err(errors::invalid("subnets can not be empty.")),
        },
        (NetworkMode::Bridge | NetworkMode::Host | NetworkMode::None, Some(_)) => Err(errors::invalid(
            "Network Configuration is not valid for the given networkMode of this task definition.",
        )),
        (NetworkMode::Bridge | NetworkMode::Host | NetworkMode::None, None) => Ok(None),
    }
}

fn platform_version(input: &RunTaskRequest, launch_type: LaunchType) -> Result<Option<String>, ApiError> {
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
fn strategy(cluster: &Cluster, input: &RunTaskRequest) -> Result<Vec<StrategyItem>, ApiError> {
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
fn all_tags(cluster: &Cluster, definition: &TaskDefinition, input: &RunTaskRequest) -> Result<Tags, ApiError> {
    let mut all = tags::parse(input.tags.clone())?;
    match input.propagate_tags.as_deref() {
        Some("TASK_DEFINITION") => {
            let more: Vec<_> = definition
                .tags
                .iter()
                .filter(|tag| !all.iter().any(|own| own.key == tag.key))
                .cloned()
                .collect();
            all.extend(more);
        }
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

#[cfg(test)]
mod tests;
