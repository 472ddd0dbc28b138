//! UpdateCluster changes what a cluster was created with.

use model::ecs::{UpdateClusterRequest, UpdateClusterResponse};
use wire::ApiError;

use super::{resolve, settings, shape};
use crate::call::Reply;
use crate::cx::Cx;

pub fn update_cluster(cx: &Cx<'_>, input: UpdateClusterRequest) -> Result<Reply<UpdateClusterResponse>, ApiError> {
    let mut cluster = resolve::named_cluster(cx, input.cluster.as_deref())?.clone();
    cluster.insights = settings::insights(&input.settings.unwrap_or_default(), cluster.insights)?;
    if let Some(given) = &input.configuration {
        cluster.configuration = Some(settings::configuration(given)?);
    }
    if let Some(given) = &input.service_connect_defaults {
        cluster.namespace = settings::namespace(cx, given)?;
    }
    let output = UpdateClusterResponse {
        cluster: Some(shape::cluster(cx, &cluster, shape::ClusterDetail::ALL)),
    };
    Ok(Reply::new(output).put(cluster))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    #[test]
    fn what_is_not_named_stays() {
        check(
            "cluster web",
            r#"UpdateCluster {"cluster":"web","settings":[{"name":"containerInsights","value":"enabled"}]} ; UpdateCluster {"cluster":"web"} -> cluster.settings"#,
            expect![[r#"
                200 cluster.settings=[{"name":"containerInsights","value":"enabled"}]
                put cluster web
            "#]],
        );
    }

    #[test]
    fn a_namespace_is_given_and_taken_away() {
        let given = r#"UpdateCluster {"cluster":"web","serviceConnectDefaults":{"namespace":"apps"}} ; UpdateCluster {"cluster":"web"}"#;
        let taken = r#"UpdateCluster {"cluster":"web","serviceConnectDefaults":{"namespace":""}}"#;
        let show = "-> cluster.serviceConnectDefaults";
        check(
            "cluster web",
            &format!("{given} {show}"),
            expect![[r#"
            200 cluster.serviceConnectDefaults={"namespace":"arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-d56f6359d240f69e"}
            put cluster web
        "#]],
        );
        check(
            "cluster web",
            &format!("{given} ; {taken} {show}"),
            expect![[r#"
            200 cluster.serviceConnectDefaults=-
            put cluster web
        "#]],
        );
    }

    #[test]
    fn a_cluster_that_is_not_there_is_not_found() {
        check(
            "",
            r#"UpdateCluster {"cluster":"web"}"#,
            expect![[r#"
            400 ClusterNotFoundException: Cluster not found.
        "#]],
        );
    }

    #[test]
    fn a_deleted_cluster_is_called_inactive_by_what_would_change_it() {
        const CALLS: [&str; 3] = [
            r#"UpdateCluster {"cluster":"web"}"#,
            r#"RunTask {"cluster":"web","taskDefinition":"app"}"#,
            r#"ListTasks {"cluster":"web"}"#,
        ];
        let said = CALLS.map(|call| {
            let world = World::new("cluster web");
            world.ask(r#"DeleteCluster {"cluster":"web"}"#);
            world.ask(call).show(None)
        });
        expect![[r#"
            400 ClusterNotFoundException: The referenced cluster was inactive.
            400 ClusterNotFoundException: The referenced cluster was inactive.
            400 ClusterNotFoundException: Cluster not found.
        "#]]
        .assert_eq(&said.concat());
    }
}
