//! RunTask places tasks and answers at once. Hosts hear of them by the commit.

mod checks;
mod interface;
mod volumes;

use std::sync::Arc;

use domain::decision::{self, Verdict};
use domain::host::Pool;
use domain::spec::Spec;
use domain::tags::Tags;
use domain::task::{Attachment, Container, Exposure, Launch, LaunchType, Made, Origin, Overrides, Storage};
use domain::task_definition::Status;
use domain::{Cluster, Decision, Instance, Key, RunToken, Task, TaskDefinition, TaskId};
use engine::placement::{self, Constraint, Demand, Plan, Strategy};
use model::ecs::{self, Failure, RunTaskRequest, RunTaskResponse};
use wire::{ApiError, json};

use super::{capacity_providers, errors, inert, resolve, shape};
use crate::call::Reply;
use crate::cx::Cx;
use crate::ec2::place;
use crate::secrets;

pub(super) use checks::started_by;
use checks::{Needs, all_tags, exposure, fargate_size, launch_type, limits, platform_version, strategy, subnets};

const MAX_CLIENT_TOKEN: usize = 64;
const MAX_OVERRIDES: usize = 8192;

pub fn run_task(cx: &Cx<'_>, input: RunTaskRequest) -> Result<Reply<RunTaskResponse>, ApiError> {
    let cluster = resolve::active_cluster(cx, input.cluster.as_deref())?;
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
    let mut hosts = Hosts::default();
    let mut tasks = Vec::<Task>::new();
    for host in plan.placed.iter().filter_map(|id| cx.view.instance(*id)) {
        tasks.push(run.task(&tasks, hosts.of_next(host)));
    }
    let output = RunTaskResponse {
        tasks: Some(tasks.iter().map(|it| shape::task(cx, it, true)).collect()),
        failures: Some(run.failures(&plan)),
    };

    let mut reply = run.rests_on(Reply::new(output)).put_all(hosts.into_records());
    // A call that did nothing may be made again under its token, when there is room.
    if let Some(mut token) = token.filter(|_| !tasks.is_empty()) {
        token.tasks = tasks.iter().map(Task::id).collect();
        reply = reply.put(token);
    }
    if tasks.len() < run.count {
        reply = run.noted(reply, &plan);
    }
    Ok(reply.put_all(tasks))
}

enum Earlier {
    Answered(Reply<RunTaskResponse>),
    New(RunToken),
}

