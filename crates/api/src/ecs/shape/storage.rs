//! What a task has to write to, as DescribeTasks shows it.

use domain::Task;
use domain::task::{Filesystem, ManagedVolume, OnTermination, Stage, VolumeType};
use model::ecs;

use super::pairs;

/// Tasks on managed hosts have some whether they ask for it or not.
pub(super) fn ephemeral(it: &Task) -> Option<ecs::EphemeralStorage> {
    it.origin().ephemeral_gib().map(of_gib)
}

pub(super) fn fargate_ephemeral(it: &Task) -> Option<ecs::TaskEphemeralStorage> {
    it.origin().ephemeral_gib().map(|gib| ecs::TaskEphemeralStorage {
        size_in_gi_b: Some(gib as i32),
        kms_key_id: None,
    })
}

pub(super) fn of_gib(gib: u32) -> ecs::EphemeralStorage {
    ecs::EphemeralStorage {
        size_in_gi_b: Some(gib as i32),
    }
}

/// The id of the attachment that gives a task the `nth` of its volumes. It follows from the task's, which nothing else has.
pub fn volume_attachment(task: &Task, nth: usize) -> u128 {
    task.id().bits().rotate_left(64).wrapping_add(nth as u128)
}

/// An id of the form that EC2 gives to volumes, following from the attachment's.
pub fn volume_id(attachment: u128) -> String {
    format!("vol-{:017x}", attachment & 0xf_ffff_ffff_ffff_ffff)
}

/// One for each volume that was configured at the launch. They come and go with the task.
pub(super) fn attachments(task: &Task) -> impl Iterator<Item = ecs::Attachment> {
    let status = match task.last() {
        Stage::Provisioning | Stage::Pending => "PRECREATED",
        Stage::Activating => "ATTACHING",
        Stage::Running | Stage::Deactivating | Stage::Stopping => "ATTACHED",
        Stage::Deprovisioning => "DETACHING",
        Stage::Stopped => "DELETED",
    };
    let volumes = task.origin().storage.volumes.iter().enumerate();
    volumes.map(move |(nth, it)| {
        let id = volume_attachment(task, nth);
        ecs::Attachment {
            id: Some(domain::id::uuid(id)),
            r#type: Some("AmazonElasticBlockStorage".into()),
            status: Some(status.into()),
            details: Some(details(id, it)),
        }
    })
}

fn details(id: u128, it: &ManagedVolume) -> Vec<ecs::KeyValuePair> {
    let volume_type = match it.volume_type {
        VolumeType::Gp2 => "gp2",
        VolumeType::Gp3 => "gp3",
        VolumeType::Io1 => "io1",
        VolumeType::Io2 => "io2",
        VolumeType::Sc1 => "sc1",
        VolumeType::St1 => "st1",
        VolumeType::Standard => "standard",
    };
    let filesystem = match it.filesystem {
        Filesystem::Ext3 => "ext3",
        Filesystem::Ext4 => "ext4",
        Filesystem::Xfs => "xfs",
        Filesystem::Ntfs => "ntfs",
    };
    let number = |n: Option<u32>| n.map(|n| n.to_string());
    let all = [
        ("volumeId", Some(volume_id(id))),
        ("volumeName", Some(it.name.clone())),
        ("roleArn", Some(it.role_arn.clone())),
        ("sizeInGiB", number(it.size_gib)),
        ("volumeType", Some(volume_type.into())),
        ("iops", number(it.iops)),
        ("throughput", number(it.throughput)),
        ("encrypted", Some(it.encrypted.to_string())),
        ("filesystemType", Some(filesystem.into())),
        (
            "deleteOnTermination",
            Some((it.on_termination == OnTermination::Delete).to_string()),
        ),
    ];
    pairs(all.into_iter().filter_map(|(name, value)| Some((name, value?))))
}
