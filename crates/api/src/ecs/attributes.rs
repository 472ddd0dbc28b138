//! Attributes of instances, as callers name them.

use domain::instance::{Attribute, Status};
use domain::{Cluster, Instance};
use model::ecs;
use wire::ApiError;

use super::{errors, resolve};
use crate::cx::Cx;

/// Most attributes in one call.
pub const MAX_IN_CALL: usize = 10;
/// Longest name, and longest value.
const MAX_LENGTH: usize = 128;

/// Beginnings of the names that agents report, and nobody else changes.
const RESERVED: [&str; 3] = ["ecs.", "com.amazonaws.ecs.", "longshore."];

pub fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|it| name.starts_with(it))
}

/// What users may name an attribute. Agents name some after plugins, which have other characters too.
fn is_custom_name(text: &str) -> bool {
    is_name(text) && !text.contains([':', '@', ' ']) && !is_reserved(text)
}

fn is_value(text: &str) -> bool {
    is_name(text) && !text.starts_with(' ') && !text.ends_with(' ')
}

pub fn is_name(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./\\:@ ".contains(c);
    !text.is_empty() && text.len() <= MAX_LENGTH && text.chars().all(plain)
}

/// The instance that an attribute names: by ARN, or by id with the type that says what the id is of.
pub fn target<'a>(cx: &Cx<'a>, cluster: &Cluster, given: &ecs::Attribute) -> Result<&'a Instance, ApiError> {
    let id = given
        .target_id
        .as_deref()
        .filter(|it| !it.is_empty())
        .ok_or_else(|| errors::invalid("Attribute targetId is required."))?;
    if !id.starts_with("arn:") && given.target_type.is_none() {
        return Err(errors::invalid("targetType must be given when targetId is not an ARN."));
    }
    resolve::get_instance(cx, cluster.name(), id)?
        .filter(|it| it.status() != Status::Inactive)
        .ok_or_else(|| errors::target_not_found(id))
}

/// The attribute that is meant, of a name that callers may change.
pub fn custom(given: &ecs::Attribute) -> Result<Attribute, ApiError> {
    let name = given.name.clone().unwrap_or_default();
    if !is_custom_name(&name) {
        let name: String = name.chars().take(MAX_LENGTH).collect();
        return Err(errors::invalid(format!(
            "Invalid attribute name '{name}': use 1 to {MAX_LENGTH} letters, digits and -_./\\, not beginning with one of {}",
            RESERVED.join(", ")
        )));
    }
    let value = given.value.clone();
    if value.as_ref().is_some_and(|it| !is_value(it)) {
        return Err(errors::invalid(format!(
            "Invalid value of attribute '{name}': use 1 to {MAX_LENGTH} letters, digits, spaces and -_./\\:@, without a space at either end"
        )));
    }
    Ok(Attribute { name, value })
}

/// Refuses a call that names none or too many.
pub fn count(given: &[ecs::Attribute]) -> Result<(), ApiError> {
    match given.len() {
        0 => Err(errors::invalid("Attributes cannot be empty.")),
        n if n > MAX_IN_CALL => Err(errors::invalid(format!(
            "Attributes cannot have more than {MAX_IN_CALL} entries."
        ))),
        _ => Ok(()),
    }
}

/// An attribute with the instance that has it.
pub fn shown(cx: &Cx<'_>, instance: &Instance, it: &Attribute) -> ecs::Attribute {
    ecs::Attribute {
        name: Some(it.name.clone()),
        value: it.value.clone(),
        target_type: None,
        target_id: Some(cx.site.instance_arn(instance.pool().name(), instance.id())),
    }
}

/// Instances that one call changes, each once.
#[derive(Default)]
pub struct Changed(Vec<Instance>);

impl Changed {
    pub fn of(&mut self, instance: &Instance) -> &mut Instance {
        let at = self
            .0
            .iter()
            .position(|it| it.id() == instance.id())
            .unwrap_or_else(|| {
                self.0.push(instance.clone());
                self.0.len() - 1
            });
        &mut self.0[at]
    }

    pub fn into_instances(self) -> Vec<Instance> {
        self.0
    }
}

pub fn too_many(limit: usize) -> ApiError {
    ApiError::new(
        "AttributeLimitExceededException",
        format!("You can apply up to {limit} custom attributes for each resource."),
    )
}
