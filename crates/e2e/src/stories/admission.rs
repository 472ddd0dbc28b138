//! Who may be a host, and until when.

use std::fs;

use serde_json::{Value, json};

use super::bridge;
use crate::docker;
use crate::lab::{Lab, path};
use crate::process::Process;

#[test]
fn nobody_joins_without_a_good_token() {
    let lab = Lab::bare();
    let home = lab.data_dir().join("intruder");
    for (token, says) in [("guess", "token"), ("", "token")] {
        let mut args = vec!["agent", "--server", lab.url(), "--data-dir", path(&home)];
        args.extend(if token.is_empty() {
            vec![]
        } else {
            vec!["--token", token]
        });
        let args: Vec<String> = args.into_iter().map(str::to_owned).collect();
        let mut agent = Process::start(&args, &home.with_extension("log"));
        let ended = lab.until("the agent has given up", || agent.ended());
        assert_eq!(ended.code(), Some(1));
        assert!(
            agent.log().contains("error: ") && agent.log().contains(says),
            "{}",
            agent.log()
        );
    }
}

#[test]
fn a_token_lets_in_as_many_as_it_says_until_it_is_revoked() {
    let lab = Lab::bare();
    let token = lab.longshore_ok(&["token", "--fargate", "--uses", "3"]);
    let listed = || -> Value {
        let listed = lab.longshore_ok(&["token", "ls", "--output", "json"]);
        serde_json::from_str(&listed).unwrap()
    };
    assert_eq!(listed()["tokens"][0]["usesLeft"], 3);
    let _one = lab.join_by(None, token.trim(), &["--fargate"], &[]);
    lab.until("a use is spent", || {
        (listed()["tokens"][0]["usesLeft"] == 2).then_some(())
    });
    let id = listed()["tokens"][0]["tokenId"].as_str().unwrap().to_owned();
    assert!(lab.longshore_ok(&["token", "ls"]).contains(&id));
    lab.longshore_ok(&["token", "revoke", &id]);
    assert_eq!(listed()["tokens"], json!([]));
    let again = lab.longshore(&["token", "revoke", &id]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("There is no join token"));

    let mut late = lab.join_by(None, token.trim(), &["--fargate"], &[]);
    let ended = lab.until("the late one has given up", || late.ended());
    assert_eq!(ended.code(), Some(1));
    assert!(late.log().contains("used up or revoked"), "{}", late.log());
}

#[test]
fn a_deregistered_hosts_key_its_session_and_its_streams_end_at_once() {
    let lab = Lab::bare();
    lab.aws("ecs create-cluster --cluster-name web");
    let mut agent = lab.agent("web");
    lab.register(&bridge("talker", "while true; do echo still here; sleep 1; done"));
    let task = lab.run_task("--cluster web --task-definition talker");
    lab.until_task(&task, "RUNNING");
    let data_dir = lab.data_dir();
    let words = [
        "--data-dir",
        path(&data_dir),
        "logs",
        "--cluster",
        "web",
        &task,
        "--follow",
    ];
    let mut reader = Process::start(&words.map(str::to_owned), &data_dir.join("reader.log"));
    lab.until("the output is read", || {
        reader.log().contains("still here").then_some(())
    });

    let identity = fs::read(lab.agent_home(0).join("identity.json")).unwrap();
    let identity: Value = serde_json::from_slice(&identity).unwrap();
    let (id, secret) = (&identity["accessKeyId"], &identity["secretAccessKey"]);
    let as_host = format!(
        "host = boto3.client('ecs', aws_access_key_id={id}, aws_secret_access_key={secret})\nhost.discover_poll_endpoint()"
    );
    assert!(lab.try_boto3(&as_host).status.success());

    let instance = lab.instances("web")[0]["containerInstanceArn"]
        .as_str()
        .unwrap()
        .to_owned();
    lab.aws(&format!(
        "ecs deregister-container-instance --cluster web --container-instance {instance} --force"
    ));
    let refused = lab.try_boto3(&as_host);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(told.contains("UnrecognizedClientException"), "{told}");
    lab.until("the stream has ended", || reader.ended());
    let ended = lab.until("the agent has ended", || agent.ended());
    assert_eq!(
        ended.code(),
        Some(77),
        "the code on which its unit is not started again"
    );
    // Its task runs on, and so what the task uses is there.
    assert_eq!(docker::of_task(&task).len(), 1);
    assert!(
        agent.log().contains("tasks run on, without an agent"),
        "{}",
        agent.log()
    );
    assert!(agent.log().contains("was deregistered"), "{}", agent.log());
}
