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
    let (engine, lab, _agent) = host(Containers::RunOn);
    let _other = lab.agent("web");
    engine.freeze();
    let of = |arn: &str| lab.task(arn)["containerInstanceArn"].clone();
    let [one, two] = [(); 2].map(|()| lab.run_task("--cluster web --task-definition sleeper"));
    assert_ne!(of(&one), of(&two), "one on each host");
    let running = lab.until("the other host's task runs", || {
        [&one, &two]
            .into_iter()
            .find(|arn| lab.task(arn)["lastStatus"] == "RUNNING")
    });
    let waiting = if running == &one { &two } else { &one };
    assert_ne!(lab.task(waiting)["lastStatus"], "STOPPED");
    assert!(lab.instances("web").iter().all(|it| it["agentConnected"] == true));
    engine.thaw();
    lab.until_task(waiting, "RUNNING");
}
