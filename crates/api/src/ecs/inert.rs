//! Fields that are stored and shown but do nothing here yet. A run that would rely on one is refused by the field's name, because
//! a field that is silently ignored is found out in production.

use model::ecs::{
    ContainerDefinition, ContainerOverride, ResourceRequirement, RunTaskRequest, TaskDefinition, TaskOverride,
};
use wire::ApiError;

use super::errors;

type Field = (&'static str, bool);

/// Refuses what one run of `definition` asks for and would not get.
pub fn refuse(definition: &TaskDefinition, input: &RunTaskRequest) -> Result<(), ApiError> {
    named("RunTask", &of_call(input))?;
    named("the task definition", &of_definition(definition))?;
    for container in definition.container_definitions.iter().flatten() {
        named(
            &format!("container '{}'", container.name.as_deref().unwrap_or_default()),
            &of_container(container),
        )?;
    }
    let Some(overrides) = &input.overrides else {
        return Ok(());
    };
    named("the override", &of_override(overrides))?;
    for container in overrides.container_overrides.iter().flatten() {
        let name = container.name.as_deref().unwrap_or_default();
        named(
            &format!("the override of container '{name}'"),
            &of_container_override(container),
        )?;
    }
    Ok(())
}

fn named(holder: &str, fields: &[Field]) -> Result<(), ApiError> {
    match fields.iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((field, _)) => Err(errors::unsupported(format!(
            "'{field}' of {holder} does not act in this version of Longshore, so the task is not run. Leave it out, or see \
             docs/compatibility.md."
        ))),
    }
}

fn some<T>(list: &Option<Vec<T>>) -> bool {
    list.as_ref().is_some_and(|it| !it.is_empty())
}

fn of_call(it: &RunTaskRequest) -> [Field; 4] {
    let volumes = || {
        let all = it.volume_configurations.iter().flatten();
        all.filter_map(|it| it.managed_ebs_volume.as_ref())
    };
    [
        ("enableExecuteCommand", it.enable_execute_command == Some(true)),
        (
            "volumeConfigurations.managedEBSVolume.snapshotId",
            volumes().any(|it| it.snapshot_id.is_some()),
        ),
        (
            "volumeConfigurations.managedEBSVolume.encrypted",
            volumes().any(|it| it.encrypted == Some(true)),
        ),
        (
            "volumeConfigurations.managedEBSVolume.filesystemType ntfs",
            volumes().any(|it| it.filesystem_type.as_deref() == Some("ntfs")),
        ),
    ]
}

// The execution role is not among these: it only serves registries, secrets and log drivers, and those are refused themselves.
fn of_definition(it: &TaskDefinition) -> [Field; 8] {
    let volumes = || it.volumes.iter().flatten();
    [
        ("taskRoleArn", it.task_role_arn.is_some()),
        (
            "volumes.efsVolumeConfiguration",
            volumes().any(|it| it.efs_volume_configuration.is_some()),
        ),
        (
            "volumes.s3filesVolumeConfiguration",
            volumes().any(|it| it.s3files_volume_configuration.is_some()),
        ),
        (
            "volumes.fsxWindowsFileServerVolumeConfiguration",
            volumes().any(|it| it.fsx_windows_file_server_volume_configuration.is_some()),
        ),
        ("proxyConfiguration", it.proxy_configuration.is_some()),
        ("inferenceAccelerators", some(&it.inference_accelerators)),
        ("enableFaultInjection", it.enable_fault_injection == Some(true)),
        (
            "trustedExecutionConfiguration",
            it.trusted_execution_configuration.is_some(),
        ),
    ]
}

fn of_container(it: &ContainerDefinition) -> Vec<Field> {
    let log = || it.log_configuration.iter();
    // These write to services that are not here; the engine has the others.
    let requires = |kind: &dyn Fn(&ResourceRequirement) -> bool| it.resource_requirements.iter().flatten().any(kind);
    let logs_to = |driver: &str| log().any(|it| it.log_driver.as_deref() == Some(driver));
    vec![
        ("repositoryCredentials", it.repository_credentials.is_some()),
        ("environmentFiles", some(&it.environment_files)),
        ("secrets", some(&it.secrets)),
        ("logConfiguration.logDriver awslogs", logs_to("awslogs")),
        ("logConfiguration.logDriver splunk", logs_to("splunk")),
        ("logConfiguration.logDriver awsfirelens", logs_to("awsfirelens")),
        (
            "logConfiguration.secretOptions",
            log().any(|it| some(&it.secret_options)),
        ),
        (
            "resourceRequirements.type NeuronDevice",
            requires(&|it| it.r#type.as_deref() == Some("NeuronDevice")),
        ),
        (
            "resourceRequirements.type InferenceAccelerator",
            requires(&|it| it.r#type.as_deref() == Some("InferenceAccelerator")),
        ),
        (
            "resourceRequirements.sharingStrategy",
            requires(&|it| it.sharing_strategy.is_some()),
        ),
        ("firelensConfiguration", it.firelens_configuration.is_some()),
        ("credentialSpecs", some(&it.credential_specs)),
    ]
}

fn of_override(it: &TaskOverride) -> [Field; 1] {
    [("taskRoleArn", it.task_role_arn.is_some())]
}

fn of_container_override(it: &ContainerOverride) -> [Field; 2] {
    let mut required = it.resource_requirements.iter().flatten();
    [
        ("environmentFiles", some(&it.environment_files)),
        (
            "resourceRequirements.sharingStrategy",
            required.any(|it| it.sharing_strategy.is_some()),
        ),
    ]
}
