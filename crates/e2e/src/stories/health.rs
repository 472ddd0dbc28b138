//! Health checks of a container definition, run by the engine.

use serde_json::json;

use super::{ON_FARGATE, fargate};
use crate::docker::{docker, inspect};
use crate::lab::Lab;

#[test]
fn a_container_that_fails_its_check_is_unhealthy_and_its_task_goes_on() {
    let lab = Lab::up();
    let mut definition = fargate("checked", "touch /tmp/well; trap 'exit 0' TERM; sleep 1000 & wait");
    definition["containerDefinitions"][0]["healthCheck"] = json!({"command": ["CMD-SHELL", "test -f /tmp/well || { echo so ill; exit 1; }"], "interval": 5, "timeout": 2, "retries": 1});
    lab.register(&definition);
    let arn = lab.run_task(&format!("--task-definition checked {ON_FARGATE}"));
    let task = lab.until_task(&arn, "RUNNING");
    let id = task["containers"][0]["runtimeId"].as_str().unwrap();
    let asked = inspect(id)["Config"]["Healthcheck"].clone();
    assert_eq!(
        (
            &asked["Interval"],
            &asked["Timeout"],
            &asked["Retries"],
            &asked["Test"][0]
        ),
        (
            &json!(5_000_000_000_u64),
            &json!(2_000_000_000_u64),
            &json!(1),
            &json!("CMD-SHELL")
        )
    );
    let until = |status: &str| {
        lab.until(status, || {
            (inspect(id)["State"]["Health"]["Status"] == status).then_some(())
        });
    };
    until("healthy");
    docker(&["exec", id, "rm", "/tmp/well"]);
    until("unhealthy");
    assert_eq!(lab.task(&arn)["lastStatus"], "RUNNING");
}
