//! What one decision wants to be different. All of it happens, or none.

use crate::record::{Key, Record};

/// Most records in one commit. etcd's transactions end at 128 operations, and an embedded store must not allow more.
pub const MAX_RECORDS: usize = 100;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    puts: Vec<Record>,
    deletes: Vec<Key>,
    requires: Vec<Key>,
}

impl Changes {
    pub fn none() -> Self {
        Self::default()
    }

    /// Writes a record. The last word on a key counts.
    pub fn put(&mut self, record: impl Into<Record>) {
        let record = record.into();
        let key = record.key();
        self.deletes.retain(|k| *k != key);
        match self.puts.iter_mut().find(|r| r.key() == key) {
            Some(old) => *old = record,
            None => self.puts.push(record),
        }
    }

    pub fn delete(&mut self, key: Key) {
        self.puts.retain(|r| r.key() != key);
        self.deletes.push(key);
    }

    /// Holds the commit to what was read of `key`: it conflicts if the record has changed since, though nothing is written to it.
    pub fn require(&mut self, key: Key) {
        self.requires.push(key);
    }

    pub fn puts(&self) -> &[Record] {
        &self.puts
    }

    pub fn deletes(&self) -> &[Key] {
        &self.deletes
    }

    /// Nothing to write, so nothing to commit.
    pub fn is_empty(&self) -> bool {
        self.puts.is_empty() && self.deletes.is_empty()
    }

    /// Number of records written.
    pub fn len(&self) -> usize {
        self.puts.len() + self.deletes.len()
    }

    /// Every key that must be unchanged since the decision was made.
    pub fn checked(&self) -> impl Iterator<Item = Key> {
        self.puts
            .iter()
            .map(Record::key)
            .chain(self.deletes.iter().cloned())
            .chain(self.requires.iter().cloned())
    }

    pub fn into_parts(self) -> (Vec<Record>, Vec<Key>) {
        (self.puts, self.deletes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Cluster;
    use crate::id::ClusterName;

    #[test]
    fn the_last_word_on_a_key_counts() {
        let mut cluster = Cluster::new(ClusterName::default_cluster());
        let mut changes = Changes::none();
        changes.put(cluster.clone());
        cluster.deactivate();
        changes.put(cluster.clone());
        assert_eq!(changes.puts(), [Record::Cluster(cluster)]);

        changes.delete(Key::Cluster(ClusterName::default_cluster()));
        assert_eq!((changes.puts().len(), changes.len()), (0, 1));
    }
}
