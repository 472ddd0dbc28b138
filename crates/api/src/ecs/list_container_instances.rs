//! ListContainerInstances names a cluster's instances, all but deregistered ones unless a status is asked for.

use domain::host::Pool;
use domain::instance::Status;
use domain::{Instance, InstanceId};
use engine::query::Candidate;
use model::ecs::{ListContainerInstancesRequest, ListContainerInstancesResponse};
use wire::ApiError;

use super::{placement, resolve};
use crate::call::Reply;
use crate::cx::Cx;
use crate::page::Paging;

pub fn list_container_instances(
    cx: &Cx<'_>,
    input: ListContainerInstancesRequest,
) -> Result<Reply<ListContainerInstancesResponse>, ApiError> {
    let cluster = resolve::cluster(cx, input.cluster.as_deref())?.name();
    let filter = input.filter.as_deref().filter(|it| !it.is_empty());
    let expression = filter.map(placement::expression).transpose()?;
    let status = input.status.as_deref();
    let question = format!("ListContainerInstances {cluster} {status:?} {filter:?}");
    let paging = Paging {
        question: &question,
        max_results: input.max_results,
        most: 100,
        next_token: input.next_token.as_deref(),
    };
    let after = paging.after(cx)?.and_then(|id| InstanceId::parse(&id));

    let wanted = |it: &&Instance| match (status, it.status()) {
        (None | Some("ACTIVE"), Status::Active) | (None | Some("DRAINING"), Status::Draining) => true,
        (_, Status::Active | Status::Draining | Status::Inactive) => false,
    };
    let pool = Pool::Cluster(cluster.clone());
    let instances = cx
        .view
        .instances_in(&pool)
        .filter(|it| after.is_none_or(|last| it.id() > last))
        .filter(wanted)
        .filter(|it| {
            expression.as_ref().is_none_or(|wanted| {
                wanted.holds(Candidate {
                    view: cx.view,
                    instance: it,
                    planned: None,
                })
            })
        });
    let page = paging.cut(cx, instances, |it| it.id().to_string())?;
    let arns = page
        .items
        .iter()
        .map(|it| cx.site.instance_arn(cluster.as_str(), it.id()))
        .collect();
    Ok(Reply::new(ListContainerInstancesResponse {
        container_instance_arns: Some(arns),
        next_token: page.next_token,
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn instances_are_listed_by_cluster_and_status() {
        let world = "cluster web; host a in web; host f in fargate";
        check(
            world,
            r#"ListContainerInstances {"cluster":"web"}"#,
            expect![[r#"
                200 {"containerInstanceArns":["arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001"]}
            "#]],
        );
        check(
            world,
            r#"ListContainerInstances {"cluster":"web","status":"DRAINING"}"#,
            expect![[r#"
                200 {"containerInstanceArns":[]}
            "#]],
        );
        check(
            world,
            r#"DeregisterContainerInstance {"cluster":"web","containerInstance":"$a"} ; ListContainerInstances {"cluster":"web"}"#,
            expect![[r#"
                200 {"containerInstanceArns":[]}
            "#]],
        );
    }

    #[test]
    fn a_filter_is_refused_rather_than_ignored() {
        check(
            "",
            r#"ListContainerInstances {"filter":"agentConnected == true"}"#,
            expect![[r#"
                200 {"containerInstanceArns":[]}
            "#]],
        );
    }
}
