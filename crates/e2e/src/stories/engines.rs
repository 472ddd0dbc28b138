//! What outlives the Docker Engine, and what does not.

use serde_json::Value;

use super::{ON_FARGATE, bridge, fargate};
use crate::engine::{Containers, Engine};
use crate::lab::Lab;
use crate::machine::BUSYBOX;
use crate::process::Process;

/// Runs until it is told to end.
const WAIT: &str = "trap 'exit 9' USR1; while true; do sleep 0.2; done";

/// A cluster `web` with one host, whose engine is its own, and a definition `sleeper`.
fn host(containers: Containers) -> (Engine, Lab, Process) {
    let engine = Engine::start(containers);
    engine.load(BUSYBOX);
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let agent = lab.agent_in("web", &[], &[("DOCKER_HOST".into(), engine.address())]);
    lab.register(&bridge("sleeper", WAIT));
    (engine, lab, agent)
}

fn container(task: &Value) -> &str {
    task["containers"][0]["runtimeId"].as_str().unwrap()
}

#[test]
fn a_task_runs_on_while_an_engine_that_leaves_containers_alone_restarts() {
    let (mut engine, lab, _agent) = host(Containers::RunOn);
    let arn = lab.run_task("--cluster web --task-definition sleeper");
    let task = lab.until_task(&arn, "RUNNING");
    let pid = engine.pid(container(&task));

    // Once in good order, once not.
    engine.terminate();
    engine.restart();
    engine.kill_9();
    engine.restart();
    assert_eq!(engine.pid(container(&task)), pid, "the container was restarted");
    assert_eq!(lab.task(&arn)["lastStatus"], "RUNNING");

    engine.docker(&["kill", "--signal", "USR1", container(&task)]);
    assert_eq!(lab.until_task(&arn, "STOPPED")["containers"][0]["exitCode"], 9);
    let next = lab.run_task("--cluster web --task-definition sleeper");
    lab.until_task(&next, "RUNNING");
}

#[test]
fn a_task_that_ended_with_its_engine_is_told_so_and_the_next_one_runs() {
    let (mut engine, lab, _agent) = host(Containers::End);
    for in_order in [true, false] {
        let arn = lab.run_task("--cluster web --task-definition sleeper");
        lab.until_task(&arn, "RUNNING");
        if in_order {
            engine.terminate();
        } else {
            engine.kill_9();
        }
        engine.restart();
        let task = lab.until_task(&arn, "STOPPED");
        assert_eq!(task["stopCode"], "EssentialContainerExited", "{task:#}");
    }
}

/// A host's line in the list of them.
fn row_of(lab: &Lab, instance: &str) -> String {
    let listed: Value = serde_json::from_str(&lab.longshore_ok(&["host", "ls", "--output", "json"])).unwrap();
    let mut hosts = listed["hosts"].as_array().unwrap().iter();
    let host = hosts.find(|it| it["containerInstanceArn"] == instance).unwrap();
    let id = &host["hostId"].as_str().unwrap()[..12];
    let table = lab.longshore_ok(&["host", "ls"]);
    table.lines().find(|row| row.starts_with(id)).unwrap().to_owned()
}

#[test]
fn a_sandbox_that_was_ready_and_ended_with_its_engine_is_given_to_no_task() {
    let mut engine = Engine::start(Containers::End);
    engine.load(BUSYBOX);
    let lab = Lab::bare();
    let environment = [("DOCKER_HOST".into(), engine.address())];
    let _agent = lab.join_within(None, &["--fargate"], &[], &environment);
    lab.until("a sandbox is ready", || {
        let ready = engine.docker(&["ps", "--quiet", "--filter", "name=longshore-sandbox-warm"]);
        (!ready.is_empty()).then_some(())
    });
    engine.terminate();
    engine.restart();
    lab.register(&fargate("sleeper", WAIT));
    let arn = lab.run_task(&format!("--task-definition sleeper {ON_FARGATE}"));
    lab.until_task(&arn, "RUNNING");
}

#[test]
fn an_engine_that_hangs_delays_its_own_tasks_and_nothing_else() {
    let (engine, lab, agent) = host(Containers::RunOn);
    let instance = lab.instances("web")[0]["containerInstanceArn"]
        .as_str()
        .unwrap()
        .to_owned();
    lab.register(&bridge("brief", "echo begun; exit 5"));
    let runs = lab.run_task("--cluster web --task-definition sleeper");
    let container = container(&lab.until_task(&runs, "RUNNING")).to_owned();
    let pid = engine.pid(&container);
    engine.freeze();

    // What is asked of the engine waits: a start, and a stop.
    let starts = lab.run_task("--cluster web --task-definition brief");
    let ends = lab.run_task("--cluster web --task-definition sleeper");
    for arn in [&runs, &ends] {
        lab.aws(&format!("ecs stop-task --cluster web --task {arn}"));
    }
    let _other = lab.agent("web");
    let all = lab.instances("web");
    let mut others = all.iter().filter_map(|it| it["containerInstanceArn"].as_str());
    let other = others.find(|arn| *arn != instance).unwrap();
    let answer = lab.aws(&format!(
        "ecs start-task --cluster web --task-definition sleeper --container-instances {other}"
    ));
    let elsewhere = answer["tasks"][0]["taskArn"].as_str().unwrap().to_owned();
    lab.until_task(&elsewhere, "RUNNING");
    lab.aws(&format!("ecs stop-task --cluster web --task {elsewhere}"));
    lab.until_task(&elsewhere, "STOPPED");

    // Who looks sees which host it is, which is as good a witness as any that its agent goes on.
    let row = || row_of(&lab, &instance);
    lab.until("it is seen that the engine hangs", || {
        row().contains(" hangs ").then_some(())
    });
    assert!(lab.instances("web").iter().all(|it| it["agentConnected"] == true));
    assert!(!agent.log().contains("disconnected"), "{}", agent.log());
    assert_eq!(lab.task(&starts)["lastStatus"], "PENDING");
    assert_ne!(lab.task(&runs)["lastStatus"], "STOPPED");
    assert!(std::path::Path::new(&format!("/proc/{pid}")).exists(), "it runs on");

    engine.thaw();
    let started = lab.until_task(&starts, "STOPPED");
    assert_eq!(started["containers"][0]["exitCode"], 5, "{started:#}");
    assert_eq!(
        engine.docker(&["logs", self::container(&started)]),
        "begun",
        "it was started twice"
    );
    for arn in [&runs, &ends] {
        lab.until_task(arn, "STOPPED");
    }
    for arn in [&starts, &runs, &ends] {
        let label = format!("label=com.amazonaws.ecs.task-arn={arn}");
        let all = engine.docker(&["ps", "--all", "--quiet", "--filter", &label]);
        assert!(all.lines().count() <= 1, "{arn} has {all}");
    }
    lab.until("the engine answers again", || row().contains(" ok ").then_some(()));
    let next = lab.run_task("--cluster web --task-definition sleeper");
    lab.until_task(&next, "RUNNING");
    assert!(!agent.log().contains("disconnected"), "{}", agent.log());
}
