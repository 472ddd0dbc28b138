//! From the start of the process to its first answer: empty, and with many tasks stored.

use std::time::Duration;

use anyhow::{Context, Result};
use domain::task::{Container, Launch, Made, Origin, Stage, Stop, StopCode};
use domain::{Changes, InstanceId, Task, TaskId};
use store::{RedbLog, Store};
use tempfile::TempDir;

use crate::clock::{median, now, timed};
use crate::report::Report;
use crate::server::Server;

const REPEATS: usize = 7;
const TASKS: u128 = 100_000;
/// Most records in one commit.
const BATCH: u128 = 100;

pub async fn run(report: &mut Report) -> Result<()> {
    let mut fresh = Vec::new();
    for _ in 0..REPEATS {
        fresh.push(Server::start("server")?.first_answer().await?.1);
    }
    let mut baseline = Vec::new();
    for _ in 0..REPEATS {
        baseline.push(timed(|| std::process::Command::new("docker").arg("version").output()).1);
    }
    let (fresh, baseline) = (median(fresh), median(baseline));
    let seconds = |time: Duration| time.as_secs_f64();
    report.compare(
        "start to first ListClusters",
        "s",
        seconds(fresh),
        ("docker version", seconds(baseline)),
        "≤ 0.15 s",
    );

    let server = Server::start("server")?;
    server.first_answer().await?;
    let mut dir = server.end()?;
    fill(&dir).await?;
    let mut full = Vec::new();
    for _ in 0..REPEATS {
        let server = Server::start_on("server", dir)?;
        full.push(server.first_answer().await?.1);
        dir = server.end()?;
    }
    report.compare(
        "start with 100,000 tasks",
        "s",
        seconds(median(full)),
        ("empty", seconds(fresh)),
        "≤ 1 s",
    );
    Ok(())
}

/// Half of the tasks run, half have stopped.
async fn fill(dir: &TempDir) -> Result<()> {
    let store = Store::open(RedbLog::open(&dir.path().join("store.redb"))?, |error| {
        panic!("{error}")
    })?;
    for batch in 0..TASKS / BATCH {
        let mut changes = Changes::none();
        for n in 0..BATCH {
            changes.put(task(batch * BATCH + n));
        }
        store
            .commit(store.head().rev(), changes)
            .await
            .context("filling the store")?;
    }
    store.close();
    Ok(())
}

fn task(id: u128) -> Task {
    let origin = Origin::new(Launch::simple("web"), InstanceId::new(id % 500), now());
    // Ids as they are: random.
    let id = id.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_0c3b_5a2d_9e01);
    let mut task = Task::new(
        TaskId::new(id),
        origin,
        vec![Container::new(id, Made::simple("main", "web:1"))],
        None,
    );
    task.advance(Stage::Running, now());
    if id.is_multiple_of(2) {
        task.ask_stop(
            Stop {
                code: StopCode::UserInitiated,
                reason: "enough".into(),
            },
            now(),
        );
        task.advance(Stage::Stopped, now());
    }
    task
}
