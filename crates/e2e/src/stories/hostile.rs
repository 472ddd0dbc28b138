//! Containers that mean harm do it to themselves: their neighbour answers, and their agent goes on.

use std::process::Command;

use serde_json::{Value, json};

use super::{ON_FARGATE, SERVE, bridge, fargate};
use crate::docker::{self, docker};
use crate::lab::Lab;
use crate::process::Process;

/// Whatever it starts starts two more, and leaves one behind. The first process starts no more: it would end where it is refused.
const FORK_BOMB: &str = "exec 2>&1; bomb() { sleep 1000 & bomb | bomb & }; bomb & exec sleep 1000";
/// A task's, in these stories: enough for a shell, and a bomb is not long about it.
const PIDS: &str = "150";
/// How often a neighbour is asked while harm is done.
const QUESTIONS: usize = 20;

fn container(task: &Value) -> &str {
    let all = task["containers"].as_array().unwrap();
    let main = all.iter().find(|it| it["name"] == "main").unwrap();
    main["runtimeId"].as_str().unwrap()
}

/// A task that serves a page, and where.
struct Neighbour {
    arn: String,
    url: String,
}

impl Neighbour {
    fn on_fargate(lab: &Lab) -> Self {
        lab.register(&fargate("neighbour", SERVE));
        let arn = lab.run_task(&format!("--task-definition neighbour {ON_FARGATE}"));
        let task = lab.until_task(&arn, "RUNNING");
        let interfaces = &task["containers"][0]["networkInterfaces"];
        let address = interfaces[0]["privateIpv4Address"].as_str().unwrap();
        Self::at(lab, arn, address)
    }

    fn on_instance(lab: &Lab) -> Self {
        lab.register(&bridge("neighbour", SERVE));
        let arn = lab.run_task("--cluster web --task-definition neighbour");
        let task = lab.until_task(&arn, "RUNNING");
        let seen = docker::inspect(container(&task));
        let address = seen["NetworkSettings"]["IPAddress"].as_str().unwrap().to_owned();
        Self::at(lab, arn, &address)
    }

    fn at(lab: &Lab, arn: String, address: &str) -> Self {
        let it = Self {
            arn,
            url: format!("http://{address}:8080/"),
        };
        lab.until("the neighbour serves", || it.answers().then_some(()));
        it
    }

    fn answers(&self) -> bool {
        let out = Command::new("curl").args(["-s", "-m", "10", &self.url]).output();
        out.unwrap().stdout == b"served\n"
    }

    /// Unharmed: it answers each time, and is the one it was.
    fn is_well(&self, lab: &Lab) {
        for _ in 0..QUESTIONS {
            assert!(self.answers(), "the neighbour does not answer{}", lab.logs());
        }
        assert_eq!(lab.task(&self.arn)["lastStatus"], "RUNNING");
    }
}

/// A cluster `web` with one host.
fn cluster(options: &[&str]) -> (Lab, Process) {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let agent = lab.agent_in("web", options, &[]);
    (lab, agent)
}

/// The agent has not lost its session, and still starts tasks.
fn agent_is_well(lab: &Lab, run: &str) {
    let log = lab.logs();
    assert!(!log.contains("disconnected from the server"), "{log}");
    let arn = lab.run_task(run);
    lab.until_task(&arn, "RUNNING");
    lab.aws(&format!(
        "ecs stop-task --cluster {} --task {arn}",
        arn.rsplit('/').nth(1).unwrap()
    ));
}

/// The file of the task's own group that counts or limits its processes.
fn pids(arn: &str, file: &str) -> String {
    docker::cgroup(&docker::of_task(arn)[0], &format!("pids/{file}"), file)
}

/// Waits until the bomb has met its limit.
fn until_refused(lab: &Lab, arn: &str) {
    let task = lab.until_task(arn, "RUNNING");
    assert_eq!(pids(arn, "pids.max"), PIDS);
    lab.until("it is refused a process", || {
        let said = docker(&["logs", container(&task)]);
        said.contains("can't fork").then_some(())
    });
}

/// What was left behind is near the limit, and not above it.
fn is_held(arn: &str) {
    let (now, most): (u32, u32) = (pids(arn, "pids.current").parse().unwrap(), PIDS.parse().unwrap());
    assert!(most / 2 < now && now <= most, "{now} processes");
}

#[test]
fn a_fork_bomb_on_fargate_meets_the_tasks_own_limit() {
    let lab = Lab::up_with(&["--task-pids-limit", PIDS]);
    let neighbour = Neighbour::on_fargate(&lab);
    lab.register(&fargate("bomb", FORK_BOMB));
    let arn = lab.run_task(&format!("--task-definition bomb {ON_FARGATE}"));
    until_refused(&lab, &arn);
    neighbour.is_well(&lab);
    is_held(&arn);
    agent_is_well(&lab, &format!("--task-definition neighbour {ON_FARGATE}"));
    lab.aws(&format!("ecs stop-task --task {arn}"));
    lab.until_task(&arn, "STOPPED");
}

