//! The one binary: a server, an agent, both at once, or a command.

mod agent_role;
mod install;
mod leave;
mod server_role;
mod up;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand, ValueEnum};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// Faster than the C library's, and tighter with a million small things (docs/adr/0008-allocator.md).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Amazon ECS on machines you own
#[derive(Debug, Parser)]
#[command(name = "longshore", version)]
struct Longshore {
    #[command(subcommand)]
    role: Role,
    #[command(flatten)]
    connect: cli::Connect,
    /// How log lines look
    #[arg(long, global = true, value_enum, default_value_t)]
    log_format: LogFormat,
}

#[derive(Debug, Subcommand)]
enum Role {
    /// Serve this machine: the server and a host of the Fargate pool
    Up(up::Args),
    /// Serve the API only
    Server(server_role::Args),
    /// Run tasks for a server
    Agent(Box<agent_role::Args>),
    #[command(flatten)]
    Command(cli::Command),
    /// Print the version
    Version,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    #[default]
    Text,
    Json,
}

fn main() -> ExitCode {
    let arguments = Longshore::parse();
    log_to_stderr(arguments.log_format);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments)),
        Err(error) => Err(error.into()),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        match error.downcast_ref() {
            Some(agent::Error::Deregistered(_)) => ExitCode::from(install::DEREGISTERED),
            Some(_) | None => ExitCode::FAILURE,
        }
    })
}

async fn run(arguments: Longshore) -> Result<ExitCode> {
    let connect = arguments.connect;
    match arguments.role {
        Role::Up(args) => up::run(args, &connect).await?,
        Role::Server(args) => server_role::run(&args, &connect).await?,
        Role::Agent(args) => agent_role::run(*args, &connect).await?,
        Role::Version => println!("longshore {}", env!("CARGO_PKG_VERSION")),
        Role::Command(command) => return cli::run(command, &connect).await,
    }
    Ok(ExitCode::SUCCESS)
}

/// `RUST_LOG` says what is logged; without it, what an operator wants to know.
fn log_to_stderr(format: LogFormat) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(filter)
        .with_target(false);
    match format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
}

/// Becomes true with the first SIGTERM or SIGINT.
fn stop_signal() -> Result<watch::Receiver<bool>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        sender.send_replace(true);
        // A second signal is a person who does not want to wait.
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        #[expect(clippy::disallowed_methods, reason = "it is what was asked for")]
        std::process::exit(130);
    });
    Ok(receiver)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_commands_do_not_contradict_each_other() {
        super::Longshore::command().debug_assert();
    }
}
