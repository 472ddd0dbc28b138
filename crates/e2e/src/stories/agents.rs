//! What an agent survives: its own death at any moment, a full disk, a restart of the machine, and hands that reach past it.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use super::bridge;
use crate::docker::{self, docker};
use crate::lab::{Lab, path};
use crate::machine;
use crate::process::Process;

/// Runs until it is told to end.
const WAIT: &str = "trap 'exit 9' USR1; trap 'exit 0' TERM; while true; do sleep 0.2; done";

fn host() -> (Lab, Process) {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let agent = lab.agent("web");
    lab.register(&bridge("sleeper", WAIT));
    (lab, agent)
}

fn container(task: &Value) -> &str {
    task["containers"][0]["runtimeId"].as_str().unwrap()
}

fn until_connected(lab: &Lab, connected: bool) {
    lab.until(&format!("agentConnected is {connected}"), || {
        (lab.instances("web")[0]["agentConnected"] == connected).then_some(())
    });
}

#[test]
fn an_agent_is_upgraded_in_place_and_its_tasks_do_not_notice() {
    let (lab, mut agent) = host();
    let arns = [(); 3].map(|()| lab.run_task("--cluster web --task-definition sleeper"));
    let pids = || {
        arns.each_ref()
            .map(|arn| docker::pid(container(&lab.until_task(arn, "RUNNING"))))
    };
    let before = pids();

    let next = lab.data_dir().with_file_name("longshore-next");
    fs::copy(machine::longshore(), &next).unwrap();
    agent.upgrade(&next);
    assert_eq!(agent.terminate().code(), Some(0), "{}", lab.logs());
    until_connected(&lab, false);
    agent.restart();
    until_connected(&lab, true);

    assert_eq!(pids(), before, "a container was restarted");
    for arn in &arns {
        let restarts = docker::inspect(container(&lab.task(arn)))["RestartCount"].clone();
        assert_eq!((docker::of_task(arn).len(), restarts), (1, json!(0)));
    }
    docker(&["kill", "--signal", "USR1", container(&lab.task(&arns[0]))]);
    assert_eq!(lab.until_task(&arns[0], "STOPPED")["containers"][0]["exitCode"], 9);
}

/// One of the numbers that follow from a seed.
fn next(seed: &mut u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

#[test]
fn an_agent_that_is_killed_again_and_again_loses_no_task_and_starts_none_twice() {
    let (lab, mut agent) = host();
    let mut seed = 7;
    lab.register(&bridge("brief", "echo begun; sleep 1; exit 5"));
    let mut arns = Vec::new();
    for _ in 0..8 {
        for _ in 0..2 {
            arns.push(lab.run_task("--cluster web --task-definition brief"));
        }
        // Somewhere between the payload and the last report: the engine takes some hundred milliseconds for a task.
        let wait = std::time::Duration::from_millis(next(&mut seed) % 900);
        #[expect(clippy::disallowed_methods, reason = "the moment is the seed's choice")]
        std::thread::sleep(wait);
        agent.kill_9();
        agent.restart();
        until_connected(&lab, true);
    }
    for arn in &arns {
        let task = lab.until_task(arn, "STOPPED");
        assert_eq!(task["containers"][0]["exitCode"], 5, "{task:#}{}", lab.logs());
        assert_eq!(docker::of_task(arn).len(), 1);
        assert_eq!(docker(&["logs", container(&task)]), "begun", "it was started twice");
    }
}

#[test]
fn what_ended_with_the_machine_is_told_so() {
    let (lab, mut agent) = host();
    let arn = lab.run_task("--cluster web --task-definition sleeper");
    let task = lab.until_task(&arn, "RUNNING");
    agent.kill_9();
    docker(&["kill", container(&task)]);
    // As it is after the machine was started again.
    fs::write(lab.agent_dir(0).join("boot"), "another-start-of-the-machine").unwrap();
    agent.restart();
    let task = lab.until_task(&arn, "STOPPED");
    assert_eq!(task["stoppedReason"], "The host was restarted");
    assert_eq!(task["containers"][0]["exitCode"], 137);
    let next = lab.run_task("--cluster web --task-definition sleeper");
    lab.until_task(&next, "RUNNING");
}

#[test]
fn an_end_is_kept_while_the_server_is_gone_and_the_agent_restarts_and_told_with_its_own_time() {
    let (lab, mut agent) = host();
    let arn = lab.run_task("--cluster web --task-definition sleeper");
    let task = lab.until_task(&arn, "RUNNING");
    lab.server().kill_9();
    docker(&["kill", "--signal", "USR1", container(&task)]);
    let state = || docker::inspect(container(&task))["State"].clone();
    lab.until("it has ended", || (state()["Running"] == false).then_some(()));
    let ended = seconds(state()["FinishedAt"].as_str().unwrap());
    // Long enough that the time of telling is another second than that of the end.
    lab.until("time has passed", || (now() > ended + 3.0).then_some(()));
    agent.kill_9();
    agent.restart();
    lab.server().restart();
    lab.until_healthy();
    let task = lab.until_task(&arn, "STOPPED");
    assert_eq!(task["containers"][0]["exitCode"], 9);
    let told = &task["executionStoppedAt"];
    let told = told.as_f64().unwrap_or_else(|| seconds(told.as_str().unwrap()));
    assert!((told - ended).abs() < 1.0, "{told} {ended}");
}

fn seconds(time: &str) -> f64 {
    date(&["-d", time])
}

fn now() -> f64 {
    date(&[])
}

fn date(args: &[&str]) -> f64 {
    let out = Command::new("date").arg("+%s.%N").args(args).output().unwrap();
    String::from_utf8(out.stdout).unwrap().trim().parse().unwrap()
}

#[test]
fn a_container_that_somebody_removes_ends_its_task() {
    let (lab, mut agent) = host();
    let [seen, missed] = [(); 2].map(|()| lab.run_task("--cluster web --task-definition sleeper"));
    let (first, second) = (lab.until_task(&seen, "RUNNING"), lab.until_task(&missed, "RUNNING"));
    docker(&["rm", "--force", container(&first)]);
    let task = lab.until_task(&seen, "STOPPED");
    assert_eq!(task["stopCode"], "EssentialContainerExited");

    agent.kill_9();
    docker(&["rm", "--force", container(&second)]);
    agent.restart();
    let task = lab.until_task(&missed, "STOPPED");
    let reason = task["containers"][0]["reason"].as_str().unwrap();
    assert!(reason.starts_with("ContainerVanishedError"), "{task:#}");
    assert!(
        task["containers"][0].get("exitCode").is_none(),
        "nobody knows: {task:#}"
    );
}

#[test]
fn a_task_whose_memory_is_damaged_runs_on_until_the_server_was_there_and_is_ended_then() {
    let (lab, mut agent) = host();
    let [lost, kept] = [(); 2].map(|()| lab.run_task("--cluster web --task-definition sleeper"));
    let (task, other) = (lab.until_task(&lost, "RUNNING"), lab.until_task(&kept, "RUNNING"));
    agent.kill_9();
    lab.server().kill_9();
    let id = lost.rsplit('/').next().unwrap();
    fs::write(lab.agent_dir(0).join(format!("tasks/{id}.json")), "{").unwrap();
    agent.restart();
    lab.until("the agent looks for the server", || {
        agent.log().contains("registering failed").then_some(())
    });
    assert_ne!(docker::pid(container(&task)), 0, "no server was there to ask");
    lab.server().restart();
    lab.until_healthy();

    let stopped = lab.until_task(&lost, "STOPPED");
    assert_eq!(stopped["stoppedReason"], "The agent lost its memory of the task");
    assert_eq!(docker::of_task(&lost), [""; 0], "its container is still there");
    assert_ne!(docker::pid(container(&other)), 0);
    assert_eq!(lab.task(&kept)["lastStatus"], "RUNNING");
    assert!(lab.agent_dir(0).join(format!("tasks/{id}.damaged")).exists());
}

/// A small file system of its own, gone with the story.
struct Mount<'a>(&'a Path);

