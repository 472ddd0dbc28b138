//! Drives what follows from commits: sessions look, reconcilers run. A slow sweep backs the wake-ups up.

use std::sync::Arc;
use std::time::Duration;

use domain::{Changes, InstanceId, Key, Snapshot};
use engine::{interfaces, orphans, reaping};
use wire::time::Time;

use crate::Control;

/// Between sweeps for what has expired.
const SWEEP: Duration = Duration::from_secs(60);

/// Follows the commits until the store closes.
pub async fn drive(control: Arc<Control>) {
    let mut seen = control.store.durable().rev();
    let mut peers = control.store.durable().peers().clone();
    while let Ok(commit) = control.store.next(seen).await {
        seen = commit.rev;
        match commit.keys {
            Some(keys) => {
                for key in keys.iter() {
                    follow(&control, key).await;
                }
            }
            None => {
                control.agents.wake_all();
                settle_all(&control).await;
            }
        }
        let now = control.store.durable().peers().clone();
        if !now.is_same(&peers) {
            // Every host is told how the others are reached.
            control.agents.wake_all();
            peers = now;
        }
    }
}

async fn follow(control: &Control, key: &Key) {
    match key {
        Key::Task(id) => {
            let view = control.store.durable();
            let task = view.task(*id);
            if let Some(task) = task {
                control.agents.wake(task.instance());
            }
            if task.is_none_or(|it| it.is_stopped()) {
                control.telemetry.forget(*id);
            }
        }
        Key::Instance(id) => {
            control.agents.wake(*id);
            settle(control, *id).await;
        }
        Key::Cluster(_)
        | Key::Family(_)
        | Key::Definition(_)
        | Key::Host(_)
        | Key::JoinToken(_)
        | Key::RunToken(..)
        | Key::AccountSetting(..)
        | Key::Decision(..)
        | Key::TaskNetwork => {}
    }
}

/// Ends what a deregistered instance leaves behind.
async fn settle(control: &Control, id: InstanceId) {
    let inactive = |it: &domain::Instance| it.status() == domain::instance::Status::Inactive;
    if control.store.durable().instance(id).is_none_or(|it| !inactive(it)) {
        return;
    }
    control.agents.end(id);
    control.streams.end(id);
    repeat(control, id, orphans::reconcile).await;
}

/// Runs a reconciler of one instance until nothing is left to change.
async fn repeat(control: &Control, id: InstanceId, reconcile: fn(&Snapshot, InstanceId, Time) -> Changes) {
    loop {
        let step = control.change(|view, now| {
            let changes = reconcile(view, id, now);
            Some((!changes.is_empty(), changes))
        });
        match step.await {
            Ok(Some(true)) => {}
            Ok(_) => return,
            Err(error) => {
                return tracing::warn!(instance = %id, %error, "tasks could not be ended; the sweep will try again");
            }
        }
    }
}

async fn settle_all(control: &Control) {
    let ids: Vec<InstanceId> = control.store.durable().instances().map(|it| it.id()).collect();
    for id in ids {
        settle(control, id).await;
        // A session looks after those of its own agent; an agent that is away has none.
        repeat(control, id, interfaces::reconcile).await;
    }
}

/// Forgets what has expired, and looks again at what a missed wake-up may have left.
pub async fn sweep(control: Arc<Control>) {
    let mut ticks = tokio::time::interval(SWEEP);
    loop {
        ticks.tick().await;
        settle_all(&control).await;
        control.telemetry.sweep(&control.store.durable());
        loop {
            let step = control.change(|view, now| {
                let changes = reaping::sweep(view, control.keep, now);
                Some((!changes.is_empty(), changes))
            });
            match step.await {
                Ok(Some(true)) => {}
                Ok(_) => break,
                Err(store::CommitError::Unavailable(_)) => return,
                Err(error) => {
                    tracing::warn!(%error, "expired records could not be forgotten; the next sweep will try again");
                    break;
                }
            }
        }
    }
}
