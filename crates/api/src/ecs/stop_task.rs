//! StopTask asks for a task's end and answers at once. The host does the stopping.

use domain::task::{Stop, StopCode};
use model::ecs::{StopTaskRequest, StopTaskResponse};
use wire::ApiError;

use super::{resolve, shape};
use crate::call::Reply;
use crate::cx::Cx;

pub fn stop_task(cx: &Cx<'_>, input: StopTaskRequest) -> Result<Reply<StopTaskResponse>, ApiError> {
    let cluster = resolve::active_cluster(cx, input.cluster.as_deref())?;
    let mut task = resolve::task(cx, cluster.name(), input.task.as_deref().unwrap_or_default())?.clone();

    let reason = shape::reason(input.reason).unwrap_or_else(|| "Task stopped by user".into());
    let changed = task.ask_stop(
        Stop {
            code: StopCode::UserInitiated,
            reason,
        },
        cx.now,
    );

    if changed {
        // The model has it so: a task that is stopped by a call loses its tags.
        task.retag(Vec::new());
    }
    let reply = Reply::new(StopTaskResponse {
        task: Some(shape::task(cx, &task, false)),
    });
    Ok(if changed { reply.put(task) } else { reply })
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    const WORLD: &str = "cluster web; cluster other; host a in web; task t1 in web on a RUNNING";
    const SHOW: &str = "-> task.lastStatus task.desiredStatus task.stopCode task.stoppedReason";

    #[test]
    fn a_reason_without_end_is_cut() {
        let world = World::new("cluster web; host a in web; task t1 in web on a RUNNING");
        let long = "x".repeat(100_000);
        let call = format!(r#"StopTask {{"cluster":"web","task":"$t1","reason":"{long}"}}"#);
        let reason = world.ask(&call).get("task.stoppedReason");
        assert_eq!(reason.map(|it| it.len()), Some(1024 + 2));

        let world = World::new("cluster web; host a in web; task t1 in web on a");
        let bindings = vec![r#"{"containerPort":1,"hostPort":1}"#; 1000].join(",");
        let container = format!(r#"{{"containerName":"main","networkBindings":[{bindings}]}}"#);
        world.ask(&format!(
            r#"as a SubmitTaskStateChange {{"task":"$t1","status":"STOPPED","reason":"{long}","containers":[{container}]}}"#
        ));
        let view = world.view();
        let task = view.task(world.task("t1")).expect("it is kept");
        assert_eq!(task.stop().map(|it| it.reason.len()), Some(1024));
        assert_eq!(task.containers()[0].bindings().len(), 200);
    }

    #[test]
    fn answers_before_the_task_has_stopped() {
        check(
            WORLD,
            &format!(r#"StopTask {{"cluster":"web","task":"$t1","reason":"bye"}} {SHOW}"#),
            expect![[r#"
                200 task.lastStatus="RUNNING" task.desiredStatus="STOPPED" task.stopCode="UserInitiated" task.stoppedReason="bye"
                put task Running desired=Stopped
            "#]],
        );
    }

    #[test]
    fn the_first_reason_stays() {
        let stop = |reason: &str| format!(r#"StopTask {{"cluster":"web","task":"$t1","reason":"{reason}"}}"#);
        check(
            WORLD,
            &format!("{} ; {} {SHOW}", stop("first"), stop("second")),
            expect![[r#"
                200 task.lastStatus="RUNNING" task.desiredStatus="STOPPED" task.stopCode="UserInitiated" task.stoppedReason="first"
            "#]],
        );
    }

    #[test]
    fn another_clusters_task_is_not_found_by_its_id() {
        check(
            WORLD,
            r#"StopTask {"cluster":"other","task":"$t1"}"#,
            expect![[r#"
                400 InvalidParameterException: The referenced task was not found.
            "#]],
        );
        check(
            WORLD,
            r#"StopTask {"cluster":"other","task":"arn:aws:ecs:us-east-1:123456789012:task/web/$t1"}"#,
            expect![[r#"
                400 InvalidParameterException: Invalid identifier: Identifier is for cluster web. Your cluster is other
            "#]],
        );
    }
}
