//! What a person types, and sees.

use serde_json::Value;

use crate::lab::{Lab, path};
use crate::machine::{self, BUSYBOX, HELLO};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn run_follow_shows_the_output_and_ends_with_the_containers_code() {
    let lab = Lab::up();
    let out = lab.longshore(&[
        "run",
        BUSYBOX,
        "--follow",
        "--env",
        "WHO=you",
        "--",
        "sh",
        "-c",
        "echo hi $WHO; echo no >&2; sleep 1; echo bye; exit 3",
    ]);
    assert_eq!(out.status.code(), Some(3), "{}", text(&out.stderr));
    assert_eq!(text(&out.stdout), "busybox | hi you\nbusybox | bye\n");
    let told = text(&out.stderr);
    for part in ["placed ", "running ", "busybox | no\n", "exited with 3"] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn run_follow_shows_all_that_a_short_task_said() {
    let lab = Lab::up();
    let out = lab.longshore(&["run", BUSYBOX, "--follow", "--", "sh", "-c", "seq 1 20000"]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    let lines = text(&out.stdout);
    assert_eq!(lines.lines().count(), 20_000);
    assert_eq!(lines.lines().last(), Some("busybox | 20000"));
}

#[test]
fn a_task_is_listed_read_and_stopped_by_the_beginning_of_its_id() {
    let lab = Lab::up();
    let run: Value = serde_json::from_str(&lab.longshore_ok(&["run", HELLO, "--output", "json"])).unwrap();
    let id = run["taskArn"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let short = &id[..8];
    let table = lab.longshore_ok(&["ps"]);
    assert!(
        table.starts_with("TASK ") && table.contains(short) && table.contains("RUNNING"),
        "{table}"
    );
    let said = lab.until("the app has said something", || {
        Some(lab.longshore_ok(&["logs", short])).filter(|it| !it.is_empty())
    });
    assert_eq!(said, "listening on 0.0.0.0:8080\n");
    lab.longshore_ok(&["stop", short, "--reason", "enough"]);
    assert_eq!(lab.longshore_ok(&["ps"]).lines().count(), 1);
    let all: Value = serde_json::from_str(&lab.longshore_ok(&["ps", "--all", "--output", "json"])).unwrap();
    assert_eq!(all["tasks"][0]["stoppedReason"], "enough");
    assert_eq!(all["tasks"][0]["containers"][0]["exitCode"], 0);
}

#[test]
fn errors_say_what_to_do_next() {
    let lab = Lab::bare();
    let refused = |args: &[&str]| {
        let out = lab.longshore(args);
        assert_eq!(out.status.code(), Some(1), "{args:?}");
        text(&out.stderr)
    };
    assert!(refused(&["logs", "abc"]).contains("longshore ps --all"));
    assert!(refused(&["run", BUSYBOX]).contains("RESOURCE:FARGATE"));
    assert!(refused(&["run", "other:1", "--cluster", "nope"]).contains("create-cluster --cluster-name nope"));
    let families = lab.aws("ecs list-task-definition-families")["families"].to_string();
    assert!(
        !families.contains("other"),
        "nothing is registered for a cluster that is not there: {families}"
    );
}

#[test]
fn a_plain_listener_for_the_network_is_refused() {
    let dir = std::env::temp_dir().join(format!("longshore-e2e-exposed-{}", std::process::id()));
    let out = std::process::Command::new(machine::longshore())
        .args(["server", "--listen", "0.0.0.0:0", "--data-dir", path(&dir)])
        .output()
        .unwrap();
    drop(std::fs::remove_dir_all(&dir));
    assert_eq!(out.status.code(), Some(1));
    let told = text(&out.stderr);
    assert!(
        told.contains("will not listen on 0.0.0.0:0 without TLS") && told.contains("--insecure-http"),
        "{told}"
    );
}

#[test]
fn the_host_of_the_pool_is_listed_drained_and_taken_back() {
    let lab = Lab::up();
    let table = lab.longshore_ok(&["host", "ls", "--fargate"]);
    for part in ["HOST ", "(fargate)", "ACTIVE", "yes"] {
        assert!(table.contains(part), "{part}: {table}");
    }
    let listed = lab.longshore_ok(&["host", "ls", "--output", "json"]);
    let listed: Value = serde_json::from_str(&listed).unwrap();
    let short = &listed["hosts"][0]["hostId"].as_str().unwrap()[..8];

    lab.longshore_ok(&["host", "drain", short, "--wait"]);
    let refused = lab.longshore(&["run", HELLO]);
    assert!(
        !refused.status.success() && text(&refused.stderr).contains("INACTIVE"),
        "{}",
        text(&refused.stderr)
    );
    lab.longshore_ok(&["host", "drain", short, "--undo"]);
    lab.longshore_ok(&["run", HELLO]);

    let unknown = lab.longshore(&["host", "rm", "nobody"]);
    assert!(text(&unknown.stderr).contains("no host is called nobody"));
}
