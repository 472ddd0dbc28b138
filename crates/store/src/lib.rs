//! State that survives.
//!
//! A `Store` holds the newest snapshot in memory and a `Log` below it that makes commits last. A commit is checked against what its
//! decision had read, applied in memory, and handed to one writer thread, which makes whole batches durable with one flush. No caller
//! hears of a commit before its flush; what was applied after it builds on it and waits for it too. A failed flush ends the process:
//! nothing after it could be trusted.

mod log;
mod memory;
mod record;
mod redb;
mod store;

pub use log::{Log, LogError, Write};
pub use memory::MemoryLog;
pub use record::{RecordError, decode, encode, key_text};
pub use redb::RedbLog;
pub use store::{Commit, CommitError, Store, Unavailable};

#[cfg(test)]
mod conformance;
