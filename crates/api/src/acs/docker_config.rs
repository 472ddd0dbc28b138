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
        ("Labels", (!labels.is_empty()).then_some(Value::Map(labels))),
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
