//! Everything that is true at one revision. A clone costs a few pointers, so each reader has its own and nobody waits.

use std::sync::Arc;

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use crate::changes::Changes;
use crate::cluster::Cluster;
use crate::decision::Decision;
use crate::host::{Host, JoinToken, Pool};
use crate::id::{ClusterName, DefinitionId, HostId, InstanceId, TaskId};
use crate::index::{Indexes, Tally};
use crate::instance::Instance;
use crate::launches::Launches;
use crate::network::{Cidr, Peers, TaskNetwork};
use crate::record::{Key, Record};
use crate::resources::Measure;
use crate::setting::AccountSetting;
use crate::task::{Desired, LaunchType, Task};
use crate::task_definition::{Family, Status, TaskDefinition};
use crate::token::RunToken;

/// Numbers the commits of a store, from 1. Zero is the empty store.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rev(pub u64);

/// A record and the revision that wrote it last.
#[derive(Clone, Debug)]
struct Row<T> {
    rev: Rev,
    it: Arc<T>,
}

type Rows<K, T> = OrdMap<K, Row<T>>;

#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    rev: Rev,
    clusters: Rows<ClusterName, Cluster>,
    families: Rows<Arc<str>, Family>,
    definitions: Rows<DefinitionId, TaskDefinition>,
    hosts: Rows<HostId, Host>,
    join_tokens: Rows<String, JoinToken>,
    instances: Rows<InstanceId, Instance>,
    tasks: Rows<TaskId, Task>,
    run_tokens: Rows<(ClusterName, String), RunToken>,
    account_settings: Rows<(String, String), AccountSetting>,
    decisions: Rows<(ClusterName, u128), Decision>,
    task_network: Option<Row<TaskNetwork>>,
    launches: Launches,
    indexes: Indexes,
}

impl Snapshot {
    pub fn rev(&self) -> Rev {
        self.rev
    }

    pub fn cluster(&self, name: &ClusterName) -> Option<&Cluster> {
        get(&self.clusters, name)
    }

    /// In order of name.
    pub fn clusters(&self) -> impl Iterator<Item = &Cluster> {
        self.clusters.values().map(|row| &*row.it)
    }

    pub fn tally(&self, cluster: &ClusterName) -> Tally {
        self.indexes.tallies.get(cluster).copied().unwrap_or_default()
    }

    pub fn family(&self, name: &str) -> Option<&Family> {
        self.families.get(name).map(|row| &*row.it)
    }

    /// In order of name.
    pub fn families(&self) -> impl Iterator<Item = &Family> {
        self.families.values().map(|row| &*row.it)
    }

    pub fn definition(&self, id: &DefinitionId) -> Option<&TaskDefinition> {
        get(&self.definitions, id)
    }

    /// Revisions of all families, by family and then number. Reversed, it walks newest first without a sort.
    pub fn definitions_with(&self, status: Status) -> impl DoubleEndedIterator<Item = &DefinitionId> {
        let from = (status, first_of(""));
        self.indexes
            .definitions_by_status
            .range(from..)
            .map(|(s, id)| (s, id))
            .filter(move |(s, _)| **s == status)
            .map(|(_, id)| id)
    }

