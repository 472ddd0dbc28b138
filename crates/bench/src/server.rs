//! The release binary under measurement, in a directory of its own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use client::{Client, Endpoint, LocalServer};
use model::ecs::{
    self, ListClustersRequest, ListClustersResponse, ListContainerInstancesRequest, ListContainerInstancesResponse,
};
use model::longshore::{self, CreateJoinTokenRequest, CreateJoinTokenResponse};
use tempfile::TempDir;

use crate::clock;

const PATIENCE: Duration = Duration::from_secs(60);

pub struct Server {
    child: Child,
    pub dir: TempDir,
    pub begun: Instant,
}

impl Server {
    pub fn start(role: &str) -> Result<Self> {
        Self::start_on(role, tempfile::tempdir()?)
    }

    pub fn start_on(role: &str, dir: TempDir) -> Result<Self> {
        Self::listen(role, "127.0.0.1:0", dir)
    }

    /// Where an earlier one listened, so that its hosts find it.
    pub fn start_at(role: &str, url: &str, dir: TempDir) -> Result<Self> {
        Self::listen(role, url.trim_start_matches("http://"), dir)
    }

    fn listen(role: &str, address: &str, dir: TempDir) -> Result<Self> {
        let binary = binary();
        drop(std::fs::remove_file(dir.path().join("endpoint")));
        let begun = clock::instant();
        let child = Command::new(&binary)
            .args([role, "--listen", address, "--data-dir"])
            .arg(dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("{binary}: build it with cargo build --release -p longshore"))?;
        Ok(Self { child, dir, begun })
    }

    /// A client once the server has written down where it listens.
    pub async fn client(&self) -> Result<Client> {
        let local = loop {
            match LocalServer::read(self.dir.path()) {
                Ok(local) => break local,
                Err(error) if self.begun.elapsed() > PATIENCE => bail!(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
            }
        };
        Ok(Client::new(
            Endpoint::parse(&local.url, None)?,
            Some(local.credentials),
            clock::now,
        ))
    }

    /// A client and the time from the start to its first answer.
    pub async fn first_answer(&self) -> Result<(Client, Duration)> {
        let client = self.client().await?;
        loop {
            let input = ListClustersRequest::default();
            let answer: Result<ListClustersResponse, _> = client.call(&ecs::API, "ListClusters", &input).await;
            match answer {
                Ok(_) => return Ok((client, self.begun.elapsed())),
                Err(error) if self.begun.elapsed() > PATIENCE => bail!(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
            }
        }
    }

    /// Once its own host is connected.
    pub async fn with_host(&self) -> Result<Client> {
        let client = self.client().await?;
        while client.get("/_longshore/health").await.is_err() {
            if self.begun.elapsed() > PATIENCE {
                bail!("no host has connected");
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(client)
    }

    /// CPU time of all its threads.
    pub fn cpu(&self) -> Result<Duration> {
        cpu_of(self.child.id())
    }

    pub fn resident_mib(&self) -> Result<f64> {
        resident_mib(self.child.id())
    }

    pub fn end(mut self) -> Result<TempDir> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(std::mem::replace(&mut self.dir, tempfile::tempdir()?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        clean_up(&self.dir.path().join("agent"));
    }
}

/// A host of the default cluster, with containers by Docker.
pub struct Agent {
    child: Child,
    dir: TempDir,
}

impl Agent {
    /// Returns when it is connected.
    pub async fn start(client: &Client) -> Result<Self> {
        let input = CreateJoinTokenRequest::default();
        let made: CreateJoinTokenResponse = client.call(&longshore::API, "CreateJoinToken", &input).await?;
        let dir = tempfile::tempdir()?;
        let child = Command::new(binary())
            .args(["agent", "--server", client.endpoint().url(), "--data-dir"])
            .arg(dir.path())
            .env("LONGSHORE_TOKEN", made.token.context("no token")?)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let agent = Self { child, dir };
        let begun = clock::instant();
        while !is_connected(client).await? {
            ensure!(begun.elapsed() < PATIENCE, "the agent has not connected");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(agent)
    }

    pub fn cpu(&self) -> Result<Duration> {
        cpu_of(self.child.id())
    }

    pub fn resident_mib(&self) -> Result<f64> {
        resident_mib(self.child.id())
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        clean_up(self.dir.path());
    }
}

async fn is_connected(client: &Client) -> Result<bool> {
    let input = ListContainerInstancesRequest {
        filter: Some("agentConnected == true".into()),
        ..Default::default()
    };
    let answer: ListContainerInstancesResponse = client.call(&ecs::API, "ListContainerInstances", &input).await?;
    Ok(answer.container_instance_arns.is_some_and(|it| !it.is_empty()))
}

fn binary() -> String {
    std::env::var("LONGSHORE_BIN").unwrap_or_else(|_| "target/release/longshore".into())
}

/// The first process of that name.
pub fn pid_of(name: &str) -> Result<u32> {
    let found = Command::new("pgrep").args(["-o", "-f", name]).output()?;
    let pid = String::from_utf8(found.stdout)?;
    pid.split_whitespace()
        .next()
        .with_context(|| format!("{name} does not run"))?
        .parse()
        .context("a process id")
}

/// CPU time of a process in hundredths of a second, with that of threads that have ended.
pub fn cpu_of(pid: u32) -> Result<Duration> {
    const TICK_MS: u64 = 10;
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // Its name comes before, in brackets.
    let (_, numbers) = stat.rsplit_once(')').context("not a process")?;
    let own = numbers.split_whitespace().skip(11).take(2);
    let ticks: u64 = own.map(str::parse::<u64>).sum::<Result<_, _>>()?;
    Ok(Duration::from_millis(ticks * TICK_MS))
}

pub fn resident_mib(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .context("VmRSS")?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kib / 1024.0)
}

/// Removes what the host of this directory has left in the engine.
fn clean_up(agent: &Path) {
    let identity: PathBuf = agent.join("identity.json");
    let Ok(identity) = std::fs::read_to_string(identity) else {
        return;
    };
    let identity: serde_json::Value = serde_json::from_str(&identity).unwrap_or_default();
    let Some(host) = identity["hostId"].as_str() else {
        return;
    };
    // The engine may still be busy with what the agent asked for last, so a few rounds.
    let script = format!(
        "for round in $(seq 20); do docker ps -aq --filter label=longshore.host={host} | xargs -r docker rm -f; \
         docker network inspect longshore-{0} || break; docker network rm longshore-{0} && break; done",
        &host[..12.min(host.len())]
    );
    drop(Command::new("sh").args(["-c", &script]).output());
}
