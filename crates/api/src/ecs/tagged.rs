//! Resources that carry tags, by ARN.

use domain::tags::Tags;
use domain::{Cluster, Instance, Record, Task, TaskDefinition};
use wire::ApiError;

use super::{errors, resolve};
use crate::cx::Cx;

/// A resource whose tags are asked for or changed.
pub enum Tagged {
    Cluster(Cluster),
    Definition(TaskDefinition),
    Task(Task),
    Instance(Instance),
}

impl Tagged {
    /// The resource that the ARN names. ECS tags nothing by its bare name.
    pub fn resolve(cx: &Cx<'_>, arn: &str) -> Result<Self, ApiError> {
        let resource = resolve::own_arn(cx, arn)?
            .ok_or_else(|| errors::invalid("The ARN provided is invalid."))?
            .resource;
        let (kind, path) = resource.split_once('/').unwrap_or((resource, ""));
        let in_cluster = || -> Result<&Cluster, ApiError> {
            let (cluster, _) = path
                .split_once('/')
                .ok_or_else(|| errors::invalid("Long arn format must be used for tagging operations"))?;
            active(cx, cluster)
        };
        match kind {
            "cluster" => Ok(Self::Cluster(active(cx, arn)?.clone())),
            "task-definition" => {
                let name = resolve::definition_name(cx, arn)?;
                let found = name
                    .revision
                    .map(|_| resolve::get_definition(cx, &name))
                    .transpose()?
                    .flatten();
                found
                    .cloned()
                    .map(Self::Definition)
                    .ok_or_else(errors::resource_not_found)
            }
            "task" => {
                let found = resolve::get_task(cx, in_cluster()?.name(), arn)?;
                found.cloned().map(Self::Task).ok_or_else(errors::resource_not_found)
            }
            "container-instance" => {
                let found = resolve::get_instance(cx, in_cluster()?.name(), arn)?;
                found
                    .cloned()
                    .map(Self::Instance)
                    .ok_or_else(errors::resource_not_found)
            }
            // There are none of these here yet.
            "service" => in_cluster().and(Err(errors::resource_not_found())),
            "capacity-provider" => Err(errors::resource_not_found()),
            _ => Err(errors::invalid("The ARN provided is invalid.")),
        }
    }

    pub fn tags(&self) -> &Tags {
        match self {
            Self::Cluster(it) => &it.tags,
            Self::Definition(it) => &it.tags,
            Self::Task(it) => &it.origin().tags,
            Self::Instance(it) => &it.tags,
        }
    }

    pub fn with_tags(self, tags: Tags) -> Record {
        match self {
            Self::Cluster(mut it) => {
                it.tags = tags;
                it.into()
            }
            Self::Definition(mut it) => {
                it.tags = tags;
                it.into()
            }
            Self::Task(mut it) => {
                it.retag(tags);
                it.into()
            }
            Self::Instance(mut it) => {
                it.tags = tags;
                it.into()
            }
        }
    }
}

/// A cluster that was deleted is told in words that clients take for "it is gone".
fn active<'a>(cx: &Cx<'a>, given: &str) -> Result<&'a Cluster, ApiError> {
    let found = resolve::any_cluster(cx, Some(given))?;
    match found.is_active() {
        true => Ok(found),
        false => Err(errors::inactive_to_tags()),
    }
}
