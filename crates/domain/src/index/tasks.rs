//! Tasks by what they have in common. A million of them are in each, so a set holds ids alone, and what they share once.

use std::ops::Bound;
use std::sync::Arc;

use imbl::{OrdMap, OrdSet};

use crate::id::{ClusterName, InstanceId, TaskId};
use crate::task::{Desired, LaunchType, Task};

#[derive(Clone, Debug)]
struct Sets<K: Ord>(OrdMap<K, OrdSet<TaskId>>);

impl<K: Ord> Default for Sets<K> {
    fn default() -> Self {
        Self(OrdMap::new())
    }
}

impl<K: Ord + Clone> Sets<K> {
    fn insert(&mut self, key: K, id: TaskId) {
        self.0.entry(key).or_default().insert(id);
    }

    fn remove(&mut self, key: &K, id: TaskId) {
        let Some(ids) = self.0.get_mut(key) else {
            return;
        };
        ids.remove(&id);
        if ids.is_empty() {
            self.0.remove(key);
        }
    }

    /// Those after `after`, in order.
    fn ids(&self, key: &K, after: Option<TaskId>) -> impl Iterator<Item = TaskId> + use<'_, K> {
        let ids = self.0.get(key).map(|ids| ids.range(beyond(after)).copied());
        ids.into_iter().flatten()
    }
}

fn beyond(after: Option<TaskId>) -> (Bound<TaskId>, Bound<TaskId>) {
    (after.map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded)
}

/// Two orders in one.
fn merged(one: impl Iterator<Item = TaskId>, other: impl Iterator<Item = TaskId>) -> impl Iterator<Item = TaskId> {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some(a), Some(b)) if b < a => other.next(),
        (None, _) => other.next(),
        (Some(_), _) => one.next(),
    })
}

#[derive(Clone, Debug, Default)]
pub(crate) struct TaskIndex {
    by_cluster: Sets<(ClusterName, Desired, LaunchType)>,
    by_family: Sets<(ClusterName, Arc<str>, Desired)>,
    /// Most starters start one task, for which a set of its own would be large.
    by_starter: OrdSet<(ClusterName, Arc<str>, TaskId)>,
    unfinished_on: Sets<InstanceId>,
    finished_on: Sets<InstanceId>,
}

impl TaskIndex {
    pub fn insert(&mut self, task: &Task) {
        let (id, origin) = (task.id(), task.origin());
        self.by_cluster.insert(cluster_key(task), id);
        self.by_family.insert(family_key(task), id);
        if let Some(starter) = &origin.started_by {
            self.by_starter.insert((origin.cluster.clone(), starter.clone(), id));
        }
        self.on(task).insert(origin.instance, id);
    }

    pub fn remove(&mut self, task: &Task) {
        let (id, origin) = (task.id(), task.origin());
        self.by_cluster.remove(&cluster_key(task), id);
        self.by_family.remove(&family_key(task), id);
        if let Some(starter) = &origin.started_by {
            self.by_starter.remove(&(origin.cluster.clone(), starter.clone(), id));
        }
        self.on(task).remove(&origin.instance, id);
    }

    fn on(&mut self, task: &Task) -> &mut Sets<InstanceId> {
        if task.is_stopped() {
            &mut self.finished_on
        } else {
            &mut self.unfinished_on
        }
    }

    /// Of one launch type, or of all.
    pub fn in_cluster(
        &self,
        cluster: &ClusterName,
        desired: Desired,
        launch_type: Option<LaunchType>,
        after: Option<TaskId>,
    ) -> impl Iterator<Item = TaskId> + use<'_> {
        let of = |it: LaunchType| {
            let wanted = launch_type.is_none_or(|only| only == it);
            let ids = wanted.then(|| self.by_cluster.ids(&(cluster.clone(), desired, it), after));
            ids.into_iter().flatten()
        };
        merged(of(LaunchType::Ec2), of(LaunchType::Fargate))
    }

    pub fn of_family(
        &self,
        cluster: &ClusterName,
        family: &str,
        desired: Desired,
        after: Option<TaskId>,
    ) -> impl Iterator<Item = TaskId> + use<'_> {
        self.by_family.ids(&(cluster.clone(), family.into(), desired), after)
    }

    pub fn started_by(
        &self,
        cluster: &ClusterName,
        starter: &str,
        after: Option<TaskId>,
    ) -> impl Iterator<Item = TaskId> + use<'_> {
        let starter: Arc<str> = starter.into();
        let key = |id| (cluster.clone(), starter.clone(), id);
        let from = after.map_or(Bound::Included(key(TaskId::new(0))), |id| Bound::Excluded(key(id)));
        let range = (from, Bound::Included(key(TaskId::new(u128::MAX))));
        self.by_starter.range(range).map(|(_, _, id)| *id)
    }

    /// What an instance still has to run or to stop: this is what its agent is told of.
    pub fn unfinished_on(&self, id: InstanceId) -> impl Iterator<Item = TaskId> + use<'_> {
        self.unfinished_on.ids(&id, None)
    }

    /// All of an instance, whether they are over or not.
    pub fn on_instance(&self, id: InstanceId, after: Option<TaskId>) -> impl Iterator<Item = TaskId> + use<'_> {
        merged(self.unfinished_on.ids(&id, after), self.finished_on.ids(&id, after))
    }
}

fn cluster_key(task: &Task) -> (ClusterName, Desired, LaunchType) {
    let origin = task.origin();
    (origin.cluster.clone(), task.desired(), origin.launch_type)
}

fn family_key(task: &Task) -> (ClusterName, Arc<str>, Desired) {
    let origin = task.origin();
    (origin.cluster.clone(), origin.definition.family.clone(), task.desired())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_without_tasks_is_not_kept() {
        let mut sets = Sets::default();
        let (a, b) = (TaskId::new(1), TaskId::new(2));
        sets.insert("x", a);
        sets.insert("x", b);
        sets.remove(&"x", a);
        assert_eq!(sets.ids(&"x", None).collect::<Vec<_>>(), [b]);
        sets.remove(&"x", b);
        sets.remove(&"y", b);
        assert!(sets.0.is_empty());
    }

    #[test]
    fn two_orders_become_one_that_begins_anywhere() {
        let mut sets = Sets::default();
        for (key, id) in [("x", 1), ("x", 4), ("y", 2), ("y", 3), ("y", 9)] {
            sets.insert(key, TaskId::new(id));
        }
        let from = |after: Option<u128>| {
            let after = after.map(TaskId::new);
            let all = merged(sets.ids(&"x", after), sets.ids(&"y", after));
            all.map(TaskId::bits).collect::<Vec<_>>()
        };
        assert_eq!(from(None), [1, 2, 3, 4, 9]);
        assert_eq!(from(Some(3)), [4, 9]);
        assert_eq!(from(Some(9)), []);
    }
}