#[test]
fn a_fork_bomb_on_an_instance_meets_the_tasks_own_limit() {
    let (lab, _agent) = cluster(&["--task-pids-limit", PIDS]);
    let neighbour = Neighbour::on_instance(&lab);
    let mut definition = bridge("bomb", FORK_BOMB);
    definition["containerDefinitions"][0]["cpu"] = 64.into();
    definition["containerDefinitions"][0]["memory"] = 256.into();
    // It counts, and is there first: what finds no room for its first process cannot start.
    let mut beside = super::shell("beside", "exec sleep 1000");
    beside["memory"] = 64.into();
    beside["cpu"] = 64.into();
    definition["containerDefinitions"][0]["dependsOn"] = json!([{"containerName": "beside", "condition": "START"}]);
    definition["containerDefinitions"].as_array_mut().unwrap().push(beside);
    lab.register(&definition);
    let arn = lab.run_task("--cluster web --task-definition bomb");
    until_refused(&lab, &arn);
    neighbour.is_well(&lab);
    is_held(&arn);
    let weight = docker::cgroup(&docker::of_task(&arn)[0], "cpu/cpu.shares", "cpu.weight");
    assert!(["128", "5"].contains(&&*weight), "its containers' 64 each: {weight}");
    agent_is_well(&lab, "--cluster web --task-definition neighbour");
    lab.aws(&format!("ecs stop-task --cluster web --task {arn}"));
    lab.until_task(&arn, "STOPPED");
}

#[test]
fn who_eats_all_memory_of_its_task_ends_alone_and_is_told_why() {
    let lab = Lab::up();
    let neighbour = Neighbour::on_fargate(&lab);
    let mut hog = fargate("hog", "tail /dev/zero");
    // A task is one in this: what is beside it goes with it.
    hog["containerDefinitions"]
        .as_array_mut()
        .unwrap()
        .push(super::shell("beside", SERVE));
    lab.register(&hog);
    let arn = lab.run_task(&format!("--task-definition hog {ON_FARGATE}"));
    let task = lab.until_task(&arn, "STOPPED");
    let of = |name: &str| {
        let all = task["containers"].as_array().unwrap();
        all.iter().find(|it| it["name"] == name).unwrap().clone()
    };
    assert_eq!(of("main")["exitCode"], 137, "{task:#}");
    let why = of("main")["reason"].as_str().unwrap_or_default().to_owned();
    assert!(why.starts_with("OutOfMemoryError"), "{task:#}");
    assert_eq!(task["stopCode"], "EssentialContainerExited");
    neighbour.is_well(&lab);
    agent_is_well(&lab, &format!("--task-definition neighbour {ON_FARGATE}"));
}

#[test]
fn who_fills_its_disks_fills_its_own() {
    let (lab, _agent) = cluster(&[]);
    let neighbour = Neighbour::on_instance(&lab);
    // A file is as large as it gets before there is no room.
    let fill = "for d in /scratch /data; do dd if=/dev/zero of=$d/file bs=1M count=1100 2>&1 | grep -o 'No space left'; \
                du -m $d/file | cut -f1; done; echo done; trap 'exit 0' TERM; sleep 1000 & wait";
    let mut definition = bridge("filler", fill);
    definition["volumes"] = json!([{"name": "data", "configuredAtLaunch": true}]);
    let main = &mut definition["containerDefinitions"][0];
    main["memory"] = 256.into();
    main["mountPoints"] = json!([{"sourceVolume": "data", "containerPath": "/data"}]);
    main["linuxParameters"] = json!({"tmpfs": [{"containerPath": "/scratch", "size": 16}]});
    lab.register(&definition);
    let configuration = json!([{"name": "data", "managedEBSVolume": {
        "roleArn": "arn:aws:iam::000000000000:role/ebs", "sizeInGiB": 1, "filesystemType": "ext4",
    }}]);
    let arn = lab.run_task(&format!(
        "--cluster web --task-definition filler --volume-configurations '{configuration}'"
    ));
    let task = lab.until_task(&arn, "RUNNING");
    let said = lab.until("it has filled what it has", || {
        let said = docker(&["logs", container(&task)]);
        said.ends_with("done").then_some(said)
    });
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[..2], ["No space left", "16"], "{said}");
    if lab.logs().contains("the size of a volume is not enforced") {
        eprintln!("SKIPPED a volume's size: this machine cannot make or mount a file system of its own");
    } else {
        let size: u32 = lines[3].parse().unwrap();
        assert!(lines[2] == "No space left" && size < 1024, "{said}");
    }
    neighbour.is_well(&lab);
    agent_is_well(&lab, "--cluster web --task-definition neighbour");
}

#[test]
fn who_floods_its_log_keeps_three_files_of_ten_megabytes() {
    let (lab, _agent) = cluster(&[]);
    let neighbour = Neighbour::on_instance(&lab);
    lab.register(&bridge("talker", "yes 0123456789012345678901234567890123456789012345678901234567890123456789 | head -c 60000000; trap 'exit 0' TERM; sleep 1000 & wait"));
    let arn = lab.run_task("--cluster web --task-definition talker");
    let task = lab.until_task(&arn, "RUNNING");
    let log = docker::inspect(container(&task))["LogPath"]
        .as_str()
        .unwrap()
        .to_owned();
    let sizes = || -> Vec<u64> {
        let files = [log.clone(), format!("{log}.1"), format!("{log}.2"), format!("{log}.3")];
        files
            .iter()
            .filter_map(|it| Some(std::fs::metadata(it).ok()?.len()))
            .collect()
    };
    let most = 10_500_000;
    lab.until("the third file is begun", || {
        let sizes = sizes();
        assert!(sizes.iter().all(|it| *it <= most), "{sizes:?}");
        (sizes.len() == 3).then_some(())
    });
    neighbour.is_well(&lab);
    let top = || docker(&["top", container(&task), "-o", "pid,comm"]);
    lab.until("it has said all", || (!top().contains("head")).then_some(()));
    let sizes = sizes();
    assert!(sizes.len() == 3 && sizes.iter().all(|it| *it <= most), "{sizes:?}");
    agent_is_well(&lab, "--cluster web --task-definition neighbour");
}
