//! The kinds of things that are stored, each under one key.

use std::sync::Arc;

use crate::cluster::Cluster;
use crate::decision::Decision;
use crate::host::{Host, JoinToken};
use crate::id::{ClusterName, DefinitionId, HostId, InstanceId, TaskId};
use crate::instance::Instance;
use crate::network::TaskNetwork;
use crate::setting::AccountSetting;
use crate::task::Task;
use crate::task_definition::{Family, TaskDefinition};
use crate::token::RunToken;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Cluster(ClusterName),
    Family(Arc<str>),
    Definition(DefinitionId),
    Host(HostId),
    JoinToken(String),
    Instance(InstanceId),
    Task(TaskId),
    RunToken(ClusterName, String),
    /// Of a principal, by name.
    AccountSetting(String, String),
    Decision(ClusterName, u128),
    TaskNetwork,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    Cluster(Cluster),
    Family(Family),
    Definition(TaskDefinition),
    Host(Host),
    JoinToken(JoinToken),
    Instance(Instance),
    Task(Task),
    RunToken(RunToken),
    AccountSetting(AccountSetting),
    Decision(Decision),
    TaskNetwork(TaskNetwork),
}

impl Record {
    pub fn key(&self) -> Key {
        match self {
            Record::Cluster(it) => Key::Cluster(it.name().clone()),
            Record::Family(it) => Key::Family(it.name.clone()),
            Record::Definition(it) => Key::Definition(it.id().clone()),
            Record::Host(it) => Key::Host(it.id()),
            Record::JoinToken(it) => Key::JoinToken(it.digest.clone()),
            Record::Instance(it) => Key::Instance(it.id()),
            Record::Task(it) => Key::Task(it.id()),
            Record::RunToken(it) => Key::RunToken(it.cluster.clone(), it.token.clone()),
            Record::AccountSetting(it) => Key::AccountSetting(it.principal.clone(), it.name.clone()),
            Record::Decision(it) => Key::Decision(it.cluster.clone(), it.id),
            Record::TaskNetwork(_) => Key::TaskNetwork,
        }
    }
}

macro_rules! from_entity {
    ($($kind:ident($entity:ty)),* $(,)?) => {$(
        impl From<$entity> for Record {
            fn from(it: $entity) -> Self {
                Record::$kind(it)
            }
        }
    )*};
}

from_entity!(
    Cluster(Cluster),
    Family(Family),
    Definition(TaskDefinition),
    Host(Host),
    JoinToken(JoinToken),
    Instance(Instance),
    Task(Task),
    RunToken(RunToken),
    AccountSetting(AccountSetting),
    Decision(Decision),
    TaskNetwork(TaskNetwork),
);
