//! ListClusters names the clusters that are not deleted.

use model::ecs::{ListClustersRequest, ListClustersResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;
use crate::page::Paging;

pub fn list_clusters(cx: &Cx<'_>, input: ListClustersRequest) -> Result<Reply<ListClustersResponse>, ApiError> {
    let paging = Paging {
        question: "ListClusters",
        max_results: input.max_results,
        most: 100,
        next_token: input.next_token.as_deref(),
    };
    let after = paging.after(cx)?.unwrap_or_default();
    let clusters = cx
        .view
        .clusters()
        .filter(|it| it.is_active() && it.name().as_str() > after.as_str());
    let page = paging.cut(cx, clusters, |it| it.name().to_string())?;
    let arns = page.items.iter().map(|it| cx.site.cluster_arn(it.name())).collect();
    Ok(Reply::new(ListClustersResponse {
        cluster_arns: Some(arns),
        next_token: page.next_token,
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    #[test]
    fn the_default_cluster_is_there_from_the_start() {
        check(
            "",
            "ListClusters {}",
            expect![[r#"
                200 {"clusterArns":["arn:aws:ecs:us-east-1:123456789012:cluster/default"]}
            "#]],
        );
    }

    #[test]
    fn pages_join_to_the_whole_list() {
        let world = World::new("cluster a; cluster b; cluster c");
        let mut seen = Vec::new();
        let mut token = String::new();
        loop {
            let page = world.ask(&format!(r#"ListClusters {{"maxResults":2{token}}}"#));
            seen.extend(page.list("clusterArns"));
            match page.get("nextToken") {
                Some(next) => token = format!(r#","nextToken":{next}"#),
                None => break,
            }
        }
        let names: Vec<_> = seen
            .iter()
            .map(|it| it.trim_matches('"').rsplit('/').next().unwrap_or_default())
            .collect();
        assert_eq!(names, ["a", "b", "c", "default"]);
    }

    #[test]
    fn an_empty_token_is_none() {
        check(
            "",
            r#"ListClusters {"nextToken":""} -> clusterArns.0"#,
            expect![[r#"
                200 clusterArns.0="arn:aws:ecs:us-east-1:123456789012:cluster/default"
            "#]],
        );
    }

    #[test]
    fn a_token_of_ones_own_making_is_refused() {
        check(
            "",
            r#"ListClusters {"nextToken":"AAAA"}"#,
            expect![[r#"
                400 InvalidParameterException: Invalid token. The nextToken is not one that this list gave.
            "#]],
        );
        check(
            "",
            r#"ListClusters {"maxResults":101}"#,
            expect![[r#"
                400 InvalidParameterException: maxResults must be between 1 and 100.
            "#]],
        );
    }
}
