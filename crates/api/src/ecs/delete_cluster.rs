//! DeleteCluster retires an empty cluster. It stays describable as INACTIVE.

use domain::ClusterName;
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
    let output = DeleteClusterResponse {
        cluster: Some(shape::cluster(cx, &cluster, shape::ClusterDetail::ALL)),
    };
    Ok(Reply::new(output).require(Key::Cluster(name)).put(cluster))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
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
