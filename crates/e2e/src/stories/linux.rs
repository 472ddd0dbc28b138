//! What a container is on its host: limits, privileges, kernel parameters, seen from inside.

use serde_json::{Value, json};

use super::{ON_FARGATE, bridge, fargate};
use crate::docker::{self, docker};
use crate::lab::Lab;

/// Runs the container as `main` on a host of a cluster; gives its Docker id and the task, once it has ended.
fn ran(lab: &Lab, family: &str, task: Value, container: Value) -> (String, Value) {
    let mut definition = bridge(family, "");
    merge(&mut definition, task);
    merge(&mut definition["containerDefinitions"][0], container);
    lab.register(&definition);
    let arn = lab.run_task(&format!("--cluster web --task-definition {family}"));
    let task = lab.until_task(&arn, "STOPPED");
    let id = task["containers"][0]["runtimeId"]
        .as_str()
        .unwrap_or_else(|| panic!("{task:#}"));
    (id.to_owned(), task)
}

fn merge(into: &mut Value, from: Value) {
    let Value::Object(from) = from else { return };
    into.as_object_mut().unwrap().extend(from);
}

fn script(text: &str) -> Value {
    json!(["sh", "-c", text])
}

fn cluster() -> (Lab, crate::process::Process) {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let agent = lab.agent("web");
    (lab, agent)
}

#[test]
fn limits_and_kernel_parameters_are_those_of_the_definition() {
    let (lab, _agent) = cluster();
    let seen = "hostname; ulimit -Sn; ulimit -Hn; cat /proc/sys/net/core/somaxconn /proc/sys/kernel/msgmax; \
        df -m /dev/shm | awk 'END {print $2}'; grep ' /scratch ' /proc/mounts | cut -d' ' -f3,4; cat /proc/1/comm; \
        test -c /dev/nothing && echo device; touch /file 2>/dev/null || echo read-only; awk '/CapBnd/ {print $2}' /proc/self/status; \
        awk '/NoNewPrivs/ {print $2}' /proc/self/status; id -u";
    let (id, _) = ran(
        &lab,
        "limits",
        json!({}),
        json!({
            "command": script(seen), "hostname": "box", "readonlyRootFilesystem": true, "user": "7",
            "dockerSecurityOptions": ["no-new-privileges"],
            "ulimits": [{"name": "nofile", "softLimit": 100, "hardLimit": 200}],
            "systemControls": [{"namespace": "net.core.somaxconn", "value": "77"}, {"namespace": "kernel.msgmax", "value": "4096"}],
            "linuxParameters": {
                "capabilities": {"add": ["SYS_TIME"], "drop": ["ALL"]}, "initProcessEnabled": true, "sharedMemorySize": 8,
                "devices": [{"hostPath": "/dev/null", "containerPath": "/dev/nothing", "permissions": ["read"]}],
                "tmpfs": [{"containerPath": "/scratch", "size": 16, "mountOptions": ["noexec"]}],
                "maxSwap": 32, "swappiness": 10,
            },
        }),
    );
    let out = docker(&["logs", &id]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[..6], ["box", "100", "200", "77", "4096", "8"], "{out}");
    assert!(
        lines[6].starts_with("tmpfs rw,nosuid,nodev,noexec") && lines[6].contains("size=16384k"),
        "{out}"
    );
    // SYS_TIME alone is bit 25.
    assert_eq!(
        lines[7..],
        ["docker-init", "device", "read-only", "0000000002000000", "1", "7"],
        "{out}"
    );
    let limits = &docker::inspect(&id)["HostConfig"];
    assert_eq!(limits["MemorySwap"], (64 + 32) << 20);
}

#[test]
fn terminals_and_no_network_are_as_asked() {
    let (lab, _agent) = cluster();
    let (id, task) = ran(
        &lab,
        "terminal",
        json!({}),
        json!({
            "command": script("tty >/dev/null && echo tty; ls /sys/class/net"),
            "pseudoTerminal": true, "interactive": true, "disableNetworking": true,
        }),
    );
    assert_eq!(task["containers"][0]["exitCode"], 0, "{task:#}");
    let out = docker(&["logs", &id]);
    assert_eq!(out.lines().collect::<Vec<_>>(), ["tty", "lo"]);
    let config = &docker::inspect(&id)["Config"];
    assert_eq!([&config["OpenStdin"], &config["Tty"]], [true, true]);
}

