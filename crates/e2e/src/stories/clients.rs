//! The clients that people have, unmodified: boto3 and the AWS CLI.

use expect_test::expect_file;
use serde_json::{Value, json};

use super::{ON_FARGATE, bridge, fargate};
use crate::lab::Lab;

#[test]
fn boto3_drives_every_operation() {
    let lab = Lab::up();
    lab.aws("ecs create-cluster --cluster-name host");
    let _host = lab.agent("host");
    assert_eq!(lab.boto3(include_str!("tour.py")), "toured");
}

/// `UPDATE_EXPECT=1` takes the answers of this run; read the difference.
#[test]
fn boto3_reads_the_answers_that_it_read_before() {
    let lab = Lab::up();
    lab.aws("ecs create-cluster --cluster-name host");
    let _host = lab.agent("host");
    let mut answers = lab.boto3(include_str!("answers.py"));
    answers.push('\n');
    expect_file!["answers.json"].assert_eq(&answers);
}

#[test]
fn the_aws_cli_drives_every_operation() {
    let lab = Lab::up();
    assert_eq!(
        lab.aws("sts get-caller-identity")["Arn"],
        "arn:aws:iam::000000000000:root"
    );
    lab.aws("ecs create-cluster --cluster-name web");
    let agent = lab.agent("web");
    lab.register(&bridge("on-hosts", "exit 0"));
    lab.register(&fargate("in-the-pool", "trap 'exit 0' TERM; sleep 1000 & wait"));

    assert_eq!(names(&lab.aws("ecs list-clusters")["clusterArns"]), ["default", "web"]);
    assert_eq!(
        lab.aws("ecs describe-clusters --clusters web")["clusters"][0]["registeredContainerInstancesCount"],
        1
    );
    assert_eq!(
        names(&lab.aws("ecs list-task-definitions")["taskDefinitionArns"]),
        ["in-the-pool:1", "on-hosts:1"]
    );
    assert_eq!(
        lab.aws("ecs list-task-definition-families")["families"],
        json!(["in-the-pool", "on-hosts"])
    );
    let described = lab.aws("ecs describe-task-definition --task-definition on-hosts");
    assert_eq!(described["taskDefinition"]["containerDefinitions"][0]["memory"], 64);

    let task = lab.run_task(&format!("--cluster web --task-definition in-the-pool {ON_FARGATE}"));
    lab.aws(&format!("ecs wait tasks-running --cluster web --tasks {task}"));
    assert_eq!(lab.aws("ecs list-tasks --cluster web")["taskArns"], json!([task]));
    lab.aws(&format!("ecs stop-task --cluster web --task {task} --reason enough"));
    lab.aws(&format!("ecs wait tasks-stopped --cluster web --tasks {task}"));
    assert_eq!(lab.task(&task)["stoppedReason"], "enough");

    let task = lab.run_task("--cluster web --task-definition on-hosts");
    let task = lab.until_task(&task, "STOPPED");
    assert_eq!(task["containers"][0]["exitCode"], 0);
    an_agent_by_hand(&lab, task["taskArn"].as_str().unwrap());

    what_is_changed_in_place(&lab);
    settings_and_network(&lab);
    drop(agent);
    let instance = lab.instances("web")[0]["containerInstanceArn"].clone();
    lab.aws(&format!(
        "ecs deregister-container-instance --cluster web --container-instance {instance} --force"
    ));
    assert_eq!(
        lab.aws("ecs list-container-instances --cluster web")["containerInstanceArns"],
        json!([])
    );
    lab.aws("ecs deregister-task-definition --task-definition on-hosts:1");
    let deleted = lab.aws("ecs delete-task-definitions --task-definitions on-hosts:1");
    assert_eq!(deleted["taskDefinitions"][0]["status"], "DELETE_IN_PROGRESS");
    assert_eq!(
        lab.aws("ecs delete-cluster --cluster web")["cluster"]["status"],
        "INACTIVE"
    );
    assert!(
        lab.aws_refused("ecs list-tasks --cluster web")
            .contains("(ClusterNotFoundException)")
    );
}

