//! What outlives what.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::{ON_FARGATE, bridge, fargate};
use crate::docker;
use crate::lab::{Lab, path};
use crate::process::Process;

/// Runs until it is told to end.
const WAIT: &str = "trap 'exit 9' USR1; while true; do sleep 0.2; done";

fn host_pid(task: &Value) -> u64 {
    docker::pid(task["containers"][0]["runtimeId"].as_str().unwrap())
}

fn tell_to_end(task: &Value) {
    docker::docker(&[
        "kill",
        "--signal",
        "USR1",
        task["containers"][0]["runtimeId"].as_str().unwrap(),
    ]);
}

#[test]
fn a_task_outlives_the_server_that_started_it() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let _agent = lab.agent("web");
    lab.register(&bridge("sleeper", WAIT));
    let arn = lab.run_task("--cluster web --task-definition sleeper");
    let before = lab.until_task(&arn, "RUNNING");
    let pid = host_pid(&before);

    lab.server().kill_9();
    lab.server().restart();
    lab.until_healthy();

    lab.until("the agent is back", || {
        (lab.instances("web")[0]["agentConnected"] == true).then_some(())
    });
    let after = lab.task(&arn);
    assert_eq!(host_pid(&after), pid, "the container was restarted");
    assert_eq!(
        (&after["startedAt"], &after["lastStatus"]),
        (&before["startedAt"], &before["lastStatus"])
    );
    tell_to_end(&after);
    assert_eq!(lab.until_task(&arn, "STOPPED")["containers"][0]["exitCode"], 9);
}

#[test]
fn an_end_that_the_server_missed_is_told_later() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let _agent = lab.agent("web");
    lab.register(&bridge("sleeper", WAIT));
    let arn = lab.run_task("--cluster web --task-definition sleeper");
    let task = lab.until_task(&arn, "RUNNING");

    lab.server().kill_9();
    tell_to_end(&task);
    let container = task["containers"][0]["runtimeId"].as_str().unwrap();
    lab.until("the container has ended", || {
        (docker::pid(container) == 0).then_some(())
    });
    lab.server().restart();
    lab.until_healthy();

    let task = lab.until_task(&arn, "STOPPED");
    assert_eq!(task["containers"][0]["exitCode"], 9);
    assert_eq!(task["stopCode"], "EssentialContainerExited");
}

#[test]
fn a_task_outlives_its_agent_and_is_started_once() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let mut agent = lab.agent("web");
    lab.register(&bridge("sleeper", WAIT));
    let [stays, ends] = [(); 2].map(|()| lab.run_task("--cluster web --task-definition sleeper"));
    let pid = host_pid(&lab.until_task(&stays, "RUNNING"));
    let ending = lab.until_task(&ends, "RUNNING");

    agent.kill_9();
    lab.until("the loss is seen", || {
        (lab.instances("web")[0]["agentConnected"] == false).then_some(())
    });
    tell_to_end(&ending);
    agent.restart();

    let ended = lab.until_task(&ends, "STOPPED");
    assert_eq!(ended["containers"][0]["exitCode"], 9, "the end that the agent missed");
    let task = lab.task(&stays);
    assert_eq!((host_pid(&task), &task["lastStatus"]), (pid, &json!("RUNNING")));
    for arn in [&stays, &ends] {
        assert_eq!(docker::of_task(arn).len(), 1, "a container was started twice");
    }
    assert_eq!(lab.instances("web").len(), 1, "the host joined twice");
}

#[test]
fn up_takes_its_tasks_up_again() {
    let lab = Lab::up();
    lab.register(&fargate("sleeper", WAIT));
    let arn = lab.run_task(&format!("--task-definition sleeper {ON_FARGATE}"));
    let pid = host_pid(&lab.until_task(&arn, "RUNNING"));

    // Once as when power fails, once in good order: tasks run on in both.
    for in_order in [false, true] {
        if in_order {
            let ended = lab.server().terminate();
            assert_eq!(ended.code(), Some(0), "{}", lab.logs());
        } else {
            lab.server().kill_9();
        }
        lab.server().restart();
        lab.until_healthy();
    }
    let task = lab.until("the task is connected again", || {
        let task = lab.task(&arn);
        (task["connectivity"] == "CONNECTED").then_some(task)
    });
    assert_eq!(host_pid(&task), pid);
    tell_to_end(&task);
    assert_eq!(lab.until_task(&arn, "STOPPED")["containers"][0]["exitCode"], 9);
}

