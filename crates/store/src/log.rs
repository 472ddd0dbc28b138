//! The seam between the store and what keeps it.

use domain::{Rev, Snapshot};

use crate::record::RecordError;

/// One record's new bytes, or its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write {
    pub key: String,
    pub value: Option<Vec<u8>>,
}

#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// Another process holds it.
    #[error("another Longshore server uses this data directory\n  stop it, or give this one a --data-dir of its own")]
    InUse,
    #[error("the store cannot be read or written: {0}")]
    Io(String),
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// What makes commits last. Used by one thread.
pub trait Log: Send + 'static {
    /// All records, as of the last append that returned.
    fn load(&mut self) -> Result<Snapshot, LogError>;

    /// Makes `writes` durable, in order and as a whole, and `rev` the revision they lead to.
    fn append(&mut self, writes: &[Write], rev: Rev) -> Result<(), LogError>;
}
