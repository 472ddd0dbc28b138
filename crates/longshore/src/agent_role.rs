//! `longshore agent`: a host for a server's tasks.

use std::net::Ipv4Addr;

use agent::{Config, TaskNetwork};
use anyhow::{Result, bail};
use clap::ValueEnum;
use client::Endpoint;
use runtime_docker::DockerRuntime;
use tokio::sync::watch;

/// As the stock agent has it.
pub const INTROSPECTION_PORT: u16 = 51678;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// URL of the server
    #[arg(long, env = "LONGSHORE_SERVER", default_value = "http://127.0.0.1:4566")]
    server: String,
    /// Join token, for the first start: longshore token
    #[arg(long, env = "LONGSHORE_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// Be an instance of this cluster. The token decides; this says what is expected of it
    #[arg(long, conflicts_with = "fargate")]
    cluster: Option<String>,
    /// Be a host of the Fargate pool. The token decides; this says what is expected of it
    #[arg(long)]
    fargate: bool,
    /// Name of this machine [default: its host name]
    #[arg(long)]
    name: Option<String>,
    /// Zone that tasks here are in [default: the region's first]
    #[arg(long)]
    availability_zone: Option<String>,
    /// Address under which other hosts reach this one [default: the one that leads to the server]
    #[arg(long, value_name = "IPV4")]
    advertise_address: Option<Ipv4Addr>,
    /// How tasks here and tasks on other hosts reach each other
    #[arg(long, value_enum, default_value_t)]
    task_network: Way,
    /// Port of the introspection endpoint on 127.0.0.1; 0 for none
    #[arg(long, default_value_t = INTROSPECTION_PORT)]
    introspection_port: u16,
    /// Memory that tasks do not get, in MiB
    #[arg(long, default_value_t = 0)]
    reserved_memory: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Way {
    /// Wrapped in UDP (VXLAN, port 4789), over any network
    #[default]
    Overlay,
    /// By routes, where all hosts share a link
    Routed,
    /// Nothing is set up: the hosts' own network does it
    None,
}

impl From<Way> for TaskNetwork {
    fn from(it: Way) -> Self {
        match it {
            Way::Overlay => TaskNetwork::Overlay,
            Way::Routed => TaskNetwork::Routed,
            Way::None => TaskNetwork::None,
        }
    }
}

pub async fn run(args: Args, connect: &cli::Connect) -> Result<()> {
    let config = Config {
        endpoint: Endpoint::parse(&args.server, connect.ca_cert.as_deref())?,
        data_dir: connect
            .data_dir
            .clone()
            .unwrap_or_else(|| cli::default_data_dir().join("agent")),
        join_token: args.token,
        host_name: args.name.unwrap_or_else(host_name),
        availability_zone: args.availability_zone,
        introspection_port: args.introspection_port,
        reserved_memory_mib: args.reserved_memory,
        advertise_address: args.advertise_address,
        task_network: args.task_network.into(),
    };
    let expected = match (args.fargate, args.cluster) {
        (true, _) => Some(None),
        (false, Some(cluster)) => Some(Some(cluster)),
        (false, None) => None,
    };
    serve(config, expected, crate::stop_signal()?).await
}

/// `expected` is the pool that the caller believes this host to be of: a cluster's name, or None for Fargate.
pub async fn serve(config: Config, expected: Option<Option<String>>, stop: watch::Receiver<bool>) -> Result<()> {
    let docker = runtime_docker::connect().await?;
    let pool = |cluster: &Option<String>| {
        cluster
            .as_ref()
            .map_or("the Fargate pool".to_owned(), |name| format!("the cluster {name}"))
    };
    let directory = config.data_dir.clone();
    let check = move |home: &agent::Home| match &expected {
        Some(wanted) if *wanted != home.cluster => Some(format!(
            "this host is of {}, not of {}\n  use another --data-dir with a token for it, or remove {} to join anew",
            pool(&home.cluster),
            pool(wanted),
            directory.display()
        )),
        _ => None,
    };
    let open = async move |home: agent::Home| {
        if let Some(problem) = check(&home) {
            return Err(agent::runtime::RuntimeError::new("WrongPool", problem));
        }
        DockerRuntime::open(docker, home).await
    };
    match agent::run(config, open, stop).await {
        Ok(()) => Ok(()),
        Err(error) => bail!(error),
    }
}

pub fn host_name() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let name = name.trim();
    if name.is_empty() {
        "localhost".into()
    } else {
        name.into()
    }
}
