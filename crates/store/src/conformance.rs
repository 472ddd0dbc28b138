//! What every log must do under a store. Each test runs on each log.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use domain::decision::Verdict;
use domain::host::Pool;
use domain::resources::{HostPort, Protocol, Resources};
use domain::task::{
    Attachment, Container, ContainerOverride, Exposure, Launch, LaunchType, Mac, Made, Origin, Overrides, Stage, Stop,
    StopCode, Storage,
};
use domain::{
    AccountSetting, Changes, Cidr, Cluster, ClusterName, Decision, DefinitionId, Family, Host, HostId, Instance,
    InstanceId, JoinToken, Key, Record, RunToken, Snapshot, Task, TaskDefinition, TaskId, TaskNetwork, tags::Tag,
};
use wire::time::Time;

use super::*;

/// One record of each kind, with every part that there was when its golden was written.
pub fn one_of_each() -> Vec<Record> {
    let at = Time::from_millis(1_700_000_000_123);
    let tags = vec![Tag {
        key: "k".into(),
        value: "v".into(),
    }];
    let cluster_name = ClusterName::parse("web").unwrap();
    let mut cluster = Cluster::new(cluster_name.clone());
    cluster.tags = tags.clone();
    let definition_id = DefinitionId {
        family: "app".into(),
        revision: 3,
    };
    let mut definition = TaskDefinition::new(
        definition_id.clone(),
        r#"{"family":"app"}"#,
        "arn:aws:iam::123456789012:root".into(),
        at,
    );
    definition.tags = tags.clone();
    definition.deregister(at);
    let ports = BTreeSet::from([HostPort {
        protocol: Protocol::Udp,
        number: 53,
    }]);
    let refused = definition_id.clone();
    let resources = Resources {
        cpu: 1024,
        memory_mib: 2048,
        ports,
        ..Resources::default()
    };
    let mut instance = Instance::new(
        InstanceId::new(1),
        Pool::Cluster(cluster_name.clone()),
        Some(HostId::new(2)),
        resources.clone(),
        at,
    );
    instance.reserve(&resources);
    instance.connect(at);
    let mut host = Host::new(HostId::new(2), "edge-1".into(), Pool::Fargate, Cidr::numbered(7), at);
    host.issue_next_key();
    vec![
        cluster.into(),
        Family {
            name: "app".into(),
            last: 3,
        }
        .into(),
        definition.into(),
        host.into(),
        JoinToken::new("d1".into(), Pool::Fargate, at, None).into(),
        instance.into(),
        task(1, resources, tags, definition_id, cluster_name.clone(), at).into(),
        account_setting().into(),
        decision(cluster_name.clone(), refused, at).into(),
        run_token(cluster_name, at).into(),
        TaskNetwork::new(Cidr::numbered(7)).into(),
    ]
}

fn account_setting() -> AccountSetting {
    AccountSetting {
        principal: "arn:aws:iam::123456789012:root".into(),
        name: "containerInsights".into(),
        value: "enabled".into(),
    }
}

fn run_token(cluster: ClusterName, at: Time) -> RunToken {
    RunToken {
        cluster,
        token: "t".into(),
        input: "i".into(),
        tasks: vec![TaskId::new(1)],
        created: at,
    }
}

fn decision(cluster: ClusterName, definition: DefinitionId, at: Time) -> Decision {
    Decision {
        cluster,
        id: Decision::id_at(at, 5),
        at,
        definition,
        group: "family:app".into(),
        wanted: 2,
        placed: 1,
        verdicts: vec![Verdict {
            instance: InstanceId::new(1),
            reason: "AGENT".into(),
            detail: "its agent is not connected".into(),
        }],
        more: 3,
    }
}

