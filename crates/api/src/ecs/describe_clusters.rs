//! DescribeClusters shows clusters by name or ARN, deleted ones too.

use model::ecs::{DescribeClustersRequest, DescribeClustersResponse, Failure};
use wire::ApiError;

use super::{errors, resolve, shape};
use crate::call::Reply;
use crate::cx::Cx;

/// Most clusters in one call.
const MAX_CLUSTERS: usize = 100;

pub fn describe_clusters(
    cx: &Cx<'_>,
    input: DescribeClustersRequest,
) -> Result<Reply<DescribeClustersResponse>, ApiError> {
    let detail = shape::ClusterDetail::asked(input.include.as_deref().unwrap_or_default());
    let named = input
        .clusters
        .filter(|it| !it.is_empty())
        .unwrap_or_else(|| vec!["default".to_owned()]);
    if named.len() > MAX_CLUSTERS {
        return Err(errors::invalid(format!(
            "Clusters cannot have more than {MAX_CLUSTERS} entries."
        )));
    }

    if named.iter().any(String::is_empty) {
        return Err(errors::invalid("Clusters can not be blank."));
    }

    let (mut clusters, mut failures) = (Vec::new(), Vec::new());
    for given in &named {
        let name = resolve::cluster_name(cx, Some(given))?;
        match cx.view.cluster(&name) {
            Some(cluster) => clusters.push(shape::cluster(cx, cluster, detail)),
            None => failures.push(Failure {
                arn: Some(cx.site.cluster_arn(&name)),
                reason: Some("MISSING".into()),
                detail: None,
            }),
        }
    }
    Ok(Reply::new(DescribeClustersResponse {
        clusters: Some(clusters),
        failures: Some(failures),
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn an_empty_name_is_no_clusters() {
        check(
            "cluster web",
            r#"DescribeClusters {"clusters":["web",""]}"#,
            expect![[r#"
                400 InvalidParameterException: Clusters can not be blank.
            "#]],
        );
    }

    #[test]
    fn nothing_named_means_the_default_cluster() {
        check(
            "",
            "DescribeClusters {}",
            expect![[r#"
                200 {"clusters":[{"clusterArn":"arn:aws:ecs:us-east-1:123456789012:cluster/default","clusterName":"default","status":"ACTIVE","registeredContainerInstancesCount":0,"runningTasksCount":0,"pendingTasksCount":0,"activeServicesCount":0,"statistics":[],"tags":[],"settings":[],"capacityProviders":[],"defaultCapacityProviderStrategy":[]}],"failures":[]}
            "#]],
        );
        check(
            "",
            r#"DescribeClusters {"clusters":[]} -> clusters.0.clusterName"#,
            expect![[r#"
                200 clusters.0.clusterName="default"
            "#]],
        );
    }

    #[test]
    fn what_is_not_there_is_a_failure_and_no_error() {
        check(
            "",
            r#"DescribeClusters {"clusters":["nope"]}"#,
            expect![[r#"
                200 {"clusters":[],"failures":[{"arn":"arn:aws:ecs:us-east-1:123456789012:cluster/nope","reason":"MISSING"}]}
            "#]],
        );
    }

    #[test]
    fn counts_follow_tasks_and_instances() {
        check(
            "cluster web; host a in web; host f in fargate; task t1 in web on a RUNNING; task t2 in web on f RUNNING; task t3 in web on a",
            r#"DescribeClusters {"clusters":["web"],"include":["STATISTICS"]}"#,
            expect![[r#"
                200 {"clusters":[{"clusterArn":"arn:aws:ecs:us-east-1:123456789012:cluster/web","clusterName":"web","status":"ACTIVE","registeredContainerInstancesCount":1,"runningTasksCount":2,"pendingTasksCount":1,"activeServicesCount":0,"statistics":[{"name":"runningEC2TasksCount","value":"1"},{"name":"runningFargateTasksCount","value":"1"},{"name":"pendingEC2TasksCount","value":"1"},{"name":"pendingFargateTasksCount","value":"0"},{"name":"runningExternalTasksCount","value":"0"},{"name":"pendingExternalTasksCount","value":"0"},{"name":"activeEC2ServiceCount","value":"0"},{"name":"activeFargateServiceCount","value":"0"},{"name":"drainingEC2ServiceCount","value":"0"},{"name":"drainingFargateServiceCount","value":"0"},{"name":"activeExternalServiceCount","value":"0"},{"name":"drainingExternalServiceCount","value":"0"}],"tags":[],"settings":[],"capacityProviders":[],"defaultCapacityProviderStrategy":[]}],"failures":[]}
            "#]],
        );
    }

    #[test]
    fn a_foreign_account_is_refused() {
        check(
            "",
            r#"DescribeClusters {"clusters":["arn:aws:ecs:us-east-1:210987654321:cluster/web"]}"#,
            expect![[r#"
                400 InvalidParameterException: Invalid identifier: Identifier is for 210987654321. Your accountId is 123456789012
            "#]],
        );
    }

    #[test]
    fn attachments_are_shown_when_asked_for() {
        let put = r#"PutClusterCapacityProviders {"cluster":"web","capacityProviders":["FARGATE"],"defaultCapacityProviderStrategy":[]}"#;
        let describe = |include: &str| {
            format!(
                r#"{put} ; DescribeClusters {{"clusters":["web"]{include}}} -> clusters.0.attachments clusters.0.attachmentsStatus"#
            )
        };
        check(
            "cluster web",
            &describe(""),
            expect![[r#"
                200 clusters.0.attachments=- clusters.0.attachmentsStatus=-
            "#]],
        );
        check(
            "cluster web",
            &describe(r#","include":["ATTACHMENTS"]"#),
            expect![[r#"
                200 clusters.0.attachments=[] clusters.0.attachmentsStatus="UPDATE_COMPLETE"
            "#]],
        );
    }
}
