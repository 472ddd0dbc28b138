//! Volumes of tasks, and how containers have them.
//!
//! Those without a size are the engine's. One of a given size is a file with a file system in it, mounted on a directory of the agent's.
//! Where the host has no program to make the file system, or cannot mount it, the directory alone must do, and its size is not enforced.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use agent::runtime::{
    Access, ContainerSpec, Driver, Missing, MountSource, RuntimeError, TaskLabels, VolumeEnd, VolumeKind, VolumeSpec,
};
use bollard::Docker;
use bollard::models::{Volume, VolumeCreateRequest};
use bollard::query_parameters::{ListVolumesOptionsBuilder, RemoveVolumeOptions};

use crate::container::TASK_LABEL;
use crate::{HOST_LABEL, container, settled, status, text};

const LOCAL: &str = "local";
const GIB: u64 = 1 << 30;
/// Beside a volume's file: it stays when the task ends.
const KEEP: &str = "keep";

fn failed(cause: impl ToString) -> RuntimeError {
    RuntimeError::new("CannotCreateVolumeError", cause)
}

pub struct Volumes {
    docker: Docker,
    host_id: String,
    /// For volumes of a given size.
    root: PathBuf,
}

impl Volumes {
    pub fn new(docker: Docker, host_id: String, root: PathBuf) -> Self {
        Self { docker, host_id, root }
    }

    pub async fn create(&self, task: &TaskLabels, it: &VolumeSpec) -> Result<(), RuntimeError> {
        match &it.kind {
            VolumeKind::Task(driver) => {
                let mut labels = container::labels(task, &self.host_id);
                for (name, value) in &driver.labels {
                    labels.entry(name.clone()).or_insert_with(|| value.clone());
                }
                self.make(&it.name, driver, labels).await
            }
            VolumeKind::Shared { driver, missing } => self.share(&it.name, driver, *missing).await,
            VolumeKind::Sized { gib, filesystem, end } => {
                let (place, gib, filesystem, end) = (self.place(task, &it.name), *gib, filesystem.clone(), *end);
                let made = tokio::task::spawn_blocking(move || place.make(gib, &filesystem, end));
                made.await.map_err(failed)?.map_err(failed)
            }
        }
    }

    async fn make(&self, name: &str, it: &Driver, labels: HashMap<String, String>) -> Result<(), RuntimeError> {
        let request = VolumeCreateRequest {
            name: Some(name.to_owned()),
            driver: Some(driver(it).to_owned()),
            driver_opts: Some(it.options.clone().into_iter().collect()),
            labels: Some(labels),
            ..Default::default()
        };
        let made = self.docker.create_volume(request).await;
        made.map(drop).map_err(|e| failed(text(&e)))
    }

    async fn share(&self, name: &str, wanted: &Driver, missing: Missing) -> Result<(), RuntimeError> {
        match self.docker.inspect_volume(name).await {
            Ok(found) => match difference(&found, wanted) {
                None => Ok(()),
                Some(what) => Err(failed(format!(
                    "the shared volume '{name}' is there with {what} of its own, not those of the task definition"
                ))),
            },
            Err(error) if status(&error) != Some(404) => Err(failed(text(&error))),
            Err(_) if missing == Missing::Create => {
                let labels = wanted.labels.clone().into_iter().collect();
                self.make(name, wanted, labels).await
            }
            Err(_) => Err(failed(format!(
                "the shared volume '{name}' is not on this host, and 'autoprovision' is not set"
            ))),
        }
    }

    /// Those of the task alone. One that a container still has stays until the container is gone.
    pub async fn remove(&self, task: &TaskLabels) -> Result<(), RuntimeError> {
        let place = self.root.join(task.id());
        if place.exists() {
            let removed = tokio::task::spawn_blocking(move || remove_all(&place));
            removed
                .await
                .map_err(failed)?
                .map_err(|e| RuntimeError::new("CannotRemoveVolumeError", e))?;
        }
        let filters = HashMap::from([(
            "label",
            vec![
                format!("{TASK_LABEL}={}", task.arn),
                format!("{HOST_LABEL}={}", self.host_id),
            ],
        )]);
        let options = ListVolumesOptionsBuilder::new().filters(&filters).build();
        let found = self.docker.list_volumes(Some(options)).await;
        let found = found.map_err(|e| RuntimeError::new("CannotListVolumesError", text(&e)))?;
        for it in found.volumes.into_iter().flatten() {
            let removed = self.docker.remove_volume(&it.name, None::<RemoveVolumeOptions>).await;
            settled(removed, "CannotRemoveVolumeError")?;
        }
        Ok(())
    }

    fn place(&self, task: &TaskLabels, name: &str) -> Place {
        Place(self.root.join(task.id()).join(name))
    }

    /// What a container mounts, as the engine is told.
    pub fn binds(&self, spec: &ContainerSpec) -> Vec<String> {
        let bind = |it: &agent::runtime::Mount| {
            let source = match &it.source {
                MountSource::Host(path) => path.clone(),
                MountSource::Volume(name) => name.clone(),
                MountSource::Sized(name) => self.place(&spec.task, name).directory().display().to_string(),
            };
            format!("{source}:{}{}", it.path, suffix(it.access))
        };
        spec.mounts.iter().map(bind).collect()
    }
}