#[test]
fn up_stops_its_tasks_when_told_to() {
    let lab = Lab::start("up", &["--stop-tasks"]);
    lab.register(&fargate("sleeper", WAIT));
    let arn = lab.run_task(&format!("--task-definition sleeper {ON_FARGATE}"));
    let task = lab.until_task(&arn, "RUNNING");
    let ended = lab.server().terminate();
    assert_eq!(ended.code(), Some(0), "{}", lab.logs());
    assert_eq!(host_pid(&task), 0, "the container still runs");
    let host =
        docker::inspect(task["containers"][0]["runtimeId"].as_str().unwrap())["Config"]["Labels"]["longshore.host"]
            .clone();
    docker::clean_up(host.as_str().unwrap());
}

#[test]
fn what_was_answered_is_there_after_a_kill() {
    let lab = Lab::bare();
    // The last answer comes just before the kill, and nothing was written after it that could have flushed it.
    for round in 0..3 {
        lab.aws(&format!("ecs create-cluster --cluster-name c{round}"));
        lab.server().kill_9();
        lab.server().restart();
        lab.until_healthy();
        let seen = lab.aws(&format!("ecs describe-clusters --clusters c{round}"));
        assert_eq!(seen["clusters"][0]["status"], "ACTIVE");
    }
}

/// Registers by several threads at once, and writes down each answer before it asks again.
const REGISTER: &str = "
import threading
from botocore.config import Config
def register(n):
    ecs = boto3.client('ecs', config=Config(retries={'total_max_attempts': 1}))
    with open(f'{OUT}{n}', 'w', buffering=1) as out:
        while True:
            made = ecs.register_task_definition(family='app', containerDefinitions=[{'name': 'a', 'image': 'b', 'memory': 8}])
            out.write(made['taskDefinition']['taskDefinitionArn'] + '\\n')
for n in range(8):
    threading.Thread(target=register, args=[n]).start()
";

#[test]
fn no_answered_write_is_lost_when_the_server_is_killed_amid_many() {
    let lab = Lab::bare();
    let out = lab.data_dir().with_file_name("answers-");
    let answers = || -> Vec<String> {
        let files = (0..8).map(|n| std::fs::read_to_string(format!("{}{n}", out.display())).unwrap_or_default());
        files
            .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
            .collect()
    };
    std::thread::scope(|scope| {
        let callers = scope.spawn(|| lab.try_boto3(&format!("OUT = '{}'\n{REGISTER}", out.display())));
        lab.until("much has been answered", || (answers().len() > 300).then_some(()));
        lab.server().kill_9();
        callers.join().unwrap();
    });
    lab.server().restart();
    lab.until_healthy();
    let kept = lab.aws("ecs list-task-definitions --family-prefix app");
    let kept: HashSet<&str> = kept["taskDefinitionArns"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    for answered in answers() {
        assert!(kept.contains(answered.as_str()), "{answered} was answered and is lost");
    }
}

#[test]
fn a_second_server_on_the_same_data_is_refused() {
    let lab = Lab::bare();
    let args = ["server", "--listen", "127.0.0.1:0", "--data-dir", path(&lab.data_dir())].map(str::to_owned);
    let mut second = Process::start(&args, &lab.data_dir().join("second.log"));
    let ended = lab.until("the second server has ended", || second.ended());
    assert_eq!(ended.code(), Some(1));
    assert!(second.log().contains("another Longshore server"), "{}", second.log());
    lab.aws("ecs list-clusters");
}
