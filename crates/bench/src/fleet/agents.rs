//! Many hosts in one process: the agent's own code over real websockets, each with a runtime that has no containers.

use std::path::Path;
use std::process::{Child, Command};

use agent::fake::FakeRuntime;
use agent::{Config, TaskNetwork};
use anyhow::Result;
use client::Endpoint;
use tokio::sync::watch;

/// First argument of a process that is hosts.
pub const ROLE: &str = "hosts";

/// A process with hosts in it. They are gone with it.
pub struct Hosts(Child);

impl Hosts {
    pub fn start(url: &str, dir: &Path, token: &str, count: usize) -> Result<Self> {
        let child = Command::new(std::env::current_exe()?)
            .args([ROLE, url, token, &count.to_string()])
            .arg(dir)
            .spawn()?;
        Ok(Self(child))
    }
}

impl Drop for Hosts {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// What such a process does: it serves until it is killed.
pub async fn serve(url: &str, token: &str, count: usize, dir: &Path) -> Result<()> {
    let (_kept, stop) = watch::channel(false);
    let hosts = (0..count).map(|nth| {
        let config = Config {
            endpoint: Endpoint::parse(url, None)?,
            data_dir: dir.join(nth.to_string()),
            join_token: Some(token.to_owned()),
            host_name: format!("host-{nth}"),
            introspection_port: 0,
            machine: agent::Machine::default(),
            images: agent::Images::default(),
            keep: agent::Keep::default(),
            task_pids: None,
            advertise_address: None,
            // They are all on this machine and run nothing that could be reached.
            task_network: TaskNetwork::None,
        };
        let stop = stop.clone();
        Ok(tokio::spawn(agent::run(
            config,
            async |_| Ok(FakeRuntime::default()),
            stop,
        )))
    });
    for host in hosts.collect::<Result<Vec<_>>>()? {
        host.await??;
    }
    Ok(())
}
