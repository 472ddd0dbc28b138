//! DeleteAttributes takes attributes of the user's own off instances.

use model::ecs::{DeleteAttributesRequest, DeleteAttributesResponse};
use wire::ApiError;

use super::{attributes, errors, resolve};
use crate::call::Reply;
use crate::cx::Cx;

pub fn delete_attributes(
    cx: &Cx<'_>,
    input: DeleteAttributesRequest,
) -> Result<Reply<DeleteAttributesResponse>, ApiError> {
    let cluster = resolve::active_cluster(cx, input.cluster.as_deref())?;
    let given = input.attributes.unwrap_or_default();
    attributes::count(&given)?;
    let (mut changed, mut shown) = (attributes::Changed::default(), Vec::new());
    for it in &given {
        if it.value.is_some() {
            return Err(errors::invalid(
                "The attribute value cannot be specified when deleting attributes.",
            ));
        }
        let name = attributes::custom(it)?.name;
        let instance = changed.of(attributes::target(cx, cluster, it)?);
        let gone = instance
            .take_attribute(&name)
            .ok_or_else(|| errors::target_not_found(&name))?;
        shown.push(attributes::shown(cx, instance, &gone));
    }
    let output = DeleteAttributesResponse {
        attributes: Some(shown),
    };
    Ok(Reply::new(output).put_all(changed.into_instances()))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web";
    const RACK: &str = r#"{"name":"rack","targetId":"$a","targetType":"container-instance"}"#;

    #[test]
    fn what_was_put_goes_and_what_is_not_there_is_told() {
        let put = format!(r#"PutAttributes {{"cluster":"web","attributes":[{RACK}]}}"#);
        let delete = format!(r#"DeleteAttributes {{"cluster":"web","attributes":[{RACK}]}}"#);
        check(
            WORLD,
            &format!("{put} ; {delete}"),
            expect![[r#"
            200 {"attributes":[{"name":"rack","targetId":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001"}]}
            put instance reserved cpu=0 memory=0
        "#]],
        );
        check(
            WORLD,
            &delete,
            expect![[r#"
            400 TargetNotFoundException: Could not find ID: rack
        "#]],
        );
    }

    #[test]
    fn a_value_is_not_part_of_the_name() {
        check(
            WORLD,
            r#"DeleteAttributes {"cluster":"web","attributes":[{"name":"rack","value":"1","targetId":"$a","targetType":"container-instance"}]}"#,
            expect![[r#"
                400 InvalidParameterException: The attribute value cannot be specified when deleting attributes.
            "#]],
        );
    }
}