#[test]
fn a_privileged_container_has_every_right_that_its_host_can_give() {
    let (lab, _agent) = cluster();
    let script = script("test -w /proc/sysrq-trigger && echo privileged");
    let (id, task) = ran(
        &lab,
        "privileged",
        json!({}),
        json!({"command": script, "privileged": true}),
    );
    assert_eq!(docker::inspect(&id)["HostConfig"]["Privileged"], true);
    let reason = task["containers"][0]["reason"].as_str().unwrap_or_default();
    if reason.contains("unable to apply caps") {
        eprintln!("SKIPPED the inside of a privileged container: this machine lacks rights itself ({reason})");
        return;
    }
    assert_eq!(docker(&["logs", &id]), "privileged");
}

#[test]
fn names_are_looked_up_as_the_definition_says() {
    let (lab, _agent) = cluster();
    let (id, _) = ran(
        &lab,
        "names",
        json!({}),
        json!({
            "command": script("grep -v '^#' /etc/resolv.conf; grep db /etc/hosts"),
            "dnsServers": ["10.9.8.7"], "dnsSearchDomains": ["inner.example"],
            "extraHosts": [{"hostname": "db.example", "ipAddress": "10.1.2.3"}],
        }),
    );
    let out = docker(&["logs", &id]);
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines.contains(&"nameserver 10.9.8.7"), "{out}");
    assert!(lines.contains(&"search inner.example"), "{out}");
    assert!(lines.contains(&"10.1.2.3\tdb.example"), "{out}");
}

#[test]
fn a_fargate_container_has_its_defaults_and_its_tasks_network_parameters() {
    let lab = Lab::up();
    let mut definition = fargate("defaults", "cat /proc/sys/net/core/somaxconn; sleep 1000");
    definition["containerDefinitions"][0]["systemControls"] =
        json!([{"namespace": "net.core.somaxconn", "value": "99"}]);
    lab.register(&definition);
    let task = lab.until_task(
        &lab.run_task(&format!("--task-definition defaults {ON_FARGATE}")),
        "RUNNING",
    );
    let id = task["containers"][0]["runtimeId"].as_str().unwrap();
    lab.until("the parameter is shown", || {
        (docker(&["logs", id]) == "99").then_some(())
    });
    if lab.logs().contains("cannot let containers open 65535 files") {
        eprintln!("SKIPPED the limit of open files: this machine cannot give as many itself");
        return;
    }
    let given = &docker::inspect(id)["HostConfig"]["Ulimits"];
    assert_eq!(*given, json!([{"Name": "nofile", "Hard": 65535, "Soft": 65535}]));
}

#[test]
fn containers_share_what_their_task_may_use() {
    let (lab, _agent) = cluster();
    let mut definition = bridge("sized", "sleep 1000");
    merge(&mut definition, json!({"cpu": "256", "memory": "64"}));
    let main = &mut definition["containerDefinitions"][0];
    merge(main, json!({"cpu": 128, "memory": 32}));
    let mut second = main.clone();
    merge(&mut second, json!({"name": "second", "cpu": 1, "memory": 16}));
    definition["containerDefinitions"].as_array_mut().unwrap().push(second);
    lab.register(&definition);
    let task = lab.until_task(&lab.run_task("--cluster web --task-definition sized"), "RUNNING");
    let seen: Vec<Value> = (0..2)
        .map(|at| docker::inspect(task["containers"][at]["runtimeId"].as_str().unwrap())["HostConfig"].clone())
        .collect();
    assert_eq!(seen[0]["CgroupParent"], seen[1]["CgroupParent"]);
    assert_eq!([&seen[0]["CpuShares"], &seen[1]["CpuShares"]], [128, 2]);
    assert_eq!([&seen[0]["Memory"], &seen[1]["Memory"]], [32 << 20, 16 << 20]);
    let main = task["containers"][0]["runtimeId"].as_str().unwrap();
    assert_eq!(
        docker::cgroup(main, "memory/memory.limit_in_bytes", "memory.max"),
        (64 << 20).to_string()
    );
    let quota = docker::cgroup(main, "cpu/cpu.cfs_quota_us", "cpu.max");
    assert_eq!(quota.split(' ').next().unwrap(), "25000");
}

#[test]
fn a_device_that_the_host_lacks_fails_the_task_and_says_why() {
    let (lab, _agent) = cluster();
    let mut definition = bridge("lacking", "true");
    definition["containerDefinitions"][0]["linuxParameters"] = json!({"devices": [{"hostPath": "/dev/nowhere"}]});
    lab.register(&definition);
    let task = lab.until_task(&lab.run_task("--cluster web --task-definition lacking"), "STOPPED");
    let reason = task["containers"][0]["reason"].as_str().unwrap();
    assert!(
        reason.starts_with("CannotStartContainerError") && reason.contains("/dev/nowhere"),
        "{reason}"
    );
}
