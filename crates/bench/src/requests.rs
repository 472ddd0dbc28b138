//! Server CPU of one signed call, over connections that stay.

use std::time::Duration;

use anyhow::Result;
use client::{CallError, Client};
use model::ecs::{
    self, DescribeClustersRequest, DescribeClustersResponse, DescribeServicesRequest, DescribeServicesResponse,
};

use crate::report::Report;
use crate::server::Server;

/// As many as keep the server busy: with one, most of what is measured is threads that fall asleep and wake.
const CONNECTIONS: u32 = 16;
const CALLS: u32 = 3_000;
const ROUNDS: usize = 3;

pub async fn run(report: &mut Report) -> Result<()> {
    let server = Server::start("server")?;
    let (client, _) = server.first_answer().await?;
    let (mut described, mut refused, mut alone) = (Duration::MAX, Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        described = described.min(cpu_per_call(&server, &client, CONNECTIONS, describe).await?);
        refused = refused.min(cpu_per_call(&server, &client, CONNECTIONS, refuse).await?);
        alone = alone.min(cpu_per_call(&server, &client, 1, describe).await?);
    }
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let baseline = ("the same, refused after authentication", micros(refused));
    report.compare(
        "signed DescribeClusters, server CPU",
        "µs",
        micros(described),
        baseline,
        "≤ 30 µs",
    );
    let baseline = ("16 connections", micros(described));
    report.compare("the same on one connection", "µs", micros(alone), baseline, "none");
    Ok(())
}

async fn cpu_per_call<F, T>(server: &Server, client: &Client, connections: u32, call: F) -> Result<Duration>
where
    F: Fn(Client) -> T + Copy + Send + 'static,
    T: Future<Output = Result<Client, CallError>> + Send,
{
    let before = server.cpu()?;
    let callers = (0..connections).map(|_| {
        let mut client = client.clone();
        tokio::spawn(async move {
            for _ in 0..CALLS {
                client = call(client).await?;
            }
            Ok::<_, CallError>(())
        })
    });
    for caller in callers.collect::<Vec<_>>() {
        caller.await??;
    }
    Ok((server.cpu()? - before) / (connections * CALLS))
}

async fn describe(client: Client) -> Result<Client, CallError> {
    let input = DescribeClustersRequest::default();
    let _: DescribeClustersResponse = client.call(&ecs::API, "DescribeClusters", &input).await?;
    Ok(client)
}

/// An operation without behaviour: what is left is HTTP, the signature, JSON and the model's checks.
async fn refuse(client: Client) -> Result<Client, CallError> {
    let input = DescribeServicesRequest {
        services: Some(vec!["none".into()]),
        ..Default::default()
    };
    let answer: Result<DescribeServicesResponse, _> = client.call(&ecs::API, "DescribeServices", &input).await;
    match answer {
        Ok(_) | Err(CallError::Refused { .. }) => Ok(client),
        Err(error) => Err(error),
    }
}
