//! The embedded log: one redb file, one table of records, one flush per batch.

use std::path::Path;

use domain::{Rev, Snapshot};
use redb::{Database, DatabaseError, Durability, ReadableDatabase, ReadableTable, TableDefinition};

use crate::log::{Log, LogError, Write};
use crate::record::decode;

const RECORDS: TableDefinition<'_, &str, &[u8]> = TableDefinition::new("records");
const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");
const REV: &str = "rev";
/// Records live in the snapshot, so redb needs little of its own.
const CACHE_BYTES: usize = 4 << 20;

pub struct RedbLog {
    database: Database,
}

impl RedbLog {
    /// Opens the file, or makes it. It belongs to this process until it is dropped.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        match Database::builder().set_cache_size(CACHE_BYTES).create(path) {
            Ok(database) => Ok(Self { database }),
            Err(DatabaseError::DatabaseAlreadyOpen) => Err(LogError::InUse),
            Err(error) => Err(LogError::Io(format!("{}: {error}", path.display()))),
        }
    }
}

fn io(error: impl std::fmt::Display) -> LogError {
    LogError::Io(error.to_string())
}

impl Log for RedbLog {
    fn load(&mut self) -> Result<Snapshot, LogError> {
        let mut snapshot = Snapshot::default();
        let read = self.database.begin_read().map_err(io)?;
        let (records, meta) = match (read.open_table(RECORDS), read.open_table(META)) {
            (Ok(records), Ok(meta)) => (records, meta),
            (Err(redb::TableError::TableDoesNotExist(_)), _) => return Ok(snapshot),
            (Err(error), _) | (_, Err(error)) => return Err(io(error)),
        };
        let rev = Rev(meta.get(REV).map_err(io)?.map_or(0, |it| it.value()));
        for row in records.iter().map_err(io)? {
            let (key, value) = row.map_err(io)?;
            snapshot.restore(rev, decode(key.value(), value.value())?);
        }
        snapshot.restore_rev(rev);
        Ok(snapshot)
    }

    fn append(&mut self, writes: &[Write], rev: Rev) -> Result<(), LogError> {
        let mut transaction = self.database.begin_write().map_err(io)?;
        transaction.set_durability(Durability::Immediate).map_err(io)?;
        {
            let mut records = transaction.open_table(RECORDS).map_err(io)?;
            for write in writes {
                match &write.value {
                    Some(value) => drop(records.insert(write.key.as_str(), value.as_slice()).map_err(io)?),
                    None => drop(records.remove(write.key.as_str()).map_err(io)?),
                }
            }
            transaction
                .open_table(META)
                .map_err(io)?
                .insert(REV, rev.0)
                .map_err(io)?;
        }
        transaction.commit().map_err(io)
    }
}
