//! From one reduced model to one Rust file: a `shape!` per structure, statics for the rest, and the service's table.

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};

/// The whole file for one service.
pub fn generate(model: &Value) -> Result<String> {
    let shapes = model["shapes"].as_object().context("a model has shapes")?;
    let mut out = String::from("// Written by `cargo xtask codegen` from the service's model. Not for editing.\n\n");
    out.push_str("use wire::{schema as s, shape};\n\n");
    out += &service(model)?;
    let names = Names::of(model, shapes);
    for (name, shape) in shapes.iter().filter(|(_, shape)| shape.get("exception").is_none()) {
        out += &item(name, shape, shapes, &names).with_context(|| format!("shape {name}"))?;
    }
    Ok(out)
}

/// What members are called on the wire. Everywhere as in the model, but for EC2's own protocol.
enum Names {
    AsMembers,
    /// Shapes that requests reach spell their members with a capital; answers go by `locationName`.
    Ec2 {
        requested: BTreeSet<String>,
    },
}

impl Names {
    fn of(model: &Value, shapes: &Map<String, Value>) -> Self {
        if model["metadata"]["protocol"] != "ec2" {
            return Names::AsMembers;
        }
        let mut requested = BTreeSet::new();
        let operations = model["operations"].as_object().into_iter().flat_map(Map::values);
        operations.for_each(|it| reached(&it["input"], shapes, &mut requested));
        Names::Ec2 { requested }
    }

    fn wire(&self, shape: &str, member: &str, reference: &Value) -> String {
        let located = reference["locationName"].as_str().unwrap_or(member);
        match self {
            Names::AsMembers => member.to_owned(),
            Names::Ec2 { requested } if requested.contains(shape) => {
                let name = reference["queryName"].as_str().unwrap_or(located);
                name[..1].to_uppercase() + &name[1..]
            }
            Names::Ec2 { .. } => located.to_owned(),
        }
    }
}

fn reached(it: &Value, shapes: &Map<String, Value>, names: &mut BTreeSet<String>) {
    if let Some(name) = it["shape"].as_str()
        && names.insert(name.to_owned())
        && let Some(shape) = shapes.get(name)
    {
        let members = shape["members"].as_object().into_iter().flat_map(Map::values);
        members
            .chain(shape.get("member"))
            .for_each(|it| reached(it, shapes, names));
    }
}

