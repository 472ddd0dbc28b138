#![allow(clippy::unwrap_used)]

use std::sync::Condvar;

use domain::host::Pool;
use domain::instance::VersionInfo;
use domain::resources::Resources;
use domain::{ClusterName, Instance, Rev, Snapshot};
use store::{Log, LogError, Write};
use tokio::task::JoinSet;

use super::connection::{Opening, close, open};
use super::*;
use crate::testing;

const ID: InstanceId = InstanceId::new(1);

#[test]
fn of_two_that_were_admitted_against_the_same_one_is_seated() {
    let agents = Agents::default();
    let (first, _asked) = agents.new_line(None, clock::now());
    let (second, _asked) = agents.new_line(None, clock::now());
    assert!(agents.sit(ID, &first, None));
    assert!(!agents.sit(ID, &second, None));
    assert!(agents.sit(ID, &second, Some(first.seat)));
    assert!(!agents.has_seat(ID, first.seat));
}

#[tokio::test]
async fn a_session_that_is_over_is_not_alive_though_it_was_heard_just_now() {
    let (line, asked) = Agents::default().new_line(None, clock::now());
    assert!(line.is_alive().await);
    drop(asked);
    assert!(!line.is_alive().await);
}

#[test]
fn who_has_lost_the_seat_does_not_clear_it() {
    let agents = Agents::default();
    let (first, _asked) = agents.new_line(None, clock::now());
    let (second, _asked) = agents.new_line(None, clock::now());
    assert!(agents.sit(ID, &first, None) && agents.sit(ID, &second, Some(first.seat)));
    agents.leave(ID, first.seat);
    assert!(agents.has_seat(ID, second.seat));
}

#[test]
fn what_an_agent_is_asked_waits_up_to_a_limit() {
    let agents = Agents::default();
    let (line, mut asked) = agents.new_line(None, clock::now());
    assert!(agents.sit(ID, &line, None));
    for _ in 0..AGENT_QUEUE {
        assert!(agents.ask_logs(ID, LogStreamMessage::default()));
    }
    assert!(!agents.ask_logs(ID, LogStreamMessage::default()));
    assert!(asked.try_recv().is_ok());
    assert!(agents.ask_logs(ID, LogStreamMessage::default()));
}

/// A log that makes nothing durable while it is shut.
#[derive(Clone, Default)]
struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    fn set(&self, shut: bool) {
        *self.0.0.lock().unwrap() = shut;
        self.0.1.notify_all();
    }
}

impl Log for Gate {
    fn load(&mut self) -> Result<Snapshot, LogError> {
        Ok(Snapshot::default())
    }

    fn append(&mut self, _: &[Write], _: Rev) -> Result<(), LogError> {
        let (shut, changed) = &*self.0;
        drop(changed.wait_while(shut.lock().unwrap(), |shut| *shut).unwrap());
        Ok(())
    }
}

#[tokio::test]
async fn of_many_sessions_that_open_and_end_so_many_are_in_the_store_at_once() {
    let gate = Gate::default();
    let control = testing::control_on(gate.clone()).await;
    let ids: Vec<InstanceId> = (1..=2 * MAX_ADMISSIONS as u128).map(InstanceId::new).collect();
    for id in &ids {
        let pool = Pool::Cluster(ClusterName::default_cluster());
        let instance = Instance::new(*id, pool, None, Resources::default(), Time::from_millis(0));
        testing::put(&control, instance).await;
    }
    let connected = |view: &Snapshot| view.instances().filter(|it| it.is_connected()).count();

    gate.set(true);
    let mut sessions = JoinSet::new();
    for id in ids {
        let control = control.clone();
        sessions.spawn(async move {
            let (line, _asked) = control.agents.new_line(None, clock::now());
            assert!(control.agents.sit(id, &line, None));
            let opening = Opening {
                instance: id,
                proof: None,
                against: None,
                version: VersionInfo::default(),
                wants_credentials: false,
            };
            let number = open(&control, &line, &opening).await.unwrap();
            close(&control, id, number).await;
        });
    }
    // Every one of them gets as far as it can.
    for _ in 0..10 * MAX_ADMISSIONS {
        tokio::task::yield_now().await;
    }
    assert_eq!(connected(&control.store.head()), MAX_ADMISSIONS);
    assert_eq!(connected(&control.store.durable()), 0);
    gate.set(false);
    while let Some(session) = sessions.join_next().await {
        session.unwrap();
    }
    assert_eq!(connected(&control.store.durable()), 0, "all have ended");
    let numbers = control.store.durable();
    assert!(numbers.instances().all(|it| it.session() > 0), "all were open");
}
