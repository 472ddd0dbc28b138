//! Input that breaks the model, made from the model: one call for each constraint of each operation that has behaviour.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use wire::Value;
use wire::json;
use wire::schema::{Field, Range, Schema};

use super::*;
use crate::testing::World;

/// How far into structures constraints are looked for. Deeper ones repeat shapes that were met before.
const MAX_DEPTH: usize = 6;

/// A value that breaks the model in one place, the constraint's name for it, and whether it is the type that is wrong.
struct Bad {
    value: Value,
    what: String,
    is_type: bool,
}

/// Every way to break `schema` in one place. What is not broken is left out, as far as it may be.
fn broken(schema: &'static Schema, depth: usize) -> Vec<Bad> {
    let bad = |value: Value, what: &str| Bad {
        value,
        what: what.into(),
        is_type: false,
    };
    let mut all = vec![Bad {
        value: match schema {
            Schema::Str { .. } | Schema::Enum(_) | Schema::Time => Value::List(Vec::new()),
            _ => Value::Str("no such type".into()),
        },
        what: "type".into(),
        is_type: true,
    }];
    match schema {
        Schema::Struct(fields) if depth < MAX_DEPTH => {
            for field in *fields {
                for inner in broken(field.schema, depth + 1) {
                    all.push(Bad {
                        value: with(fields, field, inner.value),
                        what: format!("{}.{}", field.name, inner.what),
                        is_type: inner.is_type,
                    });
                }
                if field.required {
                    let rest = fields.iter().filter(|it| it.required && it.name != field.name);
                    let members = rest.map(|it| (it.name.to_owned(), good(it.schema))).collect();
                    all.push(bad(Value::Map(members), &format!("{} missing", field.name)));
                }
            }
        }
        Schema::List { of, size } => {
            let items = |n: i64| Value::List((0..n).map(|_| good(of)).collect());
            all.extend(ends(*size).map(|n| bad(items(n), "size")));
            all.extend(broken(of, depth + 1).into_iter().map(|it| Bad {
                value: Value::List(vec![it.value]),
                ..it
            }));
        }
        Schema::Map { of } => all.extend(broken(of, depth + 1).into_iter().map(|it| Bad {
            value: Value::Map(vec![("key".into(), it.value)]),
            ..it
        })),
        Schema::Str { length, pattern } => {
            all.extend(ends(*length).map(|n| bad(Value::Str("a".repeat(n as usize)), "length")));
            if pattern.is_some() {
                all.push(bad(Value::Str("\u{1}".into()), "pattern"));
            }
        }
        Schema::Enum(_) => all.push(bad(Value::Str("no such word".into()), "enum")),
        Schema::Int(range) | Schema::Long(range) => all.extend(ends(*range).map(|n| bad(Value::Int(n), "range"))),
        Schema::Struct(_) | Schema::Double | Schema::Bool | Schema::Time => {}
    }
    all
}

/// One below the least and one above the most.
fn ends(range: Range) -> impl Iterator<Item = i64> {
    let below = range.min.filter(|n| *n > 0).map(|n| n - 1);
    below
        .into_iter()
        .chain(range.max.filter(|n| *n < 100_000).map(|n| n + 1))
}

fn with(fields: &[Field], changed: &Field, value: Value) -> Value {
    let kept = fields.iter().filter(|it| it.required && it.name != changed.name);
    let mut members: Vec<_> = kept.map(|it| (it.name.to_owned(), good(it.schema))).collect();
    members.push((changed.name.to_owned(), value));
    Value::Map(members)
}

/// The least that the model allows.
fn good(schema: &'static Schema) -> Value {
    match schema {
        Schema::Struct(fields) => Value::Map(
            fields
                .iter()
                .filter(|it| it.required)
                .map(|it| (it.name.to_owned(), good(it.schema)))
                .collect(),
        ),
        Schema::List { of, size } => Value::List((0..size.min.unwrap_or(0)).map(|_| good(of)).collect()),
        Schema::Map { .. } => Value::Map(Vec::new()),
        Schema::Str { length, .. } => Value::Str("a".repeat(length.min.unwrap_or(1).max(1) as usize)),
        Schema::Enum(words) => Value::Str(words[0].to_owned()),
        Schema::Int(range) | Schema::Long(range) => Value::Int(range.min.unwrap_or(0)),
        Schema::Double => Value::Double(0.0),
        Schema::Bool => Value::Bool(false),
        Schema::Time => Value::Double(0.0),
    }
}

