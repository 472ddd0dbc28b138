//! Environment, environment files and secrets.

use std::collections::HashSet;

use model::ecs::{ContainerDefinition, TaskDefinition};
use wire::ApiError;

use super::{containers_of, setting};
use crate::ecs::errors::client;

const MAX_FILES: usize = 10;

pub fn check(it: &TaskDefinition) -> Result<(), ApiError> {
    for container in containers_of(it) {
        secrets(container)?;
        files(container)?;
        if let Some(credentials) = &container.repository_credentials {
            if credentials.credentials_parameter.as_ref().is_none_or(String::is_empty) {
                return Err(setting(
                    container,
                    "'repositoryCredentials.credentialsParameter' should not be empty.",
                ));
            }
            if it.execution_role_arn.is_none() {
                return Err(client(
                    "Private registry authentication requires an execution role ARN in the task definition.",
                ));
            }
        }
    }
    Ok(())
}

fn secrets(it: &ContainerDefinition) -> Result<(), ApiError> {
    let variables = it.environment.iter().flatten().filter_map(|pair| pair.name.as_deref());
    let mut names: HashSet<&str> = variables.collect();
    for secret in it.secrets.iter().flatten() {
        let name = secret.name.as_deref().unwrap_or_default();
        if name.is_empty() {
            return Err(setting(it, "A secret's 'name' should not be empty."));
        }
        if secret.value_from.as_ref().is_none_or(String::is_empty) {
            return Err(setting(
                it,
                format_args!("The 'valueFrom' of secret '{name}' should not be empty."),
            ));
        }
        if !names.insert(name) {
            return Err(client(format!(
                "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as '{name}'."
            )));
        }
    }
    Ok(())
}

fn files(it: &ContainerDefinition) -> Result<(), ApiError> {
    let files = it.environment_files.as_deref().unwrap_or_default();
    if files.len() > MAX_FILES {
        return Err(setting(
            it,
            format_args!("It cannot have more than {MAX_FILES} environment files."),
        ));
    }
    let is_object = |value: &str| {
        let object = value
            .strip_prefix("arn:")
            .and_then(|it| it.split_once(":s3:::"))
            .map(|(_, it)| it);
        object
            .and_then(|it| it.split_once('/'))
            .is_some_and(|(bucket, key)| !bucket.is_empty() && key.ends_with(".env"))
    };
    let values = files.iter().map(|file| file.value.as_deref().unwrap_or_default());
    match values.into_iter().find(|value| !is_object(value)) {
        Some(value) => Err(setting(
            it,
            format_args!("The environment file '{value}' must be the ARN of an S3 object that ends in .env."),
        )),
        None => Ok(()),
    }
}
