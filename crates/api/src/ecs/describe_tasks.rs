//! DescribeTasks shows tasks by id or ARN, stopped ones for as long as they are kept, those of a deleted cluster too.

use model::ecs::{DescribeTasksRequest, DescribeTasksResponse, Failure};
use wire::ApiError;

use super::{errors, resolve, shape, tags};
use crate::call::Reply;
use crate::cx::Cx;

/// Most tasks in one call.
const MAX_TASKS: usize = 100;

pub fn describe_tasks(cx: &Cx<'_>, input: DescribeTasksRequest) -> Result<Reply<DescribeTasksResponse>, ApiError> {
    let cluster = resolve::any_cluster(cx, input.cluster.as_deref())?.name();
    let given = input.tasks.unwrap_or_default();
    if given.is_empty() {
        return Err(errors::invalid("Tasks cannot be empty."));
    }
    if given.len() > MAX_TASKS {
        return Err(errors::invalid(format!(
            "Tasks cannot have more than {MAX_TASKS} entries."
        )));
    }
    let with_tags = tags::asked(input.include.as_deref());

    let (mut tasks, mut failures) = (Vec::new(), Vec::new());
    for name in given {
        match resolve::get_task(cx, cluster, &name)? {
            Some(task) => tasks.push(shape::task(cx, task, with_tags)),
            None => {
                let arn = if name.starts_with("arn:") {
                    name
                } else {
                    cx.site.ecs_arn(format_args!("task/{cluster}/{name}"))
                };
                failures.push(Failure {
                    arn: Some(arn),
                    reason: Some("MISSING".into()),
                    detail: None,
                });
            }
        }
    }
    Ok(Reply::new(DescribeTasksResponse {
        tasks: Some(tasks),
        failures: Some(failures),
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use engine::reaping::{Keep, sweep};
    use expect_test::expect;
    use wire::time::Time;

    const WORLD: &str = "cluster web; host a in web; task t1 in web on a RUNNING";

    #[test]
    fn a_running_task_shows_its_host_and_times() {
        check(
            WORLD,
            r#"DescribeTasks {"cluster":"web","tasks":["$t1"]}"#,
            expect![[r#"
                200 {"tasks":[{"attachments":[],"attributes":[],"availabilityZone":"us-east-1a","clusterArn":"arn:aws:ecs:us-east-1:123456789012:cluster/web","containerInstanceArn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001","containers":[{"containerArn":"arn:aws:ecs:us-east-1:123456789012:container/web/0000000000000000000000000000c002/00000000-0000-0000-0000-00000000d002","taskArn":"arn:aws:ecs:us-east-1:123456789012:task/web/0000000000000000000000000000c002","name":"main","image":"app:1","lastStatus":"PENDING","networkBindings":[],"networkInterfaces":[],"healthStatus":"UNKNOWN","cpu":"0"}],"cpu":"256","createdAt":1699999999.000,"desiredStatus":"RUNNING","enableExecuteCommand":false,"group":"family:app","healthStatus":"UNKNOWN","lastStatus":"RUNNING","launchType":"EC2","memory":"512","overrides":{"containerOverrides":[{"name":"main"}],"inferenceAcceleratorOverrides":[]},"startedAt":1699999999.500,"tags":[],"taskArn":"arn:aws:ecs:us-east-1:123456789012:task/web/0000000000000000000000000000c002","taskDefinitionArn":"arn:aws:ecs:us-east-1:123456789012:task-definition/app:1","version":2}],"failures":[]}
            "#]],
        );
    }

    #[test]
    fn what_is_not_there_is_a_failure_with_the_arn_it_would_have() {
        check(
            WORLD,
            r#"DescribeTasks {"cluster":"web","tasks":["nope","$t1"]} -> failures tasks.0.lastStatus"#,
            expect![[r#"
                200 failures=[{"arn":"arn:aws:ecs:us-east-1:123456789012:task/web/nope","reason":"MISSING"}] tasks.0.lastStatus="RUNNING"
            "#]],
        );
        check(
            WORLD,
            r#"DescribeTasks {"cluster":"default","tasks":["$t1"]} -> failures.0.reason"#,
            expect![[r#"
                200 failures.0.reason="MISSING"
            "#]],
        );
    }

    #[test]
    fn nothing_asked_and_no_cluster_are_errors() {
        check(
            WORLD,
            r#"DescribeTasks {"cluster":"web","tasks":[]}"#,
            expect![[r#"
                400 InvalidParameterException: Tasks cannot be empty.
            "#]],
        );
        check(
            WORLD,
            r#"DescribeTasks {"cluster":"gone","tasks":["$t1"]}"#,
            expect![[r#"
                400 ClusterNotFoundException: Cluster not found.
            "#]],
        );
    }

    #[test]
    fn an_id_is_no_longer_than_any_was() {
        let describe = |id: &str| format!(r#"DescribeTasks {{"cluster":"web","tasks":["{id}"]}} -> failures.0.reason"#);
        check(
            "cluster web",
            &describe(&"x".repeat(36)),
            expect![[r#"
                200 failures.0.reason="MISSING"
            "#]],
        );
        check(
            "cluster web",
            &describe(&"x".repeat(37)),
            expect![[r#"
                400 InvalidParameterException: taskId longer than 36.
            "#]],
        );
    }

    #[test]
    fn of_too_many_stopped_tasks_the_rest_is_forgotten() {
        let world = World::new(
            "host a in default; task t1 in default on a STOPPED; task t2 in default on a STOPPED; \
             task t3 in default on a STOPPED; task t4 in default on a",
        );
        let forgotten = |most| {
            let keep = Keep {
                most,
                ..Keep::default()
            };
            let now = Time::from_millis(1_700_000_000_000);
            sweep(&world.view(), keep, now).deletes().len()
        };
        assert_eq!(Keep::default().most, 100_000);
        assert_eq!([0, 1, 2, 3, 4].map(forgotten), [3, 2, 1, 0, 0]);
    }
}
