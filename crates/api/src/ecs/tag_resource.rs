//! TagResource adds tags to a resource, or gives those it has new values.

use model::ecs::{TagResourceRequest, TagResourceResponse};
use wire::ApiError;

use super::tagged::Tagged;
use super::tags;
use crate::call::Reply;
use crate::cx::Cx;

pub fn tag_resource(cx: &Cx<'_>, input: TagResourceRequest) -> Result<Reply<TagResourceResponse>, ApiError> {
    let resource = Tagged::resolve(cx, input.resource_arn.as_deref().unwrap_or_default())?;
    let mut all = resource.tags().clone();
    for given in tags::parse(input.tags)? {
        match all.iter_mut().find(|it| it.key == given.key) {
            Some(known) => known.value = given.value,
            None => all.push(given),
        }
    }
    tags::limit(&all)?;
    Ok(Reply::new(TagResourceResponse::default()).put(resource.with_tags(all)))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const ARN: &str = "arn:aws:ecs:us-east-1:123456789012";
    const WORLD: &str = "cluster web; host a in web; family app; task t1 in web on a RUNNING";

    fn tagged(resource: &str, shown: &str, expected: expect_test::Expect) {
        let tag = |pairs: &str| format!(r#"TagResource {{"resourceArn":"{ARN}:{resource}","tags":[{pairs}]}}"#);
        let first = tag(r#"{"key":"team","value":"blue"},{"key":"tier","value":"1"}"#);
        let second = tag(r#"{"key":"team","value":"red"}"#);
        check(WORLD, &format!("{first} ; {second} ; {shown}"), expected);
    }

    #[test]
    fn a_new_value_replaces_the_old_and_the_rest_stays() {
        tagged(
            "cluster/web",
            r#"DescribeClusters {"clusters":["web"],"include":["TAGS"]} -> clusters.0.tags"#,
            expect![[r#"
                200 clusters.0.tags=[{"key":"team","value":"red"},{"key":"tier","value":"1"}]
            "#]],
        );
    }

    #[test]
    fn tasks_instances_and_definitions_have_tags_too() {
        tagged(
            "task/web/$t1",
            r#"DescribeTasks {"cluster":"web","tasks":["$t1"],"include":["TAGS"]} -> tasks.0.tags tasks.0.version"#,
            expect![[r#"
                200 tasks.0.tags=[{"key":"team","value":"red"},{"key":"tier","value":"1"}] tasks.0.version=4
            "#]],
        );
        tagged(
            "container-instance/web/$a",
            r#"DescribeContainerInstances {"cluster":"web","containerInstances":["$a"],"include":["TAGS"]} -> containerInstances.0.tags"#,
            expect![[r#"
                200 containerInstances.0.tags=[{"key":"team","value":"red"},{"key":"tier","value":"1"}]
            "#]],
        );
        tagged(
            "task-definition/app:1",
            r#"DescribeTaskDefinition {"taskDefinition":"app:1","include":["TAGS"]} -> tags"#,
            expect![[r#"
                200 tags=[{"key":"team","value":"red"},{"key":"tier","value":"1"}]
            "#]],
        );
    }

    #[test]
    fn what_is_not_there_or_no_resource_is_told_so() {
        let refused = |resource: &str, expected: expect_test::Expect| {
            let call = format!(r#"TagResource {{"resourceArn":"{resource}","tags":[{{"key":"k","value":"v"}}]}}"#);
            check(WORLD, &call, expected);
        };
        refused(
            "web",
            expect![[r#"
            400 InvalidParameterException: The ARN provided is invalid.
        "#]],
        );
        refused(
            &format!("{ARN}:cluster/none"),
            expect![[r#"
            400 ClusterNotFoundException: Cluster not found.
        "#]],
        );
        refused(
            &format!("{ARN}:task-definition/app"),
            expect![[r#"
            400 ResourceNotFoundException: The specified resource could not be found.
        "#]],
        );
        refused(
            &format!("{ARN}:task/$t1"),
            expect![[r#"
            400 InvalidParameterException: Long arn format must be used for tagging operations
        "#]],
        );
        refused(
            &format!("{ARN}:volume/x"),
            expect![[r#"
            400 InvalidParameterException: The ARN provided is invalid.
        "#]],
        );
    }

    #[test]
    fn there_may_be_fifty_and_none_of_aws() {
        let many: Vec<String> = (0..50).map(|n| format!(r#"{{"key":"k{n}","value":""}}"#)).collect();
        let tag = |tags: &str| format!(r#"TagResource {{"resourceArn":"{ARN}:cluster/web","tags":[{tags}]}}"#);
        let (fifty, one_more) = (tag(&many.join(",")), tag(r#"{"key":"more"}"#));
        check(
            WORLD,
            &format!("{fifty} ; {one_more}"),
            expect![[r#"
            400 InvalidParameterException: Resource cannot have more than 50 tags.
        "#]],
        );
        check(
            WORLD,
            &tag(r#"{"key":"aws:x","value":"y"}"#),
            expect![[r#"
            400 InvalidParameterException: Tag keys cannot start with 'aws:', which is reserved: aws:x
        "#]],
        );
    }

    #[test]
    fn services_need_the_long_form_and_are_not_there_yet() {
        let tag = |resource: &str| {
            format!(
                r#"TagResource {{"resourceArn":"arn:aws:ecs:us-east-1:123456789012:{resource}","tags":[{{"key":"a","value":"b"}}]}}"#
            )
        };
        check(
            "cluster web",
            &tag("service/app"),
            expect![[r#"
                400 InvalidParameterException: Long arn format must be used for tagging operations
            "#]],
        );
        check(
            "cluster web",
            &tag("service/web/app"),
            expect![[r#"
                400 ResourceNotFoundException: The specified resource could not be found.
            "#]],
        );
        check(
            "cluster web",
            &tag("capacity-provider/mine"),
            expect![[r#"
                400 ResourceNotFoundException: The specified resource could not be found.
            "#]],
        );
    }
}
