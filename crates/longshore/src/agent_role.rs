//! `longshore agent`: a host for a server's tasks.

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::OnceLock;

use agent::{Config, TaskNetwork};
use anyhow::{Context, Result};
use clap::ValueEnum;
use client::Endpoint;
use runtime_docker::{DockerRuntime, Left, Running};
use tokio::sync::watch;

use crate::{install, leave};

/// As the stock agent has it.
const INTROSPECTION_PORT: &str = "51678";
/// More than real programs have, and few enough that the kernel's 32,768 of a small machine are not all gone.
const TASK_PIDS: &str = "8192";

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(flatten)]
    serve: ServeArgs,
    #[command(subcommand)]
    service: Option<Service>,
}

#[derive(Debug, clap::Subcommand)]
enum Service {
    /// Make the agent, with these options, a service of systemd
    Install(Box<install::InstallArgs>),
    /// Remove the service, and what was set up for tasks once none is left; those that run stay
    Uninstall(install::UninstallArgs),
}

#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    /// URL of the server
    #[arg(long, env = "LONGSHORE_SERVER", default_value = "http://127.0.0.1:4566")]
    pub server: String,
    /// Join token, for the first start: longshore token
    #[arg(long, env = "LONGSHORE_TOKEN", hide_env_values = true)]
    pub token: Option<String>,
    /// Be an instance of this cluster. The token decides; this says what is expected of it
    #[arg(long, conflicts_with = "fargate")]
    cluster: Option<String>,
    /// Be a host of the Fargate pool. The token decides; this says what is expected of it
    #[arg(long)]
    fargate: bool,
    /// Name of this machine [default: its host name]
    #[arg(long)]
    name: Option<String>,
    /// How tasks here and tasks on other hosts reach each other
    #[arg(long, value_enum, default_value_t)]
    task_network: Way,
    #[command(flatten)]
    host: HostArgs,
}

