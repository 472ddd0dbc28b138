//! What an agent and a server make of each other when one of them is not what it was: a store that was set back, a host that was copied.

use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use super::bridge;
use crate::docker;
use crate::lab::{Lab, path};
use crate::process::Process;

const WAIT: &str = "trap 'exit 0' TERM; while true; do sleep 0.2; done";

/// Runs `count` tasks that the server then forgets, because its store is set back to before them. Gives their ARNs and containers.
fn forgotten(lab: &Lab, count: usize) -> Vec<(String, String)> {
    let store = lab.data_dir().join("store.redb");
    let older = lab.data_dir().join("older.redb");
    lab.server().kill_9();
    fs::copy(&store, &older).unwrap();
    lab.server().restart();
    lab.until_healthy();
    lab.until("the agent is back", || {
        (lab.instances("web")[0]["agentConnected"] == true).then_some(())
    });
    let answer = lab.aws(&format!(
        "ecs run-task --cluster web --task-definition waits --count {count}"
    ));
    assert_eq!(answer["failures"], json!([]));
    let ran = answer["tasks"].as_array().unwrap().iter().map(|task| {
        let arn = task["taskArn"].as_str().unwrap();
        let task = lab.until_task(arn, "RUNNING");
        let container = task["containers"][0]["runtimeId"].as_str().unwrap().to_owned();
        (arn.to_owned(), container)
    });
    let ran: Vec<(String, String)> = ran.collect();
    lab.server().kill_9();
    fs::copy(&older, &store).unwrap();
    lab.server().restart();
    lab.until_healthy();
    ran
}

fn lab() -> (Lab, Process) {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let agent = lab.agent("web");
    lab.register(&bridge("waits", WAIT));
    (lab, agent)
}

fn runs(container: &str) -> bool {
    docker::docker(&["inspect", "--format", "{{.State.Running}}", container]).trim() == "true"
}

#[test]
fn a_task_that_the_server_does_not_know_is_stopped_after_it_was_asked_about() {
    let (lab, agent) = lab();
    let ran = forgotten(&lab, 1);
    lab.until("the task is stopped", || (!runs(&ran[0].1)).then_some(()));
    assert!(
        agent.log().contains("the server does not want this task to run"),
        "{}",
        agent.log()
    );
    let again = lab.run_task("--cluster web --task-definition waits");
    lab.until_task(&again, "RUNNING");
}

#[test]
fn a_server_that_was_set_back_does_not_empty_its_hosts() {
    let (lab, _agent) = lab();
    let ran = forgotten(&lab, 4);
    lab.until("the server has noticed", || {
        lab.logs().contains("more than are stopped in one go").then_some(())
    });
    let again = lab.run_task("--cluster web --task-definition waits");
    lab.until_task(&again, "RUNNING");
    for (arn, container) in &ran {
        assert!(runs(container), "{arn} was stopped{}", lab.logs());
    }
}

#[test]
fn a_copied_host_and_its_original_are_not_both_served() {
    let (lab, agent) = lab();
    let original = lab.data_dir().parent().unwrap().join("agent-0");
    let copy = lab.data_dir().parent().unwrap().join("agent-copy");
    let copied = Command::new("cp")
        .args(["-a", path(&original), path(&copy)])
        .status()
        .unwrap();
    assert!(copied.success());
    let args = [
        "agent",
        "--server",
        lab.url(),
        "--data-dir",
        path(&copy),
        "--cluster",
        "web",
    ]
    .map(str::to_owned);
    let mut second = Process::start(&args, &copy.with_extension("log"));
    lab.until("the copy has taken over", || {
        second.log().contains("connected to the server").then_some(())
    });
    lab.until("the original is refused", || {
        agent.log().contains("the server refuses the connection").then_some(())
    });
    assert!(
        lab.logs().contains("a second connection for an instance was refused"),
        "{}",
        lab.logs()
    );
    second.kill_9();
    lab.until("the original is served again", || {
        let times =
            agent.log().matches("connected to the server").count() - agent.log().matches("disconnected from").count();
        let back = lab
            .instances("web")
            .iter()
            .all(|it: &Value| it["agentConnected"] == true);
        (times == 1 && back).then_some(())
    });
}
