//! Where the output of containers goes.

use std::io::Read;
use std::net::{TcpListener, UdpSocket};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use super::bridge;
use crate::docker;
use crate::lab::Lab;
use crate::process::Process;

fn cluster() -> (Lab, Process) {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let agent = lab.agent("web");
    (lab, agent)
}

/// A task that says something, with this log configuration, once it has ended.
fn said(lab: &Lab, family: &str, log: Value) -> Value {
    let mut definition = bridge(family, "echo something");
    definition["containerDefinitions"][0]["logConfiguration"] = log;
    lab.register(&definition);
    let task = lab.until_task(
        &lab.run_task(&format!("--cluster web --task-definition {family}")),
        "STOPPED",
    );
    assert_eq!(task["containers"][0]["exitCode"], 0, "{task:#}");
    task
}

fn id(task: &Value) -> &str {
    task["taskArn"].as_str().unwrap().rsplit('/').next().unwrap()
}

#[test]
fn output_is_kept_as_the_definition_says_and_longshore_reads_it() {
    let (lab, _agent) = cluster();
    let options = json!({"max-size": "1m", "mode": "non-blocking", "max-buffer-size": "1m"});
    for driver in ["json-file", "local"] {
        let task = said(&lab, driver, json!({"logDriver": driver, "options": options}));
        let runtime_id = task["containers"][0]["runtimeId"].as_str().unwrap();
        let seen = &docker::inspect(runtime_id)["HostConfig"]["LogConfig"];
        assert_eq!(*seen, json!({"Type": driver, "Config": options}));
        assert_eq!(
            lab.longshore_ok(&["logs", "--cluster", "web", id(&task)]),
            "something\n"
        );
    }
}

#[test]
fn logs_are_delivered_in_the_mode_that_the_account_has_set() {
    let (lab, _agent) = cluster();
    let sent = |family: &str| {
        let task = said(&lab, family, json!({"logDriver": "json-file"}));
        let runtime_id = task["containers"][0]["runtimeId"].as_str().unwrap().to_owned();
        let config = docker::inspect(&runtime_id)["HostConfig"]["LogConfig"]["Config"].clone();
        let read = lab.longshore_ok(&["logs", "--cluster", "web", id(&task)]);
        assert_eq!(read, "something\n");
        config
    };
    assert_eq!(sent("usual"), json!({"mode": "non-blocking", "max-buffer-size": "10m"}));
    lab.aws("ecs put-account-setting-default --name defaultLogDriverMode --value blocking");
    assert_eq!(sent("waiting"), json!({"mode": "blocking"}));
}

#[test]
fn output_that_is_not_kept_cannot_be_read_and_longshore_says_so() {
    let (lab, _agent) = cluster();
    let task = said(&lab, "silent", json!({"logDriver": "none"}));
    let out = lab.longshore(&["logs", "--cluster", "web", id(&task)]);
    let told = String::from_utf8(out.stderr).unwrap();
    assert!(
        told.contains("the output of this container cannot be read from its host"),
        "{told}"
    );
    assert!(out.stdout.is_empty());
}

#[test]
fn output_goes_to_the_journal_and_longshore_reads_it_there() {
    if !Path::new("/run/systemd/journal/socket").exists() {
        eprintln!("SKIPPED the log driver journald: this machine has no journal");
        return;
    }
    let (lab, _agent) = cluster();
    let log = json!({"logDriver": "journald", "options": {"tag": "from-a-task"}});
    let task = said(&lab, "noted", log);
    let seen = docker::inspect(task["containers"][0]["runtimeId"].as_str().unwrap());
    let name = seen["Name"].as_str().unwrap().trim_start_matches('/');
    let entry = lab.until("the journal has it", || {
        let which = [format!("CONTAINER_NAME={name}"), "--output=json".into()];
        let out = Command::new("journalctl").args(which).output().unwrap();
        serde_json::from_slice::<Value>(&out.stdout).ok()
    });
    assert_eq!(
        [&entry["MESSAGE"], &entry["CONTAINER_TAG"]],
        ["something", "from-a-task"]
    );
    assert_eq!(
        lab.longshore_ok(&["logs", "--cluster", "web", id(&task)]),
        "something\n"
    );
}

#[test]
fn output_goes_to_a_syslog() {
    let (lab, _agent) = cluster();
    let syslog = UdpSocket::bind("127.0.0.1:0").unwrap();
    syslog.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let address = format!("udp://{}", syslog.local_addr().unwrap());
    let options = json!({"syslog-address": address, "tag": "from-a-task"});
    said(&lab, "telling", json!({"logDriver": "syslog", "options": options}));
    let mut line = [0; 1024];
    let length = syslog.recv(&mut line).unwrap();
    let line = String::from_utf8_lossy(&line[..length]);
    assert!(
        line.contains("from-a-task") && line.trim_end().ends_with("something"),
        "{line}"
    );
}

#[test]
fn output_goes_to_a_graylog() {
    let (lab, _agent) = cluster();
    let graylog = UdpSocket::bind("127.0.0.1:0").unwrap();
    graylog.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let address = format!("udp://{}", graylog.local_addr().unwrap());
    let options = json!({"gelf-address": address, "gelf-compression-type": "none", "tag": "from-a-task"});
    said(&lab, "grey", json!({"logDriver": "gelf", "options": options}));
    let mut message = [0; 8192];
    let length = graylog.recv(&mut message).unwrap();
    let message: Value = serde_json::from_slice(&message[..length]).unwrap();
    assert_eq!(
        [&message["short_message"], &message["_tag"]],
        ["something", "from-a-task"]
    );
}

#[test]
fn output_goes_to_a_fluentd() {
    let (lab, _agent) = cluster();
    let fluentd = TcpListener::bind("127.0.0.1:0").unwrap();
    fluentd.set_nonblocking(true).unwrap();
    let address = fluentd.local_addr().unwrap().to_string();
    let options = json!({"fluentd-address": address, "tag": "from-a-task"});
    said(&lab, "fluent", json!({"logDriver": "fluentd", "options": options}));
    let (mut engine, _) = lab.until("the engine is connected", || fluentd.accept().ok());
    engine.set_nonblocking(false).unwrap();
    engine.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut message = [0; 8192];
    let length = engine.read(&mut message).unwrap();
    let message = String::from_utf8_lossy(&message[..length]);
    assert!(
        message.contains("from-a-task") && message.contains("something"),
        "{message}"
    );
}

#[test]
fn what_is_written_for_aws_is_refused_by_name() {
    let (lab, _agent) = cluster();
    let mut definition = bridge("cloudy", "true");
    definition["containerDefinitions"][0]["logConfiguration"] =
        json!({"logDriver": "awslogs", "options": {"awslogs-group": "g", "awslogs-region": "us-east-1"}});
    lab.register(&definition);
    let refused = lab.aws_refused("ecs run-task --cluster web --task-definition cloudy");
    assert!(
        refused.contains("'logConfiguration.logDriver awslogs' of container 'main'"),
        "{refused}"
    );
}
