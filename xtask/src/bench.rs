//! Builds the release binary and the benchmarks, and runs those that are named.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::root;

pub fn run(names: &[&str]) -> Result<()> {
    cargo(&["build", "--locked", "--release", "-p", "longshore", "-p", "bench"])?;
    let mut run = vec!["run", "--locked", "--quiet", "--release", "-p", "bench", "--"];
    run.extend(names);
    cargo(&run)
}

fn cargo(args: &[&str]) -> Result<()> {
    let status = Command::new(env!("CARGO")).args(args).current_dir(root()).status()?;
    ensure!(status.success(), "cargo {} failed", args.join(" "));
    Ok(())
}
