//! Machines and how they are let in.
//!
//! A join token is shown once, to a person; only its digest is kept. The machine that presents it becomes a `Host` with a key of
//! its own. Keys rotate without a gap: the next one is issued beside the current one, and the first use of it ends the other.

use serde::{Deserialize, Deserializer, Serialize};
use wire::time::Time;

use crate::id::{ClusterName, HostId};
use crate::network::Cidr;

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
    /// How many machines it still lets in. None for one that was made when there was no such limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses_left: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    revoked: bool,
}

impl JoinToken {
    pub fn new(digest: String, pool: Pool, expires_at: Time, uses_left: Option<u32>) -> Self {
        Self {
            digest,
            pool,
            expires_at,
            uses_left,
            revoked: false,
        }
    }

    /// Names it to people: the beginning of its digest, from which nobody finds the token.
    pub fn id(&self) -> &str {
        self.digest.get(..Self::ID_DIGITS).unwrap_or(&self.digest)
    }

    const ID_DIGITS: usize = 16;

    pub fn admits(&self, now: Time) -> bool {
        self.expires_at > now && self.uses_left != Some(0)
    }

    /// Whether a machine that it has let in may be told so again: its answer may have been lost.
    pub fn readmits(&self, now: Time) -> bool {
        self.expires_at > now && !self.revoked
    }

    /// Lets one machine in.
    pub fn spend(&mut self) {
        self.uses_left = self.uses_left.map(|left| left.saturating_sub(1));
    }

    /// It is kept until it expires, so that a machine that joins at the same moment collides with this.
    pub fn revoke(&mut self) {
        self.uses_left = Some(0);
        self.revoked = true;
    }
}

/// Keys are numbered; the secret of number n is derived from the server's master key and never stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    id: HostId,
    /// What the machine calls itself.
    pub name: String,
    pub pool: Pool,
    /// Its own part of the task network: addresses of its tasks come from there.
    #[serde(alias = "subnet", deserialize_with = "named_or_numbered")]
    pub network: Cidr,
    key: u32,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    next_issued: bool,
    pub joined_at: Time,
    /// When it was taken out for good. It has no key from then on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left_at: Option<Time>,
}

impl Host {
    pub fn new(id: HostId, name: String, pool: Pool, network: Cidr, now: Time) -> Self {
        Self {
            id,
            name,
            pool,
            network,
            key: 1,
            next_issued: false,
            joined_at: now,
            left_at: None,
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
        let is_known = number == self.key || (self.next_issued && number == self.key + 1);
        is_known && self.left_at.is_none()
    }

    pub fn left_at(&self) -> Option<Time> {
        self.left_at
    }

    /// Ends its keys. False if it has left already.
    pub fn leave(&mut self, now: Time) -> bool {
        if self.left_at.is_some() {
            return false;
        }
        self.left_at = Some(now);
        true
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

/// Hosts that joined when there were 256 parts have a number.
fn named_or_numbered<'de, D: Deserializer<'de>>(from: D) -> Result<Cidr, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Stored {
        Named(Cidr),
        Numbered(u8),
    }
    Ok(match Stored::deserialize(from)? {
        Stored::Named(it) => it,
        Stored::Numbered(number) => Cidr::numbered(number),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_has_left_has_no_key() {
        let mut host = Host::new(
            HostId::new(1),
            "a".into(),
            Pool::Fargate,
            Cidr::numbered(0),
            Time::from_millis(0),
        );
        host.issue_next_key();
        assert!(host.leave(Time::from_millis(1)));
        assert!(!host.accepts_key(1) && !host.accepts_key(2));
        assert!(!host.leave(Time::from_millis(2)));
        assert_eq!(host.left_at(), Some(Time::from_millis(1)));
    }

    #[test]
    fn the_old_key_lives_until_the_new_one_is_used() {
        let mut host = Host::new(
            HostId::new(1),
            "a".into(),
            Pool::Fargate,
            Cidr::numbered(0),
            Time::from_millis(0),
        );
        assert!(host.accepts_key(1) && !host.accepts_key(2));
        assert_eq!(host.issue_next_key(), 2);
        assert_eq!(host.issue_next_key(), 2);
        assert!(host.accepts_key(1) && host.accepts_key(2));
        assert!(host.use_key(2));
        assert!(!host.accepts_key(1) && host.accepts_key(2));
        assert!(!host.use_key(2), "nothing is left to change");
    }
}
