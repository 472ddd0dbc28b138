//! Chores of the repository: `cargo xtask <chore>`.

mod bench;
mod codegen;
mod reference;
mod tidy;

use std::path::PathBuf;

use anyhow::{Result, bail};

const USAGE: &str = "cargo xtask <chore>
  codegen [--fetch | --check]   write crates/model from models/; --fetch renews models/ from PyPI first; --check compares only
  reference                     write docs/compatibility.md from the model and the code
  tidy                          the house rules that a machine can check
  bench [NAME…]                 measure, each subject beside its baseline; ratios to target/bench.json";

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["codegen", rest @ ..] => codegen::run(rest),
        ["bench", names @ ..] => bench::run(names),
        ["reference"] => reference::run(),
        ["tidy"] => tidy::run(),
        _ => bail!("usage: {USAGE}"),
    }
}

/// The repository's root.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}
