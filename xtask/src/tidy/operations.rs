//! Each operation that has behaviour has a file of its own and a test in it.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Finding;
use crate::{reference, root};

/// Folders of crates/api/src that hold operations, each with its model under models/.
const SERVICES: [&str; 3] = ["ecs", "longshore", "sts"];

pub fn check() -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    for service in SERVICES {
        for name in served(service)? {
            let place = format!("crates/api/src/{service}/{}.rs", snake(&name));
            let path = root().join(&place);
            let Ok(text) = std::fs::read_to_string(&path) else {
                found.push(Finding::new(place, format!("{name} has no file")));
                continue;
            };
            let apart = std::fs::read_to_string(path.with_extension("").join("tests.rs")).unwrap_or_default();
            if !text.contains("#[test]") && !apart.contains("#[test]") {
                found.push(Finding::new(place, format!("{name} has no test")));
            }
        }
    }
    Ok(found)
}

/// The page of operations and fields is what the model and the code make of it.
pub fn reference() -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    let page = std::fs::read_to_string(root().join(reference::PAGE)).unwrap_or_default();
    if page != reference::page()? {
        found.push(Finding::new(reference::PAGE, "is stale: run cargo xtask reference"));
    }
    for name in reference::not_told()? {
        found.push(Finding::new(
            "models/ecs/support.txt",
            format!("{name} is refused by the code and not in here"),
        ));
    }
    Ok(found)
}

/// Operations in the service's table of handlers: lines of `Name => function, Access;`.
pub fn served(service: &str) -> Result<Vec<String>> {
    let path = root().join(format!("crates/api/src/{service}/mod.rs"));
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let (_, table) = text
        .split_once("operations! {")
        .with_context(|| format!("{}: no operations!", path.display()))?;
    let table = table.split('}').next().unwrap_or_default();
    Ok(table
        .lines()
        .filter_map(|line| line.split_once(" => "))
        .map(|(name, _)| name.trim().to_owned())
        .collect())
}

pub fn print_not_served() -> Result<()> {
    for service in SERVICES {
        let path = root().join(format!("models/{service}/service-2.json"));
        let model: Value = serde_json::from_slice(&std::fs::read(&path).with_context(|| path.display().to_string())?)?;
        let served = served(service)?;
        let all = model["operations"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str());
        let not: Vec<&str> = all.filter(|name| !served.iter().any(|it| it == name)).collect();
        println!(
            "{service}: {} operations served, {} not yet: {}",
            served.len(),
            not.len(),
            not.join(" ")
        );
    }
    Ok(())
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}
