//! Tasks that were launched alike share what was said at their launch: a million tasks of one service have one between them.

use std::sync::Arc;

use imbl::OrdMap;

use crate::id::{ClusterName, DefinitionId};
use crate::task::{Launch, Task};

/// Group, definition and zone: tasks that have these alike were most often launched alike.
type Key = (ClusterName, Arc<str>, DefinitionId, Arc<str>);

#[derive(Clone, Debug, Default)]
pub(crate) struct Launches(OrdMap<Key, Arc<Launch>>);

impl Launches {
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn share(&mut self, task: &mut Task) {
        let key = key(task);
        match self.0.get(&key) {
            Some(known) if known == task.launch() => task.share(known),
            _ => drop(self.0.insert(key, task.launch().clone())),
        }
    }

    /// Drops the launch of a task that leaves, if no other has it.
    pub fn forget(&mut self, task: &Task) {
        // This table's, and the leaving task's.
        const LAST: usize = 2;
        let key = key(task);
        let is_last = |it: &Arc<Launch>| Arc::ptr_eq(it, task.launch()) && Arc::strong_count(it) <= LAST;
        if self.0.get(&key).is_some_and(is_last) {
            self.0.remove(&key);
        }
    }
}

fn key(task: &Task) -> Key {
    let launch = task.launch();
    (
        launch.cluster.clone(),
        launch.group.clone(),
        launch.definition.clone(),
        launch.zone.clone(),
    )
}
