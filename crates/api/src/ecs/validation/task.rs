//! Rules for the task as a whole.

use model::ecs::{ContainerDefinition, EphemeralStorage, ProxyConfiguration, TaskDefinition};
use wire::ApiError;

use super::{containers_of, is_windows, name_of, network_mode, requires, setting, some};
use crate::ecs::errors::client;
use crate::ecs::placement;

const MAX_CONSTRAINTS: usize = 10;

pub fn check(it: &TaskDefinition) -> Result<(), ApiError> {
    roles(it)?;
    for container in containers_of(it) {
        network(container, network_mode(it))?;
    }
    if let Some(storage) = &it.ephemeral_storage {
        ephemeral_gib(storage)?;
    }
    if it.enable_fault_injection == Some(true) && !matches!(network_mode(it), "awsvpc" | "host") {
        return Err(client(
            "Fault injection is only supported when networkMode is awsvpc or host.",
        ));
    }
    if let Some(proxy) = &it.proxy_configuration {
        proxied(it, proxy)?;
    }
    windows(it)?;
    constraints(it)
}

pub fn ephemeral_gib(it: &EphemeralStorage) -> Result<u32, ApiError> {
    let size = it.size_in_gi_b.unwrap_or_default();
    match u32::try_from(size).ok().filter(|gib| (21..=200).contains(gib)) {
        Some(gib) => Ok(gib),
        None => Err(client(format!(
            "Invalid setting for ephemeralStorage. The 'sizeInGiB' value {size} must be between 21 and 200."
        ))),
    }
}

fn roles(it: &TaskDefinition) -> Result<(), ApiError> {
    match [&it.task_role_arn, &it.execution_role_arn]
        .into_iter()
        .flatten()
        .all(|role| is_role(role))
    {
        true => Ok(()),
        false => Err(client("Role is not valid")),
    }
}

/// A name, or an ARN of a role.
pub fn is_role(text: &str) -> bool {
    is_role_arn(text) || (!text.starts_with("arn:") && is_role_name(text))
}

pub fn is_role_arn(text: &str) -> bool {
    let role = text
        .strip_prefix("arn:")
        .and_then(|it| it.split_once(":iam::"))
        .map(|(_, it)| it);
    let parts = role.and_then(|it| it.split_once(":role/"));
    parts.is_some_and(|(account, name)| {
        account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()) && is_role_name(name)
    })
}

fn is_role_name(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"+=,.@_-/".contains(&b);
    !text.is_empty() && text.len() <= 512 && text.bytes().all(allowed)
}

fn network(it: &ContainerDefinition, mode: &str) -> Result<(), ApiError> {
    let not_here = |what: &str| Err(client(format!("{what} are not supported when networkMode={mode}.")));
    if mode != "bridge" && some(&it.links) {
        return not_here("Links");
    }
    if mode == "awsvpc" {
        let unsupported = [
            ("Hostnames", it.hostname.is_some()),
            ("Extra hosts", some(&it.extra_hosts)),
            ("DNS servers", some(&it.dns_servers)),
            ("DNS search domains", some(&it.dns_search_domains)),
        ];
        if let Some((what, _)) = unsupported.iter().find(|(_, given)| *given) {
            return not_here(what);
        }
    }
    if mode == "host"
        && it
            .system_controls
            .iter()
            .flatten()
            .any(|c| c.namespace.as_deref().is_some_and(|n| n.starts_with("net.")))
    {
        return not_here("Network system controls");
    }
    if let Some(domain) = it.dns_search_domains.iter().flatten().find(|domain| !is_domain(domain)) {
        return Err(setting(
            it,
            format_args!("The DNS search domain '{domain}' is invalid."),
        ));
    }
    Ok(())
}

fn is_domain(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.';
    (1..=254).contains(&text.len()) && text.bytes().all(allowed) && text.ends_with(|c: char| c.is_ascii_alphanumeric())
}

fn proxied(it: &TaskDefinition, proxy: &ProxyConfiguration) -> Result<(), ApiError> {
    if network_mode(it) != "awsvpc" {
        return Err(client("Proxy configuration is only supported when networkMode=awsvpc."));
    }
    let named = proxy.container_name.as_deref().unwrap_or_default();
    if !containers_of(it).any(|c| name_of(c) == named) {
        return Err(client(format!(
            "The proxy container '{named}' does not exist in the task definition."
        )));
    }
    let has = |name: &str| {
        let mut properties = proxy.properties.iter().flatten();
        properties.any(|it| it.name.as_deref() == Some(name) && it.value.as_ref().is_some_and(|it| !it.is_empty()))
    };
    for name in ["AppPorts", "ProxyIngressPort", "ProxyEgressPort"] {
        if !has(name) {
            return Err(client(format!(
                "The proxy configuration requires the property '{name}'."
            )));
        }
    }
    match has("IgnoredUID") || has("IgnoredGID") {
        true => Ok(()),
        false => Err(client(
            "The proxy configuration requires the property 'IgnoredUID' or 'IgnoredGID'.",
        )),
    }
}

fn windows(it: &TaskDefinition) -> Result<(), ApiError> {
    if !is_windows(it) {
        return Ok(());
    }
    let platform = it.runtime_platform.as_ref();
    if platform.is_some_and(|it| it.cpu_architecture.as_deref() == Some("ARM64")) {
        return Err(client("Windows tasks do not support the ARM64 CPU architecture."));
    }
    if requires(it, "FARGATE") && it.ephemeral_storage.is_some() {
        return Err(client(
            "Windows tasks using the Fargate launch type do not support ephemeralStorage.",
        ));
    }
    match containers_of(it).find(|c| c.linux_parameters.is_some()) {
        Some(container) => Err(setting(
            container,
            "Windows tasks do not support the 'linuxParameters' setting.",
        )),
        None => Ok(()),
    }
}

/// The expressions are understood here, so that no run is surprised by one.
fn constraints(it: &TaskDefinition) -> Result<(), ApiError> {
    let given = it.placement_constraints.as_deref().unwrap_or_default();
    if given.len() > MAX_CONSTRAINTS {
        return Err(client(format!(
            "A task definition can have at most {MAX_CONSTRAINTS} placement constraints."
        )));
    }
    let pairs = given.iter().map(|it| (it.r#type.as_deref(), it.expression.as_deref()));
    placement::constraints(pairs)
        .map(|_| ())
        .map_err(|it| client(it.message))
}
