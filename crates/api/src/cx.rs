//! What an operation may know besides its input.

use std::cell::Cell;

use domain::{HostId, Site, Snapshot};
use sha2::{Digest, Sha256};
use wire::time::Time;

use crate::secrets::Secrets;
use crate::tcs::Usage;

/// Who calls. Authenticated by the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The account's root key.
    Root,
    /// A host's own key, with its number.
    Host { id: HostId, key: u32 },
    /// Nobody: only an operation whose input is its own proof may be called so.
    Anonymous,
}

/// The context of one call.
pub struct Cx<'a> {
    pub view: &'a Snapshot,
    pub site: &'a Site,
    pub secrets: &'a Secrets,
    pub caller: &'a Caller,
    /// What containers use, as far as their agents have told.
    pub usage: &'a Usage,
    /// URL at which this caller reached us, as `http://127.0.0.1:4566`.
    pub endpoint: &'a str,
    pub now: Time,
    pub ids: Ids,
}

/// New ids, all following from one random seed of the shell's. The same seed gives the same ids, so a call that is run again
/// after a conflict gives its things the same names.
pub struct Ids {
    seed: [u8; 16],
    given: Cell<u64>,
}

impl Ids {
    pub fn new(seed: [u8; 16]) -> Self {
        Self {
            seed,
            given: Cell::new(0),
        }
    }

    /// A number for choices where any would do.
    pub fn lot(&self) -> u64 {
        u64::from_be_bytes(self.seed[..8].try_into().expect("a seed has 16 bytes"))
    }

    pub fn next(&self) -> u128 {
        let n = self.given.get();
        self.given.set(n + 1);
        let digest = Sha256::new()
            .chain_update(self.seed)
            .chain_update(n.to_be_bytes())
            .finalize();
        u128::from_be_bytes(digest[..16].try_into().expect("a SHA-256 digest has 32 bytes"))
    }
}
