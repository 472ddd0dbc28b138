use super::*;
use crate::testing::World;

const START: Time = Time::from_millis(1_700_000_000_000);
const WORLD: &str = "cluster web; host a in web; host b in web; family app; task t1 in web on a RUNNING; task t2 in web on b RUNNING; task old in web on a STOPPED";

fn hear(world: &World, kind: &str, message: &str) -> Heard {
    let mut text = format!(r#"{{"type":"{kind}","message":{message}}}"#);
    for name in ["t1", "t2", "old"] {
        let arn = format!("arn:aws:ecs:us-east-1:123456789012:task/web/{}", world.task(name));
        text = text.replace(&format!("${name}"), &arn);
    }
    Session::new(world.instance("a"), START).hear(&world.view(), &text, START)
}

fn health(world: &World, task: &str, status: &str) -> Heard {
    let containers = format!(
        r#"[{{"containerName":"main","healthStatus":"{status}"}},{{"containerName":"x","healthStatus":"{status}"}}]"#
    );
    hear(
        world,
        "PublishHealthRequest",
        &format!(r#"{{"tasks":[{{"taskArn":"{task}","containers":{containers}}}]}}"#),
    )
}

#[test]
fn health_is_heard_of_own_tasks_that_run_and_their_own_containers() {
    let world = World::new(WORLD);
    let own = health(&world, "$t1", "HEALTHY");
    assert_eq!(
        own,
        Heard::Health(vec![(world.task("t1"), vec![("main".into(), Health::Healthy)])])
    );
    assert!(own.ack().expect("an ack").contains("AckPublishHealth"));
    for other in ["$t2", "$old", "nonsense"] {
        assert_eq!(health(&world, other, "HEALTHY"), Heard::Health(Vec::new()), "{other}");
    }
}

#[test]
fn only_another_health_is_written_down() {
    let world = World::new(WORLD);
    let Heard::Health(said) = health(&world, "$t1", "UNHEALTHY") else {
        panic!("health")
    };
    let mut view = world.view();
    let changes = of_tasks(&view, &said);
    assert_eq!(changes.len(), 1);
    view.apply(changes);
    assert_eq!(view.task(world.task("t1")).map(Task::health), Some(Health::Unhealthy));
    assert!(of_tasks(&view, &said).is_empty());
}

#[test]
fn usage_is_heard_of_own_tasks() {
    let world = World::new(WORLD);
    let metrics = r#"[{"containerName":"main","cpuStatsSet":{"sum":4,"sampleCount":2},"memoryStatsSet":{"sum":10,"sampleCount":1}},{"containerName":"x"}]"#;
    let heard = hear(
        &world,
        "PublishMetricsRequest",
        &format!(
            r#"{{"metadata":{{"fin":true}},"taskMetrics":[{{"taskArn":"$t1","containerMetrics":{metrics}}},{{"taskArn":"$t2","containerMetrics":{metrics}}}]}}"#
        ),
    );
    let sample = Sample {
        at: START,
        cpu_percent: 2.0,
        memory_mib: 10.0,
        restarts: 0,
    };
    let reading = Reading {
        container: "main".into(),
        sample,
    };
    assert_eq!(heard, Heard::Usage(vec![(world.task("t1"), vec![reading])]));
    let idle = hear(&world, "PublishMetricsRequest", r#"{"metadata":{"idle":true}}"#);
    assert!(idle.ack().expect("an ack").contains("AckPublishMetric"));
}

#[test]
fn a_runtimes_state_is_written_down_once() {
    let world = World::new(WORLD);
    let said = r#"{"statuses":[{"type":"Other","status":"OK"},{"type":"ContainerRuntime","status":"IMPAIRED","lastUpdated":1700000000,"lastStatusChange":1699999990.5}]}"#;
    let Heard::Runtime(health) = hear(&world, "PublishInstanceStatusRequest", said) else {
        panic!("a state")
    };
    assert_eq!(health.changed, Time::from_millis(1_699_999_990_500));
    let mut view = world.view();
    view.apply(of_runtime(&view, world.instance("a"), &health));
    assert_eq!(
        view.instance(world.instance("a")).and_then(|it| it.health()),
        Some(&health)
    );
    assert!(of_runtime(&view, world.instance("a"), &health).is_empty());
}

#[test]
fn what_is_too_much_ends_the_session_and_what_is_unknown_changes_nothing() {
    let world = World::new(WORLD);
    let many = vec![r#"{"taskArn":"$t1"}"#; MAX_TASKS + 1].join(",");
    for (kind, list) in [
        ("PublishHealthRequest", "tasks"),
        ("PublishMetricsRequest", "taskMetrics"),
    ] {
        let heard = hear(&world, kind, &format!(r#"{{"{list}":[{many}]}}"#));
        assert_eq!(heard, Heard::Excess("too many tasks in a message"));
    }
    assert_eq!(hear(&world, "PublishNews", "{}"), Heard::Nothing);
    assert_eq!(hear(&world, "PublishHealthRequest", "[]"), Heard::Nothing);
    let mut session = Session::new(world.instance("a"), START);
    let heard: Vec<Heard> = (0..=MAX_FRAMES)
        .map(|_| session.hear(&world.view(), "{}", START))
        .collect();
    assert_eq!(heard.last(), Some(&Heard::Excess("too many messages")));
    assert!(heard[..heard.len() - 1].iter().all(|it| *it == Heard::Nothing));
}

#[test]
fn an_agent_that_answers_no_ping_is_given_up_and_a_talking_one_is_not() {
    let mut session = Session::new(World::new(WORLD).instance("a"), START);
    assert!(session.beat(START.plus_s(MAX_SILENCE_S - 1)).is_ok());
    assert_eq!(session.beat(START.plus_s(MAX_SILENCE_S)), Err(Silent));
    session.note_alive(START.plus_s(60));
    assert!(session.beat(START.plus_s(60 + MAX_SILENCE_S - 1)).is_ok());
}
