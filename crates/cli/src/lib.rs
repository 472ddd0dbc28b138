//! Commands for people: clients of the public API like any other, with no way in of their own.

mod clusters;
mod connect;
mod env;
mod explain;
mod host;
mod logs;
mod outcome;
mod output;
mod ps;
mod run;
mod stop;
pub mod tasks;
mod token;
mod top;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

pub use connect::{Connect, default_data_dir, now};
pub use output::Output;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print shell lines that point AWS clients here: eval "$(longshore env)"
    Env(env::Args),
    /// Make a join token for a host
    Token(token::Args),
    /// List, drain and remove hosts
    Host(host::Args),
    /// Run an image, or a task definition, as a task
    Run(run::Args),
    /// List tasks
    Ps(ps::Args),
    /// Show what tasks use of CPU and memory
    Top(top::Args),
    /// Show a task's output
    Logs(logs::Args),
    /// Stop a task
    Stop(stop::Args),
    /// Say why a task is where it is, or why tasks found no host
    Explain(explain::Args),
}

/// Runs one command. The exit code is the command's own; an error is for the caller to show.
pub async fn run(command: Command, connect: &Connect) -> Result<ExitCode> {
    match command {
        Command::Env(_) => env::run(connect),
        Command::Token(args) => token::run(&args, connect).await,
        Command::Host(args) => host::run(&args, connect).await,
        Command::Run(args) => run::run(args, connect).await,
        Command::Ps(args) => ps::run(&args, connect).await,
        Command::Top(args) => top::run(&args, connect).await,
        Command::Logs(args) => logs::run(&args, connect).await,
        Command::Stop(args) => stop::run(args, connect).await,
        Command::Explain(args) => explain::run(&args, connect).await,
    }
}
