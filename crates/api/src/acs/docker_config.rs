//! What the protocol has no field for travels as Docker's own `Config` and `HostConfig`, in JSON within JSON. The agent lays it over what
//! it says to its engine itself.

use domain::spec::{Container, NetworkMode};
use model::{acs, ecs};
use wire::{Value, json};

use super::payload::network_mode;

/// `it` is what the overrides have left of `definition`.
pub fn docker_config(definition: &ecs::ContainerDefinition, it: &Container, mode: NetworkMode) -> acs::DockerConfig {
    acs::DockerConfig {
        version: Some("1.21".into()),
        config: Some(json::write_value(&config(definition))),
        host_config: Some(json::write_value(&host_config(it, mode))),
    }
}

fn config(it: &ecs::ContainerDefinition) -> Value {
    let labels = it.docker_labels.iter().flatten();
    let labels: Vec<_> = labels.map(|(name, value)| (name.clone(), text(value))).collect();
    object([
        ("User", it.user.as_deref().map(text)),
        ("WorkingDir", it.working_directory.as_deref().map(text)),
        ("Healthcheck", it.health_check.as_ref().map(health_check)),
        ("Labels", (!labels.is_empty()).then_some(Value::Map(labels))),
    ])
}

/// Docker's times are in nanoseconds. What is not given is as ECS has it, so that no check of the image's shines through.
fn health_check(it: &ecs::HealthCheck) -> Value {
    let given = it.command.as_deref().unwrap_or_default();
    let kind = match given.first().map(String::as_str) {
        Some("CMD" | "CMD-SHELL") => None,
        Some(_) | None => Some(text("CMD")),
    };
    let command = kind.into_iter().chain(given.iter().map(|it| text(it)));
    let seconds = |n: i32| Value::Int(i64::from(n) * 1_000_000_000);
    object([
        ("Test", Some(Value::List(command.collect()))),
        ("Interval", Some(seconds(it.interval.unwrap_or(30)))),
        ("Timeout", Some(seconds(it.timeout.unwrap_or(5)))),
        ("Retries", Some(Value::Int(i64::from(it.retries.unwrap_or(3))))),
        ("StartPeriod", it.start_period.map(seconds)),
    ])
}

fn host_config(it: &Container, mode: NetworkMode) -> Value {
    let reservation = it.memory_reservation_mib.map(|mib| Value::Int(i64::from(mib) << 20));
    object([
        ("NetworkMode", Some(text(network_mode(mode)))),
        ("MemoryReservation", reservation),
    ])
}

fn text(it: &str) -> Value {
    Value::Str(it.to_owned())
}

/// The members that are there.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let given = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Map(given.collect())
}
