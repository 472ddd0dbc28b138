//! A client's idempotency token, stored in the same commit as what it caused.

use serde::{Deserialize, Serialize};
use wire::time::Time;

use crate::id::{ClusterName, TaskId};

/// How long a token is remembered: 24 hours, as AWS.
pub const TOKEN_LIFE_S: i64 = 24 * 60 * 60;

/// A RunTask call made under a client token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunToken {
    pub cluster: ClusterName,
    pub token: String,
    /// Digest of the input that came with it: the same token with another input is a conflict.
    pub input: String,
    pub tasks: Vec<TaskId>,
    pub created: Time,
}

impl RunToken {
    pub fn is_expired(&self, now: Time) -> bool {
        now >= self.created.plus_s(TOKEN_LIFE_S)
    }
}
