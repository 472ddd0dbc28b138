//! Volumes as an agent is told of them: what the definition says, and what is attached for those that it leaves open until the launch.

use domain::task::{Filesystem, ManagedVolume, OnTermination};
use domain::{Site, Task};
use model::{acs, ecs};

use crate::ecs::shape;

pub fn volumes(it: &ecs::TaskDefinition) -> Vec<acs::Volume> {
    it.volumes.iter().flatten().map(volume).collect()
}

fn volume(it: &ecs::Volume) -> acs::Volume {
    let docker = it.docker_volume_configuration.as_ref();
    let attached = it.configured_at_launch == Some(true);
    let host = it.host.clone().unwrap_or_default();
    let kind = match docker {
        Some(_) => "docker",
        None if attached => "attachment",
        None => "host",
    };
    acs::Volume {
        name: it.name.clone(),
        r#type: Some(kind.into()),
        host: (kind == "host").then_some(acs::HostVolume {
            source_path: host.source_path,
        }),
        docker_volume_configuration: docker.map(|it| acs::DockerVolumeConfiguration {
            scope: Some(it.scope.clone().unwrap_or_else(|| "task".into())),
            autoprovision: it.autoprovision,
            driver: it.driver.clone(),
            driver_opts: it.driver_opts.clone(),
            labels: it.labels.clone(),
        }),
    }
}

pub fn mount_points(it: &ecs::ContainerDefinition) -> Vec<acs::MountPoint> {
    let mount = |it: &ecs::MountPoint| acs::MountPoint {
        source_volume: it.source_volume.clone(),
        container_path: it.container_path.clone(),
        read_only: it.read_only,
    };
    it.mount_points.iter().flatten().map(mount).collect()
}

pub fn volumes_from(it: &ecs::ContainerDefinition) -> Vec<acs::VolumeFrom> {
    let from = |it: &ecs::VolumeFrom| acs::VolumeFrom {
        source_container: it.source_container.clone(),
        read_only: it.read_only,
    };
    it.volumes_from.iter().flatten().map(from).collect()
}

/// In the properties of the protocol, and in one of our own: what becomes of the volume when the task ends.
pub fn attachments(site: &Site, task: &Task) -> Vec<acs::Attachment> {
    let volumes = task.origin().storage.volumes.iter().enumerate();
    volumes
        .map(|(nth, it)| {
            let id = shape::volume_attachment(task, nth);
            acs::Attachment {
                attachment_arn: Some(site.attachment_arn(task.cluster(), id)),
                attachment_type: Some("amazonebs".into()),
                attachment_properties: Some(properties(id, it)),
            }
        })
        .collect()
}

fn properties(id: u128, it: &ManagedVolume) -> Vec<acs::AttachmentProperty> {
    let filesystem = match it.filesystem {
        Filesystem::Ext3 => "ext3",
        Filesystem::Ext4 => "ext4",
        Filesystem::Xfs => "xfs",
        Filesystem::Ntfs => "ntfs",
    };
    let delete = it.on_termination == OnTermination::Delete;
    let all = [
        ("volumeId", shape::volume_id(id)),
        ("volumeName", it.name.clone()),
        ("volumeSizeGib", it.size_gib.unwrap_or_default().to_string()),
        ("fileSystem", filesystem.to_owned()),
        ("deleteOnTermination", delete.to_string()),
    ];
    let property = |(name, value): (&str, String)| acs::AttachmentProperty {
        name: Some(name.to_owned()),
        value: Some(value),
    };
    all.into_iter().map(property).collect()
}