#[test]
fn each_constraint_of_the_model_is_held() {
    let world = World::new("cluster web; host a in web; family app");
    let mut tried = 0;
    for service in SERVICES.iter() {
        for operation in service
            .model
            .operations
            .iter()
            .filter(|it| service.handler(it.name).is_some())
        {
            for bad in broken(operation.input, 0) {
                // A body that is no structure never gets here: the door refuses it.
                if !matches!(bad.value, Value::Map(_)) {
                    continue;
                }
                tried += 1;
                let call = Call {
                    service,
                    operation,
                    input: bad.value,
                };
                let name = operation.name;
                let before = world.view().rev();
                let Err(error) = world.with(|cx| run(cx, &call)) else {
                    panic!("{name} accepts {} ({})", json::write_value(&call.input), bad.what);
                };
                assert_eq!(error.status, 400, "{name} {}", bad.what);
                let expected: &[&str] = match bad.is_type {
                    true => &["SerializationException"],
                    false => &[
                        "InvalidParameterException",
                        "InvalidParameterValue",
                        "ValidationException",
                        "ValidationError",
                    ],
                };
                assert!(expected.contains(&&*error.code), "{name} {}: {error}", bad.what);
                assert_eq!(world.view().rev(), before, "nothing is written");
            }
        }
    }
    assert!(tried > 900, "{tried}");
}

/// Requests as clients send them, to be damaged.
const REQUESTS: [(&str, &str); 4] = [
    (
        "RunTask",
        r#"{"cluster":"web","taskDefinition":"app","count":2,"overrides":{"containerOverrides":[{"name":"main","environment":[{"name":"A","value":"b"}]}]},"placementConstraints":[{"type":"memberOf","expression":"attribute:a == b"}],"tags":[{"key":"k","value":"v"}]}"#,
    ),
    (
        "RegisterTaskDefinition",
        r#"{"family":"web","cpu":"256","memory":"512","containerDefinitions":[{"name":"a","image":"b","portMappings":[{"containerPort":80}],"dependsOn":[{"containerName":"a","condition":"START"}],"ulimits":[{"name":"nofile","softLimit":1,"hardLimit":2}]}],"volumes":[{"name":"v","host":{"sourcePath":"/x"}}]}"#,
    ),
    (
        "ListTasks",
        r#"{"cluster":"web","maxResults":3,"nextToken":"abc","desiredStatus":"RUNNING"}"#,
    ),
    (
        "RegisterContainerInstance",
        r#"{"cluster":"web","totalResources":[{"name":"CPU","type":"INTEGER","integerValue":1024}],"attributes":[{"name":"x","value":"y"}]}"#,
    ),
];

proptest! {
    /// Whatever a client sends, it gets an answer or an error of ours, and nobody's memory or stack pays for it.
    #[test]
    fn damaged_requests_are_answered(
        which in 0..REQUESTS.len(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(
            vec!["", "\"", "{", "}", "[", "]", ",", ":", "null", "-1", "1e999", "99999999999999999999", "\u{0}", "\\u0000", "é", "true", "0.5"],
        )), 1..6),
    ) {
        let world = World::new("cluster web; host a in web; family app");
        let (name, request) = REQUESTS[which];
        let mut body = request.as_bytes().to_vec();
        for (at, piece) in damage {
            let at = at.index(body.len());
            body.splice(at..=at, piece.bytes());
        }
        if let Ok(input) = json::parse(&body) {
            let service = service(|it| it.operation(name).is_some()).unwrap();
            let call = Call { service, operation: service.model.operation(name).unwrap(), input };
            if let Err(error) = world.with(|cx| run(cx, &call)) {
                prop_assert!(error.status == 400, "{error}");
            }
        }
    }
}

#[test]
fn a_name_of_a_megabyte_is_refused_in_a_short_text() {
    let world = World::new("");
    let long = "x".repeat(1 << 20);
    for call in [
        format!(r#"CreateCluster {{"clusterName":"{long}"}}"#),
        format!(r#"RunTask {{"taskDefinition":"{long}"}}"#),
        format!(r#"DescribeTasks {{"tasks":["a"],"cluster":"{long}"}}"#),
        format!(r#"RegisterTaskDefinition {{"family":"{long}","containerDefinitions":[]}}"#),
        format!(r#"RegisterTaskDefinition {{"family":"a","containerDefinitions":[{{"name":"a","image":"{long}"}}]}}"#),
        format!(r#"ListContainerInstances {{"filter":"{long}"}}"#),
        format!(r#"TagResource {{"resourceArn":"{long}","tags":[]}}"#),
    ] {
        let answer = world.ask(&call).show(None);
        assert!(
            answer.starts_with("400 ") && answer.len() < 1_000,
            "{}…",
            &answer[..200.min(answer.len())]
        );
    }
}
