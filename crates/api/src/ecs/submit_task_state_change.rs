//! SubmitTaskStateChange is an agent's report on a task and its containers.

use domain::task::Stage;
use model::ecs::{SubmitTaskStateChangeRequest, SubmitTaskStateChangeResponse};
use wire::ApiError;

use super::{report, resolve, shape, submit_attachment_state_changes};
use crate::call::Reply;
use crate::cx::Cx;

pub fn submit_task_state_change(
    cx: &Cx<'_>,
    input: SubmitTaskStateChangeRequest,
) -> Result<Reply<SubmitTaskStateChangeResponse>, ApiError> {
    let before = resolve::task_of_agent(cx, input.task.as_deref())?;
    let mut task = before.clone();
    task.connect(cx.now);
    task.note_times(input.pull_started_at, input.pull_stopped_at, input.execution_stopped_at);
    for container in input.containers.unwrap_or_default() {
        let name = container.container_name.clone().unwrap_or_default();
        task.observe(&name, shape::observed(container));
    }
    for attachment in input.attachments.unwrap_or_default() {
        submit_attachment_state_changes::advance(&mut task, &attachment);
    }
    // An agent may say more than these; AWS takes note of no others.
    match input.status.as_deref() {
        Some("PENDING") => report::reach(&mut task, Stage::Pending, None, cx.now),
        Some("RUNNING") => report::reach(&mut task, Stage::Running, None, cx.now),
        Some("STOPPED") => report::reach(&mut task, Stage::Stopped, input.reason, cx.now),
        _ => {}
    }
    Ok(report::settled(
        cx,
        before,
        task,
        SubmitTaskStateChangeResponse {
            acknowledgment: Some("ACK".into()),
        },
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::testing::{World, check};
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web; host b in web; task t1 in web on a";
    const SHOW: &str = r#"DescribeTasks {"cluster":"web","tasks":["$t1"]} -> tasks.0.lastStatus tasks.0.desiredStatus tasks.0.stopCode tasks.0.stoppedReason tasks.0.containers.0.lastStatus tasks.0.containers.0.exitCode tasks.0.containers.0.reason tasks.0.containers.0.networkBindings"#;

    fn after(report: &str, expected: expect_test::Expect) {
        check(WORLD, &format!("{report} ; {SHOW}"), expected);
    }

    fn says(status: &str, container: &str) -> String {
        format!(
            r#"SubmitTaskStateChange {{"cluster":"web","task":"$t1","status":"{status}","containers":[{container}]}}"#
        )
    }

    #[test]
    fn a_running_report_brings_bindings() {
        after(
            &says(
                "RUNNING",
                r#"{"containerName":"main","status":"RUNNING","networkBindings":[{"bindIP":"0.0.0.0","containerPort":80,"hostPort":32768,"protocol":"tcp"}]}"#,
            ),
            expect![[r#"
                200 tasks.0.lastStatus="RUNNING" tasks.0.desiredStatus="RUNNING" tasks.0.stopCode=- tasks.0.stoppedReason=- tasks.0.containers.0.lastStatus="RUNNING" tasks.0.containers.0.exitCode=- tasks.0.containers.0.reason=- tasks.0.containers.0.networkBindings=[{"bindIP":"0.0.0.0","containerPort":80,"hostPort":32768,"protocol":"tcp"}]
            "#]],
        );
    }

    #[test]
    fn a_container_that_was_started_again_has_the_ports_of_its_new_run() {
        let running = |port: u16| {
            let binding = format!(r#"{{"bindIP":"0.0.0.0","containerPort":80,"hostPort":{port},"protocol":"tcp"}}"#);
            says(
                "RUNNING",
                &format!(r#"{{"containerName":"main","status":"RUNNING","networkBindings":[{binding}]}}"#),
            )
        };
        let silent = says("RUNNING", r#"{"containerName":"main","status":"RUNNING"}"#);
        check(
            WORLD,
            &format!(
                r#"{} ; {} ; {silent} ; DescribeTasks {{"cluster":"web","tasks":["$t1"]}} -> tasks.0.containers.0.networkBindings.0.hostPort"#,
                running(32768),
                running(32769)
            ),
            expect![[r#"
                200 tasks.0.containers.0.networkBindings.0.hostPort=32769
            "#]],
        );
    }

    #[test]
    fn an_exit_after_running_is_the_essential_containers() {
        let running = says("RUNNING", "");
        let stopped = says("STOPPED", r#"{"containerName":"main","status":"STOPPED","exitCode":3}"#);
        after(
            &format!("{running} ; {stopped}"),
            expect![[r#"
                200 tasks.0.lastStatus="STOPPED" tasks.0.desiredStatus="STOPPED" tasks.0.stopCode="EssentialContainerExited" tasks.0.stoppedReason="Essential container in task exited" tasks.0.containers.0.lastStatus="STOPPED" tasks.0.containers.0.exitCode=3 tasks.0.containers.0.reason=- tasks.0.containers.0.networkBindings=[]
            "#]],
        );
    }

    #[test]
    fn a_task_that_never_ran_failed_to_start_for_its_containers_reason() {
        after(
            &says(
                "STOPPED",
                r#"{"containerName":"main","status":"STOPPED","reason":"CannotPullContainerError: no such image"}"#,
            ),
            expect![[r#"
                200 tasks.0.lastStatus="STOPPED" tasks.0.desiredStatus="STOPPED" tasks.0.stopCode="TaskFailedToStart" tasks.0.stoppedReason="CannotPullContainerError: no such image" tasks.0.containers.0.lastStatus="STOPPED" tasks.0.containers.0.exitCode=- tasks.0.containers.0.reason="CannotPullContainerError: no such image" tasks.0.containers.0.networkBindings=[]
            "#]],
        );
    }

    #[test]
    fn a_container_that_never_ran_is_why_the_others_were_stopped() {
        const RUN: &str = r#"RegisterTaskDefinition {"family":"chain","containerDefinitions":[{"name":"main","image":"app:1","memory":64},{"name":"db","image":"db:1","memory":64}]} ; RunTask {"cluster":"web","taskDefinition":"chain"}"#;
        let world = World::new("cluster web; host a in web");
        let (register, run) = RUN.split_once(" ; ").unwrap();
        world.ask(register);
        let task = world.ask(run).get("tasks.0.taskArn").unwrap();
        world.ask(&format!(
            r#"SubmitTaskStateChange {{"cluster":"web","task":{task},"status":"STOPPED","containers":[{{"containerName":"db","status":"STOPPED","exitCode":143}},{{"containerName":"main","status":"STOPPED","reason":"CannotStartContainerError: dependency graph: no"}}]}}"#
        ));
        let shown = world.ask(&format!(r#"DescribeTasks {{"cluster":"web","tasks":[{task}]}}"#));
        expect![[r#"
            "TaskFailedToStart" "CannotStartContainerError: dependency graph: no"
        "#]]
        .assert_eq(&format!(
            "{} {}\n",
            shown.get("tasks.0.stopCode").unwrap(),
            shown.get("tasks.0.stoppedReason").unwrap()
        ));
    }

    #[test]
    fn a_late_running_report_does_not_revive_a_stopped_task() {
        after(
            &format!("{} ; {}", says("STOPPED", ""), says("RUNNING", "")),
            expect![[r#"
                200 tasks.0.lastStatus="STOPPED" tasks.0.desiredStatus="STOPPED" tasks.0.stopCode="TaskFailedToStart" tasks.0.stoppedReason="Task failed to start" tasks.0.containers.0.lastStatus="STOPPED" tasks.0.containers.0.exitCode=- tasks.0.containers.0.reason=- tasks.0.containers.0.networkBindings=[]
            "#]],
        );
    }

    #[test]
    fn the_end_gives_the_room_back() {
        check(
            WORLD,
            &format!(
                r#"{} ; DescribeContainerInstances {{"cluster":"web","containerInstances":["$a"]}} -> containerInstances.0.remainingResources.0.integerValue containerInstances.0.remainingResources.1.integerValue"#,
                says("STOPPED", "")
            ),
            expect![[r#"
                200 containerInstances.0.remainingResources.0.integerValue=4096 containerInstances.0.remainingResources.1.integerValue=4096
            "#]],
        );
    }

    #[test]
    fn an_agent_reports_only_on_its_own_instance() {
        check(
            WORLD,
            &format!("as b {}", says("STOPPED", "")),
            expect![[r#"
                400 AccessDeniedException: This key belongs to another container instance.
            "#]],
        );
        check(
            WORLD,
            &format!("as a {}", says("RUNNING", "")),
            expect![[r#"
                200 {"acknowledgment":"ACK"}
                put task Running desired=Running
            "#]],
        );
    }
}
