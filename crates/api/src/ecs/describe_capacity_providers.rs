//! DescribeCapacityProviders shows capacity providers, all of them where none is named.

use model::ecs::{CapacityProvider, DescribeCapacityProvidersRequest, DescribeCapacityProvidersResponse, Failure};
use wire::ApiError;

use super::{capacity_providers, resolve};
use crate::call::Reply;
use crate::cx::Cx;
use crate::page::Paging;

pub fn describe_capacity_providers(
    cx: &Cx<'_>,
    input: DescribeCapacityProvidersRequest,
) -> Result<Reply<DescribeCapacityProvidersResponse>, ApiError> {
    if input.cluster.is_some() {
        resolve::cluster(cx, input.cluster.as_deref())?;
    }
    let named = input.capacity_providers.filter(|it| !it.is_empty());
    let paging = Paging {
        question: &format!("DescribeCapacityProviders {named:?}"),
        max_results: input.max_results,
        most: 10,
        next_token: input.next_token.as_deref(),
    };
    let after = paging.after(cx)?;
    let arn = |name: &str| cx.site.ecs_arn(format_args!("capacity-provider/{name}"));
    let is = |name: &str, given: &str| given == name || given == arn(name);
    let wanted = |name: &&str| named.as_ref().is_none_or(|all| all.iter().any(|given| is(name, given)));
    let known = capacity_providers::KNOWN.into_iter().filter(wanted);
    let page = paging.cut(
        cx,
        known.filter(|it| after.as_deref().is_none_or(|last| *it > last)),
        |it| (*it).to_owned(),
    )?;
    let shown = page.items.iter().map(|name| CapacityProvider {
        capacity_provider_arn: Some(arn(name)),
        name: Some((*name).into()),
        status: Some("ACTIVE".into()),
        r#type: Some((*name).into()),
        tags: Some(Vec::new()),
        ..Default::default()
    });
    let missing = named
        .iter()
        .flatten()
        .filter(|given| !capacity_providers::KNOWN.iter().any(|name| is(name, given)));
    let failures = missing.map(|given| Failure {
        arn: Some(if given.starts_with("arn:") {
            given.clone()
        } else {
            arn(given)
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
}
