//! DeleteCluster retires an empty cluster. It stays describable as INACTIVE.

use domain::ClusterName;
use domain::host::Pool;
use domain::record::Key;
use model::ecs::{DeleteClusterRequest, DeleteClusterResponse};
use wire::ApiError;

use super::{errors, resolve, shape};
use crate::call::Reply;
use crate::cx::Cx;

pub fn delete_cluster(cx: &Cx<'_>, input: DeleteClusterRequest) -> Result<Reply<DeleteClusterResponse>, ApiError> {
    let mut cluster = resolve::named_cluster(cx, input.cluster.as_deref())?.clone();
    let name: ClusterName = cluster.name().clone();
    let tally = cx.view.tally(&name);
    if tally.instances > 0 {
        return Err(errors::cluster_contains_instances());
    }
    if cx.view.unfinished_tasks_in(&name).next().is_some() {
        return Err(errors::cluster_contains_tasks());
    }
    cluster.deactivate();
    // Else who was given one could join a cluster that takes the name later.
    let pool = Pool::Cluster(name.clone());
    let tokens = cx.view.join_tokens();
    let revoked = tokens.filter(|it| it.pool == pool && it.readmits(cx.now)).map(|it| {
        let mut it = it.clone();
        it.revoke();
        it
    });
    let output = DeleteClusterResponse {
        cluster: Some(shape::cluster(cx, &cluster, shape::ClusterDetail::ALL)),
    };
    Ok(Reply::new(output)
        .require(Key::Cluster(name))
        .put(cluster)
        .put_all(revoked))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    #[test]
    fn an_empty_name_deletes_nothing() {
        check(
            "cluster web",
            r#"DeleteCluster {"cluster":""}"#,
            expect![[r#"
                400 InvalidParameterException: Cluster can not be blank.
            "#]],
        );
    }

    #[test]
    fn a_join_token_does_not_outlive_its_cluster() {
        let world = World::new("cluster web");
        let made = world.ask(r#"CreateJoinToken {"cluster":"web"}"#);
        let token = made.get("token").expect("a token");
        world.ask(r#"DeleteCluster {"cluster":"web"}"#);
        world.ask(r#"CreateCluster {"clusterName":"web"}"#);
        let join = format!(r#"as nobody JoinHost {{"token":{token},"hostName":"a"}}"#);
        expect![[r#"
            400 AccessDeniedException: The join token is unknown, expired, used up or revoked. Make a new one on the server with: longshore token
        "#]].assert_eq(&world.ask(&join).show(None));
    }

    #[test]
    fn a_deleted_cluster_is_inactive_and_no_longer_listed() {
        check(
            "cluster web",
            r#"DeleteCluster {"cluster":"web"} -> cluster.status"#,
            expect![[r#"
                200 cluster.status="INACTIVE"
                put cluster web
            "#]],
        );
        check(
            "cluster web",
            r#"DeleteCluster {"cluster":"web"} ; ListClusters {}"#,
            expect![[r#"
                200 {"clusterArns":["arn:aws:ecs:us-east-1:123456789012:cluster/default"]}
            "#]],
        );
        check(
            "cluster web",
            r#"DeleteCluster {"cluster":"web"} ; DeleteCluster {"cluster":"web"}"#,
            expect![[r#"
                400 ClusterNotFoundException: The referenced cluster was inactive.
            "#]],
        );
    }

    #[test]
    fn a_cluster_in_use_stays() {
        check(
            "cluster web; host a in web",
            r#"DeleteCluster {"cluster":"web"}"#,
            expect![[r#"
                400 ClusterContainsContainerInstancesException: The Cluster cannot be deleted while Container Instances are active or draining.
            "#]],
        );
        check(
            "cluster web; host a in fargate; task t1 in web on a",
            r#"DeleteCluster {"cluster":"web"}"#,
            expect![[r#"
                400 ClusterContainsTasksException: The Cluster cannot be deleted while Tasks are active.
            "#]],
        );
    }
}