/// What a client token has led to before.
fn earlier(cx: &Cx<'_>, cluster: &Cluster, token: &str, input: &RunTaskRequest) -> Result<Earlier, ApiError> {
    let printable = token.bytes().all(|b| b.is_ascii_graphic());
    if token.is_empty() || token.len() > MAX_CLIENT_TOKEN || !printable {
        return Err(errors::invalid(format!(
            "clientToken must have 1 to {MAX_CLIENT_TOKEN} printable ASCII characters without spaces."
        )));
    }
    let digest = secrets::digest(&json::to_string(input));
    let name = cluster.name();
    let holds = |it: &&RunToken| !it.is_expired(cx.now) && cluster.owns(it.created);
    let Some(known) = cx.view.run_token(name, token).filter(holds) else {
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
#[derive(Default)]
pub(super) struct Hosts(Vec<Instance>);

impl Hosts {
    /// `known` as the tasks so far leave it.
    pub(super) fn left<'h>(&'h self, known: &'h Instance) -> &'h Instance {
        self.0.iter().find(|it| it.id() == known.id()).unwrap_or(known)
    }

    /// The same, to be given one task more.
    pub(super) fn of_next(&mut self, known: &Instance) -> &mut Instance {
        let at = self.0.iter().position(|it| it.id() == known.id());
        let at = at.unwrap_or_else(|| {
            self.0.push(known.clone());
            self.0.len() - 1
        });
        &mut self.0[at]
    }

    pub(super) fn into_records(self) -> Vec<Instance> {
        self.0
    }
}

/// A call that may be placed.
pub(super) struct Run<'a> {
    cx: &'a Cx<'a>,
    cluster: &'a Cluster,
    definition: &'a TaskDefinition,
    spec: Spec,
    runtime: Option<ecs::RuntimePlatform>,
    overrides: Overrides,
    storage: Storage,
    launch_type: LaunchType,
    /// Of each task, in order; empty where a launch type was chosen.
    providers: Vec<String>,
    count: usize,
    group: Arc<str>,
    started_by: Option<Arc<str>>,
    constraints: Vec<Constraint>,
    placement_strategy: Vec<Strategy>,
    /// Empty for tasks without an address of their own.
    subnets: Vec<String>,
    exposure: Exposure,
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
        let volumes = volumes::volumes(&input, definition, &document)?;
        inert::refuse(&document, &input)?;
        limits(&input)?;

        let spec = shape::spec(&document);
        let strategy = strategy(cx, cluster, &input)?;
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
        checks::overridden_memory(&spec, &overrides)?;
        fargate_size(launch_type, &spec)?;
        checks::fargate_gpus(launch_type, &spec)?;
        let storage = Storage {
            ephemeral_gib: checks::ephemeral_gib(&overrides, launch_type, &document)?,
            volumes,
        };
        let (constraints, placement_strategy) = checks::placement(&input, &document, launch_type)?;
        let family = definition.id().family.clone();
        let needs = Needs {
            cpu: spec.cpu,
            storage: &storage,
            runtime: document.runtime_platform.as_ref(),
        };
        let platform_version = platform_version(&input, launch_type, &needs)?;
        Ok(Self {
            cx,
            cluster,
            definition,
            runtime: document.runtime_platform,
            overrides,
            storage,
            launch_type,
            constraints,
            placement_strategy,
            providers: capacity_providers::assign(&strategy, count),
            count,
            group: input
                .group
                .clone()
                .map_or_else(|| format!("family:{family}").into(), Into::into),
            started_by: input.started_by.as_deref().map(Into::into),
            subnets: subnets(&input, spec.network_mode)?,
            exposure: exposure(&input, launch_type)?,
            platform_version,
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
        let pool = if fargate {
            Pool::Fargate
        } else {
            Pool::Cluster(self.cluster.name().clone())
        };
        Demand {
            zones: self.zones(&pool),
            pool,
            cluster: self.cluster.name().clone(),
            group: self.group.clone(),
            reservation: self.spec.reservation(1),
            all_gpus: self.spec.wanting_all_gpus(),
            attributes: required.chain(platform).collect(),
            constraints: self.constraints.clone(),
            strategy: self.placement_strategy.clone(),
            seed: self.cx.ids.lot(),
        }
    }

    /// Where the subnets are. One that EC2 does not show is taken to be everywhere, and so is one whose zone has no host at all: every
    /// region shows three, and clients take any.
    fn zones(&self, pool: &Pool) -> Vec<String> {
        if self.subnets.is_empty() {
            return Vec::new();
        }
        let zones = place::zones(self.cx);
        let hosted = place::hosted_zones(self.cx, pool);
        let zone_of = |subnet: &String| {
            zones
                .iter()
                .find(|zone| place::subnet_id(self.cx.site, zone) == *subnet)
                .cloned()
        };
        self.subnets
            .iter()
            .map(zone_of)
            .collect::<Option<Vec<_>>>()
            .unwrap_or_default()
            .into_iter()
            .filter(|zone| hosted.contains(zone))
            .collect()
    }

    /// The task that follows these `earlier` ones of the call, with room for it taken on its host.
    pub(super) fn task(&self, earlier: &[Task], host: &mut Instance) -> Task {
        let cx = self.cx;
        let zone = Some(host.zone().to_owned()).filter(|it| !it.is_empty());
        let launch = Launch {
            cluster: self.cluster.name().clone(),
            definition: self.definition.id().clone(),
            launch_type: self.launch_type,
            capacity_provider: self.providers.get(earlier.len()).cloned(),
            zone: zone.unwrap_or_else(|| cx.site.default_zone()).into(),
            group: self.group.clone(),
            started_by: self.started_by.clone(),
            cpu: self.spec.cpu,
            memory_mib: self.spec.memory_mib,
            reservation: self.spec.reservation(host.gpus()),
            platform_version: self.platform_version.clone(),
            overrides: self.overrides.clone(),
            storage: self.storage.clone(),
            tags: self.tags.clone(),
        };
        let mut gpus = host.reserve(&launch.reservation).into_iter();
        let present = host.gpus();
        let origin = Origin::new(launch, host.id(), cx.now);
        let id = TaskId::new(cx.ids.next());
        let containers = self.spec.containers.iter().map(|it| {
            let made = Made {
                name: it.name.clone(),
                image: it.image.clone(),
                cpu: it.cpu,
                memory_mib: it.memory_mib,
                memory_reservation_mib: it.memory_reservation_mib,
                essential: it.essential,
            };
            Container::new(cx.ids.next(), made).with_gpus(gpus.by_ref().take(it.gpus.of(present) as usize).collect())
        });
        let containers = containers.collect();
        let of_zone = place::subnet_id(cx.site, &origin.zone);
        let subnet = self.subnets.iter().find(|it| **it == of_zone).or(self.subnets.first());
        let attachment = subnet.map(|subnet| Attachment::new(cx.ids.next(), subnet, self.exposure));
        let attachment = attachment.map(|it| interface::on_host(cx, it, host, earlier));
        Task::new(id, origin, containers, attachment)
    }

    /// Keeps why the plan fell short, for whoever asks later. Only so many of a cluster are kept.
    fn noted<T>(&self, reply: Reply<T>, plan: &Plan) -> Reply<T> {
        let cx = self.cx;
        let name = self.cluster.name();
        let verdicts = plan
            .refused
            .iter()
            .take(decision::MAX_VERDICTS)
            .map(|(host, why)| Verdict {
                instance: *host,
                reason: why.code().into(),
                detail: why.to_string(),
            });
        let note = Decision {
            cluster: name.clone(),
            id: Decision::id_at(cx.now, u128::from(cx.ids.lot())),
            at: cx.now,
            definition: self.definition.id().clone(),
            group: self.group.clone(),
            wanted: self.count as u32,
            placed: plan.placed.len() as u32,
            verdicts: verdicts.collect(),
            more: plan.refused.len().saturating_sub(decision::MAX_VERDICTS) as u32,
        };
        let kept = cx.view.decisions(name).rev().skip(decision::MAX_PER_CLUSTER - 1);
        let old: Vec<Key> = kept.map(|it| Key::Decision(name.clone(), it.id)).collect();
        reply.delete_all(old).put(note)
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
                let why = if reasons.is_empty() {
                    "No host has joined the Fargate pool. Add one with: longshore agent --fargate".to_owned()
                } else {
                    let room = self.spec.reservation(1);
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
                    // Clients know by AWS's words that another try may do.
                    detail: Some(format!("{}. {why}", errors::NO_CAPACITY)),
                }]
            }
        }
    }
}

#[cfg(test)]
mod gpus;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod tests;
