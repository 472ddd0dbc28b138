//! ListHosts shows the machines of a cluster, of the Fargate pool, or of both.

use domain::ClusterName;
use domain::host::Pool;
use model::longshore::{ListHostsRequest, ListHostsResponse};
use wire::ApiError;

use super::hosts;
use crate::call::Reply;
use crate::cx::Cx;
use crate::ecs::resolve;
use crate::page::Paging;

pub fn list_hosts(cx: &Cx<'_>, input: ListHostsRequest) -> Result<Reply<ListHostsResponse>, ApiError> {
    let cluster: Option<&ClusterName> = match input.cluster.as_deref() {
        Some(name) => Some(resolve::cluster(cx, Some(name))?.name()),
        None => None,
    };
    let fargate = input.fargate == Some(true);
    let question = format!("ListHosts {cluster:?} {fargate}");
    let paging = Paging {
        question: &question,
        max_results: input.max_results,
        most: 100,
        next_token: input.next_token.as_deref(),
    };
    let after = paging.after(cx)?.and_then(|id| u128::from_str_radix(&id, 16).ok());
    let wanted = |pool: Option<&Pool>| match (pool, cluster) {
        (Some(Pool::Cluster(name)), Some(wanted)) => name == wanted,
        (Some(Pool::Fargate), _) => fargate || cluster.is_none(),
        (Some(Pool::Cluster(_)) | None, None) => !fargate,
        (None, Some(_)) => false,
    };
    let machines = hosts::all(cx)
        .into_iter()
        .filter(|it| after.is_none_or(|last| it.id() > last) && wanted(it.pool()));
    let page = paging.cut(cx, machines, |it| format!("{:x}", it.id()))?;
    Ok(Reply::new(ListHostsResponse {
        hosts: Some(page.items.iter().map(|it| hosts::shown(cx, it)).collect()),
        next_token: page.next_token,
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web cpu=1024 memory=2048; host f in fargate longshore.address=192.0.2.7; task t1 in web on a RUNNING";

    #[test]
    fn the_hosts_of_every_pool_are_shown_with_what_they_have_left() {
        check(
            WORLD,
            r#"ListHosts {"cluster":"web"}"#,
            expect![[r#"
                200 {"hosts":[{"hostId":"0000000000000000000000000000b001","name":"a","cluster":"web","fargate":false,"containerInstanceArn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001","status":"ACTIVE","agentConnected":true,"healthStatus":"INSUFFICIENT_DATA","taskNetwork":"10.88.1.0/24","availabilityZone":"","registeredCpu":1024,"remainingCpu":768,"registeredMemory":2048,"remainingMemory":1536,"runningTasksCount":1,"pendingTasksCount":0,"stoppingTasksCount":0,"joinedAt":0.000}]}
            "#]],
        );
        check(
            WORLD,
            r#"ListHosts {"fargate":true} -> hosts.0.name hosts.0.address hosts.0.fargate hosts.1"#,
            expect![[r#"
                200 hosts.0.name="f" hosts.0.address="192.0.2.7" hosts.0.fargate=true hosts.1=-
            "#]],
        );
        check(
            WORLD,
            r#"ListHosts {} -> hosts.0.name hosts.1.name hosts.2"#,
            expect![[r#"
                200 hosts.0.name="a" hosts.1.name="f" hosts.2=-
            "#]],
        );
    }

    #[test]
    fn tasks_count_until_they_have_stopped() {
        check(
            "host f in fargate; task t1 in default on f; task t2 in default on f RUNNING; task t3 in default on f STOPPING; task t4 in default on f STOPPED",
            "ListHosts {} -> hosts.0.pendingTasksCount hosts.0.runningTasksCount hosts.0.stoppingTasksCount",
            expect![[r#"
                200 hosts.0.pendingTasksCount=1 hosts.0.runningTasksCount=1 hosts.0.stoppingTasksCount=1
            "#]],
        );
    }

    #[test]
    fn a_machine_that_has_only_joined_is_shown_too() {
        let world = World::new("");
        let token = world
            .ask(r#"CreateJoinToken {"fargate":true}"#)
            .get("token")
            .expect("a token");
        world.ask(&format!(r#"as nobody JoinHost {{"token":{token},"hostName":"new"}}"#));
        let shown = world
            .ask("ListHosts {}")
            .show(Some("hosts.0.name hosts.0.status hosts.0.taskNetwork"));
        assert_eq!(
            shown,
            "200 hosts.0.name=\"new\" hosts.0.status=- hosts.0.taskNetwork=\"10.64.0.0/24\"\n"
        );
    }

    #[test]
    fn a_list_may_come_in_pages_and_is_not_for_hosts() {
        let world = World::new(WORLD);
        let first = world.ask(r#"ListHosts {"maxResults":1}"#);
        let token = first.get("nextToken").expect("there is more");
        let second = world.ask(&format!(r#"ListHosts {{"nextToken":{token}}}"#));
        assert_eq!(
            second.show(Some("hosts.0.name nextToken")),
            "200 hosts.0.name=\"f\" nextToken=-\n"
        );
        check(
            WORLD,
            "as a ListHosts {}",
            expect![[r#"
                400 AccessDeniedException: This key is not authorized to perform: ListHosts
            "#]],
        );
    }
}
