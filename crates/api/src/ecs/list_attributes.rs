//! ListAttributes shows attributes of a cluster's instances, the agents' own too.

use domain::host::Pool;
use domain::instance::Status;
use model::ecs::{ListAttributesRequest, ListAttributesResponse};
use wire::ApiError;

use super::{attributes, errors, resolve};
use crate::call::Reply;
use crate::cx::Cx;
use crate::page::Paging;

pub fn list_attributes(cx: &Cx<'_>, input: ListAttributesRequest) -> Result<Reply<ListAttributesResponse>, ApiError> {
    let cluster = resolve::cluster(cx, input.cluster.as_deref())?.name();
    let (name, value) = (input.attribute_name.as_deref(), input.attribute_value.as_deref());
    if value.is_some() && name.is_none() {
        return Err(errors::invalid("attributeName must be given with attributeValue."));
    }
    let question = format!("ListAttributes {cluster} {name:?} {value:?}");
    let paging = Paging {
        question: &question,
        max_results: input.max_results,
        most: 100,
        next_token: input.next_token.as_deref(),
    };
    let after = paging.after(cx)?;

    let pool = Pool::Cluster(cluster.clone());
    let instances = cx.view.instances_in(&pool).filter(|it| it.status() != Status::Inactive);
    let all = instances.flat_map(|instance| {
        let mut attributes: Vec<_> = instance.attributes.iter().collect();
        attributes.sort_by(|a, b| a.name.cmp(&b.name));
        attributes
            .into_iter()
            .map(move |it| (format!("{} {}", instance.id(), it.name), instance, it))
    });
    let wanted = all
        .filter(|(key, _, _)| after.as_ref().is_none_or(|last| key > last))
        .filter(|(_, _, it)| name.is_none_or(|name| it.name == name))
        .filter(|(_, _, it)| value.is_none_or(|value| it.value.as_deref() == Some(value)));
    let page = paging.cut(cx, wanted, |(key, _, _)| key.clone())?;
    Ok(Reply::new(ListAttributesResponse {
        attributes: Some(
            page.items
                .iter()
                .map(|(_, instance, it)| attributes::shown(cx, instance, it))
                .collect(),
        ),
        next_token: page.next_token,
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web; host b in web";
    const PUT: &str = r#"PutAttributes {"cluster":"web","attributes":[{"name":"rack","value":"1","targetId":"$a","targetType":"container-instance"},{"name":"rack","value":"2","targetId":"$b","targetType":"container-instance"}]}"#;

    fn list(more: &str) -> String {
        format!(r#"{PUT} ; ListAttributes {{"cluster":"web","targetType":"container-instance"{more}}}"#)
    }

    #[test]
    fn they_are_found_by_name_and_by_value() {
        check(
            WORLD,
            &list(r#","attributeName":"rack""#),
            expect![[r#"
            200 {"attributes":[{"name":"rack","value":"1","targetId":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001"},{"name":"rack","value":"2","targetId":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a002"}]}
        "#]],
        );
        check(
            WORLD,
            &list(r#","attributeName":"rack","attributeValue":"2""#),
            expect![[r#"
                200 {"attributes":[{"name":"rack","value":"2","targetId":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a002"}]}
            "#]],
        );
    }

    #[test]
    fn a_page_ends_where_it_is_told_to() {
        check(
            WORLD,
            &format!("{} -> attributes", list(r#","maxResults":1"#)),
            expect![[r#"
                200 attributes=[{"name":"com.amazonaws.ecs.capability.docker-remote-api.1.18","targetId":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001"}]
            "#]],
        );
    }

    #[test]
    fn a_value_needs_its_name_and_the_target_a_known_type() {
        check(
            WORLD,
            &list(r#","attributeValue":"2""#),
            expect![[r#"
            400 InvalidParameterException: attributeName must be given with attributeValue.
        "#]],
        );
        check(
            WORLD,
            r#"ListAttributes {"cluster":"web","targetType":"rack"}"#,
            expect![[r#"
                400 InvalidParameterException: 1 validation error detected: Value 'rack' at 'targetType' failed to satisfy constraint: Member must satisfy enum value set: [container-instance]
            "#]],
        );
    }
}
