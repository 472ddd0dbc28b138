//! DescribeTaskDefinition shows one revision, or a family's latest active one.

use model::ecs::{DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse};
use wire::ApiError;

use super::{errors, resolve, shape, tags};
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_task_definition(
    cx: &Cx<'_>,
    input: DescribeTaskDefinitionRequest,
) -> Result<Reply<DescribeTaskDefinitionResponse>, ApiError> {
    let given = input.task_definition.unwrap_or_default();
    let name = resolve::definition_name(cx, &given)?;
    let definition =
        resolve::get_definition(cx, &name)?.ok_or_else(|| errors::client("Unable to describe task definition."))?;
    let tags = if tags::asked(input.include.as_deref()) {
        shape::tags(&definition.tags)
    } else {
        Default::default()
    };
    Ok(Reply::new(DescribeTaskDefinitionResponse {
        task_definition: Some(shape::definition(cx, definition)),
        tags: Some(tags),
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn a_bare_family_means_its_latest_active_revision() {
        let show = "-> taskDefinition.taskDefinitionArn taskDefinition.status";
        check(
            "family web; family web",
            &format!(r#"DescribeTaskDefinition {{"taskDefinition":"web"}} {show}"#),
            expect![[r#"
                200 taskDefinition.taskDefinitionArn="arn:aws:ecs:us-east-1:123456789012:task-definition/web:2" taskDefinition.status="ACTIVE"
            "#]],
        );
        check(
            "family web; family web",
            &format!(
                r#"DeregisterTaskDefinition {{"taskDefinition":"web:2"}} ; DescribeTaskDefinition {{"taskDefinition":"web"}} {show}"#
            ),
            expect![[r#"
                200 taskDefinition.taskDefinitionArn="arn:aws:ecs:us-east-1:123456789012:task-definition/web:1" taskDefinition.status="ACTIVE"
            "#]],
        );
        check(
            "family web",
            &format!(
                r#"DeregisterTaskDefinition {{"taskDefinition":"web:1"}} ; DescribeTaskDefinition {{"taskDefinition":"web:1"}} {show}"#
            ),
            expect![[r#"
                200 taskDefinition.taskDefinitionArn="arn:aws:ecs:us-east-1:123456789012:task-definition/web:1" taskDefinition.status="INACTIVE"
            "#]],
        );
    }

    #[test]
    fn what_is_not_there_cannot_be_described() {
        check(
            "family web",
            r#"DescribeTaskDefinition {"taskDefinition":"web:2"}"#,
            expect![[r#"
                400 ClientException: Unable to describe task definition.
            "#]],
        );
        check(
            "family web",
            r#"DescribeTaskDefinition {"taskDefinition":"web:x"}"#,
            expect![[r#"
                400 ClientException: Invalid revision number. Number: x
            "#]],
        );
        check(
            "family web",
            r#"DescribeTaskDefinition {"taskDefinition":"../x"}"#,
            expect![[r#"
                400 ClientException: Unable to describe task definition.
            "#]],
        );
        check(
            "",
            r#"DescribeTaskDefinition {}"#,
            expect![[r#"
                400 InvalidParameterException: 1 validation error detected: Value null at 'taskDefinition' failed to satisfy constraint: Member must not be null
            "#]],
        );
    }
}
