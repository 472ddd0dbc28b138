//! Licences, bans and number of the crates that we stand on. The lists are those of deny.toml.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Finding;
use crate::root;

/// Crates that the lock file may name.
const MAX_LOCKED: usize = 450;

pub fn metadata() -> Result<Value> {
    let out = Command::new(env!("CARGO"))
        .args(["metadata", "--locked", "--format-version", "1"])
        .current_dir(root())
        .output()
        .context("cargo metadata")?;
    ensure!(
        out.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    Ok(serde_json::from_slice(&out.stdout)?)
}

/// The workspace's own packages.
pub fn ours(metadata: &Value) -> impl Iterator<Item = &Value> {
    packages(metadata).filter(|it| it["source"].is_null())
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

pub fn check(metadata: &Value) -> Result<Vec<Finding>> {
    let deny: toml::Table = std::fs::read_to_string(root().join("deny.toml"))?.parse()?;
    let allowed: Vec<&str> = deny["licenses"]["allow"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it.as_str())
        .collect();
    let banned: Vec<&str> = deny["bans"]["deny"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it["crate"].as_str())
        .collect();
    let mut found = Vec::new();
    for package in packages(metadata).filter(|it| !it["source"].is_null()) {
        let name = package["name"].as_str().unwrap_or_default();
        let license = package["license"].as_str().unwrap_or("none named");
        if !permits(license, &allowed) {
            found.push(Finding::new(
                name,
                format!("its licence, {license}, is not one that deny.toml allows"),
            ));
        }
        if banned.contains(&name) {
            found.push(Finding::new(name, "deny.toml bans it"));
        }
    }
    let locked = packages(metadata).count();
    if locked > MAX_LOCKED {
        found.push(Finding::new("Cargo.lock", format!("{locked} crates, of {MAX_LOCKED}")));
    }
    Ok(found)
}

/// Whether an SPDX expression can be met: one side of each OR, both of each AND. `/` is an old way to write OR.
fn permits(expression: &str, allowed: &[&str]) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], "");
    let met = |it: &str| allowed.contains(&it.trim());
    expression.split(" AND ").all(|part| part.split(" OR ").any(met))
}

#[cfg(test)]
mod tests {
    use super::permits;

    #[test]
    fn one_side_of_an_or_is_enough_and_an_and_needs_both() {
        let allowed = ["MIT", "ISC"];
        assert!(permits("MIT OR GPL-3.0", &allowed));
        assert!(permits("GPL-3.0/MIT", &allowed));
        assert!(permits("(MIT OR Apache-2.0) AND ISC", &allowed));
        assert!(!permits("MIT AND GPL-3.0", &allowed));
    }
}
