//! Several agents on one machine, and who may be a host.

use std::collections::HashSet;

use serde_json::json;

use super::{ON_FARGATE, SERVE, bridge, fargate};
use crate::docker;
use crate::lab::Lab;

#[test]
fn tasks_are_spread_over_two_agents() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let (_one, _two) = (lab.agent("web"), lab.agent("web"));
    lab.register(&bridge("spread", SERVE));
    let answer = lab.aws("ecs run-task --cluster web --task-definition spread --count 4");
    let mut on: Vec<String> = Vec::new();
    for task in answer["tasks"].as_array().unwrap() {
        let task = lab.until_task(task["taskArn"].as_str().unwrap(), "RUNNING");
        on.push(task["containerInstanceArn"].as_str().unwrap().to_owned());
    }
    for host in on.iter().collect::<HashSet<_>>() {
        assert_eq!(on.iter().filter(|it| *it == host).count(), 2, "{on:?}");
    }
    for instance in lab.instances("web") {
        assert_eq!(instance["runningTasksCount"], 2);
    }
}

#[test]
fn what_no_host_has_is_refused_with_its_name() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    lab.register(&bridge("any", "true"));
    let refused = lab.aws_refused("ecs run-task --cluster web --task-definition any");
    assert!(
        refused.contains("No Container Instances were found in your cluster."),
        "{refused}"
    );
    let _agent = lab.agent("web");
    let mut greedy = bridge("greedy", "true");
    greedy["containerDefinitions"][0]["memory"] = json!(10_000_000);
    lab.register(&greedy);
    let answer = lab.aws("ecs run-task --cluster web --task-definition greedy");
    assert_eq!(
        (&answer["tasks"], &answer["failures"][0]["reason"]),
        (&json!([]), &json!("RESOURCE:MEMORY"))
    );
}

#[test]
fn a_host_of_the_pool_is_no_users_instance() {
    let lab = Lab::up();
    lab.register(&fargate("pooled", "sleep 1000"));
    let arn = lab.run_task(&format!("--task-definition pooled {ON_FARGATE}"));
    lab.until_task(&arn, "RUNNING");
    assert_eq!(
        lab.aws("ecs list-container-instances")["containerInstanceArns"],
        json!([])
    );
    assert_eq!(
        lab.aws("ecs describe-clusters")["clusters"][0]["registeredContainerInstancesCount"],
        0
    );
}

#[test]
fn an_agent_of_its_own_serves_the_pool() {
    let lab = Lab::bare();
    let _agent = lab.join(&["--fargate"]);
    lab.register(&fargate("pooled", "exit 5"));
    let run = format!("ecs run-task --task-definition pooled {ON_FARGATE}");
    let answer = lab.until("the pool has its host", || {
        Some(lab.aws(&run)).filter(|it| it["failures"] == json!([]))
    });
    let task = lab.until_task(answer["tasks"][0]["taskArn"].as_str().unwrap(), "STOPPED");
    assert_eq!(task["containers"][0]["exitCode"], 5);
}

#[test]
fn two_tasks_of_the_pool_reach_each_other_by_their_addresses() {
    let lab = Lab::up();
    lab.register(&fargate("page", SERVE));
    let page = lab.run_task(&format!("--task-definition page {ON_FARGATE}"));
    let page = lab.until_task(&page, "RUNNING");
    let address = page["containers"][0]["networkInterfaces"][0]["privateIpv4Address"]
        .as_str()
        .unwrap();
    let script =
        format!("for i in 1 2 3 4 5 6 7 8 9; do wget -q -O - http://{address}:8080/ && exit 0; sleep 1; done; exit 1");
    lab.register(&fargate("visitor", &script));
    let visitor = lab.run_task(&format!("--task-definition visitor {ON_FARGATE}"));
    let visitor = lab.until_task(&visitor, "STOPPED");
    assert_eq!(visitor["containers"][0]["exitCode"], 0);
    let own = visitor["attachments"][0]["details"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == "privateIPv4Address");
    assert_ne!(own.unwrap()["value"], address);
    assert!(!docker::of_task(page["taskArn"].as_str().unwrap()).is_empty());
}
