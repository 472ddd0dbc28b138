//! CreateCluster makes a cluster, or gives back the active one of that name if it is what the call asks for.

use std::collections::BTreeSet;

use domain::Cluster;
use model::ecs::{CreateClusterRequest, CreateClusterResponse};
use wire::ApiError;

use super::{capacity_providers, errors, resolve, settings, shape, tags};
use crate::call::Reply;
use crate::cx::Cx;

pub fn create_cluster(cx: &Cx<'_>, input: CreateClusterRequest) -> Result<Reply<CreateClusterResponse>, ApiError> {
    let mut cluster = Cluster::new(resolve::cluster_name(cx, input.cluster_name.as_deref())?);
    let usual = settings::insights(&[settings::insights_of_account(cx)], cluster.insights)?;
    cluster.insights = settings::insights(input.settings.as_deref().unwrap_or_default(), usual)?;
    let providers = input.capacity_providers.as_deref().unwrap_or_default();
    cluster.capacity_providers = capacity_providers::providers(cx, providers)?;
    let strategy = input.default_capacity_provider_strategy.clone().unwrap_or_default();
    cluster.default_strategy = capacity_providers::strategy(cx, strategy, &cluster.capacity_providers)?;
    cluster.configuration = input.configuration.as_ref().map(settings::configuration).transpose()?;
    if let Some(given) = &input.service_connect_defaults {
        cluster.namespace = settings::namespace(cx, given)?;
    }
    cluster.tags = tags::parse(input.tags.clone())?;
    let reply = |cluster: &Cluster| CreateClusterResponse {
        cluster: Some(shape::cluster(cx, cluster, shape::ClusterDetail::ALL)),
    };
    match cx.view.cluster(cluster.name()) {
        Some(existing) if !existing.is_active() => {
            let cluster = cluster.after(existing, cx.now);
            Ok(Reply::new(reply(&cluster)).put(cluster))
        }
        Some(existing) if is_as_asked(existing, &cluster, &input) => Ok(Reply::new(reply(existing))),
        Some(_) => Err(errors::not_idempotent()),
        None => Ok(Reply::new(reply(&cluster)).put(cluster)),
    }
}

/// Whether the cluster that exists is what the call asks for, as far as it asks for anything. Order says nothing.
fn is_as_asked(existing: &Cluster, asked: &Cluster, input: &CreateClusterRequest) -> bool {
    let asks = [
        (input.settings.is_some(), existing.insights == asked.insights),
        (
            input.capacity_providers.is_some(),
            providers(existing) == providers(asked),
        ),
        (
            input.default_capacity_provider_strategy.is_some(),
            strategy(existing) == strategy(asked),
        ),
        (
            input.configuration.is_some(),
            existing.configuration == asked.configuration,
        ),
        (
            input.service_connect_defaults.is_some(),
            existing.namespace == asked.namespace,
        ),
        (input.tags.is_some(), pairs(existing) == pairs(asked)),
    ];
    asks.into_iter().all(|(given, same)| !given || same)
}

fn providers(it: &Cluster) -> BTreeSet<&str> {
    it.capacity_providers.iter().map(String::as_str).collect()
}

fn strategy(it: &Cluster) -> BTreeSet<(&str, u32, u32)> {
    let items = it.default_strategy.iter();
    items.map(|it| (it.provider.as_str(), it.weight, it.base)).collect()
}

