//! Tasks that were launched alike share what was said at their launch and, if they ended alike, why: a million tasks of one
//! service have one of each between them.

use std::sync::Arc;

use imbl::OrdMap;

use crate::id::{ClusterName, DefinitionId};
use crate::task::{Alike, Task};

/// Group, definition and zone: tasks that have these alike were most often launched alike.
type Key = (ClusterName, Arc<str>, DefinitionId, Arc<str>);

#[derive(Clone, Debug, Default)]
pub(crate) struct Launches(OrdMap<Key, Shared>);

#[derive(Clone, Debug)]
struct Shared {
    alike: Alike,
    /// With this key, whether they share or not.
    tasks: u32,
}

impl Launches {
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in a task that was not there.
    pub fn add(&mut self, task: &mut Task) {
        let fresh = || Shared {
            alike: task.alike(),
            tasks: 0,
        };
        let known = self.0.entry(key(task)).or_insert_with(fresh);
        known.tasks += 1;
        task.share(&mut known.alike);
    }

    /// Gives a task what others with its key have, as far as it is the same.
    pub fn share(&mut self, task: &mut Task) {
        if let Some(known) = self.0.get_mut(&key(task)) {
            task.share(&mut known.alike);
        }
    }

    /// Lets a task go, and what was shared with the last.
    pub fn remove(&mut self, task: &Task) {
        let key = key(task);
        match self.0.get_mut(&key) {
            Some(known) if known.tasks > 1 => known.tasks -= 1,
            _ => drop(self.0.remove(&key)),
        }
    }
}

fn key(task: &Task) -> Key {
    let launch = task.origin();
    (
        launch.cluster.clone(),
        launch.group.clone(),
        launch.definition.clone(),
        launch.zone.clone(),
    )
}
