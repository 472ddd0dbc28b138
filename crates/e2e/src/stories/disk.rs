//! How much a Fargate task's containers may write, where the engine's file system can bound it.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Output};

use super::{ON_FARGATE, fargate};
use crate::engine::{Containers, Engine};
use crate::lab::{Lab, path};
use crate::machine::BUSYBOX;

/// Of the file system; nothing of it is there before it is written.
const BYTES: u64 = 120 << 30;

/// A file system with quotas on the engine's data, or why there is none.
fn with_quotas(dir: &Path) -> Result<(), String> {
    mounted(dir, "xfs", "loop,pquota").or_else(|of_xfs| {
        let of_btrfs = mounted(dir, "btrfs", "loop");
        of_btrfs.map_err(|it| format!("{of_xfs}{it}"))
    })
}

fn mounted(dir: &Path, kind: &str, options: &str) -> Result<(), String> {
    let image = dir.join(kind);
    File::create(&image).unwrap().set_len(BYTES).unwrap();
    let ran = |program: &str, args: &[&str]| {
        let done = Command::new(program).args(args).output();
        match done {
            Ok(Output { status, .. }) if status.success() => Ok(()),
            Ok(out) => Err(format!("{program}: {}", String::from_utf8_lossy(&out.stderr))),
            Err(error) => Err(format!("{program}: {error}")),
        }
    };
    ran(&format!("mkfs.{kind}"), &["-q", path(&image)])?;
    ran("mount", &["-o", options, path(&image), path(&dir.join("data"))])
}

#[test]
fn a_fargate_container_writes_no_more_than_its_task_has() {
    let mut made = Ok(());
    let engine = Engine::start_in(Containers::End, |dir| made = with_quotas(dir));
    if let Err(why) = made {
        eprintln!(
            "SKIPPED the size of what a Fargate task writes: this machine has no file system with quotas ({why})"
        );
        return;
    }
    engine.load(BUSYBOX);
    let lab = Lab::bare();
    let _agent = lab.join_within(None, &["--fargate"], &[], &[("DOCKER_HOST".into(), engine.address())]);
    // Room that is set aside counts as written.
    let script = "for n in 18 6 8; do fallocate -l ${n}G /$n 2>/dev/null && echo $n || break; done";
    let mut definition = fargate("writer", script);
    lab.register(&definition);
    definition["family"] = "large".into();
    definition["ephemeralStorage"] = serde_json::json!({"sizeInGiB": 25});
    lab.register(&definition);
    let more = "--overrides '{\"ephemeralStorage\":{\"sizeInGiB\":33}}'";
    for (family, more, gib, fits) in [
        ("writer", "", 20, "18"),
        ("large", "", 25, "18\n6"),
        ("large", more, 33, "18\n6\n8"),
    ] {
        let arn = lab.until("a host of the pool takes the task", || {
            let ran = lab.aws(&format!("ecs run-task --task-definition {family} {ON_FARGATE} {more}"));
            ran["tasks"][0]["taskArn"].as_str().map(str::to_owned)
        });
        let task = lab.until_task(&arn, "STOPPED");
        assert_eq!(task["ephemeralStorage"]["sizeInGiB"], gib, "{task:#}");
        let id = task["containers"][0]["runtimeId"]
            .as_str()
            .unwrap_or_else(|| panic!("{task:#}"));
        assert_eq!(engine.docker(&["logs", id]), fits);
    }
}