fn task(
    id: u128,
    reservation: Resources,
    tags: Vec<Tag>,
    definition: DefinitionId,
    cluster: ClusterName,
    at: Time,
) -> Task {
    let change = ContainerOverride {
        name: "main".into(),
        command: Some(vec!["x".into()]),
        cpu: Some(1),
        ..Default::default()
    };
    let launch = Launch {
        cluster,
        definition,
        launch_type: LaunchType::Fargate,
        capacity_provider: None,
        zone: "us-east-1a".into(),
        group: "family:app".into(),
        started_by: Some("me".into()),
        cpu: Some(256),
        memory_mib: Some(512),
        reservation,
        platform_version: Some("1.4.0".into()),
        overrides: Overrides {
            containers: vec![change],
            ..Overrides::default()
        },
        storage: Storage::default(),
        tags,
    };
    let origin = Origin::new(launch, InstanceId::new(1), at);
    let container = Container::new(5, Made::simple("main", "app:1"));
    let mut task = Task::new(
        TaskId::new(id),
        origin,
        vec![container],
        Some(Attachment::new(6, "subnet-1", Exposure::Private)),
    );
    task.attach(Ipv4Addr::new(10, 88, 0, 7), Mac::parse("02:42:0a:58:00:07"));
    task.advance(Stage::Running, at);
    task.ask_stop(
        Stop {
            code: StopCode::UserInitiated,
            reason: "bye".into(),
        },
        at,
    );
    task
}

fn open(log: impl Log) -> std::sync::Arc<Store> {
    Store::open(log, |error| panic!("{error}")).unwrap()
}

fn put(records: impl IntoIterator<Item = Record>) -> Changes {
    let mut changes = Changes::none();
    records.into_iter().for_each(|it| changes.put(it));
    changes
}

fn family(name: &str, last: u32) -> Record {
    Family {
        name: name.into(),
        last,
    }
    .into()
}

fn same(a: &Snapshot, b: &Snapshot) {
    assert_eq!(a.rev(), b.rev());
    assert!(a.tasks().eq(b.tasks()) && a.clusters().eq(b.clusters()) && a.instances().eq(b.instances()));
    assert!(a.families().eq(b.families()) && a.hosts().eq(b.hosts()) && a.join_tokens().eq(b.join_tokens()));
    assert!(a.run_tokens().eq(b.run_tokens()));
}

/// Runs a test on a memory log and on a redb file.
macro_rules! on_each_log {
    ($($name:ident)*) => {
        mod memory {
            $(#[tokio::test] async fn $name() { super::$name(open_memory).await; })*
            fn open_memory() -> super::MemoryLog { super::MemoryLog::default() }
        }
        mod redb {
            $(#[tokio::test] async fn $name() {
                let directory = tempfile::tempdir().unwrap();
                super::$name(|| super::RedbLog::open(&directory.path().join("store.redb")).unwrap()).await;
            })*
        }
    };
}

on_each_log! {
    a_commit_is_durable_when_it_returns
    a_decision_on_old_facts_conflicts
    racing_commits_on_one_record_lose_nothing
    listeners_hear_of_each_commit_in_order
    a_closed_store_takes_nothing_more
    too_many_records_are_refused_whole
}

async fn a_commit_is_durable_when_it_returns<L: Log>(log: impl Fn() -> L) {
    let store = open(log());
    let rev = store.commit(store.head().rev(), put(one_of_each())).await.unwrap();
    let mut end = Changes::none();
    end.delete(Key::JoinToken("d1".into()));
    store.commit(rev, end).await.unwrap();
    assert_eq!(store.durable().tasks().count(), 1);
    assert_eq!(store.durable().join_tokens().count(), 0);
    same(&store.durable(), &store.head());
}

async fn a_decision_on_old_facts_conflicts<L: Log>(log: impl Fn() -> L) {
    let store = open(log());
    let base = store.head().rev();
    store.commit(base, put([family("a", 1)])).await.unwrap();
    assert_eq!(
        store.commit(base, put([family("a", 2)])).await,
        Err(CommitError::Conflict)
    );
    assert!(store.commit(base, put([family("b", 1)])).await.is_ok());
    assert_eq!(store.head().family("a").map(|it| it.last), Some(1));
}

