//! Why tasks could not be placed, kept for whoever asks later.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use wire::time::Time;

use crate::id::{ClusterName, DefinitionId, InstanceId};

/// Most decisions kept of one cluster.
pub const MAX_PER_CLUSTER: usize = 20;
/// Most hosts whose verdict is kept with one decision.
pub const MAX_VERDICTS: usize = 100;

/// A call that asked for more tasks than found a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub cluster: ClusterName,
    /// Later decisions have greater ones.
    pub id: u128,
    pub at: Time,
    pub definition: DefinitionId,
    pub group: Arc<str>,
    pub wanted: u32,
    pub placed: u32,
    pub verdicts: Vec<Verdict>,
    /// Hosts that had a verdict too, beyond those kept.
    #[serde(default)]
    pub more: u32,
}

/// What kept a host from taking the task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    pub instance: InstanceId,
    /// AWS's word, as in `failures[].reason`.
    pub reason: String,
    /// For a person: what was needed and what there was.
    pub detail: String,
}

impl Decision {
    /// An id that is greater than that of any decision made in an earlier millisecond.
    pub fn id_at(now: Time, random: u128) -> u128 {
        (u128::from(now.as_millis().max(0) as u64) << 64) | (random & u128::from(u64::MAX))
    }
}
