//! The messages of a telemetry session: what containers use, how they are, and whether their runtime answers.

use std::sync::Arc;

use model::tcs;
use wire::time::Time;

use super::MAX_TASKS;
use crate::metadata::view::{ContainerView, TaskView};

/// Whose words these are.
#[derive(Clone, Debug)]
pub struct Teller {
    pub cluster: String,
    pub instance_arn: String,
}

impl Teller {
    /// One message for each page, the last one marked, or one that says there is nothing.
    pub fn metrics(&self, pages: Vec<Vec<tcs::TaskMetric>>, id: &str, now: Time) -> Vec<tcs::PublishMetricsRequest> {
        let idle = pages.is_empty();
        let pages = if idle { vec![Vec::new()] } else { pages };
        let last = pages.len() - 1;
        let message = |(at, tasks): (usize, Vec<tcs::TaskMetric>)| tcs::PublishMetricsRequest {
            metadata: Some(tcs::MetricsMetadata {
                cluster: Some(self.cluster.clone()),
                container_instance: Some(self.instance_arn.clone()),
                message_id: Some(id.to_owned()),
                idle: Some(idle),
                fin: Some(at == last),
            }),
            timestamp: Some(now),
            task_metrics: (!idle).then_some(tasks),
        };
        pages.into_iter().enumerate().map(message).collect()
    }

    /// The same for the health of those containers that have a check; nothing where none has.
    pub fn healths(&self, tasks: &[Arc<TaskView>], id: &str, now: Time) -> Vec<tcs::PublishHealthRequest> {
        let tasks: Vec<_> = tasks.iter().filter_map(|it| task_health(it)).collect();
        let pages: Vec<_> = tasks.chunks(MAX_TASKS).collect();
        let last = pages.len().saturating_sub(1);
        let message = |(at, tasks): (usize, &&[tcs::TaskHealth])| tcs::PublishHealthRequest {
            metadata: Some(tcs::HealthMetadata {
                cluster: Some(self.cluster.clone()),
                container_instance: Some(self.instance_arn.clone()),
                message_id: Some(id.to_owned()),
                fin: Some(at == last),
            }),
            timestamp: Some(now),
            tasks: Some(tasks.to_vec()),
        };
        pages.iter().enumerate().map(message).collect()
    }

    /// Whether the runtime answers. `since` is when it began to, or ceased to.
    pub fn runtime_status(&self, answers: bool, since: Time, id: &str, now: Time) -> tcs::PublishInstanceStatusRequest {
        tcs::PublishInstanceStatusRequest {
            metadata: Some(tcs::InstanceStatusMetadata {
                cluster: Some(self.cluster.clone()),
                container_instance: Some(self.instance_arn.clone()),
                request_id: Some(id.to_owned()),
            }),
            timestamp: Some(now),
            statuses: Some(vec![tcs::InstanceStatus {
                r#type: Some("ContainerRuntime".into()),
                status: Some(if answers { "OK" } else { "IMPAIRED" }.into()),
                last_updated: Some(now),
                last_status_change: Some(since),
            }]),
        }
    }
}

fn task_health(view: &TaskView) -> Option<tcs::TaskHealth> {
    let container = |it: &ContainerView| {
        let health = it.health.as_ref().filter(|_| it.runs())?;
        Some(tcs::ContainerHealth {
            container_name: Some(it.spec.container.clone()),
            health_status: Some(health.status.word().into()),
            status_since: health.since_ms.map(Time::from_millis),
            status_message: health.output.clone(),
        })
    };
    let containers: Vec<_> = view.containers.iter().filter_map(container).collect();
    (!containers.is_empty()).then(|| tcs::TaskHealth {
        task_arn: Some(view.labels.arn.clone()),
        task_definition_family: Some(view.labels.family.clone()),
        task_definition_version: Some(view.labels.revision.clone()),
        containers: Some(containers),
        ..Default::default()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::Telemetry;
    use super::super::tests::{running, usage};
    use super::*;
    use crate::runtime::{Health, HealthStatus};
    use crate::task::Status;

    fn teller() -> Teller {
        Teller {
            cluster: "web".into(),
            instance_arn: "arn:instance".into(),
        }
    }

    #[test]
    fn tasks_are_told_by_tens_and_the_last_message_says_so() {
        let tasks: Vec<_> = (0..25).map(|n| Arc::new(running(&n.to_string()))).collect();
        let mut telemetry = Telemetry::default();
        for it in &tasks {
            telemetry.add(&it.containers[0].spec.runtime_name, usage(0, 0, 1, 0));
        }
        let messages = teller().metrics(telemetry.take(&tasks), "7", Time::from_millis(0));
        let shown = |it: &tcs::PublishMetricsRequest| {
            let metadata = it.metadata.clone().unwrap();
            (
                it.task_metrics.as_ref().map(Vec::len),
                metadata.fin.unwrap(),
                metadata.idle.unwrap(),
            )
        };
        let shown: Vec<_> = messages.iter().map(shown).collect();
        assert_eq!(
            shown,
            [
                (Some(10), false, false),
                (Some(10), false, false),
                (Some(5), true, false)
            ]
        );
    }

    #[test]
    fn a_host_without_tasks_says_that_it_is_idle() {
        let messages = teller().metrics(Vec::new(), "7", Time::from_millis(0));
        let metadata = messages[0].metadata.clone().unwrap();
        assert_eq!(
            (messages.len(), metadata.idle, metadata.fin),
            (1, Some(true), Some(true))
        );
        assert!(messages[0].task_metrics.is_none());
    }

    #[test]
    fn health_is_told_of_those_that_run_and_have_a_check() {
        let mut task = running("1");
        assert!(
            teller()
                .healths(&[Arc::new(task.clone())], "1", Time::from_millis(0))
                .is_empty()
        );
        for it in &mut task.containers {
            it.health = Some(Health {
                status: HealthStatus::Unhealthy,
                since_ms: Some(1_000),
                exit_code: Some(1),
                output: Some("no".into()),
            });
        }
        task.containers[1].report.status = Status::Stopped;
        let messages = teller().healths(&[Arc::new(task)], "1", Time::from_millis(0));
        let told = messages[0].tasks.as_ref().unwrap()[0].containers.as_ref().unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].health_status.as_deref(), Some("UNHEALTHY"));
        assert_eq!(messages[0].metadata.as_ref().unwrap().fin, Some(true));
    }
}
