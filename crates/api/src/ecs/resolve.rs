//! From what callers write (a name, an id, an ARN) to what they mean.

use domain::host::Pool;
use domain::id::is_name;
use domain::site::Arn;
use domain::task_definition::Status;
use domain::{Cluster, ClusterName, DefinitionId, Instance, InstanceId, Task, TaskDefinition, TaskId};
use wire::ApiError;
use wire::time::Time;

use super::errors;
use crate::cx::{Caller, Cx};

/// Longest id of a task, in the form that it once had.
const MAX_TASK_ID: usize = 36;

/// The name in a bare name or an ARN of this account and region. `default` where nothing is given.
pub fn cluster_name(cx: &Cx<'_>, given: Option<&str>) -> Result<ClusterName, ApiError> {
    let given = given.filter(|it| !it.is_empty()).unwrap_or(ClusterName::DEFAULT);
    let name = match own_arn(cx, given)? {
        Some(arn) => arn
            .path("cluster")
            .ok_or_else(|| errors::invalid("Invalid identifier: not a cluster."))?,
        None => given,
    };
    ClusterName::parse(name).ok_or_else(|| {
        errors::invalid("Invalid identifier: Unexpected characters in cluster name. Use 1 to 255 letters, digits, hyphens and underscores.")
    })
}

/// The cluster that is meant, deleted or not.
pub fn any_cluster<'a>(cx: &Cx<'a>, given: Option<&str>) -> Result<&'a Cluster, ApiError> {
    let name = cluster_name(cx, given)?;
    cx.view.cluster(&name).ok_or_else(errors::cluster_not_found)
}

/// The ACTIVE cluster that is meant, to read from.
pub fn cluster<'a>(cx: &Cx<'a>, given: Option<&str>) -> Result<&'a Cluster, ApiError> {
    let found = any_cluster(cx, given)?;
    found.is_active().then_some(found).ok_or_else(errors::cluster_not_found)
}

/// The ACTIVE cluster that is meant, to change or to run something in.
pub fn active_cluster<'a>(cx: &Cx<'a>, given: Option<&str>) -> Result<&'a Cluster, ApiError> {
    let found = any_cluster(cx, given)?;
    found.is_active().then_some(found).ok_or_else(errors::cluster_inactive)
}

/// The same for calls that change the cluster itself: none is changed because a name was forgotten.
pub fn named_cluster<'a>(cx: &Cx<'a>, given: Option<&str>) -> Result<&'a Cluster, ApiError> {
    match given {
        None | Some("") => Err(errors::invalid("Cluster can not be blank.")),
        Some(_) => active_cluster(cx, given),
    }
}

/// Whether what `name` stood for at that time is the cluster that it stands for now.
fn is_of(cx: &Cx<'_>, name: &ClusterName, created: Time) -> bool {
    cx.view.cluster(name).is_none_or(|it| it.owns(created))
}

/// A task of `cluster` by id or ARN, or None where there is none.
pub fn get_task<'a>(cx: &Cx<'a>, cluster: &ClusterName, given: &str) -> Result<Option<&'a Task>, ApiError> {
    let id = match within_cluster(cx, cluster.as_str(), given, "task")? {
        Some(id) if id.chars().count() > MAX_TASK_ID => {
            return Err(errors::invalid(format!("taskId longer than {MAX_TASK_ID}.")));
        }
        Some(id) => TaskId::parse(id),
        None => None,
    };
    let of_cluster = |it: &&Task| it.cluster() == cluster && is_of(cx, cluster, it.origin().created);
    Ok(id.and_then(|id| cx.view.task(id)).filter(of_cluster))
}

pub fn task<'a>(cx: &Cx<'a>, cluster: &ClusterName, given: &str) -> Result<&'a Task, ApiError> {
    get_task(cx, cluster, given)?.ok_or_else(errors::task_not_found)
}

/// An instance of `cluster` by id or ARN, or None where there is none.
pub fn get_instance<'a>(cx: &Cx<'a>, cluster: &ClusterName, given: &str) -> Result<Option<&'a Instance>, ApiError> {
    let id = match within_cluster(cx, cluster.as_str(), given, "container-instance")? {
        Some(id) => InstanceId::parse(id),
        None => None,
    };
    let of_cluster =
        |it: &&Instance| *it.pool() == Pool::Cluster(cluster.clone()) && is_of(cx, cluster, it.registered_at);
    Ok(id.and_then(|id| cx.view.instance(id)).filter(of_cluster))
}

