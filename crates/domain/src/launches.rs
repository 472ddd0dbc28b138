//! Tasks that were launched alike share what was said at their launch: a million tasks of one service have one between them.

use std::sync::Arc;

use imbl::OrdMap;

use crate::id::{ClusterName, DefinitionId};
use crate::task::{Launch, Task};

/// Group, definition and zone: tasks that have these alike were most often launched alike.
type Key = (ClusterName, Arc<str>, DefinitionId, Arc<str>);

#[derive(Clone, Debug, Default)]
pub(crate) struct Launches(OrdMap<Key, Shared>);

#[derive(Clone, Debug)]
struct Shared {
    launch: Arc<Launch>,
    /// With this key, whether their launch is this one or has other tags.
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
            launch: task.launch().clone(),
            tasks: 0,
        };
        self.0.entry(key(task)).or_insert_with(fresh).tasks += 1;
        self.share(task);
    }

    /// Gives a task the launch that others with its key have, if it is the same.
    pub fn share(&self, task: &mut Task) {
        let known = self.0.get(&key(task)).filter(|it| it.launch == *task.launch());
        if let Some(known) = known {
            task.share(&known.launch);
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
    let launch = task.launch();
    (
        launch.cluster.clone(),
        launch.group.clone(),
        launch.definition.clone(),
        launch.zone.clone(),
    )
}
