//! DeleteTaskDefinitions marks deregistered revisions for deletion. Each goes when no task runs from it.

use domain::TaskDefinition;
use domain::task_definition::Status;
use model::ecs::{DeleteTaskDefinitionsRequest, DeleteTaskDefinitionsResponse, Failure};
use wire::ApiError;

use super::{errors, resolve, shape};
use crate::call::Reply;
use crate::cx::Cx;

/// Most revisions in one call.
const MAX_DEFINITIONS: usize = 10;

pub fn delete_task_definitions(
    cx: &Cx<'_>,
    input: DeleteTaskDefinitionsRequest,
) -> Result<Reply<DeleteTaskDefinitionsResponse>, ApiError> {
    let named = input.task_definitions.unwrap_or_default();
    if named.is_empty() {
        return Err(errors::invalid(
            "Size of TaskDefinition references list cannot be empty",
        ));
    }
    if named.len() > MAX_DEFINITIONS {
        return Err(errors::invalid(format!(
            "Size of TaskDefinition references list cannot exceed {MAX_DEFINITIONS}"
        )));
    }
    let (mut shown, mut failures, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for name in named {
        match deletable(cx, &name) {
            Ok(mut definition) => {
                let moved = definition.delete(cx.now);
                shown.push(shape::definition(cx, &definition));
                if moved {
                    changed.push(definition);
                }
            }
            Err(reason) => failures.push(Failure {
                arn: Some(name),
                reason: Some(reason.into()),
                detail: None,
            }),
        }
    }
    let output = DeleteTaskDefinitionsResponse {
        task_definitions: Some(shown),
        failures: Some(failures),
    };
    Ok(Reply::new(output).put_all(changed))
}

/// The revision that is named, or in AWS's words why it cannot be deleted.
fn deletable(cx: &Cx<'_>, named: &str) -> Result<TaskDefinition, &'static str> {
    const INVALID: &str =
        "The specified task definition identifier is invalid. Specify a valid name or ARN and try again.";
    let name = resolve::definition_name(cx, named).map_err(|_| INVALID)?;
    if name.revision.is_none() {
        return Err(INVALID);
    }
    let found = resolve::get_definition(cx, &name).map_err(|_| INVALID)?;
    let definition = found.ok_or(
        "The specified task definition does not exist. Specify a valid account, family, revision and try again.",
    )?;
    if definition.status() == Status::Active {
        return Err(
            "The specified task definition is still in ACTIVE status. Please deregister the target and try again.",
        );
    }
    Ok(definition.clone())
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const END: &str = r#"DeregisterTaskDefinition {"taskDefinition":"app:1"}"#;
    const DELETE: &str = r#"DeleteTaskDefinitions {"taskDefinitions":["app:1"]}"#;

    #[test]
    fn a_deregistered_revision_is_marked_and_listed_so() {
        check(
            "family app",
            &format!("{END} ; {DELETE} -> taskDefinitions.0.status taskDefinitions.0.deleteRequestedAt failures"),
            expect![[r#"
                200 taskDefinitions.0.status="DELETE_IN_PROGRESS" taskDefinitions.0.deleteRequestedAt=1700000002.123 failures=[]
                put definition app:1
            "#]],
        );
        check(
            "family app",
            &format!(r#"{END} ; {DELETE} ; ListTaskDefinitions {{"status":"DELETE_IN_PROGRESS"}}"#),
            expect![[r#"
                200 {"taskDefinitionArns":["arn:aws:ecs:us-east-1:123456789012:task-definition/app:1"]}
            "#]],
        );
    }

    #[test]
    fn a_second_time_changes_nothing() {
        check(
            "family app",
            &format!("{END} ; {DELETE} ; {DELETE} -> taskDefinitions.0.status failures"),
            expect![[r#"
                200 taskDefinitions.0.status="DELETE_IN_PROGRESS" failures=[]
            "#]],
        );
    }

    #[test]
    fn each_that_cannot_be_deleted_has_its_reason() {
        check(
            "family app",
            r#"DeleteTaskDefinitions {"taskDefinitions":["app:1","app:7","app","a b:1"]}"#,
            expect![[r#"
                200 {"taskDefinitions":[],"failures":[{"arn":"app:1","reason":"The specified task definition is still in ACTIVE status. Please deregister the target and try again."},{"arn":"app:7","reason":"The specified task definition does not exist. Specify a valid account, family, revision and try again."},{"arn":"app","reason":"The specified task definition identifier is invalid. Specify a valid name or ARN and try again."},{"arn":"a b:1","reason":"The specified task definition does not exist. Specify a valid account, family, revision and try again."}]}
            "#]],
        );
    }

    #[test]
    fn none_or_too_many_are_refused() {
        check(
            "",
            r#"DeleteTaskDefinitions {"taskDefinitions":[]}"#,
            expect![[r#"
            400 InvalidParameterException: Size of TaskDefinition references list cannot be empty
        "#]],
        );
        let eleven = [r#""a:1""#; 11].join(",");
        check(
            "",
            &format!(r#"DeleteTaskDefinitions {{"taskDefinitions":[{eleven}]}}"#),
            expect![[r#"
                400 InvalidParameterException: Size of TaskDefinition references list cannot exceed 10
            "#]],
        );
    }
}
