//! ListPlacementDecisions tells why tasks of a cluster found no host, newest first.

use domain::Decision;
use model::longshore::{HostVerdict, ListPlacementDecisionsRequest, ListPlacementDecisionsResponse, PlacementDecision};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;
use crate::ecs::resolve;

pub fn list_placement_decisions(
    cx: &Cx<'_>,
    input: ListPlacementDecisionsRequest,
) -> Result<Reply<ListPlacementDecisionsResponse>, ApiError> {
    let cluster = resolve::cluster(cx, input.cluster.as_deref())?;
    let decisions = cx.view.decisions(cluster.name()).rev().filter(|it| cluster.owns(it.at));
    let asked_for = |it: &&Decision| input.group.as_deref().is_none_or(|group| *it.group == *group);
    Ok(Reply::new(ListPlacementDecisionsResponse {
        decisions: Some(decisions.filter(asked_for).map(|it| shown(cx, it)).collect()),
    }))
}

fn shown(cx: &Cx<'_>, it: &Decision) -> PlacementDecision {
    let pool = |id| {
        cx.view
            .instance(id)
            .map_or(it.cluster.as_str(), |host| host.pool().name())
    };
    let hosts = it.verdicts.iter().map(|verdict| HostVerdict {
        container_instance_arn: Some(cx.site.instance_arn(pool(verdict.instance), verdict.instance)),
        reason: Some(verdict.reason.clone()),
        detail: Some(verdict.detail.clone()),
    });
    PlacementDecision {
        created_at: Some(it.at),
        group: Some(it.group.to_string()),
        task_definition_arn: Some(cx.site.definition_arn(&it.definition)),
        wanted: Some(it.wanted as i32),
        placed: Some(it.placed as i32),
        hosts: Some(hosts.collect()),
        more_hosts: Some(it.more as i32),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web cpu=256 memory=512; family app";
    const RUN: &str = r#"RunTask {"cluster":"web","taskDefinition":"app","count":2}"#;

    #[test]
    fn a_placement_that_fell_short_is_explained_host_by_host() {
        check(
            WORLD,
            &format!(r#"{RUN} ; ListPlacementDecisions {{"cluster":"web"}}"#),
            expect![[r#"
                200 {"decisions":[{"createdAt":1700000002.123,"group":"family:app","taskDefinitionArn":"arn:aws:ecs:us-east-1:123456789012:task-definition/app:1","wanted":2,"placed":1,"hosts":[{"containerInstanceArn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001","reason":"RESOURCE:CPU","detail":"needs 256 CPU units, 0 free"}],"moreHosts":0}]}
            "#]],
        );
        check(
            WORLD,
            &format!(r#"{RUN} ; ListPlacementDecisions {{"cluster":"web","group":"family:other"}}"#),
            expect![[r#"
                200 {"decisions":[]}
            "#]],
        );
        check(
            WORLD,
            r#"ListPlacementDecisions {"cluster":"nope"}"#,
            expect![[r#"
            400 ClusterNotFoundException: Cluster not found.
        "#]],
        );
    }

    #[test]
    fn only_the_newest_are_kept() {
        let world = World::new(WORLD);
        for _ in 0..25 {
            world.ask(RUN);
        }
        let listed = world
            .ask(r#"ListPlacementDecisions {"cluster":"web"}"#)
            .list("decisions");
        assert_eq!(listed.len(), domain::decision::MAX_PER_CLUSTER);
        assert!(listed[0] > listed[1], "newest first");
    }

    #[test]
    fn a_cluster_created_again_has_none_of_the_one_before() {
        let world = World::new("cluster web; host a in web cpu=0; family app");
        let listed = || {
            let call = r#"ListPlacementDecisions {"cluster":"web"}"#;
            world.ask(call).list("decisions").len()
        };
        world.ask(RUN);
        assert_eq!(listed(), 1);
        world.ask(r#"DeregisterContainerInstance {"cluster":"web","containerInstance":"$a"}"#);
        world.ask(r#"DeleteCluster {"cluster":"web"}"#);
        world.ask(r#"CreateCluster {"clusterName":"web"}"#);
        assert_eq!(listed(), 0);
    }
}
