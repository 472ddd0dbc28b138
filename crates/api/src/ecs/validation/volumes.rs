//! Volumes of a task and where its containers mount them.

use std::collections::HashSet;

use domain::id::is_name;
use model::ecs::{EFSVolumeConfiguration, TaskDefinition, Volume};
use wire::ApiError;

use super::{containers_of, setting};
use crate::ecs::errors::client;

pub fn check(it: &TaskDefinition) -> Result<(), ApiError> {
    let mut names = HashSet::new();
    for volume in it.volumes.iter().flatten() {
        let name = volume.name.as_deref().unwrap_or_default();
        if !is_name(name) {
            return Err(client(format!(
                "Volume.name '{name}' is invalid. Use 1 to 255 letters, digits, hyphens and underscores."
            )));
        }
        if !names.insert(name) {
            return Err(client(format!(
                "Volume names must be unique: '{name}' appears more than once."
            )));
        }
        one(name, volume)?;
    }
    let at_launch = it
        .volumes
        .iter()
        .flatten()
        .filter(|v| v.configured_at_launch == Some(true));
    if at_launch.count() > 1 {
        return Err(client("Only one volume can be configured at launch."));
    }
    for container in containers_of(it) {
        let mut paths = HashSet::new();
        for mount in container.mount_points.iter().flatten() {
            let volume = mount.source_volume.as_deref().unwrap_or_default();
            if !names.contains(volume) {
                return Err(client(format!("Unknown volume '{volume}'.")));
            }
            let path = mount.container_path.as_deref().unwrap_or_default();
            if path.is_empty() {
                return Err(setting(
                    container,
                    format_args!("The mount point of volume '{volume}' needs a 'containerPath'."),
                ));
            }
            if !paths.insert(path) {
                return Err(setting(container, format_args!("Duplicate mount point: {path}.")));
            }
        }
    }
    Ok(())
}

fn one(name: &str, it: &Volume) -> Result<(), ApiError> {
    let wrong = |why: &str| Err(client(format!("Invalid setting for volume '{name}'. {why}")));
    let kinds = [
        it.host.as_ref().is_some_and(|host| host.source_path.is_some()),
        it.docker_volume_configuration.is_some(),
        it.efs_volume_configuration.is_some(),
        it.s3files_volume_configuration.is_some(),
        it.fsx_windows_file_server_volume_configuration.is_some(),
        it.configured_at_launch == Some(true),
    ];
    if kinds.iter().filter(|given| **given).count() > 1 {
        return wrong("Only one volume configuration can be given.");
    }
    if let Some(docker) = &it.docker_volume_configuration
        && docker.autoprovision.is_some()
        && docker.scope.as_deref() != Some("shared")
    {
        return wrong("The 'autoprovision' setting is only for volumes of scope shared.");
    }
    match &it.efs_volume_configuration {
        Some(efs) => of_efs(efs).map_or(Ok(()), wrong),
        None => Ok(()),
    }
}

/// What is wrong with it.
fn of_efs(it: &EFSVolumeConfiguration) -> Option<&'static str> {
    let encrypted = it.transit_encryption.as_deref() == Some("ENABLED");
    let authorization = it.authorization_config.clone().unwrap_or_default();
    let file_system = it.file_system_id.as_deref().unwrap_or_default();
    if !file_system.starts_with("fs-") && !file_system.starts_with("arn:") {
        return Some("The EFS 'fileSystemId' is invalid.");
    }
    if authorization.access_point_id.is_some() && !encrypted {
        return Some("EFS transit encryption must be enabled when an access point is used.");
    }
    if authorization.access_point_id.is_some() && !matches!(it.root_directory.as_deref(), None | Some("" | "/")) {
        return Some("The EFS 'rootDirectory' must be left out or / when an access point is used.");
    }
    if authorization.iam.as_deref() == Some("ENABLED") && !encrypted {
        return Some("EFS transit encryption must be enabled when IAM authorization is used.");
    }
    let port = it.transit_encryption_port;
    port.is_some_and(|it| !(1..=65535).contains(&it))
        .then_some("The EFS 'transitEncryptionPort' must be between 1 and 65535.")
}
