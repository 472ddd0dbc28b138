//! `longshore stop`: asks for a task's end and waits for it.

use std::process::ExitCode;

use anyhow::Result;
use model::ecs::{self, StopTaskRequest, StopTaskResponse};

use crate::output::note;
use crate::{Connect, tasks};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// A task's id, the beginning of one, or its ARN
    task: String,
    #[arg(long, default_value = "default")]
    cluster: String,
    /// Shown as the task's stoppedReason
    #[arg(long)]
    reason: Option<String>,
    /// Return as soon as the server has taken the request
    #[arg(long)]
    no_wait: bool,
}

pub async fn run(args: Args, connect: &Connect) -> Result<ExitCode> {
    let client = connect.client()?;
    let id = tasks::id(&tasks::find(&client, &args.cluster, &args.task).await?).to_owned();
    let request = StopTaskRequest {
        cluster: Some(args.cluster.clone()),
        task: Some(id.clone()),
        reason: args.reason,
    };
    let _: StopTaskResponse = client.call(&ecs::API, "StopTask", &request).await?;
    if !args.no_wait {
        tasks::wait_for(&client, &args.cluster, &id, tasks::is_stopped).await?;
        note("●", "stopped");
    }
    Ok(ExitCode::SUCCESS)
}
