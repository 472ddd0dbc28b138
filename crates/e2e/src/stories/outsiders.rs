//! What somebody with access to the engine does to a task's containers.

use serde_json::json;

use super::{ON_FARGATE, bridge, fargate};
use crate::docker::{docker, inspect};
use crate::lab::Lab;

const WAIT: &str = "trap 'exit 0' TERM; while true; do sleep 0.1; done";

/// A running task; its ARN, and its container's id.
fn running(lab: &Lab) -> (String, String) {
    lab.register(&fargate("meddled", WAIT));
    let arn = lab.run_task(&format!("--task-definition meddled {ON_FARGATE}"));
    let task = lab.until_task(&arn, "RUNNING");
    (arn, task["containers"][0]["runtimeId"].as_str().unwrap().to_owned())
}

#[test]
fn a_container_that_is_killed_or_removed_ends_its_task() {
    let lab = Lab::up();
    for words in [&["kill"][..], &["rm", "-f"]] {
        let (arn, id) = running(&lab);
        docker(&[words, &[&id]].concat());
        let task = lab.until_task(&arn, "STOPPED");
        assert_eq!(task["containers"][0]["exitCode"], 137, "{words:?}: {task:#}");
        assert_eq!(task["stopCode"], "EssentialContainerExited");
    }
}

#[test]
fn a_container_that_was_removed_while_no_agent_looked_has_vanished() {
    let lab = Lab::up();
    let (arn, id) = running(&lab);
    lab.server().kill_9();
    docker(&["rm", "-f", &id]);
    lab.server().restart();
    lab.until_healthy();
    let task = lab.until_task(&arn, "STOPPED");
    assert_eq!(
        task["containers"][0]["reason"],
        "ContainerVanishedError: No container matching saved ID found"
    );
    assert_eq!(task["containers"][0]["exitCode"], json!(null));
}

#[test]
fn a_paused_container_runs_and_can_be_stopped() {
    let lab = Lab::up();
    let (arn, id) = running(&lab);
    docker(&["pause", &id]);
    assert_eq!(lab.task(&arn)["lastStatus"], "RUNNING");
    lab.aws(&format!("ecs stop-task --task {arn}"));
    lab.until_task(&arn, "STOPPED");
    assert_eq!(inspect(&id)["State"]["Running"], false);
}

#[test]
fn what_has_stopped_and_is_started_by_hand_is_ended_again() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let _agent = lab.agent("web");
    lab.register(&bridge("revived", WAIT));
    let arn = lab.run_task("--cluster web --task-definition revived");
    let id = lab.until_task(&arn, "RUNNING")["containers"][0]["runtimeId"].clone();
    let id = id.as_str().unwrap();
    lab.aws(&format!("ecs stop-task --cluster web --task {arn}"));
    lab.until_task(&arn, "STOPPED");
    docker(&["start", id]);
    lab.until("it is ended", || {
        let state = inspect(id)["State"].clone();
        (state["Running"] == false && state["ExitCode"] == 137).then_some(())
    });
}
