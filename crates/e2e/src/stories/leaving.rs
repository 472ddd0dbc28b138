//! A machine that is no host any more is as it was before.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};

use super::{bridge, shell};
use crate::docker;
use crate::lab::{Lab, path};
use crate::machine;
use crate::network::{Cable, Machine, Site};

const WAIT: &str = "trap 'exit 0' TERM; while true; do sleep 0.2; done";
const IN_VPC: &str = "--network-configuration 'awsvpcConfiguration={subnets=[subnet-1]}'";

/// Two hosts, each with a task in bridge mode and one with an address of its own.
fn busy_site() -> Site {
    let site = Site::start(2, Cable::Good, &[]);
    let mut container = shell("main", WAIT);
    container["memory"] = 64.into();
    site.lab.register(&bridge("behind-bridge", WAIT));
    site.lab
        .register(&json!({"family": "alone", "networkMode": "awsvpc", "containerDefinitions": [container]}));
    let spread = "--cluster web --count 2 --placement-strategy type=spread,field=instanceId";
    let runs = [
        format!("ecs run-task {spread} --task-definition behind-bridge"),
        format!("ecs run-task {spread} --task-definition alone {IN_VPC}"),
    ];
    for run in runs {
        let answer = site.lab.aws(&run);
        for task in answer["tasks"].as_array().unwrap() {
            site.lab.until_task(task["taskArn"].as_str().unwrap(), "RUNNING");
        }
    }
    for host in &site.hosts {
        site.lab.until("the hosts are linked", || {
            traces(host).iter().any(|it| it.contains("lso-")).then_some(())
        });
    }
    site
}

/// What a host finds on its machine that agents have made.
fn traces(host: &Machine) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut find = |text: String, wanted: &[&str]| {
        let lines = text.lines().map(|it| it.trim().to_owned());
        all.extend(lines.filter(|line| wanted.iter().any(|it| line.contains(it))));
    };
    find(
        host.told(&["ip", "-o", "-4", "address", "show", "dev", "lo"]),
        &["169.254"],
    );
    find(host.told(&["ip", "-o", "link"]), &[": ls"]);
    // Those of IPv6 come and go with the kernel's own addresses.
    find(host.told(&["ip", "-4", "route", "show", "table", "all"]), &["dev ls"]);
    find(host.told(&["iptables-save"]), &["169.254.170.2", "LONGSHORE"]);
    find(host.told(&["nft", "list", "tables"]), &["longshore"]);
    let engine = |args: &[&str]| host.engine.docker(args);
    find(engine(&["ps", "-aq"]), &[""]);
    find(engine(&["network", "ls", "--format", "{{.Name}}"]), &["longshore"]);
    find(engine(&["images", "--format", "{{.Repository}}"]), &["longshore"]);
    find(engine(&["volume", "ls", "-q"]), &[""]);
    all
}

fn groups(lab: &Lab, host: usize) -> Vec<PathBuf> {
    let tasks = std::fs::read_dir(lab.agent_home(host).join("tasks")).unwrap();
    let ids = tasks.map(|it| it.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned());
    ids.flat_map(|id| docker::groups(&id)).collect()
}

fn uninstall(site: &Site, nth: usize, more: &[&str]) -> Output {
    let host = &site.hosts[nth];
    let home = site.lab.agent_home(nth);
    Command::new("nsenter")
        .arg(format!("--net=/run/netns/{}", host.engine.namespace()))
        .arg(machine::longshore())
        .args(["agent", "uninstall", "--data-dir", path(&home)])
        .args(more)
        .env("DOCKER_HOST", host.engine.address())
        .output()
        .unwrap()
}

#[test]
fn an_uninstalled_agent_leaves_nothing_once_its_tasks_are_gone() {
    let mut site = busy_site();
    let groups = groups(&site.lab, 0);
    assert!(groups.len() >= 2, "{groups:?}");
    let refused = uninstall(&site, 0, &[]);
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(
        !refused.status.success() && told.contains("another agent uses"),
        "{told}"
    );

    site.hosts[0].agent.terminate();
    let before = traces(&site.hosts[0]);
    let kept = uninstall(&site, 0, &[]);
    let told = String::from_utf8_lossy(&kept.stdout);
    assert!(kept.status.success() && told.contains("2 tasks run on"), "{kept:?}");
    assert_eq!(traces(&site.hosts[0]), before, "what tasks use was touched");
    let refused = uninstall(&site, 0, &["--purge"]);
    assert!(!refused.status.success(), "{refused:?}");
    assert_eq!(traces(&site.hosts[0]), before);

    let left = uninstall(&site, 0, &["--stop-tasks", "--purge"]);
    assert!(left.status.success(), "{left:?}");
    assert_eq!(traces(&site.hosts[0]), [""; 0]);
    assert!(!site.lab.agent_home(0).exists());
    assert!(groups.iter().all(|it| !it.exists()), "{groups:?}");
}

#[test]
fn a_host_that_is_deregistered_leaves_nothing() {
    let mut site = busy_site();
    let instance = |name: &str| -> Value {
        let listed = site.lab.longshore_ok(&["host", "ls", "--output", "json"]);
        let listed: Value = serde_json::from_str(&listed).unwrap();
        let all = listed["hosts"].as_array().unwrap();
        all.iter().find(|it| it["name"] == name).unwrap()["containerInstanceArn"].clone()
    };
    let arn = instance(&site.hosts[0].name);
    let arn = arn.as_str().unwrap();
    let tasks = site
        .lab
        .aws(&format!("ecs list-tasks --cluster web --container-instance {arn}"));
    for task in tasks["taskArns"].as_array().unwrap() {
        let task = task.as_str().unwrap();
        site.lab.aws(&format!("ecs stop-task --cluster web --task {task}"));
        site.lab.until_task(task, "STOPPED");
    }
    site.lab.aws(&format!(
        "ecs deregister-container-instance --cluster web --container-instance {arn}"
    ));
    let host = &mut site.hosts[0];
    let ended = site.lab.until("the agent has ended", || host.agent.ended());
    assert_eq!(ended.code(), Some(77), "{}", host.agent.log());
    assert_eq!(traces(host), [""; 0], "{}", host.agent.log());
}

#[test]
fn an_agent_takes_up_the_endpoint_that_another_gives_up() {
    let mut site = Site::start(1, Cable::Good, &[]);
    let namespace = site.hosts[0].engine.namespace().to_owned();
    let environment = [("DOCKER_HOST".to_owned(), site.hosts[0].engine.address())];
    let options = ["--name", "second", "--introspection-port", "0"];
    let second = site
        .lab
        .join_within(Some(&namespace), &["--cluster", "web"], &options, &environment);
    site.until_connected(2);
    let has_it = "another agent of this machine has the task metadata endpoint";
    assert!(second.log().contains(has_it), "{}", second.log());
    site.hosts[0].agent.kill_9();
    site.lab.until("the second agent has the endpoint", || {
        let listening = site.hosts[0].told(&["ss", "-Hltn", "sport", "=", ":51679"]);
        listening.contains("169.254.170.2").then_some(())
    });
}
