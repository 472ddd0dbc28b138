//! Port mappings: numbers, ranges and names, by network mode.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use model::ecs::{ContainerDefinition, PortMapping, TaskDefinition};
use wire::ApiError;

use super::{containers_of, name_of, network_mode, setting};
use crate::ecs::errors::client;

/// Most port ranges of one container.
const MAX_RANGES: usize = 100;
const MAX_NAME: usize = 64;

pub fn normalise(it: &mut TaskDefinition) -> Result<(), ApiError> {
    let mode = network_mode(it).to_owned();
    for container in it.container_definitions.iter_mut().flatten() {
        let name = name_of(container).to_owned();
        of_container(container, &name, &mode)?;
        ranges(container, &mode)?;
    }
    names(it)?;
    host_ports(it)
}

fn of_container(it: &mut ContainerDefinition, name: &str, mode: &str) -> Result<(), ApiError> {
    let mappings = it.port_mappings.get_or_insert_default();
    if mode == "none" && !mappings.is_empty() {
        return Err(client("Port mappings are not supported when networkMode=none."));
    }
    for mapping in mappings.iter_mut() {
        if mapping.container_port_range.is_none() {
            let port = mapping.container_port.unwrap_or_default();
            if !(1..=65535).contains(&port) {
                return Err(client(format!(
                    "Invalid 'containerPort' setting for container '{name}': {port}."
                )));
            }
            let shared = matches!(mode, "awsvpc" | "host");
            let host = *mapping.host_port.get_or_insert(if shared { port } else { 0 });
            if !(0..=65535).contains(&host) {
                return Err(client(format!(
                    "Invalid 'hostPort' setting for container '{name}': {host}."
                )));
            }
            if shared && host == 0 {
                mapping.host_port = Some(port);
            } else if shared && host != port {
                return Err(client(format!(
                    "When networkMode={mode}, the host ports and container ports in port mappings must match."
                )));
            }
        }
        mapping.protocol.get_or_insert_with(|| "tcp".into());
    }
    Ok(())
}

fn ranges(it: &ContainerDefinition, mode: &str) -> Result<(), ApiError> {
    let mappings = || it.port_mappings.iter().flatten();
    let given: Vec<(&PortMapping, &str)> = mappings()
        .filter_map(|mapping| Some((mapping, mapping.container_port_range.as_deref()?)))
        .collect();
    if given.len() > MAX_RANGES {
        return Err(setting(
            it,
            format_args!("It cannot have more than {MAX_RANGES} port ranges."),
        ));
    }
    let single = mappings()
        .filter_map(|mapping| Some((mapping.protocol.clone(), mapping.container_port? as u16)))
        .map(|(protocol, port)| (protocol, port..=port));
    let mut taken: Vec<(Option<String>, RangeInclusive<u16>)> = single.collect();
    for (mapping, text) in given {
        if !matches!(mode, "bridge" | "awsvpc") {
            return Err(setting(
                it,
                format_args!("'containerPortRange' is not supported when networkMode={mode}."),
            ));
        }
        if mapping.host_port.is_some() || mapping.container_port.is_some() {
            return Err(setting(
                it,
                "'containerPortRange' cannot be used with 'containerPort' or 'hostPort'.",
            ));
        }
        let range = range(text).ok_or_else(|| {
            setting(it, format_args!("The 'containerPortRange' value '{text}' must be two ports from 1 to 65535, the lower one first, as in 100-200."))
        })?;
        let clash = |other: &(Option<String>, RangeInclusive<u16>)| {
            other.0 == mapping.protocol && other.1.start() <= range.end() && range.start() <= other.1.end()
        };
        if taken.iter().any(clash) {
            return Err(setting(
                it,
                format_args!("The 'containerPortRange' value '{text}' overlaps with another port mapping."),
            ));
        }
        taken.push((mapping.protocol.clone(), range));
    }
    Ok(())
}

fn range(text: &str) -> Option<RangeInclusive<u16>> {
    let (first, last) = text.split_once('-')?;
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    (0 < first && first < last).then_some(first..=last)
}

fn names(it: &TaskDefinition) -> Result<(), ApiError> {
    let mut seen = HashSet::new();
    for container in containers_of(it) {
        for name in container
            .port_mappings
            .iter()
            .flatten()
            .filter_map(|mapping| mapping.name.as_deref())
        {
            let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
            if name.is_empty() || name.len() > MAX_NAME || name.starts_with('-') || !name.bytes().all(allowed) {
                return Err(setting(
                    container,
                    format_args!(
                        "The port mapping name '{name}' must be 1 to {MAX_NAME} lowercase letters, digits, underscores and hyphens, and cannot start with a hyphen."
                    ),
                ));
            }
            if !seen.insert(name) {
                return Err(setting(
                    container,
                    format_args!("The port mapping name '{name}' is used more than once in the task definition."),
                ));
            }
        }
    }
    Ok(())
}

/// Two mappings of one task cannot have the same port of its host, or of its own address.
fn host_ports(it: &TaskDefinition) -> Result<(), ApiError> {
    let mut seen = HashSet::new();
    for container in containers_of(it) {
        for mapping in container.port_mappings.iter().flatten() {
            let port = mapping.host_port.unwrap_or_default();
            if port != 0 && !seen.insert((port, mapping.protocol.as_deref())) {
                return Err(setting(
                    container,
                    format_args!("The host port {port} is mapped more than once in the task definition."),
                ));
            }
        }
    }
    Ok(())
}