fn service(model: &Value) -> Result<String> {
    let metadata = &model["metadata"];
    let text = |key: &str| metadata[key].as_str().unwrap_or_default().to_owned();
    let protocol = match metadata["protocol"].as_str() {
        Some("json") => "Json11",
        Some("query") => "Query",
        Some("ec2") => "Ec2",
        other => bail!("protocol {other:?} has no codec yet"),
    };
    let signing = metadata["signingName"]
        .as_str()
        .or(metadata["endpointPrefix"].as_str())
        .unwrap_or_default();
    let mut out = String::new();
    writeln!(out, "pub static API: s::Service = s::Service {{")?;
    writeln!(out, "    signing_name: {signing:?},")?;
    writeln!(out, "    target_prefix: {:?},", text("targetPrefix"))?;
    writeln!(out, "    version: {:?},", text("apiVersion"))?;
    writeln!(out, "    xml_namespace: {:?},", text("xmlNamespace"))?;
    writeln!(out, "    protocol: s::Protocol::{protocol},")?;
    writeln!(out, "    operations: &[")?;
    let operations = model["operations"].as_object().context("a model has operations")?;
    for name in operations.keys().collect::<BTreeSet<_>>() {
        let operation = &operations[name];
        let input = operation["input"]["shape"]
            .as_str()
            .map_or("NOTHING".to_owned(), static_name);
        let errors: Vec<_> = operation["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|it| it["shape"].as_str())
            .collect();
        writeln!(
            out,
            "        s::Operation {{ name: {name:?}, input: &{input}, errors: &{errors:?} }},"
        )?;
    }
    writeln!(out, "    ],\n}};\n")?;
    if out.contains("&NOTHING") {
        writeln!(out, "static NOTHING: s::Schema = s::Schema::Struct(&[]);\n")?;
    }
    Ok(out)
}

fn item(name: &str, shape: &Value, shapes: &Map<String, Value>, names: &Names) -> Result<String> {
    let constant = static_name(name);
    let schema = match kind(shape) {
        "structure" => return structure(name, shape, shapes, names),
        "list" => format!(
            "s::Schema::List {{ of: &{}, size: {} }}",
            target(&shape["member"])?,
            range(shape)
        ),
        "map" => format!("s::Schema::Map {{ of: &{} }}", target(&shape["value"])?),
        "string" => match shape["enum"].as_array() {
            Some(allowed) => format!(
                "s::Schema::Enum(&{})",
                serde_json::to_string(allowed)?.replace(',', ", ")
            ),
            None => format!(
                "s::Schema::Str {{ length: {}, pattern: {} }}",
                range(shape),
                pattern(shape)?
            ),
        },
        "integer" => format!("s::Schema::Int({})", range(shape)),
        "long" => format!("s::Schema::Long({})", range(shape)),
        "double" | "float" => "s::Schema::Double".into(),
        "boolean" => "s::Schema::Bool".into(),
        "timestamp" => "s::Schema::Time".into(),
        other => bail!("type {other} has no codec yet"),
    };
    Ok(format!("static {constant}: s::Schema = {schema};\n"))
}

fn structure(name: &str, shape: &Value, shapes: &Map<String, Value>, names: &Names) -> Result<String> {
    let required: BTreeSet<&str> = shape["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut out = format!("shape!({name} {} {{\n", static_name(name));
    for (member, reference) in shape["members"].as_object().into_iter().flatten() {
        let of = reference["shape"].as_str().context("a member names its shape")?;
        let mark = if required.contains(member.as_str()) {
            ", required"
        } else {
            ""
        };
        writeln!(
            out,
            "    {} {:?} {}, &{}{mark};",
            field_name(member),
            names.wire(name, member, reference),
            rust_type(of, shapes)?,
            static_name(of)
        )?;
    }
    out.push_str("});\n");
    Ok(out)
}

fn rust_type(name: &str, shapes: &Map<String, Value>) -> Result<String> {
    let shape = shapes.get(name).with_context(|| format!("no shape {name}"))?;
    let inner = |reference: &Value| rust_type(reference["shape"].as_str().unwrap_or_default(), shapes);
    Ok(match kind(shape) {
        "structure" => name.to_owned(),
        "list" => format!("Vec<{}>", inner(&shape["member"])?),
        "map" => format!("std::collections::BTreeMap<String, {}>", inner(&shape["value"])?),
        "string" => "String".into(),
        "integer" => "i32".into(),
        "long" => "i64".into(),
        "double" | "float" => "f64".into(),
        "boolean" => "bool".into(),
        "timestamp" => "wire::time::Time".into(),
        other => bail!("type {other} has no codec yet"),
    })
}

fn kind(shape: &Value) -> &str {
    shape["type"].as_str().unwrap_or_default()
}

fn target(reference: &Value) -> Result<String> {
    Ok(static_name(
        reference["shape"].as_str().context("a reference names its shape")?,
    ))
}

fn range(shape: &Value) -> String {
    let end = |key: &str| shape[key].as_f64().map(|n| n as i64);
    match (end("min"), end("max")) {
        (None, None) => "s::Range::ANY".into(),
        (min, max) => format!("s::Range {{ min: {min:?}, max: {max:?} }}"),
    }
}

/// Reads `[class]+`, `[class]*` and the same in brackets; whatever else a model may bring must be taught first.
fn pattern(shape: &Value) -> Result<String> {
    let Some(text) = shape["pattern"].as_str() else {
        return Ok("None".into());
    };
    let core = text
        .trim_start_matches('^')
        .trim_end_matches('$')
        .trim_start_matches('(')
        .trim_end_matches(')');
    let (class, one_or_more) = match (
        core.strip_suffix(']').is_some(),
        core.strip_suffix("]+"),
        core.strip_suffix("]*"),
    ) {
        (false, Some(class), _) => (class, true),
        (false, None, Some(class)) => (class, false),
        _ => bail!("pattern {text} is not a class with + or *"),
    };
    let mut rest = class
        .strip_prefix('[')
        .with_context(|| format!("pattern {text} is not one class"))?
        .chars()
        .peekable();
    let (mut ranges, mut letters, mut numbers, mut separators) = (Vec::new(), false, false, false);
    while let Some(c) = rest.next() {
        let c = if c == '\\' {
            rest.next().context("a lone backslash")?
        } else {
            c
        };
        if c == 'p' && rest.peek() == Some(&'{') {
            match rest.by_ref().take(3).collect::<String>().as_str() {
                "{L}" => letters = true,
                "{N}" => numbers = true,
                "{Z}" => separators = true,
                other => bail!("pattern {text}: \\p{other} is not known"),
            }
            continue;
        }
        ensure!(
            c != '[' && c != '^',
            "pattern {text}: nested or negated classes are not known"
        );
        let mut ahead = rest.clone();
        let end = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(end)) if c.is_ascii_alphanumeric() && end.is_ascii_alphanumeric() => {
                rest = ahead;
                end
            }
            _ => c,
        };
        ranges.push((c, end));
    }
    Ok(format!(
        "Some(&s::Pattern {{ text: {text:?}, ranges: &{ranges:?}, letters: {letters}, numbers: {numbers}, separators: {separators}, \
         one_or_more: {one_or_more} }})"
    ))
}

/// `privateIpv4Address` → `private_ipv4_address`, `bindIP` → `bind_ip`, `awsvpcConfiguration` → `awsvpc_configuration`.
fn snake(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (i, c) in chars.iter().enumerate() {
        if c.is_ascii_uppercase() {
            let after_lower = i > 0 && !chars[i - 1].is_ascii_uppercase();
            let before_lower = i > 0 && chars.get(i + 1).is_some_and(char::is_ascii_lowercase);
            if after_lower || before_lower {
                out.push('_');
            }
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn field_name(member: &str) -> String {
    match snake(member).as_str() {
        word @ ("type" | "match" | "ref" | "in" | "as" | "where" | "use") => format!("r#{word}"),
        other => other.to_owned(),
    }
}

fn static_name(shape: &str) -> String {
    snake(shape).to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_rust() {
        assert_eq!(snake("privateIpv4Address"), "private_ipv4_address");
        assert_eq!(snake("bindIP"), "bind_ip");
        assert_eq!(snake("RunTaskRequest"), "run_task_request");
        assert_eq!(snake("webACLArn"), "web_acl_arn");
        assert_eq!(field_name("type"), "r#type");
    }

    #[test]
    fn a_pattern_that_is_no_plain_class_stops_the_generator() {
        for bad in ["a|b", "[a-z]+[0-9]", "[^a]*", "[a-z]{3}"] {
            assert!(pattern(&serde_json::json!({ "pattern": bad })).is_err(), "{bad}");
        }
        let tag = pattern(&serde_json::json!({ "pattern": r"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)" })).expect("known");
        assert!(
            tag.contains("letters: true, numbers: true, separators: true, one_or_more: false"),
            "{tag}"
        );
        assert!(tag.contains("('-', '-'), ('@', '@')"), "{tag}");
    }
}
