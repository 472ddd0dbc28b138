//! Tags of ECS resources: AWS's limits beyond those in the model.

use std::collections::HashSet;

use domain::tags::{Tag, Tags};
use model::ecs;
use wire::ApiError;

use super::errors;

/// Most tags of one resource, AWS's own not counted.
const MAX_TAGS: usize = 50;

/// The tags given, or why they cannot be. Counts and characters are the model's business and were checked.
pub fn parse(given: Option<Vec<ecs::Tag>>) -> Result<Tags, ApiError> {
    let mut seen = HashSet::new();
    let mut tags = Vec::new();
    for tag in given.unwrap_or_default() {
        let key = tag.key.ok_or_else(|| errors::invalid("Tag keys cannot be null."))?;
        if is_reserved(&key) {
            return Err(errors::invalid(format!(
                "Tag keys cannot start with 'aws:', which is reserved: {key}"
            )));
        }
        if !seen.insert(key.clone()) {
            return Err(errors::invalid(format!("Duplicate tag key: {key}")));
        }
        tags.push(Tag {
            key,
            value: tag.value.unwrap_or_default(),
        });
    }
    Ok(tags)
}

/// Refuses more than a resource can have: the model limits only what one call brings.
pub fn limit(all: &[Tag]) -> Result<(), ApiError> {
    match all.iter().filter(|it| !is_reserved(&it.key)).count() > MAX_TAGS {
        true => Err(errors::invalid(format!(
            "Resource cannot have more than {MAX_TAGS} tags."
        ))),
        false => Ok(()),
    }
}

/// Keys that only AWS gives.
pub fn is_reserved(key: &str) -> bool {
    key.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("aws:"))
}

/// `include` of a Describe operation names TAGS.
pub fn asked(include: Option<&[String]>) -> bool {
    include.unwrap_or_default().iter().any(|it| it == "TAGS")
}

/// Adds those of `from` whose keys are not there yet.
pub fn inherit(own: &mut Tags, from: &Tags) {
    let fresh: Vec<Tag> = from
        .iter()
        .filter(|tag| !own.iter().any(|it| it.key == tag.key))
        .cloned()
        .collect();
    own.extend(fresh);
}
