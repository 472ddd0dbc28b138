//! DescribeCapacityProviders shows capacity providers, of a cluster alone where one is given, and all of them where none is named.

use domain::Cluster;
use model::ecs::{CapacityProvider, DescribeCapacityProvidersRequest, DescribeCapacityProvidersResponse, Failure};
use wire::ApiError;

use super::{capacity_providers, errors, resolve};
use crate::call::Reply;
use crate::cx::Cx;
use crate::page::Paging;

/// Most providers that one call may name.
const MAX_NAMED: usize = 100;

pub fn describe_capacity_providers(
    cx: &Cx<'_>,
    input: DescribeCapacityProvidersRequest,
) -> Result<Reply<DescribeCapacityProvidersResponse>, ApiError> {
    let cluster = input
        .cluster
        .as_deref()
        .map(|given| resolve::cluster(cx, Some(given)))
        .transpose()?;
    let named = input.capacity_providers.filter(|it| !it.is_empty());
    if named.as_ref().is_some_and(|it| it.len() > MAX_NAMED) {
        return Err(errors::invalid(format!(
            "Capacity providers cannot have more than {MAX_NAMED} entries."
        )));
    }
    let paging = Paging {
        question: &format!("DescribeCapacityProviders {:?} {named:?}", cluster.map(Cluster::name)),
        max_results: input.max_results,
        most: 10,
        next_token: input.next_token.as_deref(),
    };
    let after = paging.after(cx)?;
    let of_cluster = |name: &str| cluster.is_none_or(|it| it.capacity_providers.iter().any(|has| has == name));
    let find = |given: &str| capacity_providers::find(cx, given).filter(|name| of_cluster(name));
    let wanted = |name: &&str| match &named {
        Some(all) => all.iter().any(|given| find(given) == Some(*name)),
        None => of_cluster(name),
    };
    let known = capacity_providers::KNOWN.into_iter().filter(wanted);
    let page = paging.cut(
        cx,
        known.filter(|it| after.as_deref().is_none_or(|last| *it > last)),
        |it| (*it).to_owned(),
    )?;
    let shown = page.items.iter().map(|name| CapacityProvider {
        capacity_provider_arn: Some(capacity_providers::arn(cx, name)),
        name: Some((*name).into()),
        status: Some("ACTIVE".into()),
        r#type: Some((*name).into()),
        tags: Some(Vec::new()),
        ..Default::default()
    });
    let missing = named.iter().flatten().filter(|given| find(given).is_none());
    let failures = missing.map(|given| Failure {
        arn: Some(if given.starts_with("arn:") {
            given.clone()
        } else {
            capacity_providers::arn(cx, given)
        }),
        reason: Some("MISSING".into()),
        detail: None,
    });
    Ok(Reply::new(DescribeCapacityProvidersResponse {
        capacity_providers: Some(shown.collect()),
        failures: Some(failures.collect()),
        next_token: page.next_token,
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn every_account_has_two() {
        check(
            "",
            "DescribeCapacityProviders {}",
            expect![[r#"
            200 {"capacityProviders":[{"capacityProviderArn":"arn:aws:ecs:us-east-1:123456789012:capacity-provider/FARGATE","name":"FARGATE","status":"ACTIVE","tags":[],"type":"FARGATE"},{"capacityProviderArn":"arn:aws:ecs:us-east-1:123456789012:capacity-provider/FARGATE_SPOT","name":"FARGATE_SPOT","status":"ACTIVE","tags":[],"type":"FARGATE_SPOT"}],"failures":[]}
        "#]],
        );
    }

    #[test]
    fn they_are_named_by_name_or_arn_and_others_are_missing() {
        check(
            "",
            r#"DescribeCapacityProviders {"capacityProviders":["FARGATE","arn:aws:ecs:us-east-1:123456789012:capacity-provider/FARGATE_SPOT","mine"]} -> capacityProviders.0.name capacityProviders.1.name failures"#,
            expect![[r#"
                200 capacityProviders.0.name="FARGATE" capacityProviders.1.name="FARGATE_SPOT" failures=[{"arn":"arn:aws:ecs:us-east-1:123456789012:capacity-provider/mine","reason":"MISSING"}]
            "#]],
        );
    }

    #[test]
    fn a_page_goes_on_where_the_last_ended() {
        check(
            "",
            r#"DescribeCapacityProviders {"maxResults":1} -> capacityProviders.0.name capacityProviders.1.name"#,
            expect![[r#"
                200 capacityProviders.0.name="FARGATE" capacityProviders.1.name=-
            "#]],
        );
    }

    #[test]
    fn a_clusters_own_are_shown_where_a_cluster_is_given() {
        const WORLD: &str = "cluster web; cluster bare";
        let put = r#"PutClusterCapacityProviders {"cluster":"web","capacityProviders":["arn:aws:ecs:us-east-1:123456789012:capacity-provider/FARGATE_SPOT","FARGATE_SPOT"],"defaultCapacityProviderStrategy":[]}"#;
        let names = "capacityProviders.0.name capacityProviders.1.name failures";
        check(
            WORLD,
            &format!(r#"{put} ; DescribeCapacityProviders {{"cluster":"web"}} -> {names}"#),
            expect![[r#"
                200 capacityProviders.0.name="FARGATE_SPOT" capacityProviders.1.name=- failures=[]
            "#]],
        );
        check(
            WORLD,
            &format!(
                r#"{put} ; DescribeCapacityProviders {{"cluster":"web","capacityProviders":["FARGATE"]}} -> {names}"#
            ),
            expect![[r#"
                200 capacityProviders.0.name=- capacityProviders.1.name=- failures=[{"arn":"arn:aws:ecs:us-east-1:123456789012:capacity-provider/FARGATE","reason":"MISSING"}]
            "#]],
        );
        check(
            WORLD,
            &format!(r#"DescribeCapacityProviders {{"cluster":"bare"}} -> {names}"#),
            expect![[r#"
                200 capacityProviders.0.name=- capacityProviders.1.name=- failures=[]
            "#]],
        );
        check(
            WORLD,
            &format!(
                r#"DescribeCapacityProviders {{"capacityProviders":[{}]}}"#,
                vec![r#""x""#; 101].join(",")
            ),
            expect![[r#"
                400 InvalidParameterException: Capacity providers cannot have more than 100 entries.
            "#]],
        );
    }
}