impl<'a> Mount<'a> {
    fn new(at: &'a Path) -> Self {
        fs::create_dir(at).unwrap();
        let options = ["-t", "tmpfs", "-o", "size=256k,mode=700", "longshore-e2e"];
        let mounted = Command::new("mount").args(options).arg(at).status().unwrap();
        assert!(mounted.success());
        Self(at)
    }
}

impl Drop for Mount<'_> {
    fn drop(&mut self) {
        drop(Command::new("umount").args(["--lazy", path(self.0)]).status());
    }
}

#[test]
fn an_agent_whose_disk_is_full_lives_tells_what_ends_and_goes_on_when_there_is_room() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let home = lab.agent_dir(0);
    let _mount = Mount::new(&home);
    let mut agent = lab.agent("web");
    lab.register(&bridge("sleeper", WAIT));
    let ends = lab.run_task("--cluster web --task-definition sleeper");
    let running = lab.until_task(&ends, "RUNNING");

    let filler = home.join("filler");
    let full = fs::write(&filler, vec![0; 1 << 20]);
    assert_eq!(full.unwrap_err().kind(), std::io::ErrorKind::StorageFull);
    let waits = lab.run_task("--cluster web --task-definition sleeper");
    lab.until("the agent has noticed", || {
        agent.log().contains("is not on disk").then_some(())
    });
    docker(&["kill", "--signal", "USR1", container(&running)]);
    assert_eq!(lab.until_task(&ends, "STOPPED")["containers"][0]["exitCode"], 9);
    assert_ne!(lab.task(&waits)["lastStatus"], "STOPPED");
    assert_eq!(docker::of_task(&waits), [""; 0], "what is not on disk is not begun");
    assert!(agent.ended().is_none(), "{}", lab.logs());

    // One that starts on a full disk waits for room.
    agent.kill_9();
    agent.restart();
    lab.until("the agent waits", || {
        let ended = agent.ended();
        assert!(ended.is_none(), "{ended:?}{}", lab.logs());
        agent.log().contains("this start is not on disk").then_some(())
    });
    fs::remove_file(&filler).unwrap();
    lab.until_task(&waits, "RUNNING");
    agent.kill_9();
    agent.restart();
    until_connected(&lab, true);
    assert_eq!(lab.task(&waits)["lastStatus"], "RUNNING");
    // Before its data is gone, which says what there is to clean up.
    drop((agent, lab));
}
