//! `longshore token`: lets machines join, and takes it back.

use std::process::ExitCode;

use anyhow::Result;
use model::longshore::{
    self, CreateJoinTokenRequest, CreateJoinTokenResponse, JoinToken, ListJoinTokensRequest, ListJoinTokensResponse,
    RevokeJoinTokenRequest, RevokeJoinTokenResponse,
};

use crate::connect::now;
use crate::output::{print_json, say, table};
use crate::{Connect, Output};

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// Cluster that the host will serve [default: default]
    #[arg(long, conflicts_with = "fargate")]
    cluster: Option<String>,
    /// Make it a host of the Fargate pool, which serves every cluster
    #[arg(long)]
    fargate: bool,
    /// Life of the token, in seconds
    #[arg(long, default_value_t = 3600)]
    expires: i32,
    /// How many machines it lets in
    #[arg(long, default_value_t = 1)]
    uses: i32,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Tokens that still let machines in
    Ls {
        #[arg(long, value_enum, default_value_t)]
        output: Output,
    },
    /// Ends a token; machines that it let in stay
    Revoke { id: String },
}

pub async fn run(args: &Args, connect: &Connect) -> Result<ExitCode> {
    let client = connect.client()?;
    match &args.what {
        None => {
            let request = CreateJoinTokenRequest {
                cluster: args.cluster.clone(),
                fargate: Some(args.fargate),
                expires_in_seconds: Some(args.expires),
                uses: Some(args.uses),
            };
            let made: CreateJoinTokenResponse = client.call(&longshore::API, "CreateJoinToken", &request).await?;
            say(&made.token.unwrap_or_default());
        }
        Some(What::Ls { output }) => {
            let request = ListJoinTokensRequest {};
            let found: ListJoinTokensResponse = client.call(&longshore::API, "ListJoinTokens", &request).await?;
            match output {
                Output::Json => print_json(&found),
                Output::Table => say(&table(
                    &["ID", "FOR", "USES LEFT", "EXPIRES IN"],
                    found.tokens.iter().flatten().map(row),
                )),
            }
        }
        Some(What::Revoke { id }) => {
            let request = RevokeJoinTokenRequest {
                token_id: Some(id.clone()),
            };
            let _: RevokeJoinTokenResponse = client.call(&longshore::API, "RevokeJoinToken", &request).await?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn row(it: &JoinToken) -> Vec<String> {
    let left_s = it.expires_at.map(|at| at.since(now()).max(0) / 1000);
    vec![
        it.token_id.clone().unwrap_or_default(),
        it.cluster.clone().unwrap_or_else(|| "the Fargate pool".into()),
        it.uses_left.map_or_else(|| "any".into(), |left| left.to_string()),
        left_s.map(|seconds| format!("{seconds} s")).unwrap_or_default(),
    ]
}
