//! A control group for each task, so that its containers share the task's CPU and memory as ECS says, and have no more processes together
//! than the host allows a task.
//!
//! A directory where the engine manages cgroups as such; where it has systemd do so, a slice.

use std::fs;
use std::path::{Path, PathBuf};

use agent::runtime::TaskLimits;

use crate::container::{MAX_CPU_SHARES, MIN_CPU_SHARES};
use crate::slice;

const ROOT: &str = "/sys/fs/cgroup";
/// Tasks' groups are below this one, as the stock agent has them.
const PARENT: &str = "ecs";
/// The period over which CPU time is shared out.
const PERIOD_US: u64 = 100_000;

pub enum Cgroups {
    /// One directory in each controller's tree.
    V1 { root: PathBuf },
    /// One tree for all.
    V2 { root: PathBuf },
    /// Of either version.
    Systemd { root: PathBuf },
    /// Not ours to make.
    Unmanaged,
}

/// What the containers of a task may use together.
pub struct Whole {
    /// In cores.
    pub cpu: Option<f64>,
    pub memory_bytes: Option<u64>,
    /// Its weight, in the measure of version 1.
    pub shares: u32,
    pub pids: Option<u32>,
}

impl Whole {
    /// None where nothing limits it.
    fn of(limits: TaskLimits, pids: Option<u32>) -> Option<Self> {
        let any = limits.cpu.is_some() || limits.memory_mib.is_some() || pids.is_some();
        any.then(|| Self {
            cpu: limits.cpu,
            memory_bytes: limits.memory_mib.map(|mib| u64::from(mib) << 20),
            shares: limits.cpu_shares.clamp(MIN_CPU_SHARES, MAX_CPU_SHARES),
            pids,
        })
    }

    /// For each period.
    fn quota_us(&self) -> Option<u64> {
        self.cpu.map(|cores| (cores * PERIOD_US as f64) as u64)
    }
}

impl Cgroups {
    pub fn of(driver: Option<&str>) -> Self {
        let root = PathBuf::from(ROOT);
        match driver {
            Some("cgroupfs") if root.join("cgroup.controllers").exists() => Cgroups::V2 { root },
            Some("cgroupfs") => Cgroups::V1 { root },
            Some("systemd") => Cgroups::Systemd { root },
            _ => Cgroups::Unmanaged,
        }
    }

    /// The parent for a task's containers, made if it is not there. None where containers must be limited one by one, or not at all.
    pub async fn parent(&self, task: &str, limits: TaskLimits, pids: Option<u32>) -> Option<String> {
        let whole = Whole::of(limits, pids)?;
        let made = match self {
            Cgroups::Unmanaged => return None,
            Cgroups::V1 { root } => make_v1(root, task, &whole).map_err(|it| it.to_string()),
            Cgroups::V2 { root } => make_v2(root, task, &whole).map_err(|it| it.to_string()),
            Cgroups::Systemd { root } => slice::make(root, task, &whole).await,
        };
        match made {
            Ok(parent) => Some(parent),
            Err(error) => {
                tracing::warn!(task, %error, "no control group for the task; its containers are limited one by one");
                None
            }
        }
    }

    fn trees(&self) -> Vec<PathBuf> {
        match self {
            Cgroups::Unmanaged | Cgroups::Systemd { .. } => Vec::new(),
            // The engine makes its containers' groups in every controller, below the same name.
            Cgroups::V1 { root } => fs::read_dir(root)
                .into_iter()
                .flatten()
                .flatten()
                .map(|it| it.path())
                .collect(),
            Cgroups::V2 { root } => vec![root.clone()],
        }
    }

    /// Removes the groups' own parent, where no other agent of this machine has groups below it. That of slices goes by itself.
    pub fn leave(&self) {
        for tree in self.trees() {
            // It is not there, or still has something in it.
            drop(fs::remove_dir(tree.join(PARENT)));
        }
    }

    /// Removes what `parent` made. A group that still has something in it stays.
    pub async fn remove(&self, task: &str) {
        if let Cgroups::Systemd { root } = self
            && let Err(error) = slice::remove(root, task).await
        {
            tracing::debug!(task, %error, "a slice stays");
        }
        for tree in self.trees() {
            let group = tree.join(PARENT).join(task);
            if group.exists()
                && let Err(error) = fs::remove_dir(&group)
            {
                tracing::debug!(path = %group.display(), %error, "a control group stays");
            }
        }
    }
}

/// Makes a task's group in each controller that is to hold it, and gives its name.
fn make_v1(root: &Path, task: &str, whole: &Whole) -> std::io::Result<String> {
    let quota = whole.quota_us();
    let cpu = directory(&root.join("cpu"), task)?;
    put(&cpu, "cpu.cfs_period_us", quota.map(|_| PERIOD_US.to_string()))?;
    put(&cpu, "cpu.cfs_quota_us", quota.map(|us| us.to_string()))?;
    put(&cpu, "cpu.shares", Some(whole.shares.to_string()))?;
    let memory = directory(&root.join("memory"), task)?;
    put(
        &memory,
        "memory.limit_in_bytes",
        whole.memory_bytes.map(|n| n.to_string()),
    )?;
    if let Some(most) = whole.pids {
        put(
            &directory(&root.join("pids"), task)?,
            "pids.max",
            Some(most.to_string()),
        )?;
    }
    Ok(name(task))
}

