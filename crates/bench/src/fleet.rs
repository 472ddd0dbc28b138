//! A cluster of thousands of hosts with tens of thousands of tasks: how soon all are back after the server was killed, and what the server
//! costs meanwhile.

pub mod agents;

use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use client::Client;
use model::ecs::{
    self, Cluster, ContainerDefinition, DescribeClustersRequest, DescribeClustersResponse, DescribeTasksRequest,
    DescribeTasksResponse, ListContainerInstancesRequest, ListContainerInstancesResponse, ListTasksRequest,
    ListTasksResponse, RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse, RunTaskRequest, RunTaskResponse,
};
use model::longshore::{self, CreateJoinTokenRequest, CreateJoinTokenResponse};

use crate::clock::instant;
use crate::report::Report;
use crate::server::Server;
use agents::Hosts;

/// A size that is too small to ask anything of the server, and the one that is measured.
const SIZES: [usize; 2] = [50, 5_000];
const TASKS_PER_HOST: usize = 10;
/// Open files are limited for each process.
const HOSTS_PER_PROCESS: usize = 1_250;
const CALLERS: usize = 16;
const LOOK_EVERY: Duration = Duration::from_millis(100);
const PATIENCE: Duration = Duration::from_secs(600);
const IDLE_FOR: Duration = Duration::from_secs(30);
const DESCRIPTIONS: usize = 500;

struct Figures {
    joined: Duration,
    full_mib: f64,
    back: Duration,
    resident_mib: f64,
    idle_cpu_percent: f64,
    describe_p99: Duration,
}

pub async fn run(report: &mut Report) -> Result<()> {
    let few = measure(SIZES[0]).await?;
    let many = measure(SIZES[1]).await?;
    let against = format!("{} hosts", SIZES[0]);
    let mut compare = |name: &str, unit: &str, of: fn(&Figures) -> f64, aim: &str| {
        report.compare(
            &format!("{} hosts, {} tasks: {name}", SIZES[1], SIZES[1] * TASKS_PER_HOST),
            unit,
            of(&many),
            (&against, of(&few)),
            aim,
        );
    };
    compare(
        "joined, all at once",
        "s",
        |it| it.joined.as_secs_f64(),
        "seconds for each 1,000",
    );
    compare(
        "server, resident, when all tasks have just begun",
        "MiB",
        |it| it.full_mib,
        "≤ 600 MiB",
    );
    compare("connected after a kill", "s", |it| it.back.as_secs_f64(), "≤ 60 s");
    compare("server, resident, when idle", "MiB", |it| it.resident_mib, "≤ 600 MiB");
    compare("server when idle", "% of a core", |it| it.idle_cpu_percent, "≤ 10 %");
    compare(
        "DescribeTasks of 100, p99",
        "ms",
        |it| it.describe_p99.as_secs_f64() * 1e3,
        "≤ 20 ms",
    );
    Ok(())
}

async fn measure(hosts: usize) -> Result<Figures> {
    let server = Server::start("server")?;
    let (client, _) = server.first_answer().await?;
    let url = client.endpoint().url().to_owned();
    let token = token(&client, hosts).await?;
    let homes = tempfile::tempdir()?;

    let begun = instant();
    let processes = (0..hosts).step_by(HOSTS_PER_PROCESS);
    let _processes = processes
        .map(|first| {
            let count = HOSTS_PER_PROCESS.min(hosts - first);
            Hosts::start(&url, &homes.path().join(first.to_string()), &token, count)
        })
        .collect::<Result<Vec<_>>>()?;
    until_connected(&client, hosts).await?;
    let joined = begun.elapsed();
    fill(&client, hosts * TASKS_PER_HOST).await?;
    let full_mib = server.resident_mib()?;

    let dir = server.end()?;
    let server = Server::start_at("server", &url, dir)?;
    let begun = instant();
    let (client, _) = server.first_answer().await?;
    until_connected(&client, hosts).await?;
    let back = begun.elapsed();

    let tasks = some_tasks(&client).await?;
    let describe_p99 = describe(&client, &tasks).await?;
    let before = server.cpu()?;
    tokio::time::sleep(IDLE_FOR).await;
    let idle = server.cpu()? - before;
    Ok(Figures {
        joined,
        full_mib,
        back,
        resident_mib: server.resident_mib()?,
        idle_cpu_percent: 100.0 * idle.as_secs_f64() / IDLE_FOR.as_secs_f64(),
        describe_p99,
    })
}

