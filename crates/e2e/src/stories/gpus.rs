//! GPUs, on a machine that has none: their ids are real to everything but the driver.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::bridge;
use crate::docker::docker;
use crate::engine::{Containers, Engine};
use crate::lab::{Lab, path};
use crate::machine::BUSYBOX;

/// A cluster `web` with two GPUs on one host, and `train`, which takes one of them.
fn cluster(script: &str, environment: &[(String, String)]) -> (Lab, crate::process::Process) {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let agent = lab.agent_in("web", &["--gpus", "GPU-a,GPU-b"], environment);
    let mut definition = bridge("train", script);
    definition["containerDefinitions"][0]["resourceRequirements"] = json!([{"type": "GPU", "value": "1"}]);
    lab.register(&definition);
    (lab, agent)
}

fn run(lab: &Lab) -> String {
    lab.run_task("--cluster web --task-definition train")
}

fn free(lab: &Lab) -> Value {
    let left = &lab.instances("web")[0]["remainingResources"];
    let gpus = left.as_array().unwrap().iter().find(|it| it["name"] == "GPU");
    gpus.map_or(json!([]), |it| it["stringSetValue"].clone())
}

#[test]
fn an_engine_that_has_no_driver_for_gpus_fails_the_task_and_says_so() {
    let (lab, _agent) = cluster("true", &[]);
    assert_eq!(free(&lab), json!(["GPU-a", "GPU-b"]));
    let arn = run(&lab);
    assert_eq!(lab.task(&arn)["containers"][0]["gpuIds"], json!(["GPU-a"]));
    let task = lab.until_task(&arn, "STOPPED");
    assert_eq!(task["stopCode"], "TaskFailedToStart", "{task:#}");
    for reason in [&task["stoppedReason"], &task["containers"][0]["reason"]] {
        let reason = reason.as_str().unwrap();
        assert!(
            reason.contains("CannotStartContainerError") && reason.contains("nvidia"),
            "{reason}"
        );
    }
    assert_eq!(free(&lab), json!(["GPU-a", "GPU-b"]));
}

/// What NVIDIA's own hook is called like. This one only writes down for which containers it was called.
fn hook(dir: &Path) -> PathBuf {
    let (program, called) = (dir.join("bin/nvidia-container-runtime-hook"), dir.join("called"));
    fs::write(&program, format!("#!/bin/sh\ncat >> {}\n", path(&called))).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    called
}

#[test]
fn each_container_sees_the_gpus_that_the_api_shows_and_has_them_over_a_restart_of_the_server() {
    let mut called = PathBuf::new();
    let engine = Engine::start_in(Containers::RunOn, |dir| called = hook(dir));
    engine.load(BUSYBOX);
    let script = "echo sees $NVIDIA_VISIBLE_DEVICES; trap 'exit 0' TERM; sleep 1000 & wait";
    let (lab, _agent) = cluster(script, &[("DOCKER_HOST".into(), engine.address())]);
    let first = lab.until_task(&run(&lab), "RUNNING");
    lab.server().kill_9();
    lab.server().restart();
    lab.until("the agent is back", || {
        (lab.instances("web")[0]["agentConnected"] == true).then_some(())
    });
    assert_eq!(free(&lab), json!(["GPU-b"]));
    let second = lab.until_task(&run(&lab), "RUNNING");
    for (task, gpu) in [(&first, "GPU-a"), (&second, "GPU-b")] {
        let container = &task["containers"][0];
        assert_eq!(container["gpuIds"], json!([gpu]));
        let id = container["runtimeId"].as_str().unwrap();
        lab.until("it tells what it sees", || {
            (engine.docker(&["logs", id]) == format!("sees {gpu}")).then_some(())
        });
        assert!(
            fs::read_to_string(&called).unwrap().contains(id),
            "the driver was not asked for it"
        );
    }

    let full = lab.aws("ecs run-task --cluster web --task-definition train");
    assert_eq!(full["failures"][0]["reason"], "RESOURCE:GPU", "{full:#}");
    let arn = first["taskArn"].as_str().unwrap();
    lab.aws(&format!("ecs stop-task --cluster web --task {arn}"));
    lab.until_task(arn, "STOPPED");
    assert_eq!(free(&lab), json!(["GPU-a"]));
    let third = lab.until_task(&run(&lab), "RUNNING");
    assert_eq!(third["containers"][0]["gpuIds"], json!(["GPU-a"]));
}

#[test]
fn an_override_takes_other_gpus_than_the_definition() {
    let (lab, _agent) = cluster("true", &[]);
    let overrides = |n: &str| json!({"containerOverrides": [{"name": "main", "resourceRequirements": [{"type": "GPU", "value": n}]}]});
    let run = |n: &str| {
        lab.aws(&format!(
            "ecs run-task --cluster web --task-definition train --overrides '{}'",
            overrides(n)
        ))
    };
    assert_eq!(run("3")["failures"][0]["reason"], "RESOURCE:GPU");
    for both in ["2", "ALL"] {
        let task = &run(both)["tasks"][0];
        assert_eq!(task["containers"][0]["gpuIds"], json!(["GPU-a", "GPU-b"]));
        let task = lab.until_task(task["taskArn"].as_str().unwrap(), "STOPPED");
        let id = task["containers"][0]["runtimeId"].as_str().unwrap();
        let given = docker(&["inspect", "--format", "{{json .HostConfig.DeviceRequests}}", id]);
        assert!(given.contains(r#""DeviceIDs":["GPU-a","GPU-b"]"#), "{given}");
    }
}
