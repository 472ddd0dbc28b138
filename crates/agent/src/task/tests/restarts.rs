//! Containers that are started again in place.

use super::*;

fn restarting(names: &[&str], ignored: &[i32]) -> acs::Task {
    let mut task = payload("1", names);
    task.containers.as_mut().unwrap()[0].restart_policy = Some(acs::RestartPolicy {
        enabled: Some(true),
        ignored_exit_codes: Some(ignored.to_vec()),
        restart_attempt_period: Some(60),
    });
    task
}

fn starts(host: &Host, name: &str) -> u32 {
    let all = host.runtime.starts();
    let found = all.iter().find(|(it, _)| it.contains(&format!("-{name}-")));
    found.map_or(0, |(_, n)| *n)
}

#[tokio::test]
async fn one_that_ran_long_enough_is_started_again_and_the_server_sees_no_end() {
    let mut host = Host::running(restarting(&["a"], &[])).await;
    let told = host.told.len();
    host.pass(60).await;
    host.exit("a", 3, false).await;
    assert!(host.runs("a"));
    assert_eq!((starts(&host, "a"), host.machine.restarts(0)), (2, Some(1)));
    assert_eq!(host.told.len(), told);

    host.pass(59).await;
    host.exit("a", 4, false).await;
    assert_eq!(host.last().status, Status::Stopped, "the second run was short");
    assert_eq!(host.last().containers[0].exit_code, Some(4));
}

#[tokio::test]
async fn one_that_ended_soon_or_as_it_may_is_not_started_again() {
    let mut host = Host::running(restarting(&["a"], &[])).await;
    host.pass(59).await;
    host.exit("a", 3, false).await;
    assert_eq!((host.last().status, starts(&host, "a")), (Status::Stopped, 1));

    let mut host = Host::running(restarting(&["a"], &[0, 3])).await;
    host.pass(600).await;
    host.exit("a", 3, false).await;
    assert_eq!(
        (host.last().status, host.machine.restarts(0)),
        (Status::Stopped, Some(0))
    );
}

#[tokio::test]
async fn one_that_is_asked_to_end_is_not_started_again() {
    let mut host = Host::running(restarting(&["a"], &[])).await;
    host.pass(600).await;
    host.feed(Event::Desired(Desired::Stopped)).await;
    assert_eq!((host.last().status, starts(&host, "a")), (Status::Stopped, 1));
}

#[tokio::test]
async fn a_restart_that_fails_ends_the_container_with_the_exit_before_it() {
    let mut host = Host::running(restarting(&["side", "b"], &[])).await;
    host.pass(60).await;
    host.runtime.vanish(&host.arn(), "side");
    let exit = Exit {
        code: 137,
        out_of_memory: false,
        at_ms: 7,
    };
    let actions = host.machine.step(Event::Exited { container: 0, exit }, host.now);
    assert_eq!(actions, [Action::Start(0)]);
    let reason = "CannotStartContainerError: no such container".to_owned();
    host.feed(Event::Failed { container: 0, reason }).await;
    let side = &host.last().containers[0];
    assert_eq!((side.status, side.exit_code), (Status::Stopped, Some(137)));
    assert_eq!(host.last().status, Status::Running, "it was not essential");
}

#[tokio::test]
async fn an_end_while_the_agent_was_away_is_followed_by_a_restart_too() {
    let mut host = Host::running(restarting(&["a"], &[])).await;
    host.pass(60).await;
    let exit = Exit {
        code: 3,
        out_of_memory: false,
        at_ms: host.now.as_millis(),
    };
    host.runtime.exit(&host.arn(), "a", exit);
    host.pass(1000).await;
    host.restart().await;
    host.work().await;
    assert!(host.runs("a"));
    assert_eq!(host.machine.restarts(0), Some(1));
    host.restart().await;
    host.work().await;
    assert_eq!(
        (starts(&host, "a"), host.machine.restarts(0)),
        (2, Some(1)),
        "counted once"
    );
}