/// What a host gives and keeps, for `agent` and `up` alike.
#[derive(Debug, clap::Args)]
pub struct HostArgs {
    /// Zone that tasks here are in [default: the region's first]
    #[arg(long, value_name = "ZONE")]
    availability_zone: Option<String>,
    /// Address under which other hosts reach this one [default: the one that leads to the server]
    #[arg(long, value_name = "IPV4")]
    pub advertise_address: Option<Ipv4Addr>,
    /// Port of the introspection endpoint on 127.0.0.1; 0 for none
    #[arg(long, value_name = "PORT", default_value = INTROSPECTION_PORT)]
    pub introspection_port: u16,
    /// Attributes that tasks can be placed by, as name=value or a name alone
    #[arg(long, value_name = "NAME=VALUE", value_delimiter = ',')]
    attributes: Vec<agent::Custom>,
    /// Memory that tasks do not get, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 0)]
    reserved_memory: u32,
    /// TCP ports that tasks do not get, beside 22, 2375, 2376, 51678 and 51679
    #[arg(long, value_name = "PORT", value_delimiter = ',')]
    reserved_ports: Vec<u16>,
    /// UDP ports that tasks do not get
    #[arg(long, value_name = "PORT", value_delimiter = ',')]
    reserved_udp_ports: Vec<u16>,
    /// Ids of the NVIDIA GPUs that tasks get [default: those that the driver shows]
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    gpus: Vec<agent::GpuId>,
    /// When a registry is asked for an image that is here
    #[arg(long, value_enum, default_value_t)]
    image_pull_behavior: PullBehavior,
    /// Between removals of unused images that were pulled, as 30m; 0s for never
    #[arg(long, value_name = "DURATION", default_value = "30m", value_parser = crate::server_role::seconds)]
    image_cleanup_interval: i64,
    /// How long an image must have been unused before it is removed
    #[arg(long, value_name = "DURATION", default_value = "1h", value_parser = crate::server_role::seconds)]
    image_minimum_age: i64,
    /// How long containers are kept when their task has stopped, for their logs
    #[arg(long, value_name = "DURATION", default_value = "10m", value_parser = crate::server_role::seconds)]
    keep_containers: i64,
    /// Processes and threads that a task may have; 0 for as many as the kernel allows
    #[arg(long, value_name = "N", default_value = TASK_PIDS, value_parser = clap::value_parser!(u32).range(..=4_194_304))]
    task_pids_limit: u32,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum PullBehavior {
    /// Each time; the copy that is here serves where the registry does not. An image made here is used as it is
    #[default]
    Default,
    /// Each time, and no task runs without
    Always,
    /// Once for each image
    Once,
    /// Only where there is no copy here; images are not removed then
    PreferCached,
}

impl HostArgs {
    /// The options that are not as they are by themselves.
    fn words(&self) -> Vec<(&'static str, String)> {
        let list = |ports: &[u16]| ports.iter().map(u16::to_string).collect::<Vec<_>>().join(",");
        let attributes: Vec<String> = self.attributes.iter().map(ToString::to_string).collect();
        let duration = |seconds: i64| format!("{seconds}s");
        let address = self.advertise_address.map(|it| it.to_string());
        let behavior = self.image_pull_behavior.to_possible_value();
        [
            (
                "--availability-zone",
                self.availability_zone.clone().unwrap_or_default(),
                "",
            ),
            ("--advertise-address", address.unwrap_or_default(), ""),
            (
                "--introspection-port",
                self.introspection_port.to_string(),
                INTROSPECTION_PORT,
            ),
            ("--attributes", attributes.join(","), ""),
            (
                "--gpus",
                self.gpus.iter().map(ToString::to_string).collect::<Vec<_>>().join(","),
                "",
            ),
            ("--reserved-memory", self.reserved_memory.to_string(), "0"),
            ("--reserved-ports", list(&self.reserved_ports), ""),
            ("--reserved-udp-ports", list(&self.reserved_udp_ports), ""),
            (
                "--image-pull-behavior",
                behavior.map_or_else(String::new, |it| it.get_name().to_owned()),
                "default",
            ),
            (
                "--image-cleanup-interval",
                duration(self.image_cleanup_interval),
                "1800s",
            ),
            ("--image-minimum-age", duration(self.image_minimum_age), "3600s"),
            ("--keep-containers", duration(self.keep_containers), "600s"),
            ("--task-pids-limit", self.task_pids_limit.to_string(), TASK_PIDS),
        ]
        .into_iter()
        .filter(|(_, value, usual)| value != usual)
        .map(|(name, value, _)| (name, value))
        .collect()
    }

    pub fn machine(&self) -> agent::Machine {
        agent::Machine {
            availability_zone: self.availability_zone.clone(),
            reserved_memory_mib: self.reserved_memory,
            reserved_ports: self.reserved_ports.clone(),
            reserved_udp_ports: self.reserved_udp_ports.clone(),
            gpus: self.gpus.clone(),
            attributes: self.attributes.clone(),
        }
    }

    pub fn images(&self) -> agent::Images {
        agent::Images {
            pull: match self.image_pull_behavior {
                PullBehavior::Default => agent::PullBehavior::Default,
                PullBehavior::Always => agent::PullBehavior::Always,
                PullBehavior::Once => agent::PullBehavior::Once,
                PullBehavior::PreferCached => agent::PullBehavior::PreferCached,
            },
            cleanup: agent::Rules {
                interval_s: self.image_cleanup_interval,
                minimum_age_s: self.image_minimum_age,
                ..Default::default()
            },
        }
    }

    pub fn task_pids(&self) -> Option<u32> {
        Some(self.task_pids_limit).filter(|n| *n > 0)
    }

