//! Containers of a task that wait for each other.

use serde_json::{Value, json};

use super::{ON_FARGATE, fargate, shell};
use crate::docker::{docker, inspect};
use crate::lab::Lab;

/// Says when it was asked to end, takes half a second for it, and says when it has.
const SLOW_END: &str = "up() { cut -d' ' -f1 /proc/uptime; }; trap 'up; sleep 0.5; up; exit 0' TERM; sleep 1000 & wait";

/// A FARGATE task definition of these containers.
fn task(family: &str, containers: Vec<Value>) -> Value {
    let mut definition = fargate(family, "true");
    definition["containerDefinitions"] = containers.into();
    definition
}

fn with(mut container: Value, more: Value) -> Value {
    let fields = container.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    container
}

fn needs(all: &[(&str, &str)]) -> Value {
    let dependency = |(name, condition): &(&str, &str)| json!({"containerName": name, "condition": condition});
    json!({"dependsOn": all.iter().map(dependency).collect::<Vec<_>>()})
}

fn run(lab: &Lab, definition: &Value) -> String {
    lab.register(definition);
    let family = definition["family"].as_str().unwrap();
    lab.run_task(&format!("--task-definition {family} {ON_FARGATE}"))
}

fn container<'a>(task: &'a Value, name: &str) -> &'a Value {
    let mut all = task["containers"].as_array().unwrap().iter();
    all.find(|it| it["name"] == name).unwrap()
}

fn state(task: &Value, name: &str) -> Value {
    inspect(container(task, name)["runtimeId"].as_str().unwrap())["State"].clone()
}

#[test]
fn a_container_starts_when_all_that_it_waits_for_has_happened() {
    let lab = Lab::up();
    let optional = json!({"essential": false});
    let ready = json!({"healthCheck": {"command": ["CMD-SHELL", "test -f /tmp/ready"], "interval": 5, "retries": 1, "startPeriod": 30}});
    let arn = run(
        &lab,
        &task(
            "ordered",
            vec![
                with(
                    shell("app", SLOW_END),
                    needs(&[
                        ("db", "HEALTHY"),
                        ("init", "SUCCESS"),
                        ("seed", "COMPLETE"),
                        ("proxy", "START"),
                    ]),
                ),
                with(shell("db", &format!("touch /tmp/ready; {SLOW_END}")), ready),
                with(shell("init", "sleep 1; exit 0"), optional.clone()),
                with(shell("seed", "exit 9"), optional),
                shell("proxy", SLOW_END),
            ],
        ),
    );
    let early = lab.until("what is waited for is shown while it is", || {
        let task = lab.task(&arn);
        (container(&task, "init")["lastStatus"] == "STOPPED").then_some(task)
    });
    assert_eq!(early["lastStatus"], "PENDING");
    assert_eq!(container(&early, "seed")["exitCode"], 9);
    assert_eq!(container(&early, "db")["lastStatus"], "RUNNING");
    assert_eq!(
        container(&early, "app")["runtimeId"],
        Value::Null,
        "it is not even created"
    );

    let task = lab.until_task(&arn, "RUNNING");
    assert_eq!(container(&task, "init")["lastStatus"], "STOPPED");
    let started = state(&task, "app")["StartedAt"].as_str().unwrap().to_owned();
    for name in ["init", "seed"] {
        assert!(state(&task, name)["FinishedAt"].as_str().unwrap() <= started.as_str());
    }
    assert!(state(&task, "proxy")["StartedAt"].as_str().unwrap() <= started.as_str());
    assert_eq!(state(&task, "db")["Health"]["Status"], "healthy");
    assert!(state(&task, "db")["Health"]["Log"][0]["End"].as_str().unwrap() <= started.as_str());
}

#[test]
fn a_task_whose_containers_can_never_start_ends_with_the_reason() {
    let lab = Lab::up();
    let check =
        json!({"essential": false, "healthCheck": {"command": ["CMD", "false"], "interval": 5, "startPeriod": 60}});
    let cases = [
        (
            "failing",
            with(shell("dep", "exit 3"), json!({"essential": false})),
            "SUCCESS",
            "as dependency did not exit successfully.",
        ),
        (
            "dying",
            with(shell("dep", "exit 0"), check.clone()),
            "HEALTHY",
            "exited before it was healthy.",
        ),
        (
            "late",
            with(with(shell("dep", SLOW_END), check), json!({"startTimeout": 2})),
            "HEALTHY",
            "has timed out.",
        ),
    ];
    let tasks: Vec<_> = cases
        .iter()
        .map(|(family, dep, condition, _)| {
            let app = with(shell("app", SLOW_END), needs(&[("dep", condition)]));
            run(&lab, &task(family, vec![app, dep.clone()]))
        })
        .collect();
    for (arn, (family, _, _, reason)) in tasks.iter().zip(&cases) {
        let task = lab.until_task(arn, "STOPPED");
        assert_eq!(task["stopCode"], "TaskFailedToStart", "{family}: {task:#}");
        let told = task["stoppedReason"].as_str().unwrap();
        assert!(
            told.starts_with("CannotStartContainerError: dependency graph: "),
            "{told}"
        );
        assert!(told.ends_with(reason), "{told}");
        assert_eq!(container(&task, "app")["reason"], told);
        assert_eq!(task["startedAt"], Value::Null);
    }
}

#[test]
fn a_container_ends_after_those_that_depend_on_it() {
    let lab = Lab::up();
    let deaf = format!("trap '' TERM; {}", "while true; do sleep 0.1; done");
    let arn = run(
        &lab,
        &task(
            "stopped-in-order",
            vec![
                shell("db", SLOW_END),
                with(
                    with(shell("cache", &deaf), needs(&[("db", "START")])),
                    json!({"stopTimeout": 2}),
                ),
                with(shell("app", SLOW_END), needs(&[("cache", "START"), ("db", "START")])),
            ],
        ),
    );
    lab.until_task(&arn, "RUNNING");
    lab.aws(&format!("ecs stop-task --task {arn}"));
    let task = lab.until_task(&arn, "STOPPED");
    let codes = ["app", "cache", "db"].map(|name| container(&task, name)["exitCode"].clone());
    assert_eq!(codes, [json!(0), json!(137), json!(0)]);
    let said = |name: &str| -> Vec<f64> {
        let text = docker(&["logs", container(&task, name)["runtimeId"].as_str().unwrap()]);
        text.lines().map(|line| line.parse().unwrap()).collect()
    };
    let (app, db) = (said("app"), said("db"));
    assert!(
        db[0] - app[1] >= 1.9,
        "the cache between them had its two seconds: {app:?} {db:?}"
    );
}