fn pairs(it: &Cluster) -> BTreeSet<(&str, &str)> {
    it.tags
        .iter()
        .map(|tag| (tag.key.as_str(), tag.value.as_str()))
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    #[test]
    fn a_new_cluster_is_active_and_empty() {
        check(
            "",
            r#"CreateCluster {"clusterName":"web","tags":[{"key":"a","value":"b"}]}"#,
            expect![[r#"
                200 {"cluster":{"clusterArn":"arn:aws:ecs:us-east-1:123456789012:cluster/web","clusterName":"web","status":"ACTIVE","registeredContainerInstancesCount":0,"runningTasksCount":0,"pendingTasksCount":0,"activeServicesCount":0,"statistics":[],"tags":[{"key":"a","value":"b"}],"settings":[{"name":"containerInsights","value":"disabled"}],"capacityProviders":[],"defaultCapacityProviderStrategy":[],"attachments":[]}}
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
                400 InvalidParameterException: Arguments on this idempotent request are inconsistent with arguments used in previous request(s).
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
                400 InvalidParameterException: Arguments on this idempotent request are inconsistent with arguments used in previous request(s).
            "#]],
        );
    }

    #[test]
    fn one_that_exists_is_given_back_only_to_a_call_that_asks_for_the_same() {
        const FIRST: &str = r#"CreateCluster {"clusterName":"web","tags":[{"key":"a","value":"1"},{"key":"b","value":"2"}],"capacityProviders":["FARGATE","FARGATE_SPOT"],"defaultCapacityProviderStrategy":[{"capacityProvider":"FARGATE","weight":1}],"configuration":{"executeCommandConfiguration":{"logging":"NONE"}},"serviceConnectDefaults":{"namespace":"n"},"settings":[{"name":"containerInsights","value":"enabled"}]}"#;
        let again = |more: &str| {
            let world = World::new("");
            world.ask(FIRST);
            world
                .ask(&format!(r#"CreateCluster {{"clusterName":"web"{more}}}"#))
                .show(Some("cluster.status"))
        };
        for same in [
            "",
            r#","tags":[{"key":"b","value":"2"},{"key":"a","value":"1"}]"#,
            r#","capacityProviders":["FARGATE_SPOT","FARGATE"],"defaultCapacityProviderStrategy":[{"capacityProvider":"FARGATE","weight":1}]"#,
            r#","configuration":{"executeCommandConfiguration":{"logging":"NONE"}}"#,
            r#","serviceConnectDefaults":{"namespace":"n"},"settings":[{"name":"containerInsights","value":"enabled"}]"#,
        ] {
            assert_eq!(again(same), "200 cluster.status=\"ACTIVE\"\n", "{same}");
        }
        for other in [
            r#","tags":[]"#,
            r#","capacityProviders":["FARGATE"]"#,
            r#","capacityProviders":["FARGATE","FARGATE_SPOT"],"defaultCapacityProviderStrategy":[{"capacityProvider":"FARGATE","weight":2}]"#,
            r#","configuration":{"executeCommandConfiguration":{"logging":"DEFAULT"}}"#,
            r#","serviceConnectDefaults":{"namespace":"m"}"#,
            r#","settings":[{"name":"containerInsights","value":"disabled"}]"#,
        ] {
            let said = "400 InvalidParameterException: Arguments on this idempotent request are inconsistent with arguments used in previous request(s).\n";
            assert_eq!(again(other), said, "{other}");
        }
    }

    /// Tasks that stopped in a deleted cluster can be described until its name is taken by another, which begins empty.
    #[test]
    fn a_cluster_created_again_has_nothing_of_the_one_before() {
        let world = World::new("cluster web; host a in web; family app");
        let run = r#"RunTask {"cluster":"web","taskDefinition":"app","clientToken":"t","startedBy":"me"}"#;
        let task = world.ask(run).get("tasks.0.taskArn").expect("there is room");
        world.ask(&format!(
            r#"SubmitTaskStateChange {{"cluster":"web","task":{task},"status":"STOPPED"}}"#
        ));
        world.ask(r#"DeregisterContainerInstance {"cluster":"web","containerInstance":"$a"}"#);
        let describe = format!(r#"DescribeTasks {{"cluster":"web","tasks":[{task}]}}"#);
        let list = r#"ListTasks {"cluster":"web","desiredStatus":"STOPPED"}"#;
        let of_starter = r#"ListTasks {"cluster":"web","startedBy":"me","desiredStatus":"STOPPED"}"#;
        let host = r#"DescribeContainerInstances {"cluster":"web","containerInstances":["$a"]}"#;
        let seen = || {
            let failed = |call: &str| world.ask(call).list("failures").len();
            let listed = |call: &str| world.ask(call).list("taskArns").len();
            (failed(&describe), failed(host), listed(list), listed(of_starter))
        };
        assert_eq!(seen(), (0, 0, 1, 1));

        world.ask(r#"DeleteCluster {"cluster":"web"}"#);
        let stopped = world.ask(&describe).get("tasks.0.lastStatus");
        assert_eq!(stopped.as_deref(), Some("\"STOPPED\""));

        world.ask(r#"CreateCluster {"clusterName":"web"}"#);
        assert_eq!(seen(), (1, 1, 0, 0));
        let again = world.ask(run).show(None);
        assert!(again.contains("No Container Instances were found"), "{again}");
    }
}
