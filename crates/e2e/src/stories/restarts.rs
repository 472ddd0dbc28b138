//! Containers that are started again in place.

use serde_json::{Value, json};

use super::{ON_FARGATE, fargate, shell};
use crate::docker::inspect;
use crate::lab::Lab;

#[test]
fn a_container_with_a_policy_is_started_again_and_keeps_what_it_has() {
    let lab = Lab::up();
    let mut definition = fargate(
        "restarted",
        "test -f /tmp/again && exec sleep 1000; touch /tmp/again; sleep 61; exit 3",
    );
    let policy = json!({"enabled": true, "ignoredExitCodes": [4], "restartAttemptPeriod": 60});
    definition["containerDefinitions"][0]["restartPolicy"] = policy.clone();
    let containers = definition["containerDefinitions"].as_array_mut().unwrap();
    for (name, script) in [("ignored", "sleep 61; exit 4"), ("soon", "exit 3")] {
        let mut helper = shell(name, script);
        helper["essential"] = false.into();
        helper["restartPolicy"] = policy.clone();
        containers.push(helper);
    }
    lab.register(&definition);
    let arn = lab.run_task(&format!("--task-definition restarted {ON_FARGATE}"));
    let task = lab.until_task(&arn, "RUNNING");
    let id = task["containers"][0]["runtimeId"].as_str().unwrap().to_owned();
    let started = inspect(&id)["State"]["StartedAt"].clone();

    // The count of its seconds outlives the agent.
    lab.server().kill_9();
    lab.server().restart();
    lab.until_healthy();

    lab.until("it is started again", || {
        let state = inspect(&id)["State"].clone();
        (state["Running"] == true && state["StartedAt"] != started).then_some(())
    });
    let task = lab.until("the others' ends are known", || {
        let task = lab.task(&arn);
        let ended = |at: usize| task["containers"][at]["lastStatus"] == "STOPPED";
        (ended(1) && ended(2)).then_some(task)
    });
    assert_eq!(task["lastStatus"], "RUNNING");
    let container = &task["containers"][0];
    assert_eq!(
        (
            &container["lastStatus"],
            &container["exitCode"],
            &container["runtimeId"]
        ),
        (&json!("RUNNING"), &Value::Null, &json!(id))
    );
    assert_eq!(
        [1, 2].map(|at| task["containers"][at]["exitCode"].clone()),
        [json!(4), json!(3)]
    );
}
