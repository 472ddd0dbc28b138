//! Containers of one task that see each other: links, processes, and shared memory.

use serde_json::{Value, json};

use super::{bridge, shell};
use crate::docker::{self, docker};
use crate::lab::Lab;
use crate::process::Process;

fn cluster() -> (Lab, Process) {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let agent = lab.agent("web");
    (lab, agent)
}

fn pair(family: &str, task: Value, first: &str, second: (&str, Value)) -> Value {
    let mut definition = bridge(family, first);
    let mut other = shell("second", second.0);
    other["memory"] = 64.into();
    for (into, from) in [(&mut other, second.1), (&mut definition, task)] {
        into.as_object_mut().unwrap().extend(from.as_object().unwrap().clone());
    }
    definition["containerDefinitions"].as_array_mut().unwrap().push(other);
    definition
}

fn run(lab: &Lab, definition: &Value) -> Value {
    lab.register(definition);
    let family = definition["family"].as_str().unwrap();
    let arn = lab.run_task(&format!("--cluster web --task-definition {family}"));
    lab.until_task(&arn, "STOPPED")
}

fn second(task: &Value) -> String {
    docker(&["logs", task["containers"][1]["runtimeId"].as_str().unwrap()])
}

#[test]
fn a_linked_container_is_reached_by_its_name_and_its_alias() {
    let (lab, _agent) = cluster();
    let fetch = "until wget -qO- http://main:8080/; do sleep 0.05; done; wget -qO- http://web:8080/";
    let links = json!({"links": ["main", "main:web"]});
    let task = run(&lab, &pair("linked", json!({}), super::SERVE, (fetch, links)));
    assert_eq!(second(&task), "served\nserved");
}

#[test]
fn containers_of_a_task_see_each_others_processes_and_shared_memory() {
    let (lab, _agent) = cluster();
    let shared = json!({"pidMode": "task", "ipcMode": "task"});
    let look = "until test -e /dev/shm/note; do sleep 0.05; done; cat /dev/shm/note; ps | grep -c '[s]leep 1234'; ps | grep -c '[p]ause'";
    let first = "echo here > /dev/shm/note; sleep 1234 & sleep 1234";
    let task = run(&lab, &pair("sharing", shared, first, (look, json!({}))));
    let out = second(&task);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "here", "{out}");
    assert!(lines[1].parse::<u32>().unwrap() >= 2, "{out}");
    assert_ne!(lines[2], "0", "{out}");
    lab.until("the sandbox is gone", || {
        let id = task["taskArn"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        docker(&["ps", "-aq", "--filter", &format!("name=longshore-sandbox-{id}")])
            .is_empty()
            .then_some(())
    });
}

#[test]
fn the_hosts_processes_and_ipc_are_seen_where_asked() {
    let (lab, _agent) = cluster();
    let mut definition = bridge("on-host", "test $(cat /proc/1/comm) != sh && ls /proc/self/ns/pid");
    definition["pidMode"] = "host".into();
    definition["ipcMode"] = "none".into();
    let task = run(&lab, &definition);
    assert_eq!(task["containers"][0]["exitCode"], 0, "{task:#}");
    let seen = &docker::inspect(task["containers"][0]["runtimeId"].as_str().unwrap())["HostConfig"];
    assert_eq!([&seen["PidMode"], &seen["IpcMode"]], ["host", "none"]);
}

#[test]
fn a_container_is_in_the_hosts_ipc_namespace_where_asked() {
    let (lab, _agent) = cluster();
    let mut definition = bridge("host-ipc", "readlink /proc/self/ns/ipc");
    definition["ipcMode"] = "host".into();
    let task = run(&lab, &definition);
    let seen = docker(&["logs", task["containers"][0]["runtimeId"].as_str().unwrap()]);
    let own = std::fs::read_link("/proc/self/ns/ipc").unwrap();
    assert_eq!(seen, own.to_str().unwrap());
}
