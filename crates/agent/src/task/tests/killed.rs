//! The agent is killed at each moment of a task's life in turn: before the runtime has heard of an action, after it was done and before its
//! answer, and after the answer and before it was on disk. Whatever the moment, the end is the same.

use super::*;

#[tokio::test]
async fn killed_at_any_moment_it_starts_nothing_twice_and_reaches_the_same_end() {
    for task in [payload("1", &["a", "b"]), awsvpc(payload("2", &["a", "side"]))] {
        let mut died = 0;
        for life in 0..100 {
            let mut host = Host::new(task.clone(), Some(life));
            host.feed(Event::Desired(Desired::Running)).await;
            host.exit("a", 3, false).await;
            died += usize::from(host.life.is_none());

            let end = host.last();
            assert_eq!(end.status, Status::Stopped, "killed at {life}");
            assert_eq!(end.containers[0].exit_code, Some(3), "killed at {life}");
            let starts = host.runtime.starts();
            assert!(starts.values().all(|n| *n == 1), "killed at {life}: {starts:?}");
            assert_eq!(host.runtime.sandboxes(), 0, "killed at {life}");
            if host.life.is_some() {
                break;
            }
        }
        assert!(died > 20, "the agent died {died} times");
    }
}

/// With a volume, `app` waits for a set-up to succeed and for `db` to be healthy; `db` is started again when it ends.
fn elaborate() -> acs::Task {
    let mut task = awsvpc(payload("3", &["app", "db", "side-init"]));
    let dependency = |name: &str, condition: &str| acs::ContainerDependency {
        container_name: Some(name.into()),
        condition: Some(condition.into()),
    };
    task.volumes = Some(vec![volumes::own()]);
    let containers = task.containers.as_mut().unwrap();
    containers[0].depends_on = Some(vec![dependency("db", "HEALTHY"), dependency("side-init", "SUCCESS")]);
    containers[0].volumes_from = Some(vec![acs::VolumeFrom {
        source_container: Some("db".into()),
        ..Default::default()
    }]);
    containers[1].health_check_type = Some("docker".into());
    containers[1].start_timeout = Some(30);
    containers[1].restart_policy = Some(acs::RestartPolicy {
        enabled: Some(true),
        ..Default::default()
    });
    task
}

#[tokio::test]
async fn killed_at_any_moment_order_health_and_restarts_are_kept() {
    let mut died = 0;
    for life in 0..300 {
        let mut host = Host::new(elaborate(), Some(life));
        host.feed(Event::Desired(Desired::Running)).await;
        assert!(!host.runs("app"), "killed at {life}");
        host.exit("side-init", 0, false).await;
        assert!(!host.runs("app"), "killed at {life}");
        host.health("db", HealthStatus::Healthy).await;
        assert!(host.runs("app"), "killed at {life}");
        assert_eq!(host.last().status, Status::Running, "killed at {life}");
        host.pass(300).await;
        host.exit("db", 5, false).await;
        assert!(host.runs("db") && host.runs("app"), "killed at {life}");
        assert_eq!(host.machine.restarts(1), Some(1), "killed at {life}");
        host.pass(10).await;
        host.exit("app", 3, false).await;
        died += usize::from(host.life.is_none());

        let codes: Vec<_> = host.last().containers.iter().map(|it| it.exit_code).collect();
        assert_eq!(codes, [Some(3), Some(143), Some(0)], "killed at {life}");
        assert_eq!(host.last().status, Status::Stopped, "killed at {life}");
        assert_eq!(host.runtime.volumes(), 0, "killed at {life}");
        let starts: Vec<u32> = host.runtime.starts().into_values().collect();
        assert_eq!(starts, [1, 2, 1], "killed at {life}");
        assert_eq!(host.machine.restarts(1), Some(1), "killed at {life}");
        assert_eq!(host.runtime.sandboxes(), 0, "killed at {life}");
        let told = host.told.iter().map(|it| it.status);
        let until_end: Vec<Status> = told.take_while(|it| *it < Status::Stopped).collect();
        assert!(until_end.is_sorted(), "killed at {life}: {until_end:?}");
        assert_eq!(until_end.last(), Some(&Status::Running), "killed at {life}");
        if host.life.is_some() {
            break;
        }
    }
    assert!(died > 40, "the agent died {died} times");
}
