//! One file for each thing that a user relies on.

mod admission;
mod agents;
mod clients;
mod commands;
mod containers;
mod disk;
mod engines;
mod floods;
mod gpus;
mod health;
mod hostile;
mod hosts;
mod images;
mod installed;
mod interfaces;
mod javascript;
mod joining;
mod leaving;
mod linux;
mod logging;
mod metadata;
mod network;
mod ordering;
mod outsiders;
mod placement;
mod ports;
mod protocol;
mod restarts;
mod sessions;
mod survival;
mod together;
mod volumes;
mod wire;

use serde_json::{Value, json};

use crate::machine::BUSYBOX;

/// A FARGATE task definition with one container that runs a shell script.
fn fargate(family: &str, script: &str) -> Value {
    json!({
        "family": family, "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
        "containerDefinitions": [shell("main", script)],
    })
}

/// A task definition for a cluster's own hosts, with one container that runs a shell script.
fn bridge(family: &str, script: &str) -> Value {
    let mut container = shell("main", script);
    container["memory"] = 64.into();
    json!({"family": family, "containerDefinitions": [container]})
}

fn shell(name: &str, script: &str) -> Value {
    json!({"name": name, "image": BUSYBOX, "command": ["sh", "-c", script], "stopTimeout": 2})
}

/// How a FARGATE task is run by the AWS CLI.
const ON_FARGATE: &str = "--launch-type FARGATE --network-configuration 'awsvpcConfiguration={subnets=[subnet-1]}'";

/// Serves a page until it is asked to stop, and stops at once.
const SERVE: &str = "trap 'exit 0' TERM; echo served > index.html; httpd -f -p 8080 & wait";
