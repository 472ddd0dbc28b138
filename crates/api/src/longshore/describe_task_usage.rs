//! DescribeTaskUsage shows what containers use, as their agents told lately. Tasks of which nothing is known are left out.

use domain::task::Container;
use model::longshore::{ContainerUsage, DescribeTaskUsageRequest, DescribeTaskUsageResponse, TaskUsage, UsageSample};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;
use crate::ecs::resolve;
use crate::tcs::Sample;

/// Most tasks in one call.
const MAX_TASKS: usize = 100;

pub fn describe_task_usage(
    cx: &Cx<'_>,
    input: DescribeTaskUsageRequest,
) -> Result<Reply<DescribeTaskUsageResponse>, ApiError> {
    let cluster = resolve::cluster(cx, input.cluster.as_deref())?.name();
    let given = input.tasks.unwrap_or_default();
    if given.len() > MAX_TASKS {
        return Err(ApiError::new(
            "InvalidParameterException",
            format!("Tasks cannot have more than {MAX_TASKS} entries."),
        ));
    }
    let mut tasks = Vec::new();
    for name in given {
        if let Some(task) = resolve::get_task(cx, cluster, &name)?.filter(|it| cx.usage.knows(it.id())) {
            tasks.push(usage(cx, task));
        }
    }
    Ok(Reply::new(DescribeTaskUsageResponse { tasks: Some(tasks) }))
}

fn usage(cx: &Cx<'_>, task: &domain::Task) -> TaskUsage {
    // Agents tell of percents of the whole machine; users reckon in CPU units.
    let host_cpu = cx.view.instance(task.instance()).map_or(0, |it| it.registered.cpu);
    let shown = |it: &Sample| UsageSample {
        timestamp: Some(it.at),
        cpu_units: Some(it.cpu_percent / 100.0 * f64::from(host_cpu)),
        memory_mib: Some(it.memory_mib),
    };
    let containers = cx.usage.of_task(task.id()).map(|(name, samples)| ContainerUsage {
        name: Some(name.to_owned()),
        restart_count: samples.back().and_then(|it| i32::try_from(it.restarts).ok()),
        samples: Some(samples.iter().map(shown).collect()),
    });
    let place = |it: &ContainerUsage| {
        let same = |c: &Container| Some(&c.name) == it.name.as_ref();
        task.containers().iter().position(same)
    };
    let mut containers: Vec<ContainerUsage> = containers.collect();
    containers.sort_by_key(place);
    TaskUsage {
        task_arn: Some(cx.site.task_arn(task.cluster(), task.id())),
        containers: Some(containers),
    }
}

#[cfg(test)]
mod tests {
    use crate::tcs::Reading;
    use crate::testing::{World, check};
    use expect_test::expect;
    use wire::time::Time;

    use super::*;

    #[test]
    fn samples_are_shown_in_cpu_units_and_mib() {
        let world = World::new(
            "cluster web; host a in web cpu=2048; family app; task t1 in web on a RUNNING; task t2 in web on a",
        );
        let sample = Sample {
            at: Time::from_millis(1_700_000_000_000),
            cpu_percent: 25.0,
            memory_mib: 12.0,
            restarts: 3,
        };
        let container = "main".to_owned();
        world
            .usage()
            .note(world.task("t1"), vec![Reading { container, sample }]);
        let answer = world
            .ask(r#"DescribeTaskUsage {"cluster":"web","tasks":["$t1","$t2","00000000000000000000000000000000"]}"#);
        expect![[r#"
            200 {"tasks":[{"taskArn":"arn:aws:ecs:us-east-1:123456789012:task/web/0000000000000000000000000000c002","containers":[{"name":"main","restartCount":3,"samples":[{"timestamp":1700000000.000,"cpuUnits":512.0,"memoryMib":12.0}]}]}]}
        "#]]
        .assert_eq(&answer.show(None));
    }

    #[test]
    fn the_cluster_must_exist_and_the_list_has_a_limit() {
        check(
            "",
            r#"DescribeTaskUsage {"cluster":"nope","tasks":[]}"#,
            expect![[r#"
                400 ClusterNotFoundException: Cluster not found.
            "#]],
        );
        let many = vec![r#""x""#; MAX_TASKS + 1].join(",");
        check(
            "",
            &format!(r#"DescribeTaskUsage {{"tasks":[{many}]}}"#),
            expect![[r#"
                400 InvalidParameterException: Tasks cannot have more than 100 entries.
            "#]],
        );
    }
}
