//! What a task is given to write to, beside the layers of its containers.

use serde::{Deserialize, Serialize};

use super::{Launch, LaunchType};
use crate::tags::Tags;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Storage {
    /// As the override or else the definition gives it. None where neither does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ephemeral_gib: Option<u32>,
    /// Those that the definition leaves open until the launch. Each task has its own of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<ManagedVolume>,
}

impl Storage {
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Launch {
    /// What AWS gives tasks on managed hosts that ask for nothing else.
    const FARGATE_GIB: u32 = 20;

    /// How much a task on a managed host may write; on a host of the user's it has no bound of its own.
    pub fn ephemeral_gib(&self) -> Option<u32> {
        match self.launch_type {
            LaunchType::Fargate => Some(self.storage.ephemeral_gib.unwrap_or(Self::FARGATE_GIB)),
            LaunchType::Ec2 => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VolumeType {
    Gp2,
    Gp3,
    Io1,
    Io2,
    Sc1,
    St1,
    Standard,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Filesystem {
    Ext3,
    Ext4,
    Xfs,
    Ntfs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OnTermination {
    Delete,
    Keep,
}

/// A volume as the call of RunTask configures it: a size, a snapshot or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManagedVolume {
    /// The definition's volume that it stands for.
    pub name: String,
    pub role_arn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_gib: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot_id: Option<String>,
    pub volume_type: VolumeType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iops: Option<u32>,
    /// In MiB/s.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub throughput: Option<u32>,
    #[serde(default)]
    pub encrypted: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kms_key_id: Option<String>,
    pub filesystem: Filesystem,
    pub on_termination: OnTermination,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Tags,
}
