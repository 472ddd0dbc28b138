//! Machines and how they are let in.
//!
//! A join token is shown once, to a person; only its digest is kept. The machine that presents it becomes a `Host` with a key of
//! its own. Keys rotate without a gap: the next one is issued beside the current one, and the first use of it ends the other.

use serde::{Deserialize, Serialize};
use wire::time::Time;

use crate::id::{ClusterName, HostId};

/// Where a host's capacity goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Pool {
    /// EC2 mode: an instance that users of the cluster see.
    Cluster(ClusterName),
    /// Managed hosts for FARGATE tasks of any cluster. Users of the API never see them.
    Fargate,
}

impl Pool {
    /// Stands for the Fargate pool where an ARN wants a cluster's name. Not a legal cluster name, so it meets none.
    pub const FARGATE_NAME: &'static str = "fargate:pool";

    pub fn name(&self) -> &str {
        match self {
            Pool::Cluster(name) => name.as_str(),
            Pool::Fargate => Self::FARGATE_NAME,
        }
    }
}

/// Admission for hosts of one pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinToken {
    /// SHA-256 of the token, in hex; also its key in the store.
    pub digest: String,
    pub pool: Pool,
    pub expires_at: Time,
}

/// Keys are numbered; the secret of number n is derived from the server's master key and never stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    id: HostId,
    /// What the machine calls itself.
    pub name: String,
    pub pool: Pool,
    /// Which /24 of the task network is its own: addresses of its tasks come from there.
    pub subnet: u16,
    key: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    next_issued: bool,
    pub joined_at: Time,
}

impl Host {
    pub fn new(id: HostId, name: String, pool: Pool, subnet: u16, now: Time) -> Self {
        Self {
            id,
            name,
            pool,
            subnet,
            key: 1,
            next_issued: false,
            joined_at: now,
        }
    }

    pub fn id(&self) -> HostId {
        self.id
    }

    /// The number of the key in use.
    pub fn key(&self) -> u32 {
        self.key
    }

    pub fn accepts_key(&self, number: u32) -> bool {
        number == self.key || (self.next_issued && number == self.key + 1)
    }

    /// Issues the next key and returns its number. Asked again, it is the same one: the first answer may have been lost.
    pub fn issue_next_key(&mut self) -> u32 {
        self.next_issued = true;
        self.key + 1
    }

    /// Takes note of a key in use. True if it is the next one, which ends the current.
    pub fn use_key(&mut self, number: u32) -> bool {
        if !self.next_issued || number != self.key + 1 {
            return false;
        }
        self.key = number;
        self.next_issued = false;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_key_lives_until_the_new_one_is_used() {
        let mut host = Host::new(HostId::new(1), "a".into(), Pool::Fargate, 0, Time::from_millis(0));
        assert!(host.accepts_key(1) && !host.accepts_key(2));
        assert_eq!(host.issue_next_key(), 2);
        assert_eq!(host.issue_next_key(), 2);
        assert!(host.accepts_key(1) && host.accepts_key(2));
        assert!(host.use_key(2));
        assert!(!host.accepts_key(1) && host.accepts_key(2));
        assert!(!host.use_key(2), "nothing is left to change");
    }
}