/// The same in the one tree.
fn make_v2(root: &Path, task: &str, whole: &Whole) -> std::io::Result<String> {
    let group = directory(root, task)?;
    for above in [root.to_owned(), root.join(PARENT)] {
        put(&above, "cgroup.subtree_control", Some("+cpu +memory +pids".into()))?;
    }
    put(
        &group,
        "cpu.max",
        whole.quota_us().map(|us| format!("{us} {PERIOD_US}")),
    )?;
    put(&group, "cpu.weight", Some(weight(whole.shares).to_string()))?;
    put(&group, "memory.max", whole.memory_bytes.map(|n| n.to_string()))?;
    put(&group, "pids.max", whole.pids.map(|most| most.to_string()))?;
    Ok(name(task))
}

/// As the engine wants it.
fn name(task: &str) -> String {
    format!("/{PARENT}/{task}")
}

/// Shares of version 1 in the measure of version 2, as the engine turns them for its containers.
pub fn weight(shares: u32) -> u64 {
    1 + (u64::from(shares - MIN_CPU_SHARES) * 9999) / u64::from(MAX_CPU_SHARES - MIN_CPU_SHARES)
}

fn directory(tree: &Path, task: &str) -> std::io::Result<PathBuf> {
    // What the kernel does not have would be a directory like any other.
    if !tree.join("cgroup.procs").exists() {
        return Err(std::io::Error::other(format!("{} is no control group", tree.display())));
    }
    let path = tree.join(PARENT).join(task);
    fs::create_dir_all(&path)?;
    Ok(path)
}

fn put(directory: &Path, file: &str, value: Option<String>) -> std::io::Result<()> {
    match value {
        Some(value) => fs::write(directory.join(file), value),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LIMITS: TaskLimits = TaskLimits {
        cpu: Some(0.25),
        memory_mib: Some(512),
        cpu_shares: 256,
    };

    /// The files of a task's group, below these trees, and what is in them.
    async fn made(of: fn(PathBuf) -> Cgroups, trees: &[&str], limits: TaskLimits, pids: Option<u32>) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        for tree in trees {
            fs::create_dir_all(root.path().join(tree)).unwrap();
            fs::write(root.path().join(tree).join("cgroup.procs"), "").unwrap();
        }
        let parent = of(root.path().to_owned()).parent("t1", limits, pids).await;
        let mut files = Vec::from_iter(parent);
        for tree in trees {
            let group = Path::new(tree).join(PARENT).join("t1");
            for file in fs::read_dir(root.path().join(&group)).into_iter().flatten() {
                let path = file.unwrap().path();
                let name = path.strip_prefix(root.path()).unwrap().display().to_string();
                files.push(format!("{name} {}", fs::read_to_string(&path).unwrap()));
            }
        }
        files.sort();
        files
    }

    fn v1(root: PathBuf) -> Cgroups {
        Cgroups::V1 { root }
    }

    fn v2(root: PathBuf) -> Cgroups {
        Cgroups::V2 { root }
    }

    #[tokio::test]
    async fn a_task_is_limited_as_a_whole_by_either_version() {
        assert_eq!(
            made(v1, &["cpu", "memory", "pids"], LIMITS, Some(100)).await,
            [
                "/ecs/t1",
                "cpu/ecs/t1/cpu.cfs_period_us 100000",
                "cpu/ecs/t1/cpu.cfs_quota_us 25000",
                "cpu/ecs/t1/cpu.shares 256",
                "memory/ecs/t1/memory.limit_in_bytes 536870912",
                "pids/ecs/t1/pids.max 100",
            ]
        );
        assert_eq!(
            made(v2, &[""], LIMITS, Some(100)).await,
            [
                "/ecs/t1",
                "ecs/t1/cpu.max 25000 100000",
                "ecs/t1/cpu.weight 10",
                "ecs/t1/memory.max 536870912",
                "ecs/t1/pids.max 100",
            ]
        );
    }

    #[tokio::test]
    async fn a_task_without_a_size_is_held_to_its_processes_and_to_its_weight() {
        let none = TaskLimits::default();
        assert_eq!(
            made(v1, &["cpu", "memory", "pids"], none, Some(7)).await,
            ["/ecs/t1", "cpu/ecs/t1/cpu.shares 2", "pids/ecs/t1/pids.max 7"]
        );
        assert!(
            made(v1, &["cpu", "memory", "pids"], none, None).await.is_empty(),
            "nothing limits it"
        );
    }

    #[tokio::test]
    async fn a_kernel_that_counts_no_processes_leaves_the_containers_to_the_engine() {
        let files = made(v1, &["cpu", "memory"], LIMITS, Some(7)).await;
        assert!(!files.iter().any(|it| it == "/ecs/t1"), "{files:?}");
    }
}
