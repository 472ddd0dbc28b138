//! `longshore up`: a server and one host of its Fargate pool, in one process, so that the first task runs without further ado.

use std::net::SocketAddr;
use std::time::Duration;

use agent::TaskNetwork;
use anyhow::Result;
use cli::tasks;
use client::{Client, Endpoint, LocalServer};
use control::Listen;
use model::ecs::{self, ListClustersRequest, ListClustersResponse, StopTaskRequest, StopTaskResponse};
use model::longshore::{self, CreateJoinTokenRequest, CreateJoinTokenResponse};
use tokio::sync::watch;

use crate::{agent_role, server_role};

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    #[command(flatten)]
    server: server_role::Args,
    /// Stop all tasks when this ends. Without it they run on, and are taken up by the next start
    #[arg(long)]
    stop_tasks: bool,
    #[command(flatten)]
    host: agent_role::HostArgs,
}

/// How long tasks may take to stop, with `--stop-tasks`: the longest grace that ECS has, and some.
const STOP_TIME: Duration = Duration::from_secs(150);

pub async fn run(args: Args, connect: &cli::Connect) -> Result<()> {
    let signal = crate::stop_signal()?;
    let (end, ended) = watch::channel(false);
    let server = server_role::start(&args.server, connect, true, ended.clone()).await?;
    let url = if args.server.has_tls() {
        private_listener(&server, ended.clone()).await?
    } else {
        server.url.clone()
    };

    let credentials = LocalServer::read(&connect.data_dir())?.credentials;
    let client = Client::new(Endpoint::parse(&url, None)?, Some(credentials), cli::now);
    let config = agent::Config {
        endpoint: Endpoint::parse(&url, None)?,
        data_dir: connect.data_dir().join("agent"),
        join_token: Some(join_token(&client).await?),
        host_name: agent_role::host_name(),
        introspection_port: args.host.introspection_port,
        machine: args.host.machine(),
        images: args.host.images(),
        keep: args.host.keep(),
        task_pids: args.host.task_pids(),
        advertise_address: args.host.advertise_address,
        task_network: TaskNetwork::default(),
    };
    let host = agent_role::serve(config, Some(None), ended);
    let ending = async {
        let mut signal = signal;
        // The sender lives as long as the process.
        drop(signal.wait_for(|it| *it).await);
        tracing::info!("ending");
        if args.stop_tasks {
            stop_all(&client).await?;
        }
        end.send_replace(true);
        Ok::<_, anyhow::Error>(())
    };
    tokio::pin!(host, ending);
    tokio::select! {
        failed = &mut host => {
            // The host only ends by itself when it cannot go on.
            end.send_replace(true);
            server.finish().await?;
            return failed;
        }
        asked = &mut ending => asked?,
    }
    host.await?;
    server.finish().await
}

/// Where TLS is for others, this process talks to itself on a port of the loopback that only it knows.
async fn private_listener(server: &server_role::Server, ended: watch::Receiver<bool>) -> Result<String> {
    let listen = Listen::bind(SocketAddr::from(([127, 0, 0, 1], 0)), None, false).await?;
    let url = listen.url();
    tokio::spawn(control::serve(server.control.clone(), listen, ended));
    Ok(url)
}

async fn join_token(client: &Client) -> Result<String> {
    let request = CreateJoinTokenRequest {
        fargate: Some(true),
        cluster: None,
        expires_in_seconds: Some(60),
        uses: Some(1),
    };
    let made: CreateJoinTokenResponse = client.call(&longshore::API, "CreateJoinToken", &request).await?;
    Ok(made.token.unwrap_or_default())
}

async fn stop_all(client: &Client) -> Result<()> {
    let running = running_tasks(client).await?;
    tracing::info!(tasks = running.len(), "stopping tasks");
    for (cluster, task) in &running {
        let request = StopTaskRequest {
            cluster: Some(cluster.clone()),
            task: Some(task.clone()),
            reason: Some("Longshore is ending".into()),
        };
        let _: StopTaskResponse = client.call(&ecs::API, "StopTask", &request).await?;
    }
    let stopped = async {
        for (cluster, task) in &running {
            tasks::wait_for(client, cluster, task, tasks::is_stopped).await?;
        }
        Ok(())
    };
    match tokio::time::timeout(STOP_TIME, stopped).await {
        Ok(result) => result,
        Err(_) => {
            tracing::warn!("some tasks did not stop in time; they are left running");
            Ok(())
        }
    }
}

/// FARGATE tasks of every cluster, each with its cluster.
async fn running_tasks(client: &Client) -> Result<Vec<(String, String)>> {
    let mut running = Vec::new();
    let mut next_token = None;
    loop {
        let input = ListClustersRequest {
            next_token,
            max_results: None,
        };
        let page: ListClustersResponse = client.call(&ecs::API, "ListClusters", &input).await?;
        for cluster in page.cluster_arns.into_iter().flatten() {
            let arns = tasks::list(client, &cluster, "RUNNING", Some("FARGATE")).await?;
            running.extend(arns.into_iter().map(|task| (cluster.clone(), task)));
        }
        next_token = page.next_token;
        if next_token.is_none() {
            return Ok(running);
        }
    }
}
