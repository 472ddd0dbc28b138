//! A control group for each task, so that its containers share the task's CPU and memory as ECS says.
//!
//! Only where the engine manages cgroups as plain directories. Where systemd does, each container is limited by itself.

use std::fs;
use std::path::{Path, PathBuf};

use agent::runtime::TaskLimits;

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
    /// Not ours to make.
    Unmanaged,
}

impl Cgroups {
    pub fn of(driver: Option<&str>) -> Self {
        let root = PathBuf::from(ROOT);
        if driver != Some("cgroupfs") {
            Cgroups::Unmanaged
        } else if root.join("cgroup.controllers").exists() {
            Cgroups::V2 { root }
        } else {
            Cgroups::V1 { root }
        }
    }

    /// The parent for a task's containers, made if it is not there. None where containers must be limited one by one.
    pub fn parent(&self, task: &str, limits: TaskLimits) -> Option<String> {
        if limits == TaskLimits::default() {
            return None;
        }
        match self.make(task, limits) {
            Ok(made) => made.then(|| format!("/{PARENT}/{task}")),
            Err(error) => {
                tracing::warn!(task, %error, "no control group for the task; its containers are limited one by one");
                None
            }
        }
    }

    fn make(&self, task: &str, limits: TaskLimits) -> std::io::Result<bool> {
        let quota = limits.cpu.map(|cores| (cores * PERIOD_US as f64) as u64);
        let bytes = limits.memory_mib.map(|mib| u64::from(mib) << 20);
        match self {
            Cgroups::Unmanaged => return Ok(false),
            Cgroups::V1 { root } => {
                let cpu = directory(&root.join("cpu"), task)?;
                put(&cpu, "cpu.cfs_period_us", quota.map(|_| PERIOD_US.to_string()))?;
                put(&cpu, "cpu.cfs_quota_us", quota.map(|us| us.to_string()))?;
                let memory = directory(&root.join("memory"), task)?;
                put(&memory, "memory.limit_in_bytes", bytes.map(|n| n.to_string()))?;
            }
            Cgroups::V2 { root } => {
                let group = directory(root, task)?;
                put(root, "cgroup.subtree_control", Some("+cpu +memory".into()))?;
                put(
                    &root.join(PARENT),
                    "cgroup.subtree_control",
                    Some("+cpu +memory".into()),
                )?;
                put(&group, "cpu.max", quota.map(|us| format!("{us} {PERIOD_US}")))?;
                put(&group, "memory.max", bytes.map(|n| n.to_string()))?;
            }
        }
        Ok(true)
    }

    /// Removes what `parent` made. A group that still has something in it stays.
    pub fn remove(&self, task: &str) {
        let trees: Vec<PathBuf> = match self {
            Cgroups::Unmanaged => return,
            // The engine makes its containers' groups in every controller, below the same name.
            Cgroups::V1 { root } => fs::read_dir(root)
                .into_iter()
                .flatten()
                .flatten()
                .map(|it| it.path())
                .collect(),
            Cgroups::V2 { root } => vec![root.clone()],
        };
        for tree in trees {
            let group = tree.join(PARENT).join(task);
            if group.exists()
                && let Err(error) = fs::remove_dir(&group)
            {
                tracing::debug!(path = %group.display(), %error, "a control group stays");
            }
        }
    }
}

fn directory(tree: &Path, task: &str) -> std::io::Result<PathBuf> {
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