    pub fn keep(&self) -> agent::Keep {
        agent::Keep {
            seconds: self.keep_containers,
            ..Default::default()
        }
    }
}

impl ServeArgs {
    /// The options again, as words of a command line. The server, the token and the data directory are left to the environment.
    pub fn words(&self, ca_cert: Option<&Path>) -> Result<Vec<String>> {
        let mut words = Vec::new();
        let mut add = |name: &str, value: String| words.extend([name.to_owned(), value]);
        if let Some(path) = ca_cert {
            let path = path
                .canonicalize()
                .with_context(|| format!("cannot find {}", path.display()))?;
            add(
                "--ca-cert",
                path.to_str()
                    .context("the path of the CA's certificate is not UTF-8")?
                    .to_owned(),
            );
        }
        if let Some(cluster) = &self.cluster {
            add("--cluster", cluster.clone());
        }
        if let Some(name) = &self.name {
            add("--name", name.clone());
        }
        if self.task_network != Way::default()
            && let Some(way) = self.task_network.to_possible_value()
        {
            add("--task-network", way.get_name().to_owned());
        }
        for (name, value) in self.host.words() {
            add(name, value);
        }
        if self.fargate {
            words.push("--fargate".into());
        }
        Ok(words)
    }
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
    match &args.service {
        Some(Service::Install(install)) => return install::install(install, connect),
        Some(Service::Uninstall(uninstall)) => return install::uninstall(uninstall, connect).await,
        None => {}
    }
    let args = args.serve;
    let config = Config {
        endpoint: Endpoint::parse(&args.server, connect.ca_cert.as_deref())?,
        data_dir: connect
            .data_dir
            .clone()
            .unwrap_or_else(|| cli::default_data_dir().join("agent")),
        join_token: args.token,
        host_name: args.name.unwrap_or_else(host_name),
        introspection_port: args.host.introspection_port,
        advertise_address: args.host.advertise_address,
        task_network: args.task_network.into(),
        machine: args.host.machine(),
        images: args.host.images(),
        keep: args.host.keep(),
        task_pids: args.host.task_pids(),
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
    let docker = runtime_docker::connect(None).await?;
    let pool = |cluster: &Option<String>| {
        cluster
            .as_ref()
            .map_or("the Fargate pool".to_owned(), |name| format!("the cluster {name}"))
    };
    let directory = config.data_dir.clone();
    let joined = &OnceLock::new();
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
        drop(joined.set(home.clone()));
        DockerRuntime::open(docker, home).await
    };
    let ended = agent::run(config, open, stop).await;
    if let (Err(agent::Error::Deregistered(_)), Some(home)) = (&ended, joined.get()) {
        match leave::leave(home.clone(), None, Running::Stays).await {
            Ok(Left::Nothing) => tracing::info!("what was set up here for tasks is removed"),
            Ok(Left::Tasks(tasks)) => tracing::warn!(
                tasks,
                "tasks run on, without an agent; to end them: longshore agent uninstall --stop-tasks"
            ),
            Err(error) => tracing::warn!("what was set up here for tasks could not be removed: {error:#}"),
        }
    }
    Ok(ended?)
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        serve: ServeArgs,
    }

    fn words(line: &str) -> String {
        let line = Line::try_parse_from(["agent"].into_iter().chain(line.split_whitespace())).unwrap();
        line.serve.words(None).unwrap().join(" ")
    }

    #[test]
    fn the_options_of_an_installed_agent_are_those_it_was_installed_with() {
        let all = "--cluster web --name edge-1 --task-network routed --availability-zone us-east-1b --advertise-address 10.0.0.7 \
                   --attributes rack=r1,edge --gpus GPU-1,GPU-2 --reserved-memory 512 \
                   --reserved-ports 80,443 --reserved-udp-ports 53 --image-pull-behavior prefer-cached --image-cleanup-interval 60s \
                   --image-minimum-age 7200s --keep-containers 0s \
                   --task-pids-limit 100";
        assert_eq!(words(all), all.split_whitespace().collect::<Vec<_>>().join(" "));
        assert_eq!(words(&words(all)), words(all));
        assert_eq!(
            words("--fargate --token lsj-1 --server http://s"),
            "--fargate",
            "no secret on a command line"
        );
    }
}
