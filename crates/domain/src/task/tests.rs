use super::*;

pub(crate) fn task(id: u128) -> Task {
    let origin = Origin::new(Launch::simple("web"), InstanceId::new(7), Time::from_millis(0));
    Task::new(
        TaskId::new(id),
        origin,
        vec![Container::new(1, Made::simple("main", "web:1"))],
        None,
    )
}

fn by_user(reason: &str) -> Stop {
    Stop {
        code: StopCode::UserInitiated,
        reason: reason.into(),
    }
}

#[test]
fn a_task_is_as_healthy_as_its_essential_containers_that_are_checked() {
    let container = |name: &str, essential| {
        let made = Made {
            essential,
            ..Made::simple(name, "x")
        };
        Container::new(2, made)
    };
    let containers = vec![
        container("main", true),
        container("side", true),
        container("plain", true),
        container("extra", false),
    ];
    let mut task = Task::new(TaskId::new(1), task(1).origin().clone(), containers, None);
    assert_eq!(task.health(), Health::Unknown);
    assert!(task.note_health("main", Health::Healthy));
    assert!(!task.note_health("main", Health::Healthy), "nothing is new");
    assert!(!task.note_health("nobody", Health::Healthy));
    assert_eq!(task.health(), Health::Healthy);
    assert!(task.note_health("extra", Health::Unhealthy));
    assert_eq!(task.health(), Health::Healthy, "it is not essential");
    assert!(task.note_health("side", Health::Unknown));
    assert_eq!(task.health(), Health::Unknown);
    assert!(task.note_health("side", Health::Unhealthy));
    assert_eq!(task.health(), Health::Unhealthy);
    task.advance(Stage::Stopped, Time::from_millis(9));
    assert!(!task.note_health("side", Health::Healthy), "it is over");
}

#[test]
fn a_late_report_changes_nothing() {
    let mut task = task(1);
    assert!(task.advance(Stage::Stopped, Time::from_millis(9)));
    let version = task.version();
    assert!(!task.advance(Stage::Running, Time::from_millis(10)));
    assert_eq!((task.last(), task.version()), (Stage::Stopped, version));
}

#[test]
fn the_first_stop_reason_stays() {
    let mut task = task(1);
    assert!(task.ask_stop(by_user("first"), Time::from_millis(1)));
    assert!(!task.ask_stop(by_user("second"), Time::from_millis(2)));
    assert_eq!(task.stop(), Some(&by_user("first")));
    assert_eq!(task.times().stopping, Some(Time::from_millis(1)));
}

#[test]
fn a_stopped_task_has_no_running_container() {
    let mut task = task(1);
    task.observe(
        "main",
        Observed {
            stage: Some(ContainerStage::Running),
            ..Observed::default()
        },
    );
    task.advance(Stage::Stopped, Time::from_millis(1));
    assert_eq!(task.containers()[0].last(), ContainerStage::Stopped);
    assert_eq!(task.desired(), Desired::Stopped);
}

#[test]
fn a_container_keeps_what_was_learned_first() {
    let mut task = task(1);
    let seen = |exit| Observed {
        stage: Some(ContainerStage::Stopped),
        exit_code: Some(exit),
        ..Observed::default()
    };
    assert!(task.observe("main", seen(3)));
    assert!(!task.observe("main", seen(0)));
    assert!(!task.observe("nobody", seen(0)));
    assert_eq!(task.containers()[0].exit_code(), Some(3));
}
