//! What ECS says when it refuses, in AWS's codes and words. Texts in our own words are those for which AWS has none.

use wire::{ApiError, Value};

/// The Fargate pool is full.
pub const NO_CAPACITY: &str =
    "Capacity is unavailable at this time. Please try again later or in a different availability zone";

pub fn client(message: impl Into<String>) -> ApiError {
    ApiError::new("ClientException", message)
}

pub fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new("InvalidParameterException", message)
}

pub fn unsupported(message: impl Into<String>) -> ApiError {
    ApiError::new("UnsupportedFeatureException", message)
}

pub fn access_denied(message: impl Into<String>) -> ApiError {
    ApiError::new("AccessDeniedException", message)
}

pub fn cluster_not_found() -> ApiError {
    ApiError::new("ClusterNotFoundException", "Cluster not found.")
}

pub fn cluster_inactive() -> ApiError {
    ApiError::new("ClusterNotFoundException", "The referenced cluster was inactive.")
}

/// The same to operations on tags.
pub fn inactive_to_tags() -> ApiError {
    invalid("The specified cluster is inactive. Specify an active cluster and try again.")
}

pub fn not_idempotent() -> ApiError {
    invalid("Arguments on this idempotent request are inconsistent with arguments used in previous request(s).")
}

pub fn cluster_contains_tasks() -> ApiError {
    ApiError::new(
        "ClusterContainsTasksException",
        "The Cluster cannot be deleted while Tasks are active.",
    )
}

pub fn cluster_contains_instances() -> ApiError {
    ApiError::new(
        "ClusterContainsContainerInstancesException",
        "The Cluster cannot be deleted while Container Instances are active or draining.",
    )
}

pub fn foreign_cluster(named: &str, yours: &str) -> ApiError {
    invalid(format!(
        "Invalid identifier: Identifier is for cluster {named}. Your cluster is {yours}"
    ))
}

pub fn foreign_account(named: &str, yours: &str) -> ApiError {
    invalid(format!(
        "Invalid identifier: Identifier is for {named}. Your accountId is {yours}"
    ))
}

pub fn foreign_region(named: &str, yours: &str) -> ApiError {
    invalid(format!(
        "Invalid identifier: Identifier is for region {named}. Your region is {yours}"
    ))
}

pub fn task_not_found() -> ApiError {
    invalid("The referenced task was not found.")
}

pub fn instance_not_found() -> ApiError {
    invalid("The referenced container instance was not found.")
}

pub fn resource_not_found() -> ApiError {
    ApiError::new(
        "ResourceNotFoundException",
        "The specified resource could not be found.",
    )
}

pub fn provider_in_use() -> ApiError {
    ApiError::new(
        "ResourceInUseException",
        "The specified capacity provider is in use and cannot be removed.",
    )
}

pub fn target_not_found(named: &str) -> ApiError {
    ApiError::new("TargetNotFoundException", format!("Could not find ID: {named}"))
}

pub fn definition_not_found() -> ApiError {
    client("TaskDefinition not found.")
}

pub fn definition_inactive() -> ApiError {
    client("TaskDefinition is inactive")
}

pub fn no_inference_accelerators() -> ApiError {
    invalid("Inference accelerators are not supported: Amazon Elastic Inference is no longer available.")
}

pub fn token_reused(tasks: Vec<String>) -> ApiError {
    let tasks = tasks.into_iter().map(Value::Str).collect();
    ApiError::new(
        "ConflictException",
        "The client token was already used with different parameters.",
    )
    .with("resourceIds", Value::List(tasks))
}

pub fn namespace_not_found() -> ApiError {
    ApiError::new("NamespaceNotFoundException", "The specified namespace wasn't found.")
}

pub fn service_not_found() -> ApiError {
    ApiError::new("ServiceNotFoundException", "Service not found.")
}
