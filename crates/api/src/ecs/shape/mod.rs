//! The one place where ECS's wire shapes and our entities meet.
//!
//! AWS leaves out what does not apply and sends lists empty rather than absent.

mod definition;
mod instance;
mod report;
mod storage;
mod task;

pub use definition::{definition, document, overridden, overrides, parse_document, parse_kept, spec};
pub use instance::{instance, instance_arn, instance_health, parse_attributes, parse_gpu_ids, parse_resources};
pub use report::{observed, protocol, reason};
pub use storage::{volume_attachment, volume_id};
pub use task::{interface_id, task};

use domain::Cluster;
use domain::cluster::{ContainerInsights, Status};
use domain::tags::Tag;
use model::ecs;

use super::capacity_providers;
use crate::cx::Cx;

/// Which of a cluster's parts are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClusterDetail {
    attachments: bool,
    configuration: bool,
    settings: bool,
    statistics: bool,
    tags: bool,
}

impl ClusterDetail {
    /// As writes answer: everything but statistics.
    pub const ALL: Self = Self {
        attachments: true,
        configuration: true,
        settings: true,
        statistics: false,
        tags: true,
    };

    pub fn asked(include: &[String]) -> Self {
        let has = |what: &str| include.iter().any(|it| it == what);
        Self {
            attachments: has("ATTACHMENTS"),
            configuration: has("CONFIGURATIONS"),
            settings: has("SETTINGS"),
            statistics: has("STATISTICS"),
            tags: has("TAGS"),
        }
    }
}

pub fn cluster(cx: &Cx<'_>, it: &Cluster, detail: ClusterDetail) -> ecs::Cluster {
    let tally = cx.view.tally(it.name());
    let status = match it.status() {
        Status::Active => "ACTIVE",
        Status::Inactive => "INACTIVE",
    };
    let insights = match it.insights {
        ContainerInsights::Disabled => "disabled",
        ContainerInsights::Enabled => "enabled",
        ContainerInsights::Enhanced => "enhanced",
    };
    let setting = ecs::ClusterSetting {
        name: Some("containerInsights".into()),
        value: Some(insights.into()),
    };
    let statistics = [
        ("runningEC2TasksCount", tally.running_ec2),
        ("runningFargateTasksCount", tally.running_fargate),
        ("pendingEC2TasksCount", tally.pending_ec2),
        ("pendingFargateTasksCount", tally.pending_fargate),
        ("runningExternalTasksCount", 0),
        ("pendingExternalTasksCount", 0),
        ("activeEC2ServiceCount", 0),
        ("activeFargateServiceCount", 0),
        ("drainingEC2ServiceCount", 0),
        ("drainingFargateServiceCount", 0),
        ("activeExternalServiceCount", 0),
        ("drainingExternalServiceCount", 0),
    ];
    ecs::Cluster {
        cluster_arn: Some(cx.site.cluster_arn(it.name())),
        cluster_name: Some(it.name().to_string()),
        status: Some(status.into()),
        registered_container_instances_count: Some(tally.instances as i32),
        running_tasks_count: Some(tally.running() as i32),
        pending_tasks_count: Some(tally.pending() as i32),
        active_services_count: Some(0),
        statistics: Some(pairs(
            statistics
                .iter()
                .filter(|_| detail.statistics)
                .map(|(k, v)| (*k, v.to_string())),
        )),
        tags: Some(if detail.tags { tags(&it.tags) } else { Vec::new() }),
        settings: Some(if detail.settings { vec![setting] } else { Vec::new() }),
        configuration: it
            .configuration
            .as_deref()
            .filter(|_| detail.configuration)
            .map(parse_kept),
        service_connect_defaults: it
            .namespace
            .clone()
            .map(|arn| ecs::ClusterServiceConnectDefaults { namespace: Some(arn) }),
        // Providers that need nothing of the cluster's own, such as a scaling policy, are attached as soon as they are named.
        attachments: detail.attachments.then(Vec::new),
        attachments_status: (detail.attachments && !it.capacity_providers.is_empty()).then(|| "UPDATE_COMPLETE".into()),
        capacity_providers: Some(it.capacity_providers.clone()),
        default_capacity_provider_strategy: Some(capacity_providers::shown(it)),
    }
}

pub fn tags(it: &[Tag]) -> Vec<ecs::Tag> {
    it.iter()
        .map(|tag| ecs::Tag {
            key: Some(tag.key.clone()),
            value: Some(tag.value.clone()),
        })
        .collect()
}

fn pairs(it: impl Iterator<Item = (&'static str, String)>) -> Vec<ecs::KeyValuePair> {
    it.map(|(name, value)| ecs::KeyValuePair {
        name: Some(name.into()),
        value: Some(value),
    })
    .collect()
}
