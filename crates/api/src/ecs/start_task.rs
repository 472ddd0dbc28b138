//! StartTask starts a task on each instance that is named. Nothing is chosen, but a task must still fit.

use domain::{ClusterName, Task};
use engine::placement;
use model::ecs::{Failure, RunTaskRequest, StartTaskRequest, StartTaskResponse};
use wire::ApiError;

use super::run_task::{self, Hosts, Run};
use super::{errors, resolve, shape};
use crate::call::Reply;
use crate::cx::Cx;

/// Most instances in one call.
const MAX_INSTANCES: usize = 10;
const MAX_STARTED_BY: usize = 36;

pub fn start_task(cx: &Cx<'_>, mut input: StartTaskRequest) -> Result<Reply<StartTaskResponse>, ApiError> {
    let cluster = resolve::active_cluster(cx, input.cluster.as_deref())?;
    let named = input.container_instances.take().unwrap_or_default();
    if named.is_empty() {
        return Err(errors::client("Container Instances cannot be empty."));
    }
    if named.len() > MAX_INSTANCES {
        return Err(errors::invalid(format!(
            "Container instances cannot have more than {MAX_INSTANCES} entries."
        )));
    }
    run_task::started_by(input.started_by.as_deref().unwrap_or_default(), MAX_STARTED_BY)?;
    let run = Run::resolve(cx, cluster, as_run_task(input))?;
    let demand = run.demand();
    let (mut hosts, mut tasks, mut failures) = (Hosts::default(), Vec::<Task>::new(), Vec::new());
    for name in named {
        let Some(instance) = resolve::get_instance(cx, cluster.name(), &name)? else {
            failures.push(failure(cx, cluster.name(), name, "MISSING", None));
            continue;
        };
        let left = hosts.left(instance);
        match placement::refusal(left, left.reserved(), &demand) {
            Some(why) => failures.push(failure(cx, cluster.name(), name, why.code(), Some(why.to_string()))),
            None => tasks.push(run.task(&tasks, hosts.of_next(instance))),
        }
    }
    let output = StartTaskResponse {
        tasks: Some(tasks.iter().map(|it| shape::task(cx, it, true)).collect()),
        failures: Some(failures),
    };
    let reply = run.rests_on(Reply::new(output));
    Ok(reply.put_all(hosts.into_records()).put_all(tasks))
}

fn failure(cx: &Cx<'_>, cluster: &ClusterName, named: String, reason: &str, detail: Option<String>) -> Failure {
    Failure {
        arn: Some(shape::instance_arn(cx, cluster, named)),
        reason: Some(reason.into()),
        detail,
    }
}

/// What the two calls share.
fn as_run_task(input: StartTaskRequest) -> RunTaskRequest {
    RunTaskRequest {
        launch_type: Some("EC2".into()),
        enable_ecs_managed_tags: input.enable_ecs_managed_tags,
        enable_execute_command: input.enable_execute_command,
        group: input.group,
        network_configuration: input.network_configuration,
        overrides: input.overrides,
        propagate_tags: input.propagate_tags,
        reference_id: input.reference_id,
        started_by: input.started_by,
        tags: input.tags,
        task_definition: input.task_definition,
        volume_configurations: input.volume_configurations,
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web cpu=512 memory=1024; host b in web; family app";

    #[test]
    fn a_task_starts_on_each_instance_that_is_named() {
        check(
            WORLD,
            r#"StartTask {"cluster":"web","taskDefinition":"app","containerInstances":["$a","$b"],"startedBy":"me"} -> tasks.0.containerInstanceArn tasks.1.containerInstanceArn tasks.0.startedBy tasks.0.lastStatus failures"#,
            expect![[r#"
                200 tasks.0.containerInstanceArn="arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001" tasks.1.containerInstanceArn="arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a002" tasks.0.startedBy="me" tasks.0.lastStatus="PENDING" failures=[]
                put instance reserved cpu=256 memory=512
                put instance reserved cpu=256 memory=512
                put task Pending desired=Running
                put task Pending desired=Running
            "#]],
        );
    }

    #[test]
    fn an_instance_that_is_named_twice_gets_two_as_far_as_they_fit() {
        check(
            WORLD,
            r#"StartTask {"cluster":"web","taskDefinition":"app","containerInstances":["$a","$a","$a"]} -> failures.0.reason failures.0.detail"#,
            expect![[r#"
                200 failures.0.reason="RESOURCE:CPU" failures.0.detail="needs 256 CPU units, 0 free"
                put instance reserved cpu=512 memory=1024
                put task Pending desired=Running
                put task Pending desired=Running
            "#]],
        );
    }

    #[test]
    fn what_runs_there_already_takes_its_room() {
        check(
            "cluster web; host a in web cpu=256 memory=1024; family app; task t1 in web on a RUNNING",
            r#"StartTask {"cluster":"web","taskDefinition":"app","containerInstances":["$a"]} -> tasks failures.0.reason"#,
            expect![[r#"
                200 tasks=[] failures.0.reason="RESOURCE:CPU"
            "#]],
        );
    }

    #[test]
    fn what_cannot_be_started_has_its_reason() {
        check(
            WORLD,
            r#"UpdateContainerInstancesState {"cluster":"web","containerInstances":["$b"],"status":"DRAINING"} ; StartTask {"cluster":"web","taskDefinition":"app","containerInstances":["none","$b"]} -> tasks failures.0.reason failures.1.reason"#,
            expect![[r#"
                200 tasks=[] failures.0.reason="MISSING" failures.1.reason="INACTIVE"
            "#]],
        );
    }

    #[test]
    fn none_too_many_and_too_long_are_refused() {
        let start = |instances: &str, more: &str| {
            format!(r#"StartTask {{"cluster":"web","taskDefinition":"app","containerInstances":[{instances}]{more}}}"#)
        };
        check(
            WORLD,
            &start("", ""),
            expect![[r#"
            400 ClientException: Container Instances cannot be empty.
        "#]],
        );
        check(
            WORLD,
            &start(&[r#""x""#; 11].join(","), ""),
            expect![[r#"
            400 InvalidParameterException: Container instances cannot have more than 10 entries.
        "#]],
        );
        let long = format!(r#","startedBy":"{}""#, "x".repeat(37));
        check(
            WORLD,
            &start(r#""$a""#, &long),
            expect![[r#"
            400 InvalidParameterException: startedBy longer than 36.
        "#]],
        );
    }
}
