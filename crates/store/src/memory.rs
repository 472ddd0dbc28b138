//! A log that lasts as long as the process: for simulations and tests.

use std::collections::BTreeMap;

use domain::{Rev, Snapshot};

use crate::log::{Log, LogError, Write};
use crate::record::decode;

#[derive(Default)]
pub struct MemoryLog {
    records: BTreeMap<String, Vec<u8>>,
    rev: Rev,
}

impl Log for MemoryLog {
    fn load(&mut self) -> Result<Snapshot, LogError> {
        let mut snapshot = Snapshot::default();
        for (key, value) in &self.records {
            snapshot.restore(self.rev, decode(key, value)?);
        }
        snapshot.restore_rev(self.rev);
        Ok(snapshot)
    }

    fn append(&mut self, writes: &[Write], rev: Rev) -> Result<(), LogError> {
        for write in writes {
            match &write.value {
                Some(value) => drop(self.records.insert(write.key.clone(), value.clone())),
                None => drop(self.records.remove(&write.key)),
            }
        }
        self.rev = rev;
        Ok(())
    }
}
