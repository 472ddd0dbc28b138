//! What `longshore up` holds when nothing happens.

use anyhow::{Context, Result};

use crate::report::Report;
use crate::server::{Server, resident_mib};

pub async fn run(report: &mut Report) -> Result<()> {
    let server = Server::start("up")?;
    server.with_host().await?;
    let docker = std::process::Command::new("pidof").arg("dockerd").output()?;
    let pid = String::from_utf8(docker.stdout)?;
    let pid = pid.split_whitespace().next().context("dockerd does not run")?.parse()?;
    report.compare(
        "idle up, resident",
        "MiB",
        server.resident_mib()?,
        ("dockerd", resident_mib(pid)?),
        "≤ 40 MiB",
    );
    Ok(())
}
