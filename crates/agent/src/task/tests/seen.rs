//! What the runtime shows unasked: health, containers that are gone, containers that are back, pulls that last.

use super::*;

#[tokio::test]
async fn what_somebody_removed_has_vanished() {
    let mut host = Host::running(payload("1", &["a", "side"])).await;
    host.runtime.vanish(&host.arn(), "side");
    host.feed(Event::Vanished { container: 1 }).await;
    assert_eq!(host.last().status, Status::Running, "it was not essential");
    assert_eq!(
        host.reason("side"),
        "ContainerVanishedError: No container matching saved ID found"
    );
    host.runtime.vanish(&host.arn(), "a");
    let seen = host.runtime.list().await.unwrap();
    for event in host.machine.compare(&seen) {
        host.feed(event).await;
    }
    assert_eq!(
        (host.last().status, host.last().containers[0].exit_code),
        (Status::Stopped, None)
    );
}

#[tokio::test]
async fn a_container_that_is_yet_to_be_made_has_not_vanished() {
    let mut host = Host::new(payload("1", &["a"]), None);
    host.todo = host.machine.step(Event::Desired(Desired::Running), NOW).into();
    let events = host.machine.compare(&[]);
    assert_eq!(events, [Event::Vanished { container: 0 }]);
    for event in events {
        host.feed(event).await;
    }
    assert_eq!(host.statuses(), [Status::Running]);
}

#[tokio::test]
async fn what_has_stopped_and_runs_again_is_ended() {
    let mut host = Host::running(payload("1", &["a"])).await;
    host.exit("a", 0, false).await;
    let spec = host.machine.spec(0).clone();
    host.runtime.start(&spec).await.unwrap();
    assert_eq!(host.machine.step(Event::Runs { container: 0 }, NOW), [Action::Kill(0)]);
    host.restart().await;
    host.work().await;
    assert!(!host.runs("a"), "the agent that starts finds it too");
    assert_eq!(host.last().containers[0].exit_code, Some(0));
}

#[tokio::test]
async fn a_pull_that_takes_long_is_told_of_while_it_lasts() {
    let mut host = Host::new(payload("1", &["a"]), None);
    host.machine.step(Event::Desired(Desired::Running), NOW);
    let long = host.machine.wake_at().unwrap();
    let told = host.machine.step(Event::Due, long);
    let [Action::Tell(report)] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!((report.status, report.pull_started), (Status::Pending, Some(NOW)));
    assert_eq!(host.machine.wake_at(), None, "once");
}

#[tokio::test]
async fn health_is_kept_where_the_definition_asks_for_it_and_is_no_report() {
    let mut task = payload("1", &["a", "b"]);
    task.containers.as_mut().unwrap()[0].health_check_type = Some("docker".into());
    let mut host = Host::running(task).await;
    let told = host.told.len();
    assert_eq!(host.machine.health(0).unwrap().status, HealthStatus::Unknown);
    host.health("a", HealthStatus::Healthy).await;
    let since = host.machine.health(0).unwrap().since_ms;
    host.pass(5).await;
    host.health("a", HealthStatus::Healthy).await;
    assert_eq!(
        host.machine.health(0).unwrap().since_ms,
        since,
        "it has been so since then"
    );
    host.health("a", HealthStatus::Unhealthy).await;
    host.health("b", HealthStatus::Unhealthy).await;
    assert_eq!(host.machine.health(0).unwrap().status, HealthStatus::Unhealthy);
    assert_eq!(
        host.machine.health(1),
        None,
        "a check that only the image has is not told of"
    );
    assert_eq!((host.told.len(), host.last().status), (told, Status::Running));
    host.restart().await;
    assert_eq!(host.machine.health(0).unwrap().status, HealthStatus::Unhealthy);
}
