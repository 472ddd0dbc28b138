//! Writes `crates/model` from the service models in `models/`.
//!
//! Two steps, so that a build never needs the network. `--fetch` takes the pinned botocore wheel, drops documentation and
//! every shape that no listed operation reaches (`members.txt`, where there is one, says which members of a shape are wanted), and writes `models/<service>/service-2.json`. The other step turns those files into
//! Rust. Models of our own (`acs`, `longshore`, `tcs`) are written by hand and only take the second step.
//! `extensions.txt` names the values that an enumeration has here and not at AWS.

mod fetch;
mod rust;

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::root;

/// A service, and whether its model is AWS's.
pub struct Service {
    pub name: &'static str,
    /// API version in botocore's data, or None where the model is our own.
    pub botocore: Option<&'static str>,
}

const SERVICES: [Service; 6] = [
    Service {
        name: "acs",
        botocore: None,
    },
    Service {
        name: "ec2",
        botocore: Some("2016-11-15"),
    },
    Service {
        name: "ecs",
        botocore: Some("2014-11-13"),
    },
    Service {
        name: "longshore",
        botocore: None,
    },
    Service {
        name: "sts",
        botocore: Some("2011-06-15"),
    },
    Service {
        name: "tcs",
        botocore: None,
    },
];

pub fn run(args: &[&str]) -> Result<()> {
    let check = args.contains(&"--check");
    if args.contains(&"--fetch") || check {
        let wheel = fetch::wheel()?;
        for service in SERVICES.iter().filter(|it| it.botocore.is_some()) {
            write(&model_path(service.name), &fetch::reduced(&wheel, service)?, check)?;
        }
    }
    for service in &SERVICES {
        write(&rust_path(service.name), &rust::generate(&model(service.name)?)?, check)?;
    }
    Ok(())
}

fn model_path(service: &str) -> String {
    format!("models/{service}/service-2.json")
}

fn rust_path(service: &str) -> String {
    format!("crates/model/src/{service}.rs")
}

fn model(service: &str) -> Result<Value> {
    let path = model_path(service);
    let text =
        fs::read_to_string(root().join(&path)).with_context(|| format!("{path}: run cargo xtask codegen --fetch"))?;
    let mut model = serde_json::from_str(&text)?;
    extend(&mut model, &extensions(service)).with_context(|| format!("models/{service}/extensions.txt"))?;
    Ok(model)
}

/// What is taken here beside AWS's own; empty for most services.
fn extensions(service: &str) -> String {
    fs::read_to_string(root().join(format!("models/{service}/extensions.txt"))).unwrap_or_default()
}

/// Adds values to enumerations: a line each, the enumeration first.
fn extend(model: &mut Value, extensions: &str) -> Result<()> {
    for line in extensions.lines().filter(|it| !it.starts_with('#')) {
        let (name, values) = line.split_once(' ').with_context(|| format!("no values: {line}"))?;
        let known = model["shapes"][name]["enum"].as_array_mut();
        let known = known.with_context(|| format!("{name} is no enumeration"))?;
        known.extend(values.split(' ').map(Value::from));
    }
    Ok(())
}

/// Writes a generated file, or compares it with the committed one.
fn write(path: &str, text: &str, check: bool) -> Result<()> {
    let file = root().join(path);
    if check {
        let committed = fs::read_to_string(&file).unwrap_or_default();
        ensure!(committed == text, "{path} is stale: run cargo xtask codegen --fetch");
        return Ok(());
    }
    fs::write(&file, text).with_context(|| format!("writing {path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_is_of_an_enumeration() {
        let mut model = serde_json::json!({"shapes": {"Colour": {"enum": ["red"]}, "Size": {}}});
        extend(&mut model, "# ours\nColour blue green\n").expect("it is one");
        assert_eq!(
            model["shapes"]["Colour"]["enum"],
            serde_json::json!(["red", "blue", "green"])
        );
        assert!(extend(&mut model, "Size large\n").is_err());
        assert!(extend(&mut model, "Colour\n").is_err());
    }

    #[test]
    fn committed_code_is_what_the_committed_models_give() {
        for service in &SERVICES {
            let model = model(service.name).expect("the model is committed");
            let text = rust::generate(&model).expect("the model is one that can be generated");
            write(&rust_path(service.name), &text, true).expect("fresh");
        }
    }
}