/// What follows a path or a name for those who may not write.
pub fn suffix(it: Access) -> &'static str {
    match it {
        Access::ReadWrite => "",
        Access::ReadOnly => ":ro",
    }
}

fn driver(it: &Driver) -> &str {
    if it.name.is_empty() { LOCAL } else { &it.name }
}

/// In what a volume that is there differs from what is wanted.
fn difference(found: &Volume, wanted: &Driver) -> Option<&'static str> {
    let same = |found: &HashMap<String, String>, wanted: &std::collections::BTreeMap<String, String>| {
        found.len() == wanted.len() && wanted.iter().all(|(name, value)| found.get(name) == Some(value))
    };
    if found.driver != driver(wanted) {
        Some("a driver")
    } else if !same(&found.options, &wanted.options) {
        Some("options")
    } else if !same(&found.labels, &wanted.labels) {
        Some("labels")
    } else {
        None
    }
}

/// The directory of one volume of a given size: its file, and where that is mounted.
struct Place(PathBuf);

impl Place {
    fn file(&self) -> PathBuf {
        self.0.join("image")
    }

    fn directory(&self) -> PathBuf {
        self.0.join("mounted")
    }

    /// Made again after a crash in between: the file is renamed into place when its file system is whole.
    fn make(&self, gib: u32, filesystem: &str, end: VolumeEnd) -> std::io::Result<()> {
        fs::create_dir_all(self.directory())?;
        if end == VolumeEnd::Keep {
            fs::write(self.0.join(KEEP), "")?;
        }
        if is_mounted(&self.directory())? {
            return Ok(());
        }
        if !self.file().exists() {
            let new = self.0.join("new");
            fs::File::create(&new)?.set_len(u64::from(gib) * GIB)?;
            if let Err(cause) = format(&new, filesystem) {
                fs::remove_file(&new)?;
                tracing::warn!(volume = %self.0.display(), cause, "the size of a volume is not enforced: it has no file system of its own");
                return Ok(());
            }
            fs::rename(&new, self.file())?;
        }
        if let Err(cause) = run(Command::new("mount")
            .args(["-o", "loop"])
            .arg(self.file())
            .arg(self.directory()))
        {
            tracing::warn!(volume = %self.0.display(), cause, "the size of a volume is not enforced: it cannot be mounted");
        }
        Ok(())
    }
}

/// As asked; ext4 where the host cannot make that.
fn format(file: &Path, filesystem: &str) -> Result<(), String> {
    let make = |name: &str, options: &[&str]| run(Command::new(format!("mkfs.{name}")).args(options).arg(file));
    let ext4 = || make("ext4", &["-q", "-F", "-E", "nodiscard"]);
    match filesystem {
        "xfs" => make("xfs", &["-q"]).or_else(|_| ext4()),
        "ext3" => make("ext3", &["-q", "-F", "-E", "nodiscard"]),
        _ => ext4(),
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let out = command.output().map_err(|e| e.to_string())?;
    match out.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&out.stderr).trim().to_owned()),
    }
}

fn is_mounted(directory: &Path) -> std::io::Result<bool> {
    let mounts = fs::read_to_string("/proc/mounts")?;
    let wanted = directory.to_string_lossy();
    Ok(mounts.lines().any(|line| line.split(' ').nth(1) == Some(&*wanted)))
}

/// Every volume of a task's directory is unmounted; its file goes unless it is to be kept.
fn remove_all(task: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(task)? {
        let place = Place(entry?.path());
        if is_mounted(&place.directory())? {
            run(Command::new("umount").arg(place.directory())).map_err(std::io::Error::other)?;
        }
        if !place.0.join(KEEP).exists() {
            fs::remove_dir_all(&place.0)?;
        }
    }
    if fs::read_dir(task)?.next().is_none() {
        fs::remove_dir(task)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_volume_must_be_as_the_definition_has_it() {
        let map = |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let found = Volume {
            driver: "local".into(),
            options: [("type".to_owned(), "tmpfs".to_owned())].into(),
            labels: [("a".to_owned(), "b".to_owned())].into(),
            ..Default::default()
        };
        let wanted = |name: &str, options: &[(&str, &str)], labels: &[(&str, &str)]| Driver {
            name: name.into(),
            options: map(options),
            labels: map(labels),
        };
        let same = wanted("", &[("type", "tmpfs")], &[("a", "b")]);
        assert_eq!(difference(&found, &same), None);
        assert_eq!(difference(&found, &wanted("nfs", &[], &[])), Some("a driver"));
        assert_eq!(
            difference(&found, &wanted("local", &[], &[("a", "b")])),
            Some("options")
        );
        assert_eq!(
            difference(&found, &wanted("local", &[("type", "tmpfs")], &[])),
            Some("labels")
        );
    }
}
