//! Whether a cluster is there.

use anyhow::Result;
use client::Client;
use model::ecs::{self, DescribeClustersRequest, DescribeClustersResponse};

pub async fn is_active(client: &Client, name: &str) -> Result<bool> {
    let input = DescribeClustersRequest {
        clusters: Some(vec![name.to_owned()]),
        ..Default::default()
    };
    let answer: DescribeClustersResponse = client.call(&ecs::API, "DescribeClusters", &input).await?;
    let clusters = answer.clusters.unwrap_or_default();
    Ok(clusters.iter().any(|it| it.status.as_deref() == Some("ACTIVE")))
}
