//! Who starts after whom, who stops before whom, and what can never start.

use super::*;

/// Containers, each as `name`, or `name: other CONDITION, other CONDITION`. Those named `side…` are not essential.
fn ordered(containers: &[&str]) -> acs::Task {
    let parted: Vec<_> = containers
        .iter()
        .map(|it| it.split_once(": ").unwrap_or((it, "")))
        .collect();
    let names: Vec<&str> = parted.iter().map(|(name, _)| *name).collect();
    let mut task = payload("1", &names);
    for (it, (_, needs)) in task.containers.iter_mut().flatten().zip(&parted) {
        let needs = needs.split(", ").filter_map(|need| need.split_once(' '));
        let dependency = |(on, condition): (&str, &str)| acs::ContainerDependency {
            container_name: Some(on.into()),
            condition: Some(condition.into()),
        };
        it.depends_on = Some(needs.map(dependency).collect());
        it.health_check_type = Some("docker".into());
    }
    task
}

fn with_timeout(mut task: acs::Task, at: usize, seconds: i32) -> acs::Task {
    task.containers.as_mut().unwrap()[at].start_timeout = Some(seconds);
    task
}

#[tokio::test]
async fn each_condition_is_waited_for() {
    let mut host = Host::running(ordered(&[
        "app: db HEALTHY, side-init SUCCESS, side-seed COMPLETE, proxy START",
        "db",
        "side-init",
        "side-seed",
        "proxy",
    ]))
    .await;
    assert!(host.runs("proxy") && host.runs("db") && !host.runs("app"));
    host.exit("side-seed", 9, false).await;
    host.exit("side-init", 0, false).await;
    assert!(!host.runs("app"));
    let pending = host.last();
    assert_eq!(
        (pending.status, pending.containers[3].exit_code),
        (Status::Pending, Some(9)),
        "what happens meanwhile is told at once"
    );
    host.health("db", HealthStatus::Unhealthy).await;
    assert!(!host.runs("app"));
    host.health("db", HealthStatus::Healthy).await;
    assert!(host.runs("app"));
    assert_eq!(
        host.last().status,
        Status::Running,
        "what has done its work is no hindrance"
    );
}

#[tokio::test]
async fn a_link_and_a_volume_wait_for_a_start() {
    let mut task = payload("1", &["a", "b", "c"]);
    let containers = task.containers.as_mut().unwrap();
    containers[0].links = Some(vec!["b:alias".into()]);
    containers[1].volumes_from = Some(vec![acs::VolumeFrom {
        source_container: Some("c".into()),
        ..Default::default()
    }]);
    let mut host = Host::new(task, None);
    let mut made = Vec::new();
    let mut todo: VecDeque<_> = host.machine.step(Event::Desired(Desired::Running), NOW).into();
    while let Some(action) = todo.pop_front() {
        if let Action::Create(at) = action {
            made.push(at);
        }
        for event in host.perform(action).await {
            todo.extend(host.machine.step(event, NOW));
        }
    }
    assert_eq!(made, [2, 1, 0]);
}

#[tokio::test]
async fn a_dependency_that_fails_ends_the_task_with_the_reason() {
    let mut host = Host::running(ordered(&["app: side-init SUCCESS", "side-init"])).await;
    host.exit("side-init", 1, false).await;
    assert_eq!(host.statuses(), [Status::Pending, Status::Stopped]);
    assert_eq!(
        host.reason("app"),
        "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [side-init] for target [app] as \
         dependency did not exit successfully."
    );
    assert_eq!(host.last().containers[1].exit_code, Some(1));
}

#[tokio::test]
async fn a_dependency_that_ends_before_it_is_healthy_or_never_starts_ends_the_task() {
    let mut host = Host::running(ordered(&["app: side-db HEALTHY", "side-db"])).await;
    host.exit("side-db", 0, false).await;
    assert_eq!(host.last().status, Status::Stopped);
    assert!(
        host.reason("app").ends_with("exited before it was healthy."),
        "{}",
        host.reason("app")
    );

    let mut host = Host::new(ordered(&["app: side START", "side"]), None);
    host.runtime.lose_image("side");
    host.feed(Event::Desired(Desired::Running)).await;
    assert_eq!(host.last().status, Status::Stopped);
    assert!(host.reason("side").starts_with("CannotPullContainerError"));
    assert!(host.runtime.starts().is_empty());
}

#[tokio::test]
async fn a_dependency_that_takes_too_long_ends_the_task() {
    let mut host = Host::running(with_timeout(ordered(&["app: db HEALTHY", "db"]), 1, 5)).await;
    assert_eq!(host.machine.wake_at(), Some(NOW.plus_s(5)));
    host.pass(4).await;
    assert!(host.runs("db"));
    host.restart().await;
    host.pass(1).await;
    assert_eq!(host.statuses(), [Status::Pending, Status::Stopped]);
    assert_eq!(
        host.reason("app"),
        "CannotStartContainerError: dependency graph: container ordering dependency [db] for target [app] has timed out."
    );
    assert_eq!(host.last().containers[1].exit_code, Some(143));
}

#[tokio::test]
async fn a_start_is_waited_for_without_a_timeout() {
    let mut host = Host::running(with_timeout(ordered(&["app: db START", "db"]), 1, 5)).await;
    host.pass(100).await;
    assert_eq!(host.statuses(), [Status::Running]);
}

#[tokio::test]
async fn a_task_without_an_order_ends_with_the_reason() {
    let mut unchecked = ordered(&["a: b HEALTHY", "b"]);
    unchecked.containers.as_mut().unwrap()[1].health_check_type = None;
    let impossible = [
        ordered(&["a: b START", "b: c HEALTHY", "c: a START"]),
        ordered(&["a: nobody START"]),
        ordered(&["a: a START"]),
        ordered(&["a: b SOMETIMES", "b"]),
        unchecked,
    ];
    for task in impossible {
        let host = Host::running(task).await;
        assert_eq!(host.statuses(), [Status::Stopped]);
        assert_eq!(
            host.last().reason.as_deref(),
            Some(
                "TaskDependencyError: Task dependencies cannot be resolved, taskArn: \
                 arn:aws:ecs:us-east-1:123456789012:task/default/1"
            )
        );
        assert!(host.runtime.starts().is_empty());
    }
}

#[tokio::test]
async fn a_container_stops_after_all_that_depend_on_it_each_with_its_own_grace() {
    let mut task = ordered(&["app: cache START, db HEALTHY", "cache: db START", "db"]);
    for (it, grace) in task.containers.iter_mut().flatten().zip([7, 8, 9]) {
        it.stop_timeout = Some(grace);
    }
    let mut host = Host::running(task).await;
    host.health("db", HealthStatus::Healthy).await;
    let mut stopped = Vec::new();
    let mut todo: VecDeque<_> = host.machine.step(Event::Desired(Desired::Stopped), NOW).into();
    while let Some(action) = todo.pop_front() {
        if let Action::Stop(at, grace_s) = action {
            assert!(!todo.iter().any(|it| matches!(it, Action::Stop(..))), "one at a time");
            stopped.push((at, grace_s));
        }
        for event in host.perform(action).await {
            todo.extend(host.machine.step(event, NOW));
        }
    }
    assert_eq!(stopped, [(0, 7), (1, 8), (2, 9)]);
    assert_eq!(host.last().status, Status::Stopped);
}
