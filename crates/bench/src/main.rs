//! Benchmarks, each beside its baseline in the same run. What counts are the ratios: absolute times are the machine's.
//!
//! `cargo xtask bench [NAME…]` builds the release binary and runs them; figures also go to target/bench.json.

mod changes;
mod clock;
mod fleet;
mod host;
mod maps;
mod memory;
mod placement;
mod register;
mod report;
mod requests;
mod run_task;
mod server;
mod start;
mod state;

use anyhow::{Result, bail};

use report::Report;

/// As the server has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const NAMES: [&str; 11] = [
    "maps",
    "placement",
    "state",
    "start",
    "memory",
    "requests",
    "register",
    "run-task",
    "host",
    "changes",
    "fleet",
];

#[tokio::main]
async fn main() -> Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if let [role, url, token, count, dir] = asked.as_slice()
        && role == fleet::agents::ROLE
    {
        return fleet::agents::serve(url, token, count.parse()?, dir.as_ref()).await;
    }
    if let Some(unknown) = asked.iter().find(|it| !NAMES.contains(&it.as_str())) {
        bail!("there is no benchmark {unknown}: {}", NAMES.join(" "));
    }
    let mut report = Report::default();
    for name in NAMES
        .iter()
        .filter(|it| asked.is_empty() || asked.iter().any(|asked| asked == *it))
    {
        match *name {
            "maps" => maps::run(&mut report),
            "placement" => placement::run(&mut report),
            "state" => state::run(&mut report)?,
            "start" => start::run(&mut report).await?,
            "memory" => memory::run(&mut report).await?,
            "requests" => requests::run(&mut report).await?,
            "register" => register::run(&mut report).await?,
            "host" => host::run(&mut report).await?,
            "changes" => changes::run(&mut report).await?,
            "fleet" => fleet::run(&mut report).await?,
            _ => run_task::run(&mut report).await?,
        }
    }
    report.write()
}
