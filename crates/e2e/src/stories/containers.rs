//! What a container definition says happens to the container.

use serde_json::{Value, json};

use super::{ON_FARGATE, bridge, fargate, shell};
use crate::docker::{self, docker};
use crate::lab::Lab;

fn run(lab: &Lab, definition: &Value) -> String {
    lab.register(definition);
    lab.run_task(&format!(
        "--task-definition {} {ON_FARGATE}",
        definition["family"].as_str().unwrap()
    ))
}

#[test]
fn the_exit_of_an_essential_container_ends_the_task() {
    let lab = Lab::up();
    let mut definition = fargate("pair", "sleep 1; exit 42");
    definition["containerDefinitions"]
        .as_array_mut()
        .unwrap()
        .push(shell("helper", "trap 'exit 0' TERM; sleep 1000 & wait"));
    let task = lab.until_task(&run(&lab, &definition), "STOPPED");
    assert_eq!(task["stopCode"], "EssentialContainerExited");
    assert_eq!(task["stoppedReason"], "Essential container in task exited");
    let codes: Vec<_> = task["containers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["exitCode"].clone())
        .collect();
    assert_eq!(codes, [json!(42), json!(0)]);
}

#[test]
fn a_container_that_is_not_essential_may_end() {
    let lab = Lab::up();
    let mut definition = fargate("helped", "trap 'exit 0' TERM; sleep 1000 & wait");
    let mut helper = shell("helper", "exit 1");
    helper["essential"] = false.into();
    definition["containerDefinitions"].as_array_mut().unwrap().push(helper);
    let arn = run(&lab, &definition);
    let task = lab.until("the helper has ended and its end is known", || {
        let task = lab.task(&arn);
        (task["containers"][1]["lastStatus"] == "STOPPED").then_some(task)
    });
    assert_eq!(task["containers"][1]["exitCode"], 1);
    assert_eq!(
        lab.until_task(&arn, "RUNNING")["containers"][0]["lastStatus"],
        "RUNNING"
    );
}

#[test]
fn what_uses_more_memory_than_it_may_is_ended_and_says_so() {
    let lab = Lab::up();
    let definition = json!({
        "family": "eater", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
        "containerDefinitions": [{"name": "main", "image": crate::machine::HELLO, "memory": 32}],
    });
    let arn = run(&lab, &definition);
    let task = lab.until_task(&arn, "RUNNING");
    let address = task["containers"][0]["networkInterfaces"][0]["privateIpv4Address"]
        .as_str()
        .unwrap();
    lab.until("the app answers", || answers(address, "/health"));
    drop(get(address, "/eat"));
    let task = lab.until_task(&arn, "STOPPED");
    assert_eq!(task["containers"][0]["exitCode"], 137);
    assert!(
        task["containers"][0]["reason"]
            .as_str()
            .unwrap()
            .starts_with("OutOfMemoryError"),
        "{task:#}"
    );
}

fn get(address: &str, path: &str) -> std::process::Output {
    std::process::Command::new("curl")
        .args(["-sf", &format!("http://{address}:8080{path}")])
        .output()
        .unwrap()
}

fn answers(address: &str, path: &str) -> Option<()> {
    get(address, path).status.success().then_some(())
}

#[test]
fn a_task_of_the_pool_has_the_cpu_and_memory_of_its_size() {
    let lab = Lab::up();
    let script = "cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null; sleep 1000";
    let task = lab.until_task(&run(&lab, &fargate("sized", script)), "RUNNING");
    let id = task["containers"][0]["runtimeId"].as_str().unwrap();
    let memory = docker::cgroup(id, "memory/memory.limit_in_bytes", "memory.max");
    assert_eq!(memory, (512 << 20).to_string());
    let quota = docker::cgroup(id, "cpu/cpu.cfs_quota_us", "cpu.max");
    assert_eq!(quota.split(' ').next().unwrap(), "25000");
}

#[test]
fn fields_that_act_reach_the_container() {
    let lab = Lab::up();
    let mut definition = bridge("fields", "");
    definition["containerDefinitions"][0] = json!({
        "name": "main", "image": crate::machine::BUSYBOX, "entryPoint": ["sh", "-c"], "workingDirectory": "/tmp", "user": "7:8",
        "command": ["echo $(pwd) $(id -u) $(id -g) $COLOUR"], "environment": [{"name": "COLOUR", "value": "red"}],
        "dockerLabels": {"tier": "front"}, "cpu": 128, "memory": 64, "memoryReservation": 32,
    });
    lab.aws("ecs create-cluster --cluster-name web");
    let _agent = lab.agent("web");
    lab.register(&definition);
    let overrides =
        json!({"containerOverrides": [{"name": "main", "environment": [{"name": "COLOUR", "value": "green"}]}]});
    let arn = lab.run_task(&format!(
        "--cluster web --task-definition fields --overrides '{overrides}'"
    ));
    let task = lab.until_task(&arn, "STOPPED");
    assert_eq!(task["containers"][0]["exitCode"], 0, "{task:#}");
    let id = task["containers"][0]["runtimeId"].as_str().unwrap();
    assert_eq!(docker(&["logs", id]), "/tmp 7 8 green");
    let seen = docker::inspect(id);
    assert_eq!(seen["Config"]["Labels"]["tier"], "front");
    let limits = ["CpuShares", "Memory", "MemoryReservation"].map(|it| seen["HostConfig"][it].as_u64().unwrap());
    assert_eq!(limits, [128, 64 << 20, 32 << 20]);
}

#[test]
fn who_ignores_sigterm_is_killed_after_stop_timeout() {
    let lab = Lab::up();
    let arn = run(&lab, &fargate("stubborn", "trap '' TERM; while true; do sleep 1; done"));
    lab.until_task(&arn, "RUNNING");
    lab.aws(&format!("ecs stop-task --task {arn}"));
    let task = lab.until_task(&arn, "STOPPED");
    assert_eq!(task["containers"][0]["exitCode"], 137);
    assert_eq!(task["stopCode"], "UserInitiated");
    let (asked, ended) = (seconds(&task["stoppingAt"]), seconds(&task["executionStoppedAt"]));
    assert!(ended - asked >= 2.0, "{asked} {ended}");
}

/// The CLI shows times as numbers or as text, by its version and configuration.
fn seconds(time: &Value) -> f64 {
    time.as_f64().unwrap_or_else(|| {
        let out = std::process::Command::new("date")
            .args(["+%s.%N", "-d", time.as_str().unwrap()])
            .output()
            .unwrap();
        String::from_utf8(out.stdout).unwrap().trim().parse().unwrap()
    })
}

#[test]
fn a_field_that_cannot_act_yet_is_refused_by_name_and_nothing_is_run() {
    let lab = Lab::up();
    let mut definition = fargate("hopeful", "true");
    definition["executionRoleArn"] = "arn:aws:iam::123456789012:role/none".into();
    definition["containerDefinitions"][0]["environmentFiles"] =
        json!([{"type": "s3", "value": "arn:aws:s3:::b/k.env"}]);
    lab.register(&definition);
    let refused = lab.aws_refused(&format!("ecs run-task --task-definition hopeful {ON_FARGATE}"));
    assert!(
        refused.contains("'environmentFiles' of container 'main' does not act"),
        "{refused}"
    );
    assert_eq!(lab.aws("ecs list-tasks")["taskArns"], json!([]));
}
