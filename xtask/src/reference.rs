//! docs/compatibility.md: what each operation of the ECS model does here, field by field, from the model, the table of handlers and
//! `models/ecs/support.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};

use crate::root;
use crate::tidy::operations;

pub const PAGE: &str = "docs/compatibility.md";
const MODEL: &str = "models/ecs/service-2.json";
const SUPPORT: &str = "models/ecs/support.txt";
/// Where fields are refused by name.
const INERT: &str = "crates/api/src/ecs/inert.rs";

/// Writes the page.
pub fn run() -> Result<()> {
    fs::write(root().join(PAGE), page()?).with_context(|| format!("writing {PAGE}"))
}

/// The page as it ought to be.
pub fn page() -> Result<String> {
    let model: Value = serde_json::from_slice(&fs::read(root().join(MODEL)).context(MODEL)?)?;
    let shapes = model["shapes"].as_object().context("a model has shapes")?;
    let support = Support::read(shapes)?;
    let served: BTreeSet<String> = operations::served("ecs")?.into_iter().collect();
    let all = model["operations"].as_object().context("a model has operations")?;

    let mut page = String::from(INTRODUCTION);
    writeln!(page, "\n## Operations ({} of {})\n", served.len(), all.len())?;
    let mut structures = BTreeSet::new();
    for name in &served {
        let input = all[name]["input"]["shape"].as_str().unwrap_or_default();
        writeln!(
            page,
            "### {name}\n\n{}",
            fields(input, shapes, &support, &mut structures)?
        )?;
    }
    page.push_str("## Structures\n\nWhat fields above are made of.\n\n");
    let mut shown = BTreeSet::new();
    while let Some(name) = structures.iter().find(|it| !shown.contains(*it)).cloned() {
        fields(&name, shapes, &support, &mut structures)?;
        shown.insert(name);
    }
    for name in &shown {
        writeln!(
            page,
            "### {name}\n\n{}",
            fields(name, shapes, &support, &mut structures)?
        )?;
    }
    let not: Vec<String> = all
        .keys()
        .filter(|it| !served.contains(*it))
        .map(|it| format!("`{it}`"))
        .collect();
    writeln!(
        page,
        "## Not yet ({})\n\nThese answer an error that names them: {}.",
        not.len(),
        not.join(", ")
    )?;
    Ok(page)
}

const INTRODUCTION: &str = "# Compatibility with ECS

Written by `cargo xtask reference` from the model of botocore and from what the code does; not for editing.

A field that is only named **acts**; of some, values that need what is not here yet are refused. One that is *kept* is stored and shown,
without effect. One that is *refused* may be stored, but a call or a run that relies on it is refused by its name. One that is *ignored* is
accepted and forgotten, as AWS does. How what acts differs from AWS, and which other services are here, is told in
[Differences](differences.md).
";

/// A structure's fields in one paragraph, those that act first. Structures that they hold are added to `structures`.
fn fields(
    name: &str,
    shapes: &Map<String, Value>,
    support: &Support,
    structures: &mut BTreeSet<String>,
) -> Result<String> {
    let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (member, reference) in shapes[name]["members"].as_object().into_iter().flatten() {
        let status = support.of(name, member);
        groups.entry(status).or_default().push(format!("`{member}`"));
        if status != "refused" && status != "ignored" {
            structures.extend(structure_of(reference, shapes));
        }
    }
    let mut parts = Vec::new();
    for (status, title) in [
        ("acts", ""),
        ("partly", "Some values refused: "),
        ("kept", "Kept: "),
        ("refused", "Refused: "),
        ("ignored", "Ignored: "),
    ] {
        if let Some(names) = groups.get(status) {
            parts.push(format!("{title}{}.", names.join(", ")));
        }
    }
    Ok(match parts.is_empty() {
        true => "Takes nothing.\n".into(),
        false => parts.join("\n\n") + "\n",
    })
}

/// The structure that a member holds, itself or in a list.
fn structure_of(reference: &Value, shapes: &Map<String, Value>) -> Option<String> {
    let name = reference["shape"].as_str()?;
    let shape = shapes.get(name)?;
    match shape["type"].as_str()? {
        "structure" => Some(name.to_owned()),
        "list" => structure_of(&shape["member"], shapes),
        _ => None,
    }
}

/// Status by `Structure.member`.
struct Support(BTreeMap<String, String>);

impl Support {
    fn read(shapes: &Map<String, Value>) -> Result<Self> {
        let text = fs::read_to_string(root().join(SUPPORT)).context(SUPPORT)?;
        let mut all = BTreeMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let (field, status) = line.split_once(' ').with_context(|| format!("{SUPPORT}: {line}"))?;
            let (shape, member) = field.split_once('.').with_context(|| format!("{SUPPORT}: {line}"))?;
            let known = shapes.get(shape).is_some_and(|it| it["members"].get(member).is_some());
            ensure!(known, "{SUPPORT}: the model has no {field}");
            ensure!(
                ["partly", "kept", "refused", "ignored"].contains(&status),
                "{SUPPORT}: {field} cannot be {status}"
            );
            all.insert(field.to_owned(), status.to_owned());
        }
        Ok(Self(all))
    }

    fn of(&self, shape: &str, member: &str) -> &str {
        self.0.get(&format!("{shape}.{member}")).map_or("acts", String::as_str)
    }
}

/// Fields that the code refuses by name and the page does not, which would be a promise that is not kept.
pub fn not_told() -> Result<Vec<String>> {
    let code = fs::read_to_string(root().join(INERT)).context(INERT)?;
    let support = fs::read_to_string(root().join(SUPPORT)).context(SUPPORT)?;
    let named = code.split("(\"").chain(code.split("            \"")).skip(1);
    let names: BTreeSet<&str> = named
        .filter_map(|rest| rest.split_once("\",").map(|(name, _)| name))
        // Fields begin in lower case; operations do not.
        .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter(|name| name.chars().all(|c| c.is_ascii_alphabetic() || c == '.'))
        .collect();
    ensure!(
        names.len() > 10,
        "{INERT} does not look as it did: teach xtask to read it"
    );
    let told = |name: &str| {
        let member = name.rsplit('.').next().unwrap_or_default();
        support
            .lines()
            .any(|line| line.ends_with(&format!(".{member} refused")) || line.ends_with(&format!(".{member} partly")))
    };
    Ok(names
        .into_iter()
        .filter(|name| !told(name))
        .map(str::to_owned)
        .collect())
}
