//! What the protocol has no field for travels as Docker's own `Config` and `HostConfig`, in JSON within JSON. The agent lays it over what
//! it says to its engine itself.

mod linux;

use domain::spec::{Container, Spec};
use model::{acs, ecs};
use wire::{Value, json};

use super::payload::network_mode;

/// What a log that is not waited for may lag behind, where the definition does not say: ECS's default is ten times Docker's.
const LOG_BUFFER: &str = "10m";

/// `it` is what the overrides have left of `definition`, in a task of `spec`, whose containers may write so many GiB each and log in
/// this mode if they name no other.
pub fn docker_config(
    definition: &ecs::ContainerDefinition,
    it: &Container,
    spec: &Spec,
    writable_gib: Option<u32>,
    log_mode: &str,
) -> acs::DockerConfig {
    acs::DockerConfig {
        version: Some("1.21".into()),
        config: Some(json::write_value(&config(definition))),
        host_config: Some(json::write_value(&host_config(
            definition,
            it,
            spec,
            writable_gib,
            log_mode,
        ))),
    }
}

fn config(it: &ecs::ContainerDefinition) -> Value {
    object(vec![
        ("User", it.user.as_deref().map(text)),
        ("WorkingDir", it.working_directory.as_deref().map(text)),
        ("Healthcheck", it.health_check.as_ref().map(health_check)),
        ("Hostname", it.hostname.as_deref().map(text)),
        ("Labels", it.docker_labels.as_ref().and_then(texts)),
        ("NetworkDisabled", switch(it.disable_networking)),
        ("OpenStdin", switch(it.interactive)),
        ("Tty", switch(it.pseudo_terminal)),
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
    object(vec![
        ("Test", Some(Value::List(command.collect()))),
        ("Interval", Some(seconds(it.interval.unwrap_or(30)))),
        ("Timeout", Some(seconds(it.timeout.unwrap_or(5)))),
        ("Retries", Some(Value::Int(i64::from(it.retries.unwrap_or(3))))),
        ("StartPeriod", it.start_period.map(seconds)),
    ])
}

fn host_config(
    definition: &ecs::ContainerDefinition,
    it: &Container,
    spec: &Spec,
    writable_gib: Option<u32>,
    log_mode: &str,
) -> Value {
    let reservation = it.memory_reservation_mib.map(|mib| Value::Int(i64::from(mib) << 20));
    let mut members = vec![
        ("NetworkMode", Some(text(network_mode(spec.network_mode)))),
        ("MemoryReservation", reservation),
        ("Privileged", switch(definition.privileged)),
        ("ReadonlyRootfs", switch(definition.readonly_root_filesystem)),
        ("Dns", list(&definition.dns_servers)),
        ("DnsSearch", list(&definition.dns_search_domains)),
        ("ExtraHosts", hosts(definition)),
        ("SecurityOpt", security(definition)),
        (
            "LogConfig",
            definition.log_configuration.as_ref().map(|it| log(it, log_mode)),
        ),
        (
            "StorageOpt",
            writable_gib.map(|gib| object(vec![("size", Some(Value::Str(format!("{gib}G"))))])),
        ),
        ("Sysctls", linux::sysctls(definition)),
        ("Ulimits", linux::ulimits(definition)),
    ];
    if let Some(parameters) = &definition.linux_parameters {
        members.extend(linux::parameters(parameters, it.memory_mib.or(spec.memory_mib)));
    }
    object(members)
}

fn hosts(it: &ecs::ContainerDefinition) -> Option<Value> {
    let entry = |it: &ecs::HostEntry| {
        let (name, address) = (it.hostname.as_deref(), it.ip_address.as_deref());
        Value::Str(format!("{}:{}", name.unwrap_or_default(), address.unwrap_or_default()))
    };
    values(it.extra_hosts.iter().flatten().map(entry))
}

/// ECS parts an option from its value by a colon, which later engines do not take any more.
fn security(it: &ecs::ContainerDefinition) -> Option<Value> {
    let option = |it: &String| Value::Str(it.replacen(':', "=", 1));
    values(it.docker_security_options.iter().flatten().map(option))
}

fn log(it: &ecs::LogConfiguration, mode: &str) -> Value {
    let mut options = it.options.clone().unwrap_or_default();
    if it.log_driver.as_deref() != Some("none") {
        let mode = options.entry("mode".into()).or_insert_with(|| mode.into());
        if mode == "non-blocking" {
            options
                .entry("max-buffer-size".into())
                .or_insert_with(|| LOG_BUFFER.into());
        }
    }
    object(vec![
        ("Type", it.log_driver.as_deref().map(text)),
        ("Config", texts(&options)),
    ])
}

fn text(it: &str) -> Value {
    Value::Str(it.to_owned())
}

/// What is not switched on is the image's or the engine's to say.
fn switch(it: Option<bool>) -> Option<Value> {
    it.filter(|on| *on).map(Value::Bool)
}

fn list(it: &Option<Vec<String>>) -> Option<Value> {
    values(it.iter().flatten().map(|it| text(it)))
}

fn texts(it: &std::collections::BTreeMap<String, String>) -> Option<Value> {
    let members: Vec<_> = it.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    (!members.is_empty()).then_some(Value::Map(members))
}

/// None where there are none.
fn values(all: impl Iterator<Item = Value>) -> Option<Value> {
    let all: Vec<Value> = all.collect();
    (!all.is_empty()).then_some(Value::List(all))
}

/// The members that are there.
fn object(members: Vec<(&str, Option<Value>)>) -> Value {
    let given = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Map(given.collect())
}

#[cfg(test)]
mod tests;