/// Tags, attributes, states and settings of what is there already.
fn what_is_changed_in_place(lab: &Lab) {
    let cluster = "--resource-arn arn:aws:ecs:us-east-1:000000000000:cluster/web";
    lab.aws(&format!(
        "ecs tag-resource {cluster} --tags key=team,value=blue key=tier,value=1"
    ));
    lab.aws(&format!("ecs untag-resource {cluster} --tag-keys tier"));
    let tags = lab.aws(&format!("ecs list-tags-for-resource {cluster}"));
    assert_eq!(tags["tags"], json!([{"key": "team", "value": "blue"}]));

    let instance = lab.instances("web")[0]["containerInstanceArn"]
        .as_str()
        .unwrap()
        .to_owned();
    lab.aws(&format!(
        "ecs put-attributes --cluster web --attributes name=rack,value=r1,targetId={instance}"
    ));
    let racks = "ecs list-attributes --cluster web --target-type container-instance --attribute-name rack";
    assert_eq!(lab.aws(racks)["attributes"][0]["value"], "r1");
    lab.aws(&format!(
        "ecs delete-attributes --cluster web --attributes name=rack,targetId={instance}"
    ));
    assert_eq!(lab.aws(racks)["attributes"], json!([]));
    for status in ["DRAINING", "ACTIVE"] {
        let words = format!("--cluster web --container-instances {instance} --status {status}");
        let moved = lab.aws(&format!("ecs update-container-instances-state {words}"));
        assert_eq!(moved["containerInstances"][0]["status"], status);
    }
    let started = lab.aws(&format!(
        "ecs start-task --cluster web --task-definition on-hosts --container-instances {instance}"
    ));
    lab.until_task(started["tasks"][0]["taskArn"].as_str().unwrap(), "STOPPED");

    lab.aws("ecs update-cluster-settings --cluster web --settings name=containerInsights,value=enabled");
    assert_eq!(
        lab.aws("ecs update-cluster --cluster web")["cluster"]["settings"][0]["value"],
        "enabled"
    );
    assert_eq!(
        lab.aws("ecs describe-capacity-providers")["capacityProviders"][1]["name"],
        "FARGATE_SPOT"
    );
    let words = "--cluster web --capacity-providers FARGATE --default-capacity-provider-strategy capacityProvider=FARGATE,weight=1";
    let put = lab.aws(&format!("ecs put-cluster-capacity-providers {words}"));
    assert_eq!(put["cluster"]["capacityProviders"], json!(["FARGATE"]));
}

/// What an agent says, said by hand.
fn an_agent_by_hand(lab: &Lab, task: &str) {
    let resources = "name=CPU,type=INTEGER,integerValue=512 name=MEMORY,type=INTEGER,integerValue=512";
    let made = lab.aws(&format!(
        "ecs register-container-instance --cluster default --total-resources {resources}"
    ));
    assert_eq!(made["containerInstance"]["remainingResources"][0]["integerValue"], 512);
    assert!(
        lab.aws("ecs discover-poll-endpoint")["endpoint"]
            .as_str()
            .unwrap()
            .starts_with("http")
    );
    for report in [
        format!("submit-task-state-change --cluster web --task {task} --status RUNNING"),
        format!("submit-container-state-change --cluster web --task {task} --container-name main --status RUNNING"),
        "submit-attachment-state-changes --cluster web --attachments []".to_owned(),
    ] {
        assert_eq!(lab.aws(&format!("ecs {report}"))["acknowledgment"], "ACK");
    }
    assert_eq!(
        lab.task(task)["lastStatus"],
        "STOPPED",
        "a late report brought a task back"
    );
}

/// What the ARNs of a list end in, sorted.
fn names(arns: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = arns
        .as_array()
        .unwrap()
        .iter()
        .map(|arn| arn.as_str().unwrap().rsplit('/').next().unwrap())
        .collect();
    names.sort_unstable();
    names
}

/// What belongs to the account rather than to a cluster.
fn settings_and_network(lab: &Lab) {
    let set = lab.aws("ecs put-account-setting-default --name containerInsights --value enabled");
    assert_eq!(set["setting"]["value"], "enabled");
    let set = lab.aws("ecs put-account-setting --name awsvpcTrunking --value enabled");
    assert_eq!(set["setting"]["type"], "user");
    assert_eq!(
        lab.aws("ecs list-account-settings")["settings"][1]["name"],
        "containerInsights"
    );
    lab.aws("ecs delete-account-setting --name awsvpcTrunking");
    lab.aws("ecs delete-account-setting --name containerInsights");
    let vpc = lab.aws("ec2 describe-vpcs")["Vpcs"][0]["VpcId"].clone();
    assert_eq!(lab.aws("ec2 describe-subnets")["Subnets"][0]["VpcId"], vpc);
    assert_eq!(
        lab.aws("ec2 describe-instances")["Reservations"][0]["Instances"][0]["State"]["Name"],
        "running"
    );
    assert!(
        lab.aws_refused("ec2 describe-instances --instance-ids i-1")
            .contains("(InvalidInstanceID.NotFound)")
    );
    assert!(
        lab.aws_refused("ec2 run-instances --image-id ami-1 --instance-type t3.micro")
            .contains("(InvalidAction)")
    );
}
