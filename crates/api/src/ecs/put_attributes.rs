//! PutAttributes gives instances attributes of the user's own, for placement to go by.

use model::ecs::{PutAttributesRequest, PutAttributesResponse};
use wire::ApiError;

use super::{attributes, resolve};
use crate::call::Reply;
use crate::cx::Cx;

/// Most attributes of one instance that its agent did not report.
const MAX_CUSTOM: usize = 10;

pub fn put_attributes(cx: &Cx<'_>, input: PutAttributesRequest) -> Result<Reply<PutAttributesResponse>, ApiError> {
    let cluster = resolve::cluster(cx, input.cluster.as_deref())?;
    let given = input.attributes.unwrap_or_default();
    attributes::count(&given)?;
    let (mut changed, mut shown) = (attributes::Changed::default(), Vec::new());
    for it in &given {
        let attribute = attributes::custom(it)?;
        let instance = changed.of(attributes::target(cx, cluster, it)?);
        instance.put_attribute(attribute.clone());
        let custom = instance
            .attributes
            .iter()
            .filter(|it| !attributes::is_reserved(&it.name))
            .count();
        if custom > MAX_CUSTOM {
            return Err(attributes::too_many(MAX_CUSTOM));
        }
        shown.push(attributes::shown(cx, instance, &attribute));
    }
    let output = PutAttributesResponse {
        attributes: Some(shown),
    };
    Ok(Reply::new(output).put_all(changed.into_instances()))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web; host b in web";

    fn put(attributes: &str) -> String {
        format!(r#"PutAttributes {{"cluster":"web","attributes":[{attributes}]}}"#)
    }

    #[test]
    fn an_attribute_is_put_and_given_a_new_value() {
        let one = put(r#"{"name":"rack","value":"1","targetId":"$a","targetType":"container-instance"}"#);
        let two = put(r#"{"name":"rack","value":"2","targetId":"$a","targetType":"container-instance"}"#);
        check(
            WORLD,
            &one,
            expect![[r#"
            200 {"attributes":[{"name":"rack","value":"1","targetId":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001"}]}
            put instance reserved cpu=0 memory=0
        "#]],
        );
        let list = r#"ListAttributes {"cluster":"web","targetType":"container-instance","attributeName":"rack"}"#;
        check(
            WORLD,
            &format!("{one} ; {two} ; {list}"),
            expect![[r#"
            200 {"attributes":[{"name":"rack","value":"2","targetId":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001"}]}
        "#]],
        );
    }

    #[test]
    fn agents_names_and_unknown_targets_are_refused() {
        check(
            WORLD,
            &put(r#"{"name":"ecs.os-type","value":"x","targetId":"$a","targetType":"container-instance"}"#),
            expect![[r#"
                400 InvalidParameterException: Invalid attribute name 'ecs.os-type': use 1 to 128 letters, digits and -_./\:@, not beginning with 'ecs.' or 'com.amazonaws.ecs.'
            "#]],
        );
        check(
            WORLD,
            &put(r#"{"name":"rack","targetId":"0123","targetType":"container-instance"}"#),
            expect![[r#"
                400 TargetNotFoundException: Could not find ID: 0123
            "#]],
        );
        check(
            WORLD,
            &put(r#"{"name":"rack","targetId":"$a"}"#),
            expect![[r#"
            400 InvalidParameterException: targetType must be given when targetId is not an ARN.
        "#]],
        );
        check(
            WORLD,
            &put(""),
            expect![[r#"
            400 InvalidParameterException: Attributes cannot be empty.
        "#]],
        );
    }

    #[test]
    fn an_instance_has_at_most_ten_of_them() {
        let ten: Vec<String> = (0..10)
            .map(|n| format!(r#"{{"name":"k{n}","targetId":"$a","targetType":"container-instance"}}"#))
            .collect();
        let more = put(r#"{"name":"more","targetId":"$a","targetType":"container-instance"}"#);
        check(
            WORLD,
            &format!("{} ; {more}", put(&ten.join(","))),
            expect![[r#"
            400 AttributeLimitExceededException: You can apply up to 10 custom attributes for each resource.
        "#]],
        );
    }
}