async fn racing_commits_on_one_record_lose_nothing<L: Log>(log: impl Fn() -> L) {
    const CALLERS: u32 = 16;
    let store = open(log());
    let count = |store: std::sync::Arc<Store>| async move {
        loop {
            let base = store.head();
            let last = base.family("a").map_or(0, |it| it.last);
            match store.commit(base.rev(), put([family("a", last + 1)])).await {
                Ok(_) => return,
                Err(CommitError::Conflict) => {}
                Err(error) => panic!("{error}"),
            }
        }
    };
    let callers: Vec<_> = (0..CALLERS).map(|_| tokio::spawn(count(store.clone()))).collect();
    for caller in callers {
        caller.await.unwrap();
    }
    assert_eq!(store.durable().family("a").map(|it| it.last), Some(CALLERS));
}

async fn listeners_hear_of_each_commit_in_order<L: Log>(log: impl Fn() -> L) {
    let store = open(log());
    let mut heard = store.head().rev();
    for name in ["a", "b", "c"] {
        store.commit(store.head().rev(), put([family(name, 1)])).await.unwrap();
    }
    for name in ["a", "b", "c"] {
        let commit = store.next(heard).await.unwrap();
        assert_eq!(commit.keys.as_deref(), Some(&[Key::Family(name.into())][..]));
        assert_eq!(commit.rev.0, heard.0 + 1);
        heard = commit.rev;
    }
}

async fn a_closed_store_takes_nothing_more<L: Log>(log: impl Fn() -> L) {
    let store = open(log());
    store.close();
    assert_eq!(
        store.commit(store.head().rev(), put([family("a", 1)])).await,
        Err(CommitError::Unavailable(Unavailable))
    );
}

async fn too_many_records_are_refused_whole<L: Log>(log: impl Fn() -> L) {
    let store = open(log());
    let many = put((0..=domain::changes::MAX_RECORDS).map(|n| family(&format!("f{n}"), 1)));
    assert!(matches!(
        store.commit(store.head().rev(), many).await,
        Err(CommitError::TooLarge(_))
    ));
    assert_eq!(store.head().families().count(), 0);
}

#[tokio::test]
async fn what_was_committed_is_there_after_a_restart() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.redb");
    let store = open(RedbLog::open(&path).unwrap());
    store.commit(store.head().rev(), put(one_of_each())).await.unwrap();
    let before = store.head();
    store.close();
    let again = open(RedbLog::open(&path).unwrap());
    same(&before, &again.head());
    assert!(
        again.commit(before.rev(), put([family("a", 1)])).await.is_ok(),
        "the revision counts on"
    );
}

#[test]
fn one_file_has_one_server() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("store.redb");
    let _held = RedbLog::open(&path).unwrap();
    assert!(matches!(RedbLog::open(&path), Err(LogError::InUse)));
}

#[tokio::test]
async fn a_failed_flush_is_fatal_and_never_acknowledged() {
    struct Broken;
    impl Log for Broken {
        fn load(&mut self) -> Result<Snapshot, LogError> {
            Ok(Snapshot::default())
        }
        fn append(&mut self, _: &[Write], _: domain::Rev) -> Result<(), LogError> {
            Err(LogError::Io("disk on fire".into()))
        }
    }
    let (tell, told) = std::sync::mpsc::channel();
    let store = Store::open(Broken, move |error| tell.send(error.to_string()).unwrap()).unwrap();
    let outcome = store.commit(store.head().rev(), put([family("a", 1)])).await;
    assert_eq!(outcome, Err(CommitError::Unavailable(Unavailable)));
    assert!(told.recv().unwrap().contains("disk on fire"));
    assert_eq!(store.durable().families().count(), 0);
}