/// The instance that is meant by an agent's call, by ARN, of whatever pool.
pub fn instance_of_agent<'a>(cx: &Cx<'a>, given: &str) -> Result<&'a Instance, ApiError> {
    let id = given.rsplit('/').next().and_then(InstanceId::parse);
    let instance = id
        .and_then(|id| cx.view.instance(id))
        .ok_or_else(errors::instance_not_found)?;
    may_speak_for(cx, instance)?;
    Ok(instance)
}

/// The task that an agent reports on. A host's key reaches only tasks of its own instance.
pub fn task_of_agent<'a>(cx: &Cx<'a>, given: Option<&str>) -> Result<&'a Task, ApiError> {
    let given = given.unwrap_or_default();
    own_arn(cx, given)?;
    let id = given.rsplit('/').next().and_then(TaskId::parse);
    let task = id.and_then(|id| cx.view.task(id)).ok_or_else(errors::task_not_found)?;
    match cx.view.instance(task.instance()) {
        Some(instance) => may_speak_for(cx, instance)?,
        None => return Err(errors::task_not_found()),
    }
    Ok(task)
}

/// An agent never learns of, and never speaks for, another instance.
pub fn may_speak_for(cx: &Cx<'_>, instance: &Instance) -> Result<(), ApiError> {
    match cx.caller {
        Caller::Root => Ok(()),
        Caller::Host { id, .. } if instance.host == Some(*id) => Ok(()),
        Caller::Host { .. } | Caller::Anonymous => {
            Err(errors::access_denied("This key belongs to another container instance."))
        }
    }
}

/// How a task definition is named: `family`, `family:revision`, or an ARN of either.
pub struct DefinitionName<'a> {
    pub family: &'a str,
    pub revision: Option<&'a str>,
}

pub fn definition_name<'a>(cx: &Cx<'_>, given: &'a str) -> Result<DefinitionName<'a>, ApiError> {
    let text = match own_arn(cx, given)? {
        Some(arn) => arn.path("task-definition").ok_or_else(errors::definition_not_found)?,
        None => given,
    };
    let (family, revision) = match text.split_once(':') {
        Some((family, revision)) => (family, Some(revision)),
        None => (text, None),
    };
    Ok(DefinitionName { family, revision })
}

/// The revision that is meant, or the family's latest ACTIVE one where none is named. None where there is none.
pub fn get_definition<'a>(cx: &Cx<'a>, name: &DefinitionName<'_>) -> Result<Option<&'a TaskDefinition>, ApiError> {
    if !is_name(name.family) {
        return Ok(None);
    }
    let id = match name.revision {
        None => cx.view.revisions(name.family, Status::Active).next_back().cloned(),
        Some(text) => {
            let revision = text.parse::<u32>().ok().filter(|n| *n > 0);
            let revision =
                revision.ok_or_else(|| errors::client(format!("Invalid revision number. Number: {text}")))?;
            Some(DefinitionId {
                family: name.family.into(),
                revision,
            })
        }
    };
    Ok(id.and_then(|id| cx.view.definition(&id)))
}

/// The id in a bare id or an ARN such as `task/<cluster>/<id>`, or the old form without cluster. None where it is no id at all.
fn within_cluster<'a>(cx: &Cx<'_>, cluster: &str, given: &'a str, kind: &str) -> Result<Option<&'a str>, ApiError> {
    let Some(arn) = own_arn(cx, given)? else {
        return Ok(Some(given));
    };
    let Some(path) = arn.path(kind) else {
        return Ok(None);
    };
    match path.split_once('/') {
        None => Ok(Some(path)),
        Some((named, id)) if named == cluster => Ok(Some(id)),
        Some((named, _)) => Err(errors::foreign_cluster(named, cluster)),
    }
}

/// The ARN that is given, which must be of ECS, this account and this region. None where it is no ARN.
pub fn own_arn<'a>(cx: &Cx<'_>, given: &'a str) -> Result<Option<Arn<'a>>, ApiError> {
    if !given.starts_with("arn:") {
        return Ok(None);
    }
    let arn = Arn::parse(given)
        .filter(|it| it.service == "ecs")
        .ok_or_else(|| errors::invalid("Invalid identifier: not an ECS ARN."))?;
    if arn.region != cx.site.region {
        return Err(errors::foreign_region(arn.region, &cx.site.region));
    }
    if arn.account != cx.site.account {
        return Err(errors::foreign_account(arn.account, &cx.site.account));
    }
    Ok(Some(arn))
}
