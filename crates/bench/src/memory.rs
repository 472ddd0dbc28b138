//! What `longshore up` holds when nothing happens.

use anyhow::Result;

use crate::report::Report;
use crate::server::{Server, pid_of, resident_mib};

pub async fn run(report: &mut Report) -> Result<()> {
    let server = Server::start("up")?;
    server.with_host().await?;
    report.compare(
        "idle up, resident",
        "MiB",
        server.resident_mib()?,
        ("dockerd", resident_mib(pid_of("dockerd")?)?),
        "≤ 40 MiB",
    );
    Ok(())
}
