//! SubmitContainerStateChange is an agent's report on one container. It says nothing of the task's own stage.

use model::ecs::{ContainerStateChange, SubmitContainerStateChangeRequest, SubmitContainerStateChangeResponse};
use wire::ApiError;

use super::{errors, report, resolve, shape};
use crate::call::Reply;
use crate::cx::Cx;

pub fn submit_container_state_change(
    cx: &Cx<'_>,
    input: SubmitContainerStateChangeRequest,
) -> Result<Reply<SubmitContainerStateChangeResponse>, ApiError> {
    let before = resolve::task_of_agent(cx, input.task.as_deref())?;
    let name = input.container_name.unwrap_or_default();
    if !before.containers().iter().any(|it| it.name == name) {
        return Err(errors::invalid(format!("The task has no container named '{name}'.")));
    }
    let mut task = before.clone();
    let seen = ContainerStateChange {
        container_name: None,
        image_digest: None,
        runtime_id: input.runtime_id,
        exit_code: input.exit_code,
        network_bindings: input.network_bindings,
        reason: input.reason,
        status: input.status,
    };
    task.observe(&name, shape::observed(seen));
    Ok(report::settled(
        cx,
        before,
        task,
        SubmitContainerStateChangeResponse {
            acknowledgment: Some("ACK".into()),
        },
    ))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web; task t1 in web on a RUNNING";

    #[test]
    fn a_container_moves_and_the_task_stays() {
        check(
            WORLD,
            r#"SubmitContainerStateChange {"cluster":"web","task":"$t1","containerName":"main","status":"STOPPED","exitCode":1} ; DescribeTasks {"cluster":"web","tasks":["$t1"]} -> tasks.0.lastStatus tasks.0.containers.0.lastStatus tasks.0.containers.0.exitCode"#,
            expect![[r#"
                200 tasks.0.lastStatus="RUNNING" tasks.0.containers.0.lastStatus="STOPPED" tasks.0.containers.0.exitCode=1
            "#]],
        );
    }

    #[test]
    fn a_container_that_the_task_does_not_have_is_refused() {
        check(
            WORLD,
            r#"SubmitContainerStateChange {"cluster":"web","task":"$t1","containerName":"x"}"#,
            expect![[r#"
                400 InvalidParameterException: The task has no container named 'x'.
            "#]],
        );
    }
}
