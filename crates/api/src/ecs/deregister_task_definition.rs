//! DeregisterTaskDefinition retires a revision: what runs goes on, nothing new starts from it.

use model::ecs::{DeregisterTaskDefinitionRequest, DeregisterTaskDefinitionResponse};
use wire::ApiError;

use super::{errors, resolve, shape};
use crate::call::Reply;
use crate::cx::Cx;

pub fn deregister_task_definition(
    cx: &Cx<'_>,
    input: DeregisterTaskDefinitionRequest,
) -> Result<Reply<DeregisterTaskDefinitionResponse>, ApiError> {
    let given = input.task_definition.unwrap_or_default();
    let name = resolve::definition_name(cx, &given)?;
    if name.revision.is_none() {
        return Err(errors::client("Revision is missing."));
    }
    let definition = resolve::get_definition(cx, &name)?;
    let mut definition = definition
        .ok_or_else(|| errors::client("The specified task definition does not exist."))?
        .clone();

    let changed = definition.deregister(cx.now);
    let reply = Reply::new(DeregisterTaskDefinitionResponse {
        task_definition: Some(shape::definition(cx, &definition)),
    });
    Ok(if changed { reply.put(definition) } else { reply })
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn a_second_time_changes_nothing() {
        let call = r#"DeregisterTaskDefinition {"taskDefinition":"web:1"}"#;
        check(
            "family web",
            &format!("{call} -> taskDefinition.status"),
            expect![[r#"
                200 taskDefinition.status="INACTIVE"
                put definition web:1
            "#]],
        );
        check(
            "family web",
            &format!("{call} ; {call} -> taskDefinition.status"),
            expect![[r#"
                200 taskDefinition.status="INACTIVE"
            "#]],
        );
    }

    #[test]
    fn the_revision_must_be_named_and_exist() {
        check(
            "family web",
            r#"DeregisterTaskDefinition {"taskDefinition":"web"}"#,
            expect![[r#"
                400 ClientException: Revision is missing.
            "#]],
        );
        check(
            "family web",
            r#"DeregisterTaskDefinition {"taskDefinition":"web:9"}"#,
            expect![[r#"
                400 ClientException: The specified task definition does not exist.
            "#]],
        );
    }
}
