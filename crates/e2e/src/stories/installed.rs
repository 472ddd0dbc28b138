//! An agent as a service, and what its options make of the host.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{SERVE, bridge};
use crate::lab::{Lab, path};
use crate::machine;

#[test]
fn an_installed_agent_is_a_unit_that_systemd_takes_and_that_joins() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let (root, data) = (lab.data_dir().with_file_name("root"), lab.agent_dir(0));
    let token = lab.longshore_ok(&["token", "--cluster", "web"]);
    let install = |more: &[&str]| {
        let options = [
            "agent",
            "install",
            "--server",
            lab.url(),
            "--cluster",
            "web",
            "--attributes",
            "rack=r1",
        ];
        let data = ["--data-dir", path(&data)];
        Command::new(machine::longshore())
            .args(options)
            .args(data)
            .args(more)
            .output()
            .unwrap()
    };
    let refused = install(&["--root", path(&root)]);
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("needs a join token"),
        "{refused:?}"
    );
    let installed = install(&["--root", path(&root), "--token", token.trim()]);
    assert!(installed.status.success(), "{installed:?}");

    let (unit, settings) = (
        root.join("etc/systemd/system/longshore-agent.service"),
        root.join("etc/longshore/agent.env"),
    );
    let text = std::fs::read_to_string(&unit).unwrap();
    assert!(!text.contains(token.trim()), "{text}");
    assert_eq!(settings.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let checked = Command::new("systemd-analyze")
        .arg("verify")
        .arg(&unit)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&checked.stderr);
    assert!(
        checked.status.success() && !told.contains("longshore-agent.service:"),
        "{told}"
    );

    // What the service runs, by hand.
    let command = text.lines().find_map(|it| it.strip_prefix("ExecStart=")).unwrap();
    let line = format!("set -a; . {}; exec {command}", path(&settings));
    let log = std::fs::File::create(data.with_extension("log")).unwrap();
    let mut agent = Command::new("sh").args(["-c", &line]).stderr(log).spawn().unwrap();
    let instance = lab.until("the host has joined", || {
        lab.instances("web").pop().filter(|it| it["agentConnected"] == true)
    });
    assert_eq!(attribute(&instance, "rack").unwrap()["value"], "r1");
    agent.kill().unwrap();
    agent.wait().unwrap();

    // Another agent's data is no reason to remove the service.
    assert!(uninstall(&root, &["--data-dir", "/no/such"]).contains("no service with this data"));
    assert!(unit.exists() && settings.exists());
    assert!(uninstall(&root, &[]).contains("removed longshore-agent.service"));
    assert!(!unit.exists() && !settings.exists() && data.join("identity.json").exists());
}

/// Removes what is installed below a directory; gives what is told of it.
fn uninstall(root: &Path, more: &[&str]) -> String {
    let words = ["agent", "uninstall", "--root", path(root)];
    let out = Command::new(machine::longshore())
        .args(words)
        .args(more)
        .output()
        .unwrap();
    assert!(out.status.success(), "{out:?}");
    String::from_utf8(out.stdout).unwrap()
}

fn attribute(instance: &Value, name: &str) -> Option<Value> {
    let all = instance["attributes"].as_array().unwrap();
    all.iter().find(|it| it["name"] == name).cloned()
}

#[test]
fn a_host_is_what_its_options_and_its_engine_say() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let options = [
        "--attributes",
        "rack=r7,edge",
        "--availability-zone",
        "us-east-1c",
        "--reserved-memory",
        "1024",
        "--reserved-ports",
        "8099",
        "--reserved-udp-ports",
        "53",
    ];
    let plain = lab.agent("web");
    let _agent = lab.agent_in("web", &options, &[]);
    let all = lab.instances("web");
    let (special, usual): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| attribute(it, "rack").is_some());
    let (special, usual) = (&special[0], &usual[0]);
    assert_eq!(
        attribute(special, "ecs.availability-zone").unwrap()["value"],
        "us-east-1c"
    );
    for name in [
        "edge",
        "ecs.cpu-architecture",
        "com.amazonaws.ecs.capability.docker-remote-api.1.25",
        "com.amazonaws.ecs.capability.logging-driver.journald",
        "ecs.capability.docker-plugin.local",
    ] {
        assert!(attribute(special, name).is_some(), "{name} of {special:#}");
    }
    assert!(attribute(special, "ecs.ami-id").is_none());
    let resource = |it: &Value, name: &str| {
        let all = it["registeredResources"].as_array().unwrap();
        all.iter().find(|it| it["name"] == name).unwrap().clone()
    };
    let memory = |it: &Value| resource(it, "MEMORY")["integerValue"].as_i64().unwrap();
    assert_eq!(memory(usual) - memory(special), 1024);
    let ports = resource(special, "PORTS")["stringSetValue"].clone();
    assert!(ports.as_array().unwrap().iter().any(|it| it == "8099"), "{ports}");
    assert_eq!(resource(special, "PORTS_UDP")["stringSetValue"][0], "53");

    let mut definition = bridge("placed", SERVE);
    definition["placementConstraints"] =
        serde_json::json!([{"type": "memberOf", "expression": "attribute:rack == r7"}]);
    lab.register(&definition);
    let task = lab.until_task(&lab.run_task("--cluster web --task-definition placed"), "RUNNING");
    assert_eq!(task["containerInstanceArn"], special["containerInstanceArn"]);
    definition["containerDefinitions"][0]["portMappings"] =
        serde_json::json!([{"containerPort": 8080, "hostPort": 8099}]);
    lab.register(&definition);
    let answer = lab.aws("ecs run-task --cluster web --task-definition placed");
    assert!(answer.to_string().contains("RESOURCE:PORTS"), "{answer}");
    drop(plain);
}
