//! Network modes of a cluster's own hosts, and who has which port.

use std::process::Command;

use serde_json::{Value, json};

use super::{SERVE, bridge};
use crate::lab::Lab;
use crate::machine::free_port;

fn lab() -> Lab {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    lab
}

fn with_ports(family: &str, ports: Value) -> Value {
    let mut definition = bridge(family, SERVE);
    definition["containerDefinitions"][0]["portMappings"] = ports;
    definition
}

fn fetch(port: u64) -> Option<String> {
    let out = Command::new("curl")
        .args(["-sf", &format!("http://127.0.0.1:{port}/")])
        .output()
        .unwrap();
    out.status.success().then(|| String::from_utf8(out.stdout).unwrap())
}

#[test]
fn a_host_port_is_served_and_cannot_be_had_twice() {
    let lab = lab();
    let _agent = lab.agent("web");
    let port = free_port();
    lab.register(&with_ports("fixed", json!([{"containerPort": 8080, "hostPort": port}])));
    let arn = lab.run_task("--cluster web --task-definition fixed");
    let task = lab.until_task(&arn, "RUNNING");
    let binding = json!({"bindIP": "0.0.0.0", "containerPort": 8080, "hostPort": port, "protocol": "tcp"});
    assert_eq!(task["containers"][0]["networkBindings"], json!([binding]));
    assert_eq!(lab.until("the page is served", || fetch(port.into())), "served\n");

    let second = lab.aws("ecs run-task --cluster web --task-definition fixed");
    assert_eq!(second["tasks"], json!([]));
    assert_eq!(second["failures"][0]["reason"], "RESOURCE:PORTS");

    lab.aws(&format!("ecs stop-task --cluster web --task {arn}"));
    lab.until_task(&arn, "STOPPED");
    let third = lab.run_task("--cluster web --task-definition fixed");
    lab.until_task(&third, "RUNNING");
}

#[test]
fn tasks_with_dynamic_ports_share_a_host() {
    let lab = lab();
    let _agent = lab.agent("web");
    lab.register(&with_ports("dynamic", json!([{"containerPort": 8080}])));
    let answer = lab.aws("ecs run-task --cluster web --task-definition dynamic --count 2");
    let ports: Vec<u64> = answer["tasks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| {
            let task = lab.until_task(task["taskArn"].as_str().unwrap(), "RUNNING");
            task["containers"][0]["networkBindings"][0]["hostPort"]
                .as_u64()
                .unwrap()
        })
        .collect();
    assert_ne!(ports[0], ports[1]);
    for port in ports {
        assert_eq!(lab.until("the page is served", || fetch(port)), "served\n");
    }
}

#[test]
fn host_mode_is_the_hosts_own_network() {
    let lab = lab();
    let _agent = lab.agent("web");
    let port = free_port();
    let mut definition = bridge("on-host", &SERVE.replace("8080", &port.to_string()));
    definition["networkMode"] = "host".into();
    definition["containerDefinitions"][0]["portMappings"] = json!([{"containerPort": port}]);
    lab.register(&definition);
    let arn = lab.run_task("--cluster web --task-definition on-host");
    lab.until_task(&arn, "RUNNING");
    assert_eq!(lab.until("the page is served", || fetch(port.into())), "served\n");
}

#[test]
fn none_mode_has_only_its_loopback() {
    let lab = lab();
    let _agent = lab.agent("web");
    let mut definition = bridge("alone", "test \"$(ls /sys/class/net)\" = lo");
    definition["networkMode"] = "none".into();
    lab.register(&definition);
    let arn = lab.run_task("--cluster web --task-definition alone");
    assert_eq!(lab.until_task(&arn, "STOPPED")["containers"][0]["exitCode"], 0);
}

#[test]
fn a_range_of_ports_is_served_at_a_range_of_the_hosts() {
    let lab = lab();
    let _agent = lab.agent("web");
    let ports = json!([
        {"containerPortRange": "8080-8082"}, {"containerPort": 9000, "protocol": "udp"}, {"containerPortRange": "9000-9001"},
    ]);
    lab.register(&with_ports("range", ports));
    let answer = lab.aws("ecs run-task --cluster web --task-definition range --count 2");
    let mut firsts = Vec::new();
    for task in answer["tasks"].as_array().unwrap() {
        let task = lab.until_task(task["taskArn"].as_str().unwrap(), "RUNNING");
        let bindings = task["containers"][0]["networkBindings"].as_array().unwrap();
        assert_eq!(bindings.len(), 3, "{bindings:#?}");
        let of = |name: &str, value: Value| bindings.iter().find(|it| it[name] == value).unwrap();
        let range = of("containerPortRange", "8080-8082".into());
        assert_eq!(
            [&range["bindIP"], &range["protocol"], &range["hostPort"]],
            [&json!("0.0.0.0"), &json!("tcp"), &json!(null)]
        );
        let (first, last) = range["hostPortRange"].as_str().unwrap().split_once('-').unwrap();
        let (first, last): (u64, u64) = (first.parse().unwrap(), last.parse().unwrap());
        assert_eq!(last - first, 2);
        assert_eq!(lab.until("the page is served", || fetch(first)), "served\n");
        assert_eq!(of("protocol", "udp".into())["containerPort"], 9000);
        assert!(of("containerPortRange", "9000-9001".into())["hostPortRange"].is_string());
        firsts.push(first);
    }
    assert!(firsts[0].abs_diff(firsts[1]) >= 3, "{firsts:?}");
}

#[test]
fn a_port_that_somebody_else_has_fails_the_task_with_the_engines_reason() {
    let lab = lab();
    let _agent = lab.agent("web");
    let other = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
    let port = other.local_addr().unwrap().port();
    lab.register(&with_ports("taken", json!([{"containerPort": 8080, "hostPort": port}])));
    let task = lab.until_task(&lab.run_task("--cluster web --task-definition taken"), "STOPPED");
    assert_eq!(task["stopCode"], "TaskFailedToStart");
    let reason = task["containers"][0]["reason"].as_str().unwrap();
    assert!(
        reason.starts_with("CannotStartContainerError") && reason.contains("address already in use"),
        "{reason}"
    );
}
