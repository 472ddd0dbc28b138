//! PutClusterCapacityProviders gives a cluster its capacity providers and default strategy, in place of those before.

use model::ecs::{PutClusterCapacityProvidersRequest, PutClusterCapacityProvidersResponse};
use wire::ApiError;

use super::{capacity_providers, errors, resolve, shape};
use crate::call::Reply;
use crate::cx::Cx;

pub fn put_cluster_capacity_providers(
    cx: &Cx<'_>,
    input: PutClusterCapacityProvidersRequest,
) -> Result<Reply<PutClusterCapacityProvidersResponse>, ApiError> {
    let mut cluster = resolve::named_cluster(cx, input.cluster.as_deref())?.clone();
    let providers = capacity_providers::providers(cx, input.capacity_providers.as_deref().unwrap_or_default())?;
    let gone =
        |name: &str| cluster.capacity_providers.iter().any(|it| it == name) && !providers.iter().any(|it| it == name);
    let used = |task: &domain::Task| task.origin().capacity_provider.as_deref().is_some_and(gone);
    if cx.view.unfinished_tasks_in(cluster.name()).any(used) {
        return Err(errors::provider_in_use());
    }
    let strategy = input.default_capacity_provider_strategy.unwrap_or_default();
    cluster.default_strategy = capacity_providers::strategy(cx, strategy, &providers)?;
    cluster.capacity_providers = providers;
    let output = PutClusterCapacityProvidersResponse {
        cluster: Some(shape::cluster(cx, &cluster, shape::ClusterDetail::ALL)),
    };
    Ok(Reply::new(output).put(cluster))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    fn put(providers: &str, strategy: &str) -> String {
        format!(
            r#"PutClusterCapacityProviders {{"cluster":"web","capacityProviders":[{providers}],"defaultCapacityProviderStrategy":[{strategy}]}}"#
        )
    }

    const SPOT: &str = r#"{"capacityProvider":"FARGATE_SPOT","weight":1}"#;

    #[test]
    fn the_new_list_replaces_the_old() {
        let first = put(r#""FARGATE","FARGATE_SPOT""#, SPOT);
        let second = put(r#""FARGATE""#, "");
        let shown = "-> cluster.capacityProviders cluster.defaultCapacityProviderStrategy";
        check(
            "cluster web",
            &format!("{first} {shown}"),
            expect![[r#"
            200 cluster.capacityProviders=["FARGATE","FARGATE_SPOT"] cluster.defaultCapacityProviderStrategy=[{"capacityProvider":"FARGATE_SPOT","weight":1,"base":0}]
            put cluster web
        "#]],
        );
        check(
            "cluster web",
            &format!("{first} ; {second} {shown}"),
            expect![[r#"
            200 cluster.capacityProviders=["FARGATE"] cluster.defaultCapacityProviderStrategy=[]
            put cluster web
        "#]],
        );
    }

    #[test]
    fn one_that_tasks_came_by_stays_as_long_as_they_run() {
        let world = World::new("cluster web; host f in fargate; fargate app");
        world.ask(&put(r#""FARGATE","FARGATE_SPOT""#, ""));
        let run = r#"RunTask {"cluster":"web","taskDefinition":"app","capacityProviderStrategy":[{"capacityProvider":"FARGATE_SPOT","weight":1}],"networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}}"#;
        let task = world.ask(run).get("tasks.0.taskArn").expect("it runs");
        let less = || {
            world
                .ask(&put(r#""FARGATE""#, ""))
                .show(Some("cluster.capacityProviders"))
        };
        expect![[r#"
            400 ResourceInUseException: The specified capacity provider is in use and cannot be removed.
        "#]]
        .assert_eq(&less());
        world.ask(&format!(
            r#"SubmitTaskStateChange {{"task":{task},"status":"STOPPED"}}"#
        ));
        expect![[r#"
            200 cluster.capacityProviders=["FARGATE"]
            put cluster web
        "#]]
        .assert_eq(&less());
    }

    #[test]
    fn what_does_not_exist_or_is_not_the_clusters_is_refused() {
        check(
            "cluster web",
            &put(r#""mine""#, ""),
            expect![[r#"
            400 InvalidParameterException: The specified capacity provider 'mine' was not found. Specify a valid name or ARN and try again.
        "#]],
        );
        check(
            "cluster web",
            &put(r#""FARGATE""#, SPOT),
            expect![[r#"
            400 InvalidParameterException: The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster: FARGATE_SPOT. Associate it with PutClusterCapacityProviders and try again.
        "#]],
        );
        check(
            "cluster web",
            &put(r#""FARGATE_SPOT""#, &format!("{SPOT},{SPOT}")),
            expect![[r#"
                400 InvalidParameterException: The capacity provider strategy names FARGATE_SPOT twice.
            "#]],
        );
    }
}
