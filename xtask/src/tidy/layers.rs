//! Who may use whom, and which names a pure crate may not even utter. ARCHITECTURE.md says why.

use anyhow::Result;
use serde_json::Value;

use super::{Files, Finding};

/// Each crate with those of ours that it may use. What has no line here has no place.
const MAY_USE: &[(&str, &[&str])] = &[
    ("wire", &[]),
    ("model", &["wire"]),
    ("domain", &["wire"]),
    ("engine", &["wire", "domain"]),
    ("api", &["wire", "model", "domain", "engine"]),
    ("store", &["wire", "domain"]),
    ("client", &["wire", "model"]),
    ("control", &["wire", "model", "domain", "engine", "api", "store"]),
    ("agent", &["wire", "model", "client"]),
    ("runtime-docker", &["wire", "agent"]),
    ("cli", &["wire", "model", "client"]),
    (
        "longshore",
        &["model", "store", "client", "control", "agent", "runtime-docker", "cli"],
    ),
    ("e2e", &[]),
    ("sim", &["wire", "model", "domain", "engine", "api", "agent"]),
    (
        "bench",
        &["wire", "model", "domain", "engine", "api", "store", "client", "agent"],
    ),
    ("xtask", &[]),
];

/// Crates that only decide.
const PURE: &[&str] = &["wire", "model", "domain", "engine", "api"];

/// Ways out of a function of its inputs.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::env",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "std::process",
    "std::thread",
    "std::io",
    "SystemTime",
    "Instant",
    "tokio",
    "rand",
    "getrandom",
    "tracing",
];

/// Libraries that one crate hides from the rest.
const OWNED: &[(&str, &str)] = &[
    ("bollard", "runtime-docker"),
    ("redb", "store"),
    ("clap", "cli"),
    ("hyper", "client"),
    ("rustix", "agent"),
];

/// Beside the owner.
const ALSO: &[(&str, &str)] = &[
    ("clap", "longshore"),
    ("hyper", "control"),
    ("hyper", "agent"),
    ("bollard", "bench"),
    ("rustix", "runtime-docker"),
    ("rustix", "control"),
];

pub fn check(metadata: &Value, files: &Files) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for package in super::dependencies::ours(metadata) {
        let name = package["name"].as_str().unwrap_or_default();
        let Some((_, allowed)) = MAY_USE.iter().find(|(it, _)| *it == name) else {
            found.push(Finding::new(
                name,
                "has no layer: give it a line in xtask/src/tidy/layers.rs",
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let used = dependency["name"].as_str().unwrap_or_default();
            let is_ours = MAY_USE.iter().any(|(it, _)| *it == used);
            if is_ours && !allowed.contains(&used) {
                found.push(Finding::new(name, format!("may not use {used}")));
            }
            let owner = OWNED.iter().find(|(library, owner)| *library == used && *owner != name);
            if let Some((_, owner)) = owner.filter(|_| !ALSO.contains(&(used, name))) {
                found.push(Finding::new(name, format!("only {owner} may know {used}")));
            }
        }
    }
    for name in PURE {
        let prefix = format!("crates/{name}/src/");
        for file in files.with(".rs") {
            let (path, text) = file?;
            if path.to_string_lossy().starts_with(&prefix) {
                found.extend(impure(&path.display().to_string(), &text));
            }
        }
    }
    Ok(found)
}

fn impure(path: &str, text: &str) -> Vec<Finding> {
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, code(line)));
    lines
        .filter_map(|(at, line)| {
            let name = IMPURE.iter().find(|name| utters(&line, name))?;
            Some(Finding::new(
                format!("{path}:{at}"),
                format!("a crate that only decides names {name}"),
            ))
        })
        .collect()
}

/// Whether `name` stands in the line as a path of its own, not as part of a longer word.
fn utters(line: &str, name: &str) -> bool {
    let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(name).any(|(at, _)| {
        let (before, after) = (line[..at].chars().next_back(), line[at + name.len()..].chars().next());
        !part_of_word(before)
            && !part_of_word(after)
            && (name.contains("::")
                || name.starts_with(char::is_uppercase)
                || line[at + name.len()..].starts_with("::"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_seen_and_a_word_is_not() {
        let seen = |line: &str| !impure("f", line).is_empty();
        assert!(seen("let now = SystemTime::now();"));
        assert!(seen("use std::fs::File;"));
        assert!(seen("tokio::spawn(x)"));
        assert!(!seen("// SystemTime is not used"));
        assert!(!seen("let operand = Instantly::new();"));
    }
}
