//! `longshore token`: lets a machine join.

use std::process::ExitCode;

use anyhow::Result;
use model::longshore::{self, CreateJoinTokenRequest, CreateJoinTokenResponse};

use crate::Connect;
use crate::output::say;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Cluster that the host will serve [default: default]
    #[arg(long, conflicts_with = "fargate")]
    cluster: Option<String>,
    /// Make it a host of the Fargate pool, which serves every cluster
    #[arg(long)]
    fargate: bool,
    /// Life of the token, in seconds
    #[arg(long, default_value_t = 3600)]
    expires: i32,
}

pub async fn run(args: &Args, connect: &Connect) -> Result<ExitCode> {
    let request = CreateJoinTokenRequest {
        cluster: args.cluster.clone(),
        fargate: Some(args.fargate),
        expires_in_seconds: Some(args.expires),
    };
    let made: CreateJoinTokenResponse = connect
        .client()?
        .call(&longshore::API, "CreateJoinToken", &request)
        .await?;
    say(&made.token.unwrap_or_default());
    Ok(ExitCode::SUCCESS)
}
