//! Docker as a witness: what the engine says about a container.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::lab::path;

const ROUNDS: usize = 20;

pub fn docker(args: &[&str]) -> String {
    let out = Command::new("docker").args(args).output().unwrap();
    assert!(
        out.status.success(),
        "docker {args:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8(out.stdout).unwrap().trim().to_owned()
}

pub fn inspect(container: &str) -> Value {
    let all: Value = serde_json::from_str(&docker(&["inspect", container])).unwrap();
    all[0].clone()
}

/// Process id of the container's first process, as the host sees it.
pub fn pid(container: &str) -> u64 {
    inspect(container)["State"]["Pid"].as_u64().unwrap()
}

const GROUPS: &str = "/sys/fs/cgroup";

/// What a file says of the control group that a container's whole task is in: in the tree of its controller
/// (`memory/memory.limit_in_bytes`), or in the one tree of version 2.
pub fn cgroup(container: &str, v1: &str, v2: &str) -> String {
    let parent = inspect(container)["HostConfig"]["CgroupParent"].clone();
    let parent = parent.as_str().unwrap();
    let group = match parent.split_once('-') {
        // A slice of systemd's is in the one that its name begins with.
        Some((above, _)) => format!("{above}.slice/{parent}"),
        None => parent.to_owned(),
    };
    let (controller, file) = v1.split_once('/').unwrap();
    let places = [
        format!("{GROUPS}/{controller}/{group}/{file}"),
        format!("{GROUPS}/{group}/{v2}"),
    ];
    let found = places.iter().find_map(|path| fs::read_to_string(path).ok());
    found.unwrap_or_else(|| panic!("none of {places:?}")).trim().to_owned()
}

/// The control groups of a task, in whichever trees it has some.
pub fn groups(task: &str) -> Vec<PathBuf> {
    let trees = fs::read_dir(GROUPS).into_iter().flatten().flatten().map(|it| it.path());
    let names = [format!("ecs/{task}"), format!("ecstasks.slice/ecstasks-{task}.slice")];
    let all = trees
        .chain([PathBuf::from(GROUPS)])
        .flat_map(|tree| names.clone().map(|name| tree.join(name)));
    all.filter(|it| it.exists()).collect()
}

/// Containers of a host, of tasks and the agent's own.
pub fn of_host(host: &str) -> Vec<String> {
    ids(&["ps", "-aq", "--filter", &format!("label=longshore.host={host}")])
}

/// Containers of a task.
pub fn of_task(arn: &str) -> Vec<String> {
    ids(&[
        "ps",
        "-aq",
        "--filter",
        &format!("label=com.amazonaws.ecs.task-arn={arn}"),
    ])
}

/// Containers of any task of a family.
pub fn of_family(family: &str) -> Vec<String> {
    let label = format!("label=com.amazonaws.ecs.task-definition-family={family}");
    ids(&["ps", "-aq", "--filter", &label])
}

fn ids(args: &[&str]) -> Vec<String> {
    docker(args).lines().map(str::to_owned).collect()
}

/// Leaves nothing of a host behind. The engine may still be busy with what its agent asked for last, so a few rounds.
pub fn clean_up(host: &str) {
    let network = format!("longshore-{}", &host[..12.min(host.len())]);
    let succeeds = |args: &[&str]| {
        Command::new("docker")
            .args(args)
            .output()
            .is_ok_and(|it| it.status.success())
    };
    leave_no_rules(&format!("LONGSHORE-{}", &host[..8.min(host.len())]));
    for _ in 0..ROUNDS {
        for container in of_host(host) {
            succeeds(&["rm", "-f", "-v", &container]);
        }
        for volume in ids(&[
            "volume",
            "ls",
            "-q",
            "--filter",
            &format!("label=longshore.host={host}"),
        ]) {
            succeeds(&["volume", "rm", &volume]);
        }
        if !succeeds(&["network", "inspect", &network]) || succeeds(&["network", "rm", &network]) {
            return;
        }
    }
}

/// Agents that were killed have not removed the groups of their tasks. `memory` is the file that remembers one.
pub fn leave_no_groups(memory: &Path) {
    for group in groups(path(Path::new(memory.file_stem().unwrap()))) {
        let name = path(Path::new(group.file_name().unwrap()));
        if name.ends_with(".slice") {
            drop(Command::new("systemctl").args(["stop", name]).output());
        } else {
            drop(fs::remove_dir(&group));
        }
    }
}

/// An agent that shares the machine with another lets their tasks pass to each other.
fn leave_no_rules(chain: &str) {
    for (table, from) in [("filter", "DOCKER-USER"), ("nat", "POSTROUTING")] {
        for last in [&["-D", from, "-j", chain][..], &["-F", chain], &["-X", chain]] {
            drop(Command::new("iptables").args(["-w", "-t", table]).args(last).output());
        }
    }
}