/// One that lets all of them in.
async fn token(client: &Client, hosts: usize) -> Result<String> {
    let input = CreateJoinTokenRequest {
        uses: Some(hosts as i32),
        ..Default::default()
    };
    let made: CreateJoinTokenResponse = client.call(&longshore::API, "CreateJoinToken", &input).await?;
    made.token.context("no token")
}

/// Until that many instances are there, and none without its agent.
async fn until_connected(client: &Client, hosts: usize) -> Result<()> {
    let begun = instant();
    loop {
        let cluster = cluster(client).await?;
        let there = cluster.registered_container_instances_count == Some(hosts as i32);
        if there && away(client).await? == 0 {
            return Ok(());
        }
        ensure!(begun.elapsed() < PATIENCE, "not all hosts have connected");
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn cluster(client: &Client) -> Result<Cluster> {
    let input = DescribeClustersRequest::default();
    let answer: DescribeClustersResponse = client.call(&ecs::API, "DescribeClusters", &input).await?;
    answer.clusters.into_iter().flatten().next().context("no cluster")
}

/// Hosts without a connected agent; no more than a page of them.
async fn away(client: &Client) -> Result<usize> {
    let input = ListContainerInstancesRequest {
        filter: Some("agentConnected == false".into()),
        max_results: Some(1),
        ..Default::default()
    };
    let answer: ListContainerInstancesResponse = client.call(&ecs::API, "ListContainerInstances", &input).await?;
    Ok(answer.container_instance_arns.unwrap_or_default().len())
}

/// Runs that many tasks, and waits until all of them do.
async fn fill(client: &Client, tasks: usize) -> Result<()> {
    register(client).await?;
    const PER_CALL: usize = 10;
    let calls = tasks / PER_CALL;
    let callers = (0..CALLERS).map(|nth| {
        let client = client.clone();
        let share = (nth..calls).step_by(CALLERS).count();
        tokio::spawn(async move {
            for _ in 0..share {
                let input = RunTaskRequest {
                    task_definition: Some("app".into()),
                    count: Some(PER_CALL as i32),
                    ..Default::default()
                };
                let answer: RunTaskResponse = client.call(&ecs::API, "RunTask", &input).await?;
                ensure!(answer.failures.is_none_or(|it| it.is_empty()), "a task found no host");
            }
            Ok(())
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await??;
    }
    let begun = instant();
    while cluster(client).await?.running_tasks_count != Some(tasks as i32) {
        ensure!(begun.elapsed() < PATIENCE, "not all tasks run");
        tokio::time::sleep(LOOK_EVERY).await;
    }
    Ok(())
}

async fn register(client: &Client) -> Result<()> {
    let container = ContainerDefinition {
        name: Some("app".into()),
        image: Some("app".into()),
        memory: Some(16),
        ..Default::default()
    };
    let input = RegisterTaskDefinitionRequest {
        family: Some("app".into()),
        container_definitions: Some(vec![container]),
        ..Default::default()
    };
    let _: RegisterTaskDefinitionResponse = client.call(&ecs::API, "RegisterTaskDefinition", &input).await?;
    Ok(())
}

async fn some_tasks(client: &Client) -> Result<Vec<String>> {
    let input = ListTasksRequest::default();
    let answer: ListTasksResponse = client.call(&ecs::API, "ListTasks", &input).await?;
    answer.task_arns.context("no tasks")
}

async fn describe(client: &Client, tasks: &[String]) -> Result<Duration> {
    let mut times = Vec::with_capacity(DESCRIPTIONS);
    for _ in 0..DESCRIPTIONS {
        let input = DescribeTasksRequest {
            tasks: Some(tasks.to_vec()),
            ..Default::default()
        };
        let begun = instant();
        let answer: DescribeTasksResponse = client.call(&ecs::API, "DescribeTasks", &input).await?;
        times.push(begun.elapsed());
        if answer.tasks.is_none_or(|it| it.len() != tasks.len()) {
            bail!("a task is missing");
        }
    }
    times.sort_unstable();
    Ok(times[times.len() * 99 / 100])
}
