//! Hosts as an operator names and sees them: of every pool, those of Fargate too.

use domain::host::Pool;
use domain::instance::Status;
use domain::task::Stage;
use domain::{Host, HostId, Instance, InstanceId};
use model::longshore;
use wire::ApiError;

use crate::cx::Cx;
use crate::ecs::shape::instance_health;

/// A machine that has joined, or an instance that a stock agent or a user has registered.
#[derive(Clone, Copy)]
pub struct Machine<'a> {
    pub host: Option<&'a Host>,
    /// None where its agent has not registered yet.
    pub instance: Option<&'a Instance>,
}

impl Machine<'_> {
    /// What lists are ordered by.
    pub fn id(&self) -> u128 {
        let of_instance = self.instance.map(|it| it.id().bits());
        self.host.map(|it| it.id().bits()).or(of_instance).unwrap_or_default()
    }

    pub fn pool(&self) -> Option<&Pool> {
        self.host
            .map(|it| &it.pool)
            .or_else(|| self.instance.map(Instance::pool))
    }
}

/// Every machine that is not deregistered, in order of id.
pub fn all<'a>(cx: &Cx<'a>) -> Vec<Machine<'a>> {
    let live = |it: &&Instance| it.status() != Status::Inactive;
    let mut all: Vec<Machine<'a>> = cx
        .view
        .instances()
        .filter(live)
        .map(|it| Machine {
            host: it.host.and_then(|id| cx.view.host(id)),
            instance: Some(it),
        })
        .collect();
    let registered: std::collections::BTreeSet<HostId> = all.iter().filter_map(|it| it.host.map(Host::id)).collect();
    let joined = cx
        .view
        .hosts()
        .filter(|it| it.left_at().is_none() && !registered.contains(&it.id()));
    all.extend(joined.map(|it| Machine {
        host: Some(it),
        instance: None,
    }));
    all.sort_by_key(Machine::id);
    all
}

/// The machine of a host id, an instance id, or an instance's ARN.
pub fn find<'a>(cx: &Cx<'a>, given: &str) -> Result<Machine<'a>, ApiError> {
    let id = given.rsplit('/').next().unwrap_or_default();
    let (host, instance) = (HostId::parse(id), InstanceId::parse(id));
    let named = |it: &Machine<'_>| {
        it.host.is_some_and(|it| Some(it.id()) == host) || it.instance.is_some_and(|it| Some(it.id()) == instance)
    };
    all(cx)
        .into_iter()
        .find(named)
        .ok_or_else(|| ApiError::new("InvalidParameterException", format!("There is no host {given}.")))
}

pub fn shown(cx: &Cx<'_>, it: &Machine<'_>) -> longshore::Host {
    let of_instance = it.instance.map(|it| of_instance(cx, it)).unwrap_or_default();
    longshore::Host {
        host_id: it.host.map(|it| it.id().to_string()),
        name: it.host.map(|it| it.name.clone()),
        cluster: match it.pool() {
            Some(Pool::Cluster(name)) => Some(name.to_string()),
            Some(Pool::Fargate) | None => None,
        },
        fargate: Some(it.pool() == Some(&Pool::Fargate)),
        task_network: it.host.map(|it| it.network.to_string()),
        joined_at: it.host.map(|it| it.joined_at),
        ..of_instance
    }
}

fn of_instance(cx: &Cx<'_>, it: &Instance) -> longshore::Host {
    let count = |wanted: fn(Stage) -> bool| cx.view.tasks_on(it.id()).filter(|task| wanted(task.last())).count() as i32;
    longshore::Host {
        container_instance_arn: Some(cx.site.instance_arn(it.pool().name(), it.id())),
        status: Some(
            match it.status() {
                Status::Active => "ACTIVE",
                Status::Draining => "DRAINING",
                Status::Inactive => "INACTIVE",
            }
            .into(),
        ),
        agent_connected: Some(it.is_connected()),
        health_status: instance_health(it).overall_status,
        address: it.attribute(Instance::ADDRESS).and_then(|it| it.value.clone()),
        availability_zone: Some(it.zone().to_owned()),
        registered_cpu: Some(it.registered.cpu as i32),
        remaining_cpu: Some(it.free_cpu() as i32),
        registered_memory: Some(it.registered.memory_mib as i32),
        remaining_memory: Some(it.free_memory_mib() as i32),
        running_tasks_count: Some(count(|stage| stage == Stage::Running)),
        pending_tasks_count: Some(count(|stage| stage < Stage::Running)),
        stopping_tasks_count: Some(count(|stage| stage > Stage::Running)),
        agent_version: it.version_info.agent_version.clone(),
        ..Default::default()
    }
}
