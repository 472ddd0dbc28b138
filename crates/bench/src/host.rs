//! A cluster's own host: many tasks at once, and what the agent costs for each. Beside Docker, which does the same without anybody watching.

use std::time::Duration;

use anyhow::{Result, bail};
use bollard::Docker;
use bollard::models::{ContainerCreateBody, HostConfig, HostConfigLogConfig};
use bollard::query_parameters::{CreateContainerOptions, RemoveContainerOptionsBuilder};
use client::Client;
use futures_util::future;
use model::ecs::{
    self, ContainerDefinition, RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse, RunTaskRequest,
    RunTaskResponse, StopTaskRequest, StopTaskResponse, Task,
};

use crate::clock::{instant, median};
use crate::report::Report;
use crate::run_task::{IMAGE, described, docker_with_image};
use crate::server::{Agent, Server, cpu_of, pid_of, resident_mib};

const AT_ONCE: usize = 20;
/// Most tasks of one call.
const PER_CALL: usize = 10;
const REPEATS: usize = 9;
const MEMORY_MIB: i32 = 32;
/// A look at all of them takes some of the time that the engine could have.
const LOOK_EVERY: Duration = Duration::from_millis(10);
/// How long the cost of running tasks is watched: three rounds of what the agent does each twenty seconds.
const WATCHED: Duration = Duration::from_secs(60);

pub async fn run(report: &mut Report) -> Result<()> {
    let docker = docker_with_image().await?;
    let server = Server::start("server")?;
    let client = server.client().await?;
    let agent = Agent::start(&client).await?;
    let dockerd = pid_of("dockerd")?;
    let idle = agent.resident_mib()?;
    let baseline = ("dockerd", resident_mib(dockerd)?);
    report.compare("idle agent, resident", "MiB", idle, baseline, "≤ 15 MiB");
    register(&client).await?;

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=REPEATS {
        let begun = instant();
        let tasks = run_tasks(&client).await?;
        let took = begun.elapsed();
        stop(&client, &tasks).await?;
        // The first round warms both.
        if round > 0 {
            ours.push(took);
            theirs.push(create_and_start(&docker).await?);
        }
    }
    let baseline = ("Docker create and start", millis(theirs));
    report.compare("20 at once, RunTask to RUNNING", "ms", millis(ours), baseline, "≤ 1.2×");
    watch(report, &client, &agent, dockerd, idle).await
}

fn millis(times: Vec<Duration>) -> f64 {
    median(times).as_secs_f64() * 1e3
}

async fn register(client: &Client) -> Result<()> {
    let container = ContainerDefinition {
        name: Some("hello".into()),
        image: Some(IMAGE.into()),
        memory: Some(MEMORY_MIB),
        ..Default::default()
    };
    let input = RegisterTaskDefinitionRequest {
        family: Some("hello".into()),
        container_definitions: Some(vec![container]),
        ..Default::default()
    };
    let _: RegisterTaskDefinitionResponse = client.call(&ecs::API, "RegisterTaskDefinition", &input).await?;
    Ok(())
}

/// Asks for all tasks at once, and waits until all run.
async fn run_tasks(client: &Client) -> Result<Vec<String>> {
    let calls = (0..AT_ONCE / PER_CALL).map(|_| {
        let client = client.clone();
        async move {
            let input = RunTaskRequest {
                task_definition: Some("hello".into()),
                count: Some(PER_CALL as i32),
                ..Default::default()
            };
            client.call::<_, RunTaskResponse>(&ecs::API, "RunTask", &input).await
        }
    });
    let answers = future::try_join_all(calls).await?;
    let tasks = answers.into_iter().flat_map(|it| it.tasks.unwrap_or_default());
    let tasks: Vec<String> = tasks.filter_map(|it| it.task_arn).collect();
    if tasks.len() != AT_ONCE {
        bail!("only {} tasks found room", tasks.len());
    }
    until_all(client, &tasks, "RUNNING").await?;
    Ok(tasks)
}

async fn until_all(client: &Client, tasks: &[String], wanted: &str) -> Result<()> {
    let is = |it: &Task, status: &str| it.last_status.as_deref() == Some(status);
    loop {
        let now = described(client, tasks).await?;
        if now.iter().all(|it| is(it, wanted)) {
            return Ok(());
        }
        if let Some(ended) = now.iter().find(|it| is(it, "STOPPED") && wanted != "STOPPED") {
            bail!("a task has stopped: {:?}", ended.stopped_reason);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn stop(client: &Client, tasks: &[String]) -> Result<()> {
    for task in tasks {
        let input = StopTaskRequest {
            task: Some(task.clone()),
            ..Default::default()
        };
        let _: StopTaskResponse = client.call(&ecs::API, "StopTask", &input).await?;
    }
    until_all(client, tasks, "STOPPED").await
}

async fn create_and_start(docker: &Docker) -> Result<Duration> {
    let begun = instant();
    let made = future::try_join_all((0..AT_ONCE).map(|_| start_one(docker))).await?;
    let took = begun.elapsed();
    let options = RemoveContainerOptionsBuilder::new().force(true).build();
    for id in made {
        docker.remove_container(&id, Some(options.clone())).await?;
    }
    Ok(took)
}

/// With the same limits and the same log.
async fn start_one(docker: &Docker) -> Result<String> {
    let bytes = Some(i64::from(MEMORY_MIB) << 20);
    let log = HostConfigLogConfig {
        typ: Some("json-file".into()),
        config: Some([("max-size".into(), "10m".into()), ("max-file".into(), "3".into())].into()),
    };
    let body = ContainerCreateBody {
        image: Some(IMAGE.into()),
        host_config: Some(HostConfig {
            memory: bytes,
            memory_swap: bytes,
            log_config: Some(log),
            ..Default::default()
        }),
        ..Default::default()
    };
    let made = docker.create_container(None::<CreateContainerOptions>, body).await?;
    docker.start_container(&made.id, None).await?;
    Ok(made.id)
}

/// What tasks that only run cost the agent, and what they cost the engine meanwhile.
async fn watch(report: &mut Report, client: &Client, agent: &Agent, dockerd: u32, idle: f64) -> Result<()> {
    let tasks = run_tasks(client).await?;
    let before = (agent.cpu()?, cpu_of(dockerd)?);
    tokio::time::sleep(WATCHED).await;
    let (ours, theirs) = (agent.cpu()? - before.0, cpu_of(dockerd)? - before.1);
    let percent = |cpu: Duration| 100.0 * cpu.as_secs_f64() / WATCHED.as_secs_f64() / AT_ONCE as f64;
    let baseline = ("dockerd", percent(theirs));
    report.compare(
        "agent, a running task",
        "% of a core",
        percent(ours),
        baseline,
        "≤ 0.05 %",
    );
    let each = (agent.resident_mib()? - idle) / AT_ONCE as f64;
    let shim = resident_mib(pid_of("containerd-shim-runc-v2")?)?;
    report.compare(
        "agent, a running task",
        "MiB",
        each,
        ("containerd's shim", shim),
        "≤ 1 MiB",
    );
    stop(client, &tasks).await
}
