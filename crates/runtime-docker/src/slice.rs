//! A task's control group where systemd owns them all: a slice of its own, which is gone with the task and does not outlive the machine's run.
//!
//! systemd is asked by its own `busctl`. A group that is made beside it would be taken for a mistake, and its limits be put back.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::cgroup::{Whole, weight};

/// Tasks' slices are below this one, and have the names that the stock agent gives them.
const PARENT: &str = "ecstasks";
const PATH: &str = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin";
const DEADLINE: Duration = Duration::from_secs(30);
const MANAGER: [&str; 4] = [
    "call",
    "org.freedesktop.systemd1",
    "/org/freedesktop/systemd1",
    "org.freedesktop.systemd1.Manager",
];

fn name(task: &str) -> String {
    format!("{PARENT}-{task}.slice")
}

/// Whether the slice of all tasks has to be made with the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Above {
    IsMade,
    IsThere,
}

/// Has systemd make it, and gives its name. One that is there is taken as it is.
pub async fn make(root: &Path, task: &str, whole: &Whole) -> Result<String, String> {
    if !directory(root, task).exists() {
        begin(root, task, whole).await?;
    }
    Ok(name(task))
}

async fn begin(root: &Path, task: &str, whole: &Whole) -> Result<(), String> {
    let above = format!("{PARENT}.slice");
    if !tree(root).join(&above).exists() {
        match run("busctl", &start(task, whole, Above::IsMade)).await {
            // Another task was first.
            Err(told) if is_taken(&above, &told) => {}
            other => return taken_as_it_is(task, other),
        }
    }
    taken_as_it_is(task, run("busctl", &start(task, whole, Above::IsThere)).await)
}

/// Two containers of a task may ask at once.
fn taken_as_it_is(task: &str, made: Result<(), String>) -> Result<(), String> {
    match made {
        Err(told) if is_taken(&name(task), &told) => Ok(()),
        other => other,
    }
}

/// In the words of systemd, of now and before version 250.
fn is_taken(unit: &str, told: &str) -> bool {
    ["was already loaded", "already exists"]
        .iter()
        .any(|it| told.contains(&format!("{unit} {it}")))
}

/// Ends it. What still runs in it would end with it, so then it stays.
pub async fn remove(root: &Path, task: &str) -> Result<(), String> {
    match is_empty(&directory(root, task)) {
        Some(true) => run("systemctl", &["stop".into(), name(task)]).await,
        Some(false) => Err("something runs in it".into()),
        None => Ok(()),
    }
}

fn directory(root: &Path, task: &str) -> PathBuf {
    tree(root).join(format!("{PARENT}.slice")).join(name(task))
}

/// That of version 2, or the one that systemd keeps for itself beside those of version 1.
fn tree(root: &Path) -> PathBuf {
    match root.join("cgroup.controllers").exists() {
        true => root.to_owned(),
        false => root.join("systemd"),
    }
}

/// Whether it has no groups in it; None where it is not there.
fn is_empty(group: &Path) -> Option<bool> {
    let mut inside = fs::read_dir(group).ok()?.flatten();
    Some(!inside.any(|it| it.file_type().is_ok_and(|it| it.is_dir())))
}

/// The words for `busctl`: a slice with these limits, and the one above it, which ends with the last slice in it.
fn start(task: &str, whole: &Whole, above: Above) -> Vec<String> {
    let mut properties = vec![("Description", "s", format!("ECS task {task}"))];
    let mut limit = |name, kind, value: Option<u64>| properties.extend(value.map(|it| (name, kind, it.to_string())));
    limit("CPUQuotaPerSecUSec", "t", whole.cpu.map(|cores| (cores * 1e6) as u64));
    limit("CPUWeight", "t", Some(weight(whole.shares)));
    limit("MemoryMax", "t", whole.memory_bytes);
    limit("TasksMax", "t", whole.pids.map(u64::from));
    let count = properties.len().to_string();
    let signature = "ssa(sv)a(sa(sv))";
    let mut words: Vec<String> = MANAGER.map(str::to_owned).into();
    words.extend(["StartTransientUnit", signature, &name(task), "replace", &count].map(str::to_owned));
    for (name, kind, value) in properties {
        words.extend([name.to_owned(), kind.to_owned(), value]);
    }
    match above {
        Above::IsThere => words.push("0".into()),
        Above::IsMade => {
            words.extend(["1", &format!("{PARENT}.slice"), "1", "StopWhenUnneeded", "b", "true"].map(str::to_owned))
        }
    }
    words
}

async fn run(program: &str, words: &[String]) -> Result<(), String> {
    let output = Command::new(program)
        .args(words)
        .env("PATH", PATH)
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    match tokio::time::timeout(DEADLINE, output).await {
        Ok(Ok(out)) if out.status.success() => Ok(()),
        Ok(Ok(out)) => Err(format!("{program}: {}", String::from_utf8_lossy(&out.stderr).trim())),
        Ok(Err(error)) => Err(format!("{program}: {error}")),
        Err(_) => Err(format!("{program} takes too long")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SIZED: Whole = Whole {
        cpu: Some(0.25),
        memory_bytes: Some(512 << 20),
        shares: 256,
        pids: Some(100),
    };

    fn words(whole: &Whole, above: Above) -> String {
        start("t1", whole, above)[4..].join(" ")
    }

    #[test]
    fn systemd_is_told_a_tasks_limits_in_its_own_measures() {
        assert_eq!(
            words(&SIZED, Above::IsMade),
            "StartTransientUnit ssa(sv)a(sa(sv)) ecstasks-t1.slice replace 5 Description s ECS task t1 CPUQuotaPerSecUSec t 250000 CPUWeight t 10 \
             MemoryMax t 536870912 TasksMax t 100 1 ecstasks.slice 1 StopWhenUnneeded b true"
        );
        let unsized_task = Whole {
            cpu: None,
            memory_bytes: None,
            shares: 2,
            pids: Some(7),
        };
        assert_eq!(
            words(&unsized_task, Above::IsThere),
            "StartTransientUnit ssa(sv)a(sa(sv)) ecstasks-t1.slice replace 3 Description s ECS task t1 CPUWeight t 1 TasksMax t 7 0"
        );
    }

    #[test]
    fn a_slice_that_is_there_is_known_from_what_systemd_says() {
        let told = "busctl: Call failed: Unit ecstasks-t1.slice was already loaded or has a fragment file.";
        assert!(is_taken("ecstasks-t1.slice", told));
        assert!(!is_taken("ecstasks.slice", told));
        assert!(is_taken("ecstasks.slice", "Unit ecstasks.slice already exists."));
        assert_eq!(taken_as_it_is("t1", Err(told.into())), Ok(()));
        assert!(taken_as_it_is("t2", Err(told.into())).is_err());
    }

    #[test]
    fn a_slice_with_something_in_it_is_not_empty() {
        let root = tempfile::tempdir().unwrap();
        let group = directory(root.path(), "t1");
        assert!(group.ends_with("systemd/ecstasks.slice/ecstasks-t1.slice"));
        assert_eq!(is_empty(&group), None);
        fs::create_dir_all(&group).unwrap();
        fs::write(group.join("cgroup.procs"), "").unwrap();
        assert_eq!(is_empty(&group), Some(true));
        fs::create_dir(group.join("docker-1.scope")).unwrap();
        assert_eq!(is_empty(&group), Some(false));
        fs::write(root.path().join("cgroup.controllers"), "").unwrap();
        assert_eq!(
            directory(root.path(), "t1"),
            root.path().join("ecstasks.slice/ecstasks-t1.slice")
        );
    }
}
