//! PutAttributes gives instances attributes of the user's own, for placement to go by.

use model::ecs::{PutAttributesRequest, PutAttributesResponse};
use wire::ApiError;

use super::{attributes, resolve};
use crate::call::Reply;
use crate::cx::Cx;

/// Most attributes of one instance that its agent did not report.
const MAX_CUSTOM: usize = 10;

pub fn put_attributes(cx: &Cx<'_>, input: PutAttributesRequest) -> Result<Reply<PutAttributesResponse>, ApiError> {
    let cluster = resolve::active_cluster(cx, input.cluster.as_deref())?;
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
    use crate::testing::{World, check};
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
                400 InvalidParameterException: Invalid attribute name 'ecs.os-type': use 1 to 128 letters, digits and -_./\, not beginning with one of ecs., com.amazonaws.ecs., longshore.
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

    #[test]
    fn names_and_values_have_their_characters_and_the_hosts_own_stay_its_own() {
        let put = |name: &str, value: &str| {
            format!(
                r#"PutAttributes {{"cluster":"web","attributes":[{{"name":"{name}","value":"{value}","targetId":"$a","targetType":"container-instance"}}]}}"#
            )
        };
        let said = [
            (r"a-_./\\Z9", r"a-_./\\ @:9"),
            ("a:b", "v"),
            ("a b", "v"),
            (&"n".repeat(129), "v"),
            ("longshore.address", "10.0.0.1"),
            ("ecs.os-type", "linux"),
            ("a", ""),
            ("a", " v"),
            ("a", "v "),
            ("a", "v,w"),
            ("a", &"v".repeat(128)),
            ("a", &"v".repeat(129)),
        ]
        .map(|(name, value)| {
            let world = World::new("cluster web; host a in web");
            let said = world.ask(&put(name, value)).show(Some("attributes.0.name"));
            said.lines().next().unwrap_or_default().to_owned()
        });
        expect![[r#"
            200 attributes.0.name="a-_./\\Z9"
            400 InvalidParameterException: Invalid attribute name 'a:b': use 1 to 128 letters, digits and -_./\, not beginning with one of ecs., com.amazonaws.ecs., longshore.
            400 InvalidParameterException: Invalid attribute name 'a b': use 1 to 128 letters, digits and -_./\, not beginning with one of ecs., com.amazonaws.ecs., longshore.
            400 InvalidParameterException: Invalid attribute name 'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn': use 1 to 128 letters, digits and -_./\, not beginning with one of ecs., com.amazonaws.ecs., longshore.
            400 InvalidParameterException: Invalid attribute name 'longshore.address': use 1 to 128 letters, digits and -_./\, not beginning with one of ecs., com.amazonaws.ecs., longshore.
            400 InvalidParameterException: Invalid attribute name 'ecs.os-type': use 1 to 128 letters, digits and -_./\, not beginning with one of ecs., com.amazonaws.ecs., longshore.
            400 InvalidParameterException: Invalid value of attribute 'a': use 1 to 128 letters, digits, spaces and -_./\:@, without a space at either end
            400 InvalidParameterException: Invalid value of attribute 'a': use 1 to 128 letters, digits, spaces and -_./\:@, without a space at either end
            400 InvalidParameterException: Invalid value of attribute 'a': use 1 to 128 letters, digits, spaces and -_./\:@, without a space at either end
            400 InvalidParameterException: Invalid value of attribute 'a': use 1 to 128 letters, digits, spaces and -_./\:@, without a space at either end
            200 attributes.0.name="a"
            400 InvalidParameterException: Invalid value of attribute 'a': use 1 to 128 letters, digits, spaces and -_./\:@, without a space at either end
        "#]]
        .assert_eq(&(said.join("\n") + "\n"));
    }

    #[test]
    fn what_an_agent_of_ours_registered_does_not_use_up_the_users_ten() {
        let ours = "longshore.address=10.0.0.1 longshore.task-network=overlay longshore.capability.agent=";
        let world = World::new(&format!("cluster web; host a in web {ours}"));
        let put = |n: usize| {
            format!(
                r#"PutAttributes {{"cluster":"web","attributes":[{{"name":"n{n}","targetId":"$a","targetType":"container-instance"}}]}}"#
            )
        };
        for n in 0..10 {
            assert!(world.ask(&put(n)).show(Some("")).starts_with("200"), "{n}");
        }
        assert!(
            world
                .ask(&put(10))
                .show(None)
                .contains("AttributeLimitExceededException")
        );
    }

    #[test]
    fn a_deregistered_instance_is_no_target() {
        check(
            "cluster web; host a in web",
            r#"DeregisterContainerInstance {"cluster":"web","containerInstance":"$a"} ; PutAttributes {"cluster":"web","attributes":[{"name":"n","targetId":"$a","targetType":"container-instance"}]}"#,
            expect![[r#"
                400 TargetNotFoundException: Could not find ID: 0000000000000000000000000000a001
            "#]],
        );
    }
}
