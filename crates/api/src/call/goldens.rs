//! Requests as boto3 sends them, recorded once for each operation: the target, the content type and the body, to the byte.

#![allow(clippy::unwrap_used)]

use wire::schema::Protocol;
use wire::{Value, json, query};

use super::*;
use crate::testing::World;

const RECORDED: &str = include_str!("../../goldens/boto3.json");

pub(super) fn recorded() -> Vec<(String, Value)> {
    match json::parse(RECORDED.as_bytes()).unwrap() {
        Value::Map(members) => members,
        other => panic!("{other:?}"),
    }
}

pub(super) fn text<'a>(golden: &'a Value, field: &str) -> &'a str {
    match golden.get(field) {
        Some(Value::Str(text)) => text,
        other => panic!("{field}: {other:?}"),
    }
}

#[test]
fn every_operation_reads_what_boto3_sends() {
    let world = World::new("cluster tour; cluster host; host a in host; family tour-ec2; fargate tour-fargate");
    for (name, golden) in recorded() {
        let service = service(|it| it.operation(&name).is_some()).unwrap();
        let (operation, body) = (service.model.operation(&name).unwrap(), text(&golden, "body"));
        let input = match service.model.protocol {
            Protocol::Json11 => {
                assert_eq!(
                    text(&golden, "target"),
                    format!("{}.{name}", service.model.target_prefix)
                );
                assert_eq!(text(&golden, "contentType"), "application/x-amz-json-1.1");
                json::parse(body.as_bytes()).unwrap()
            }
            protocol => {
                let fields = query::fields(body).unwrap();
                assert!(
                    fields.contains(&("Version".into(), service.model.version.into())),
                    "{name}"
                );
                query::input(protocol, operation.input, &fields)
            }
        };
        let sent = json::write_value(&input);
        let call = Call {
            service,
            operation,
            input,
        };
        // What is named need not be in this world, but the request is always one that is understood.
        if let Err(error) = world.with(|cx| run(cx, &call)) {
            assert_ne!(error.code, "SerializationException", "{name} {sent}");
            assert!(
                !error.message.contains("validation error detected"),
                "{name} {sent}: {error}"
            );
        }
    }
}

#[test]
fn every_operation_with_behaviour_was_recorded() {
    let known: Vec<String> = recorded().into_iter().map(|(name, _)| name).collect();
    for service in SERVICES
        .iter()
        .filter(|it| it.model.signing_name != "ecs" || it.model.target_prefix.starts_with("Amazon"))
    {
        for handler in service.handlers {
            assert!(known.iter().any(|it| it == handler.name), "{}", handler.name);
        }
    }
}
