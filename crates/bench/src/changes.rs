//! How soon a caller sees what has happened to a container: its start, its end, and what its health check finds. Beside the engine's own
//! client, which hears of the same by the engine's events.
//!
//! The clock starts at the change itself: at the signal for an end, else where the engine says that it was. Of an end the engine tells
//! before it has cleaned up; `docker wait` returns after that.

use std::collections::HashMap;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bollard::Docker;
use bollard::query_parameters::{EventsOptionsBuilder, WaitContainerOptions};
use client::Client;
use futures_util::StreamExt;
use model::ecs::{
    self, ContainerDefinition, HealthCheck, RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse,
    RunTaskRequest, RunTaskResponse, StopTaskRequest, StopTaskResponse, Task,
};

use crate::clock::{instant, wall_ms};
use crate::report::Report;
use crate::run_task::{LOOK_EVERY, described};
use crate::server::{Agent, Server};

/// It has a shell; `./test` makes it.
const IMAGE: &str = "busybox:local";
const REPEATS: usize = 30;
/// Containers with a health check, each of which finds good once and bad once.
const CHECKED: usize = 10;
const PATIENCE: Duration = Duration::from_secs(60);
/// Ends with its own code when it is asked to.
const MAIN: &str = "trap 'exit 3' TERM; while :; do sleep 1000 & wait; done";

/// Milliseconds from changes until each of two has seen them.
#[derive(Default)]
struct Seen {
    callers: Vec<f64>,
    engines: Vec<f64>,
}

pub async fn run(report: &mut Report) -> Result<()> {
    let docker = Docker::connect_with_unix_defaults()?;
    docker
        .inspect_image(IMAGE)
        .await
        .context("busybox:local is missing: ./test makes it")?;
    let server = Server::start("server")?;
    let client = server.client().await?;
    let _agent = Agent::start(&client).await?;
    let told = Told::listen(&docker);
    register(&client, "plain", None).await?;
    let check = "test ! -e /checked && touch /checked";
    register(&client, "checked", Some(check)).await?;

    let (mut starts, mut ends, mut kills, mut waits) =
        (Seen::default(), Seen::default(), Seen::default(), Seen::default());
    for signal in ["TERM", "KILL"] {
        let end = if signal == "TERM" { &mut ends } else { &mut kills };
        for round in 0..=REPEATS {
            let (start, this, wait) = one(&client, &docker, &told, signal).await?;
            // The first round warms both.
            if round > 0 {
                starts.add(start);
                end.add(this);
                waits.add((this.0, wait));
            }
        }
    }
    let health = health(&client, &docker, &told).await?;
    starts.report(report, "a container's start", "docker events", "p50 ≤ 50 ms");
    ends.report(report, "a container's end", "docker events", "p50 ≤ 50 ms");
    kills.report(
        report,
        "the end of one that was killed",
        "docker events",
        "no worse than docker wait",
    );
    waits.report(report, "both kinds of end", "docker wait", "ratio below 1");
    health.report(report, "a change of health", "docker events", "p50 ≤ 50 ms");
    Ok(())
}

impl Seen {
    fn add(&mut self, (caller, engine): (f64, f64)) {
        self.callers.push(caller);
        self.engines.push(engine);
    }

    fn report(mut self, report: &mut Report, what: &str, baseline: &str, aim: &str) {
        self.callers.sort_by(f64::total_cmp);
        self.engines.sort_by(f64::total_cmp);
        for (name, percent, aim) in [("p50", 50, aim), ("p99", 99, "for knowledge")] {
            let at = |all: &[f64]| all[all.len() * percent / 100];
            report.compare(
                &format!("{what}, until DescribeTasks shows it, {name}"),
                "ms",
                at(&self.callers),
                (baseline, at(&self.engines)),
                aim,
            );
        }
    }
}

/// When the engine's client heard of what: by the container's id and the action.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<HashMap<(String, String), f64>>>);

impl Told {
    fn listen(docker: &Docker) -> Self {
        let told = Self::default();
        let (all, docker) = (told.0.clone(), docker.clone());
        tokio::spawn(async move {
            let filters = HashMap::from([("type", vec!["container"])]);
            let mut events = docker.events(Some(EventsOptionsBuilder::new().filters(&filters).build()));
            while let Some(Ok(event)) = events.next().await {
                let at = wall_ms();
                if let (Some(id), Some(action)) = (event.actor.and_then(|it| it.id), event.action) {
                    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
                    all.entry((id, action)).or_insert(at);
                }
            }
        });
        told
    }

    /// It may come after a caller has seen the same.
    async fn at(&self, id: &str, action: &str) -> Result<f64> {
        let (begun, key) = (instant(), (id.to_owned(), action.to_owned()));
        loop {
            if let Some(at) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
                return Ok(*at);
            }
            ensure!(begun.elapsed() < PATIENCE, "the engine says nothing of {action}");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }
}

