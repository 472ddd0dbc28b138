//! Server CPU of one signed call over a connection that stays.

use std::time::Duration;

use anyhow::Result;
use client::Client;
use model::ecs::{
    self, DescribeClustersRequest, DescribeClustersResponse, DescribeServicesRequest, DescribeServicesResponse,
};

use crate::report::Report;
use crate::server::Server;

const CALLS: u32 = 20_000;
const ROUNDS: usize = 3;

pub async fn run(report: &mut Report) -> Result<()> {
    let server = Server::start("server")?;
    let (client, _) = server.first_answer().await?;
    let (mut described, mut refused) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        described = described.min(describe(&server, &client).await?);
        refused = refused.min(refuse(&server, &client).await?);
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
    Ok(())
}

async fn describe(server: &Server, client: &Client) -> Result<Duration> {
    let before = server.cpu()?;
    for _ in 0..CALLS {
        let input = DescribeClustersRequest::default();
        let _: DescribeClustersResponse = client.call(&ecs::API, "DescribeClusters", &input).await?;
    }
    Ok((server.cpu()? - before) / CALLS)
}

/// An operation without behaviour: what is left is HTTP, the signature, JSON and the model's checks.
async fn refuse(server: &Server, client: &Client) -> Result<Duration> {
    let before = server.cpu()?;
    for _ in 0..CALLS {
        let input = DescribeServicesRequest {
            services: Some(vec!["none".into()]),
            ..Default::default()
        };
        let answer: Result<DescribeServicesResponse, _> = client.call(&ecs::API, "DescribeServices", &input).await;
        drop(answer);
    }
    Ok((server.cpu()? - before) / CALLS)
}
