//! From the pinned botocore wheel to the reduced models that are committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::Service;
use crate::root;

/// What every model comes from. Change both, run `cargo xtask codegen --fetch`, and read the difference.
const WHEEL: &str = "botocore-1.44.5-py3-none-any.whl";
const WHEEL_SHA256: &str = "8f16a56d1dff125dd65322ae021efa7ba5195a6db5102b96862566055b748921";
const INDEX: &str = "https://pypi.org/simple/botocore/";

/// The wheel on disk, fetched if it is not there yet. Its digest is checked each time.
pub fn wheel() -> Result<PathBuf> {
    let path = root().join("target").join(WHEEL);
    if !path.exists() {
        let index = String::from_utf8(output("curl", &["-fsSL", INDEX])?)?;
        let url = index
            .split('"')
            .find(|it| it.contains(WHEEL) && it.contains(WHEEL_SHA256))
            .with_context(|| format!("{INDEX} does not list {WHEEL} with the pinned digest"))?;
        fs::create_dir_all(root().join("target"))?;
        let target = path.to_str().context("the repository's path is not UTF-8")?;
        output("curl", &["-fsSL", "-o", target, &absolute(url)])?;
    }
    let digest = hex::encode(Sha256::digest(fs::read(&path)?));
    ensure!(
        digest == WHEEL_SHA256,
        "{}: digest {digest}, pinned is {WHEEL_SHA256}; delete the file and try again",
        path.display()
    );
    Ok(path)
}

/// An index may link relative to itself.
fn absolute(url: &str) -> String {
    if url.starts_with("http") {
        url.to_owned()
    } else {
        format!("https://pypi.org/{}", url.trim_start_matches(['.', '/']))
    }
}

/// One service's model with only what its listed operations reach, and no documentation.
pub fn reduced(wheel: &Path, service: &Service) -> Result<String> {
    let version = service.botocore.context("not one of botocore's services")?;
    let entry = format!("botocore/data/{}/{version}/service-2.json.gz", service.name);
    let script = format!("unzip -p '{}' '{entry}' | gzip -dc", wheel.display());
    let model: Value = serde_json::from_slice(&output("sh", &["-c", &script])?)?;

    let list = root().join("models").join(service.name).join("operations.txt");
    let wanted =
        fs::read_to_string(&list).with_context(|| format!("{}: name the operations, one a line", list.display()))?;
    let mut operations = Map::new();
    for name in wanted.lines() {
        let operation = model["operations"]
            .get(name)
            .with_context(|| format!("{}: no operation {name}", service.name))?;
        operations.insert(name.to_owned(), undocumented(operation));
    }

    let mut all = model["shapes"].as_object().context("a model has shapes")?.clone();
    keep_members(service, &mut all)?;
    let all = &all;
    let mut reached = BTreeSet::new();
    operations.values().for_each(|it| reach(it, all, &mut reached));
    let shapes: Map<_, _> = reached
        .into_iter()
        .map(|name| (name.clone(), undocumented(&all[&name])))
        .collect();
    let reduced = serde_json::json!({
        "metadata": model["metadata"],
        "operations": operations,
        "shapes": shapes,
    });
    Ok(serde_json::to_string_pretty(&reduced)? + "\n")
}

/// Drops what is never filled in: whole models can be too large to be compiled for the sake of a few answers.
fn keep_members(service: &Service, all: &mut Map<String, Value>) -> Result<()> {
    let list = root().join("models").join(service.name).join("members.txt");
    let Ok(wanted) = fs::read_to_string(&list) else {
        return Ok(());
    };
    for line in wanted.lines() {
        let (shape, names) = line
            .split_once(':')
            .with_context(|| format!("{}: {line}", list.display()))?;
        let names: BTreeSet<&str> = names.split_whitespace().collect();
        let found = all.get_mut(shape).and_then(Value::as_object_mut);
        let found = found.with_context(|| format!("{}: no shape {shape}", list.display()))?;
        if names.is_empty() {
            // A word that is not only AWS's to choose.
            found.remove("enum");
            continue;
        }
        let members = found.get_mut("members").and_then(Value::as_object_mut);
        let members = members.with_context(|| format!("{}: no structure {shape}", list.display()))?;
        for name in &names {
            ensure!(
                members.contains_key(*name),
                "{}: {shape} has no member {name}",
                list.display()
            );
        }
        members.retain(|name, _| names.contains(name.as_str()));
    }
    Ok(())
}

/// Adds every shape that is named somewhere in `it`, and what those name. Of an exception only the name is wanted.
fn reach(it: &Value, all: &Map<String, Value>, reached: &mut BTreeSet<String>) {
    match it {
        Value::Object(members) => {
            if let Some(name) = members.get("shape").and_then(Value::as_str)
                && all.contains_key(name)
                && reached.insert(name.to_owned())
                && all[name].get("exception").is_none()
            {
                reach(&all[name], all, reached);
            }
            members.values().for_each(|member| reach(member, all, reached));
        }
        Value::Array(items) => items.iter().for_each(|item| reach(item, all, reached)),
        _ => {}
    }
}

fn undocumented(it: &Value) -> Value {
    match it {
        Value::Object(members) => {
            // A member that is itself called so is a structure's, and holds an object.
            let kept = |(key, value): &(&String, &Value)| !key.starts_with("documentation") || value.is_object();
            Value::Object(
                members
                    .iter()
                    .filter(kept)
                    .map(|(key, value)| (key.clone(), undocumented(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(undocumented).collect()),
        other => other.clone(),
    }
}

fn output(program: &str, args: &[&str]) -> Result<Vec<u8>> {
    let out = Command::new(program)
        .args(args)
        .output()
        .with_context(|| format!("running {program}: codegen --fetch needs curl, unzip and gzip on the PATH"))?;
    if !out.status.success() {
        bail!(
            "{program} {}: {}",
            args.join(" "),
            String::from_utf8_lossy(&out.stderr).trim()
        );
    }
    Ok(out.stdout)
}