async fn register(client: &Client, family: &str, check: Option<&str>) -> Result<()> {
    let health_check = check.map(|check| HealthCheck {
        command: Some(vec!["CMD-SHELL".into(), check.into()]),
        interval: Some(5),
        retries: Some(1),
        ..Default::default()
    });
    let container = ContainerDefinition {
        name: Some("main".into()),
        image: Some(IMAGE.into()),
        command: Some(vec!["sh".into(), "-c".into(), MAIN.into()]),
        memory: Some(32),
        health_check,
        ..Default::default()
    };
    let input = RegisterTaskDefinitionRequest {
        family: Some(family.into()),
        container_definitions: Some(vec![container]),
        ..Default::default()
    };
    let _: RegisterTaskDefinitionResponse = client.call(&ecs::API, "RegisterTaskDefinition", &input).await?;
    Ok(())
}

/// A task's start and its end by a signal: when a caller, the engine's listener and, of the end, `docker wait` had seen it.
async fn one(client: &Client, docker: &Docker, told: &Told, signal: &str) -> Result<((f64, f64), (f64, f64), f64)> {
    let task = run_task(client, "plain").await?;
    let (seen, id) = until(client, &task, |it| it.last_status.as_deref() == Some("RUNNING")).await?;
    let state = docker.inspect_container(&id, None).await?.state.context("no state")?;
    let started = engines_ms(&state.started_at.context("it has not started")?)?;
    let start = (seen - started, told.at(&id, "start").await? - started);

    let pid = state.pid.context("no process")?;
    let (waiter, of) = (docker.clone(), id.clone());
    let waiting = tokio::spawn(async move {
        // An end that is not zero is told as an error.
        drop(waiter.wait_container(&of, None::<WaitContainerOptions>).next().await);
        wall_ms()
    });
    // Until it waits, and the shell has set its trap.
    tokio::time::sleep(Duration::from_millis(200)).await;
    let ended = wall_ms();
    Command::new("kill").args(["-s", signal, &pid.to_string()]).status()?;
    let (seen, _) = until(client, &task, |it| it.last_status.as_deref() == Some("STOPPED")).await?;
    let end = (seen - ended, told.at(&id, "die").await? - ended);
    Ok((start, end, waiting.await? - ended))
}

/// Of each of several tasks the first check finds good and the second bad.
async fn health(client: &Client, docker: &Docker, told: &Told) -> Result<Seen> {
    let mut each = Vec::new();
    for _ in 0..CHECKED {
        let task = run_task(client, "checked").await?;
        let (client, docker, told) = (client.clone(), docker.clone(), told.clone());
        each.push(tokio::spawn(async move {
            let mut both = Vec::new();
            for status in ["HEALTHY", "UNHEALTHY"] {
                let (seen, id) = until(&client, &task, |it| it.health_status.as_deref() == Some(status)).await?;
                let state = docker.inspect_container(&id, None).await?.state;
                let log = state.and_then(|it| it.health).and_then(|it| it.log).unwrap_or_default();
                let found = log.last().and_then(|it| it.end.clone()).context("no check")?;
                let found = engines_ms(&found)?;
                let action = format!("health_status: {}", status.to_lowercase());
                both.push((seen - found, told.at(&id, &action).await? - found));
            }
            stop(&client, &task).await?;
            anyhow::Ok(both)
        }));
    }
    let mut all = Seen::default();
    for task in each {
        task.await??.into_iter().for_each(|it| all.add(it));
    }
    Ok(all)
}

async fn run_task(client: &Client, family: &str) -> Result<String> {
    let input = RunTaskRequest {
        task_definition: Some(family.into()),
        ..Default::default()
    };
    let answer: RunTaskResponse = client.call(&ecs::API, "RunTask", &input).await?;
    let task = answer.tasks.into_iter().flatten().next();
    task.and_then(|it| it.task_arn).context("the task found no room")
}

async fn stop(client: &Client, task: &str) -> Result<()> {
    let input = StopTaskRequest {
        task: Some(task.to_owned()),
        ..Default::default()
    };
    let _: StopTaskResponse = client.call(&ecs::API, "StopTask", &input).await?;
    Ok(())
}

/// When that was seen of a task, and its container's id on the engine.
async fn until(client: &Client, task: &str, is: impl Fn(&Task) -> bool) -> Result<(f64, String)> {
    let begun = instant();
    loop {
        let now = described(client, &[task.to_owned()]).await?.pop().context("no task")?;
        if is(&now) {
            let at = wall_ms();
            let containers = now.containers.unwrap_or_default();
            let id = containers.into_iter().next().and_then(|it| it.runtime_id);
            return Ok((at, id.context("no runtime id")?));
        }
        ensure!(begun.elapsed() < PATIENCE, "it has not come: {:?}", now.stopped_reason);
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// A time of the engine's, in milliseconds since 1970.
fn engines_ms(text: &str) -> Result<f64> {
    let seconds = Command::new("date").args(["-d", text, "+%s.%N"]).output()?.stdout;
    let seconds: f64 = String::from_utf8(seconds)?
        .trim()
        .parse()
        .context("a time of the engine's")?;
    Ok(seconds * 1e3)
}