    /// Revisions of one family with one status, oldest first.
    pub fn revisions<'a>(
        &'a self,
        family: &'a str,
        status: Status,
    ) -> impl DoubleEndedIterator<Item = &'a DefinitionId> {
        let last = DefinitionId {
            family: family.into(),
            revision: u32::MAX,
        };
        self.indexes
            .definitions_by_status
            .range((status, first_of(family))..=(status, last))
            .map(|(_, id)| id)
    }

    pub fn host(&self, id: HostId) -> Option<&Host> {
        get(&self.hosts, &id)
    }

    pub fn hosts(&self) -> impl Iterator<Item = &Host> {
        self.hosts.values().map(|row| &*row.it)
    }

    /// Whether a host has this part of the task network.
    pub fn is_taken(&self, network: Cidr) -> bool {
        self.indexes.networks.contains(&network)
    }

    pub fn task_network(&self) -> TaskNetwork {
        self.task_network
            .as_ref()
            .map(|row| (*row.it).clone())
            .unwrap_or_default()
    }

    /// The instances whose tasks reach each other.
    pub fn peers(&self) -> &Peers {
        &self.indexes.peers
    }

    pub fn join_token(&self, digest: &str) -> Option<&JoinToken> {
        self.join_tokens.get(digest).map(|row| &*row.it)
    }

    pub fn join_tokens(&self) -> impl Iterator<Item = &JoinToken> {
        self.join_tokens.values().map(|row| &*row.it)
    }

    pub fn instance(&self, id: InstanceId) -> Option<&Instance> {
        get(&self.instances, &id)
    }

    pub fn instances(&self) -> impl Iterator<Item = &Instance> {
        self.instances.values().map(|row| &*row.it)
    }

    /// A host's instance, unless it is deregistered.
    pub fn instance_of_host(&self, id: HostId) -> Option<&Instance> {
        self.instance(*self.indexes.instances_by_host.get(&id)?)
    }

    /// In order of id.
    pub fn instances_in<'a>(&'a self, pool: &Pool) -> impl Iterator<Item = &'a Instance> {
        let range = (pool.clone(), InstanceId::new(0))..=(pool.clone(), InstanceId::new(u128::MAX));
        self.indexes
            .instances_by_pool
            .range(range)
            .filter_map(|(_, id)| self.instance(*id))
    }

    /// The zones that a pool's instances are in, in order of name.
    pub fn zones_of(&self, pool: &Pool) -> Vec<Arc<str>> {
        let mut zones: Vec<Arc<str>> = Vec::new();
        let mut from = (pool.clone(), Arc::from(""), InstanceId::new(0));
        while let Some((found, zone, _)) = self.indexes.instances_by_zone.range(from..).next()
            && found == pool
        {
            zones.push(zone.clone());
            // No name lies between a name and the same with a zero byte after it.
            from = (pool.clone(), format!("{zone}\0").into(), InstanceId::new(0));
        }
        zones
    }

    /// A pool's instances in one zone, in order of id, beginning somewhere among them and going once round.
    pub fn instances_round<'a>(
        &'a self,
        pool: &Pool,
        zone: &Arc<str>,
        from: InstanceId,
    ) -> impl Iterator<Item = &'a Instance> + use<'a> {
        let bound = |id| (pool.clone(), zone.clone(), id);
        let zone = &self.indexes.instances_by_zone;
        let to_end = zone.range(bound(from)..=bound(InstanceId::new(u128::MAX)));
        let to_start = zone.range(bound(InstanceId::new(0))..bound(from));
        to_end.chain(to_start).filter_map(|(_, _, id)| self.instance(*id))
    }

    /// A pool's instances in one zone that have at least so much left, the fullest first. None that is deregistered.
    pub fn fullest_instances<'a>(
        &'a self,
        pool: &Pool,
        zone: &Arc<str>,
        measure: Measure,
        least: u32,
    ) -> impl Iterator<Item = &'a Instance> + use<'a> {
        let ids = self.indexes.room.fullest(pool, zone, measure, least);
        ids.filter_map(|id| self.instance(id))
    }

    /// How many unfinished tasks of a group a zone has.
    pub fn group_in_zone(&self, cluster: &ClusterName, group: &Arc<str>, zone: &Arc<str>) -> u32 {
        let key = (cluster.clone(), group.clone(), zone.clone());
        self.indexes.groups_by_zone.get(&key).copied().unwrap_or_default()
    }

    pub fn task(&self, id: TaskId) -> Option<&Task> {
        get(&self.tasks, &id)
    }

    pub fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.values().map(|row| &*row.it)
    }

    /// Tasks of a cluster that are wanted running, or wanted stopped: of one launch type or of all, in order of id, after one.
    pub fn tasks_in<'a>(
        &'a self,
        cluster: &ClusterName,
        desired: Desired,
        launch_type: Option<LaunchType>,
        after: Option<TaskId>,
    ) -> impl Iterator<Item = &'a Task> + use<'a> {
        let ids = self.indexes.tasks.in_cluster(cluster, desired, launch_type, after);
        self.all(ids)
    }

    pub fn tasks_of_family<'a>(
        &'a self,
        cluster: &ClusterName,
        family: &str,
        desired: Desired,
        after: Option<TaskId>,
    ) -> impl Iterator<Item = &'a Task> + use<'a> {
        self.all(self.indexes.tasks.of_family(cluster, family, desired, after))
    }

    pub fn tasks_started_by<'a>(
        &'a self,
        cluster: &ClusterName,
        starter: &str,
        after: Option<TaskId>,
    ) -> impl Iterator<Item = &'a Task> + use<'a> {
        self.all(self.indexes.tasks.started_by(cluster, starter, after))
    }

    /// What an instance still has to run or to stop.
    pub fn tasks_on(&self, id: InstanceId) -> impl Iterator<Item = &Task> {
        self.all(self.indexes.tasks.unfinished_on(id))
    }

    /// All tasks of an instance that are known, those that are over too.
    pub fn all_tasks_on(&self, id: InstanceId, after: Option<TaskId>) -> impl Iterator<Item = &Task> {
        self.all(self.indexes.tasks.on_instance(id, after))
    }

    /// Tasks of a cluster that are not over, whatever is wanted of them.
    pub fn unfinished_tasks_in<'a>(&'a self, cluster: &ClusterName) -> impl Iterator<Item = &'a Task> + use<'a> {
        let of = |desired| self.tasks_in(cluster, desired, None, None);
        let all = of(Desired::Running).chain(of(Desired::Stopped));
        all.filter(|task| !task.is_stopped())
    }

    pub fn run_token(&self, cluster: &ClusterName, token: &str) -> Option<&RunToken> {
        get(&self.run_tokens, &(cluster.clone(), token.to_owned()))
    }

    pub fn run_tokens(&self) -> impl Iterator<Item = &RunToken> {
        self.run_tokens.values().map(|row| &*row.it)
    }

    pub fn account_setting(&self, principal: &str, name: &str) -> Option<&AccountSetting> {
        get(&self.account_settings, &(principal.to_owned(), name.to_owned()))
    }

    /// By principal and name.
    pub fn account_settings(&self) -> impl Iterator<Item = &AccountSetting> {
        self.account_settings.values().map(|row| &*row.it)
    }

    /// Placements of a cluster that fell short, oldest first.
    pub fn decisions(&self, cluster: &ClusterName) -> impl DoubleEndedIterator<Item = &Decision> {
        let range = (cluster.clone(), 0)..=(cluster.clone(), u128::MAX);
        self.decisions.range(range).map(|(_, row)| &*row.it)
    }

    fn all<'a, I: Iterator<Item = TaskId> + 'a>(&'a self, ids: I) -> impl Iterator<Item = &'a Task> + use<'a, I> {
        ids.filter_map(|id| self.task(id))
    }

    /// True where nothing that `changes` writes or requires was written after `base`.
    pub fn allows(&self, base: Rev, changes: &Changes) -> bool {
        base == self.rev
            || changes
                .checked()
                .all(|key| self.written(&key).is_none_or(|rev| rev <= base))
    }

    /// When the record was written last, or None where there is none.
    fn written(&self, key: &Key) -> Option<Rev> {
        match key {
            Key::Cluster(k) => self.clusters.get(k).map(|r| r.rev),
            Key::Family(k) => self.families.get(k).map(|r| r.rev),
            Key::Definition(k) => self.definitions.get(k).map(|r| r.rev),
            Key::Host(k) => self.hosts.get(k).map(|r| r.rev),
            Key::JoinToken(k) => self.join_tokens.get(k).map(|r| r.rev),
            Key::Instance(k) => self.instances.get(k).map(|r| r.rev),
            Key::Task(k) => self.tasks.get(k).map(|r| r.rev),
            Key::RunToken(cluster, token) => self.run_tokens.get(&(cluster.clone(), token.clone())).map(|r| r.rev),
            Key::AccountSetting(principal, name) => {
                let key = (principal.clone(), name.clone());
                self.account_settings.get(&key).map(|r| r.rev)
            }
            Key::Decision(cluster, id) => self.decisions.get(&(cluster.clone(), *id)).map(|r| r.rev),
            Key::TaskNetwork => self.task_network.as_ref().map(|r| r.rev),
        }
    }

    /// The next revision. The caller has asked `allows` before.
    pub fn apply(&mut self, changes: Changes) -> Rev {
        let rev = Rev(self.rev.0 + 1);
        let (puts, deletes) = changes.into_parts();
        for key in deletes {
            self.remove(&key);
        }
        for record in puts {
            self.insert(rev, record);
        }
        self.rev = rev;
        rev
    }

    /// Takes a record in as it was stored. For loading; `apply` is the way to change.
    pub fn restore(&mut self, rev: Rev, record: Record) {
        self.insert(rev, record);
        self.rev = self.rev.max(rev);
    }

    /// The revision counts on from here even where the last commits only deleted.
    pub fn restore_rev(&mut self, rev: Rev) {
        self.rev = self.rev.max(rev);
    }

    fn insert(&mut self, rev: Rev, record: Record) {
        match record {
            Record::Cluster(it) => drop(self.clusters.insert(it.name().clone(), Row { rev, it: Arc::new(it) })),
            Record::Family(it) => drop(self.families.insert(it.name.clone(), Row { rev, it: Arc::new(it) })),
            Record::Host(it) => {
                self.indexes.networks.insert(it.network);
                drop(self.hosts.insert(it.id(), Row { rev, it: Arc::new(it) }));
            }
            Record::TaskNetwork(it) => self.task_network = Some(Row { rev, it: Arc::new(it) }),
            Record::JoinToken(it) => drop(
                self.join_tokens
                    .insert(it.digest.clone(), Row { rev, it: Arc::new(it) }),
            ),
            Record::RunToken(it) => {
                drop(
                    self.run_tokens
                        .insert((it.cluster.clone(), it.token.clone()), Row { rev, it: Arc::new(it) }),
                );
            }
            Record::AccountSetting(it) => {
                let key = (it.principal.clone(), it.name.clone());
                drop(self.account_settings.insert(key, Row { rev, it: Arc::new(it) }));
            }
            Record::Decision(it) => {
                let key = (it.cluster.clone(), it.id);
                drop(self.decisions.insert(key, Row { rev, it: Arc::new(it) }));
            }
            Record::Definition(it) => {
                let it = Arc::new(it);
                if let Some(old) = self.definitions.insert(it.id().clone(), Row { rev, it: it.clone() }) {
                    self.indexes.remove_definition(&old.it);
                }
                self.indexes.add_definition(&it);
            }
            Record::Instance(it) => {
                let it = Arc::new(it);
                match self.instances.insert(it.id(), Row { rev, it: it.clone() }) {
                    Some(old) => self.indexes.move_instance(&old.it, &it),
                    None => self.indexes.add_instance(&it),
                }
            }
            Record::Task(mut it) => {
                if self.tasks.contains_key(&it.id()) {
                    self.launches.share(&mut it);
                } else {
                    self.launches.add(&mut it);
                }
                let it = Arc::new(it);
                match self.tasks.insert(it.id(), Row { rev, it: it.clone() }) {
                    Some(old) => self.indexes.move_task(&old.it, &it),
                    None => self.indexes.add_task(&it),
                }
            }
        }
    }

    fn remove(&mut self, key: &Key) {
        match key {
            Key::Cluster(k) => drop(self.clusters.remove(k)),
            Key::Family(k) => drop(self.families.remove(k)),
            Key::Host(k) => {
                if let Some(old) = self.hosts.remove(k) {
                    self.indexes.networks.remove(&old.it.network);
                }
            }
            Key::TaskNetwork => self.task_network = None,
            Key::JoinToken(k) => drop(self.join_tokens.remove(k)),
            Key::RunToken(cluster, token) => drop(self.run_tokens.remove(&(cluster.clone(), token.clone()))),
            Key::AccountSetting(principal, name) => {
                drop(self.account_settings.remove(&(principal.clone(), name.clone())));
            }
            Key::Decision(cluster, id) => drop(self.decisions.remove(&(cluster.clone(), *id))),
            Key::Definition(k) => {
                if let Some(old) = self.definitions.remove(k) {
                    self.indexes.remove_definition(&old.it);
                }
            }
            Key::Instance(k) => {
                if let Some(old) = self.instances.remove(k) {
                    self.indexes.remove_instance(&old.it);
                }
            }
            Key::Task(k) => {
                if let Some(old) = self.tasks.remove(k) {
                    self.indexes.remove_task(&old.it);
                    self.launches.remove(&old.it);
                }
            }
        }
    }
}

fn get<'a, K: Ord + Clone, T>(rows: &'a Rows<K, T>, key: &K) -> Option<&'a T> {
    rows.get(key).map(|row| &*row.it)
}

fn first_of(family: &str) -> DefinitionId {
    DefinitionId {
        family: family.into(),
        revision: 0,
    }
}

#[cfg(test)]
mod tests;
