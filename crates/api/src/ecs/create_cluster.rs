//! CreateCluster makes a cluster, or gives back the active one of that name.

use domain::Cluster;
use model::ecs::{CreateClusterRequest, CreateClusterResponse};
use wire::ApiError;

use super::{capacity_providers, resolve, settings, shape, tags};
use crate::call::Reply;
use crate::cx::Cx;

pub fn create_cluster(cx: &Cx<'_>, input: CreateClusterRequest) -> Result<Reply<CreateClusterResponse>, ApiError> {
    let mut cluster = Cluster::new(resolve::cluster_name(cx, input.cluster_name.as_deref())?);
    let usual = settings::insights(&[settings::insights_of_account(cx)], cluster.insights)?;
    cluster.insights = settings::insights(input.settings.as_deref().unwrap_or_default(), usual)?;
    cluster.capacity_providers = capacity_providers::providers(input.capacity_providers.unwrap_or_default())?;
    let strategy = input.default_capacity_provider_strategy.unwrap_or_default();
    cluster.default_strategy = capacity_providers::strategy(strategy, &cluster.capacity_providers)?;
    cluster.configuration = input.configuration.as_ref().map(settings::configuration).transpose()?;
    if let Some(given) = &input.service_connect_defaults {
        cluster.namespace = settings::namespace(cx, given)?;
    }
    cluster.tags = tags::parse(input.tags)?;
    let reply = |cluster: &Cluster| CreateClusterResponse {
        cluster: Some(shape::cluster(cx, cluster, shape::ClusterDetail::ALL)),
    };
    match cx.view.cluster(cluster.name()).filter(|it| it.is_active()) {
        Some(existing) => Ok(Reply::new(reply(existing))),
        None => Ok(Reply::new(reply(&cluster)).put(cluster)),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn a_new_cluster_is_active_and_empty() {
        check(
            "",
            r#"CreateCluster {"clusterName":"web","tags":[{"key":"a","value":"b"}]}"#,
            expect![[r#"
            200 {"cluster":{"clusterArn":"arn:aws:ecs:us-east-1:123456789012:cluster/web","clusterName":"web","status":"ACTIVE","registeredContainerInstancesCount":0,"runningTasksCount":0,"pendingTasksCount":0,"activeServicesCount":0,"statistics":[],"tags":[{"key":"a","value":"b"}],"settings":[{"name":"containerInsights","value":"disabled"}],"capacityProviders":[],"defaultCapacityProviderStrategy":[]}}
            put cluster web
        "#]],
        );
    }

    #[test]
    fn the_configuration_of_exec_is_kept_and_shown() {
        check(
            "",
            r#"CreateCluster {"clusterName":"web","configuration":{"executeCommandConfiguration":{"logging":"OVERRIDE","logConfiguration":{"cloudWatchLogGroupName":"g"}}}} ; UpdateCluster {"cluster":"web"} ; DescribeClusters {"clusters":["web"],"include":["CONFIGURATIONS"]} -> clusters.0.configuration"#,
            expect![[r#"
                200 clusters.0.configuration={"executeCommandConfiguration":{"logging":"OVERRIDE","logConfiguration":{"cloudWatchLogGroupName":"g"}}}
            "#]],
        );
        check(
            "",
            r#"CreateCluster {"configuration":{"executeCommandConfiguration":{"logging":"OVERRIDE"}}}"#,
            expect![[r#"
                400 InvalidParameterException: A logConfiguration must be specified when the execute command logging is OVERRIDE.
            "#]],
        );
    }

    #[test]
    fn a_namespace_is_kept_as_its_arn_and_one_that_cannot_be_is_refused() {
        let create = |namespace: &str| {
            format!(r#"CreateCluster {{"clusterName":"web","serviceConnectDefaults":{{"namespace":"{namespace}"}}}}"#)
        };
        let shown = r#"DescribeClusters {"clusters":["web"]} -> clusters.0.serviceConnectDefaults"#;
        check(
            "",
            &format!("{} ; {shown}", create("apps")),
            expect![[r#"
            200 clusters.0.serviceConnectDefaults={"namespace":"arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-d56f6359d240f69e"}
        "#]],
        );
        check(
            "",
            &format!(
                "{} ; {shown}",
                create("arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-abc")
            ),
            expect![[r#"
                200 clusters.0.serviceConnectDefaults={"namespace":"arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-abc"}
            "#]],
        );
        let mut said = String::new();
        for bad in [
            "a b".to_owned(),
            "x".repeat(1025),
            "arn:aws:ecs:us-east-1:123456789012:cluster/x".to_owned(),
            "arn:aws:servicediscovery:us-east-1:123456789012:namespace/x".to_owned(),
            "arn:aws:servicediscovery:eu-west-1:123456789012:namespace/ns-abc".to_owned(),
            "arn:aws:servicediscovery:us-east-1:210987654321:namespace/ns-abc".to_owned(),
        ] {
            said += &crate::testing::World::new("").ask(&create(&bad)).show(None);
        }
        expect![[r#"
            400 InvalidParameterException: Invalid namespace name: use 1 to 1024 printable ASCII characters without spaces.
            400 InvalidParameterException: Invalid namespace name: use 1 to 1024 printable ASCII characters without spaces.
            400 NamespaceNotFoundException: The specified namespace wasn't found.
            400 NamespaceNotFoundException: The specified namespace wasn't found.
            400 InvalidParameterException: Invalid identifier: Identifier is for region eu-west-1. Your region is us-east-1
            400 InvalidParameterException: Invalid identifier: Identifier is for 210987654321. Your accountId is 123456789012
        "#]].assert_eq(&said);
    }

    #[test]
    fn an_active_cluster_of_the_name_is_given_back_unchanged() {
        check(
            "cluster web",
            r#"CreateCluster {"clusterName":"web","tags":[{"key":"a"}]} -> cluster.status cluster.tags"#,
            expect![[r#"
            200 cluster.status="ACTIVE" cluster.tags=[]
        "#]],
        );
    }

    #[test]
    fn a_deleted_name_can_be_created_again() {
        check(
            "cluster web",
            r#"DeleteCluster {"cluster":"web"} ; CreateCluster {"clusterName":"web"} -> cluster.status"#,
            expect![[r#"
            200 cluster.status="ACTIVE"
            put cluster web
        "#]],
        );
    }

    #[test]
    fn names_and_tags_are_held_to_aws_rules() {
        check(
            "",
            r#"CreateCluster {"clusterName":"a b"}"#,
            expect![[r#"
            400 InvalidParameterException: Invalid identifier: Unexpected characters in cluster name. Use 1 to 255 letters, digits, hyphens and underscores.
        "#]],
        );
        check(
            "",
            r#"CreateCluster {"clusterName":"x","tags":[{"key":"AWS:x"}]}"#,
            expect![[r#"
                400 InvalidParameterException: Tag keys cannot start with 'aws:', which is reserved: AWS:x
            "#]],
        );
        check(
            "",
            r#"CreateCluster {"settings":[{"name":"containerInsights","value":"on"}]}"#,
            expect![[r#"
                400 InvalidParameterException: Invalid setting value 'on': use enabled, disabled or enhanced.
            "#]],
        );
    }

    #[test]
    fn an_empty_configuration_is_none() {
        check(
            "",
            r#"CreateCluster {"configuration":{}}"#,
            expect![[r#"
                200 {"cluster":{"clusterArn":"arn:aws:ecs:us-east-1:123456789012:cluster/default","clusterName":"default","status":"ACTIVE","registeredContainerInstancesCount":0,"runningTasksCount":0,"pendingTasksCount":0,"activeServicesCount":0,"statistics":[],"tags":[],"settings":[{"name":"containerInsights","value":"disabled"}],"capacityProviders":[],"defaultCapacityProviderStrategy":[]}}
            "#]],
        );
    }
}
