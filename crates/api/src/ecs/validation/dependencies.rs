//! Which container waits for which: dependsOn, links and volumesFrom together must leave an order to start in.

use std::collections::{BTreeMap, BTreeSet};

use model::ecs::{ContainerDefinition, ContainerDependency, TaskDefinition};
use wire::ApiError;

use super::{containers_of, name_of, setting, within};
use crate::ecs::errors::client;

pub fn check(it: &TaskDefinition) -> Result<(), ApiError> {
    let known: BTreeMap<&str, &ContainerDefinition> = containers_of(it).map(|c| (name_of(c), c)).collect();
    let mut waits: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for container in containers_of(it) {
        let mut named = BTreeSet::new();
        for dependency in container.depends_on.iter().flatten() {
            let target = dependency.container_name.as_deref().unwrap_or_default();
            depends(container, dependency, target, &known)?;
            if !named.insert(target) {
                return Err(setting(
                    container,
                    format_args!("It depends on container '{target}' more than once."),
                ));
            }
        }
        for link in container.links.iter().flatten() {
            let target = link.split(':').next().unwrap_or_default();
            if !known.contains_key(target) || target == name_of(container) {
                return Err(setting(
                    container,
                    format_args!("Invalid link '{link}': there is no other container '{target}'."),
                ));
            }
            named.insert(target);
        }
        for from in container.volumes_from.iter().flatten() {
            let target = from.source_container.as_deref().unwrap_or_default();
            if !known.contains_key(target) || target == name_of(container) {
                return Err(setting(
                    container,
                    format_args!("Invalid 'volumesFrom': there is no other container '{target}'."),
                ));
            }
            named.insert(target);
        }
        waits.insert(name_of(container), named);
        within(container, "startTimeout", container.start_timeout, 2..=i32::MAX)?;
        within(container, "stopTimeout", container.stop_timeout, 0..=i32::MAX)?;
    }
    match cycle(waits) {
        Some(names) => Err(client(format!(
            "The container dependencies form a cycle: {}.",
            names.join(", ")
        ))),
        None => Ok(()),
    }
}

fn depends(
    container: &ContainerDefinition,
    dependency: &ContainerDependency,
    target: &str,
    known: &BTreeMap<&str, &ContainerDefinition>,
) -> Result<(), ApiError> {
    let Some(other) = known.get(target) else {
        return Err(setting(
            container,
            format_args!("It depends on container '{target}', which does not exist in the task definition."),
        ));
    };
    if target == name_of(container) {
        return Err(setting(container, "It cannot depend on itself."));
    }
    match dependency.condition.as_deref() {
        Some(condition @ ("COMPLETE" | "SUCCESS")) if other.essential == Some(true) => Err(setting(
            container,
            format_args!("A dependency with condition {condition} cannot be on the essential container '{target}'."),
        )),
        Some("HEALTHY") if other.health_check.is_none() => Err(setting(
            container,
            format_args!("A dependency with condition HEALTHY needs a health check on container '{target}'."),
        )),
        _ => Ok(()),
    }
}

/// Names of containers of which none can be the first.
fn cycle<'a>(mut waits: BTreeMap<&'a str, BTreeSet<&'a str>>) -> Option<Vec<&'a str>> {
    while let Some(ready) = waits.iter().find(|(_, on)| on.is_empty()).map(|(name, _)| *name) {
        waits.remove(ready);
        for on in waits.values_mut() {
            on.remove(ready);
        }
    }
    (!waits.is_empty()).then(|| waits.into_keys().collect())
}
