//! What Fargate asks of a task: a size of its table, a network of its own, and nothing that reaches into the host.

use model::ecs::{ContainerDefinition, TaskDefinition};
use wire::ApiError;

use super::{containers_of, is_windows, setting, some, within};
use crate::ecs::errors::client;

/// Fargate's CPU units, and for each the memory in MiB: from, to, step.
const SIZES: [(u32, u32, u32, u32); 7] = [
    (256, 512, 2048, 1024),
    (512, 1024, 4096, 1024),
    (1024, 2048, 8192, 1024),
    (2048, 4096, 16384, 1024),
    (4096, 8192, 30720, 1024),
    (8192, 16384, 61440, 4096),
    (16384, 32768, 122_880, 8192),
];

/// Whether Fargate has this size.
pub fn is_size(cpu: u32, memory_mib: u32) -> bool {
    // A quarter core has 512, 1024 and 2048: the first is no step from the others.
    let fits = |&(units, from, to, step): &(u32, u32, u32, u32)| {
        units == cpu && (from..=to).contains(&memory_mib) && (memory_mib == from || memory_mib.is_multiple_of(step))
    };
    SIZES.iter().any(fits)
}

pub fn check(it: &TaskDefinition) -> Result<(), ApiError> {
    if it.network_mode.as_deref() != Some("awsvpc") {
        return Err(client("Fargate only supports network mode ‘awsvpc’."));
    }
    let cpu = it
        .cpu
        .as_deref()
        .ok_or_else(|| client("Fargate requires that 'cpu' be defined at the task level."))?;
    let memory = it
        .memory
        .as_deref()
        .ok_or_else(|| client("Fargate requires that 'memory' be defined at the task level."))?;
    if !is_size(cpu.parse().unwrap_or_default(), memory.parse().unwrap_or_default()) {
        return Err(client(format!(
            "No Fargate configuration exists for given values: {cpu} CPU, {memory} memory. See the Amazon ECS documentation for the valid values."
        )));
    }
    if it.pid_mode.as_deref() == Some("host") {
        return Err(client(
            "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
        ));
    }
    windows_size(it, cpu)?;
    if let Some((field, _)) = of_task(it).into_iter().find(|(_, given)| *given) {
        return Err(client(format!("Fargate does not support the '{field}' setting.")));
    }
    for container in containers_of(it) {
        if let Some((field, _)) = of_container(container).into_iter().find(|(_, given)| *given) {
            return Err(setting(
                container,
                format_args!("Fargate does not support the '{field}' setting."),
            ));
        }
        numbers(container)?;
        log_driver(container)?;
    }
    execution_role(it)
}

fn windows_size(it: &TaskDefinition, cpu: &str) -> Result<(), ApiError> {
    match is_windows(it) && !matches!(cpu, "1024" | "2048" | "4096") {
        true => Err(client(format!(
            "Tasks using the Fargate launch type on Windows do not support {cpu} CPU. The supported values are 1024, 2048 and 4096."
        ))),
        false => Ok(()),
    }
}

type Field = (&'static str, bool);

fn of_task(it: &TaskDefinition) -> Vec<Field> {
    let volumes = || it.volumes.iter().flatten();
    vec![
        ("ipcMode", it.ipc_mode.is_some()),
        ("placementConstraints", some(&it.placement_constraints)),
        ("inferenceAccelerators", some(&it.inference_accelerators)),
        (
            "dockerVolumeConfiguration",
            volumes().any(|v| v.docker_volume_configuration.is_some()),
        ),
        (
            "host.sourcePath",
            volumes().any(|v| v.host.as_ref().is_some_and(|host| host.source_path.is_some())),
        ),
        (
            "fsxWindowsFileServerVolumeConfiguration",
            volumes().any(|v| v.fsx_windows_file_server_volume_configuration.is_some()),
        ),
    ]
}

fn of_container(it: &ContainerDefinition) -> Vec<Field> {
    let linux = it.linux_parameters.clone().unwrap_or_default();
    let added = linux.capabilities.and_then(|it| it.add).unwrap_or_default();
    vec![
        ("privileged", it.privileged == Some(true)),
        ("links", some(&it.links)),
        ("extraHosts", some(&it.extra_hosts)),
        ("dnsServers", some(&it.dns_servers)),
        ("dnsSearchDomains", some(&it.dns_search_domains)),
        ("hostname", it.hostname.is_some()),
        ("dockerSecurityOptions", some(&it.docker_security_options)),
        ("disableNetworking", it.disable_networking == Some(true)),
        ("resourceRequirements", some(&it.resource_requirements)),
        ("linuxParameters.devices", some(&linux.devices)),
        ("linuxParameters.sharedMemorySize", linux.shared_memory_size.is_some()),
        ("linuxParameters.tmpfs", some(&linux.tmpfs)),
        ("linuxParameters.maxSwap", linux.max_swap.is_some()),
        ("linuxParameters.swappiness", linux.swappiness.is_some()),
        (
            "linuxParameters.capabilities.add",
            added.iter().any(|it| it != "SYS_PTRACE"),
        ),
    ]
}

fn numbers(it: &ContainerDefinition) -> Result<(), ApiError> {
    within(it, "startTimeout", it.start_timeout, 2..=120)?;
    within(it, "stopTimeout", it.stop_timeout.filter(|n| *n != 0), 2..=120)
}

fn log_driver(it: &ContainerDefinition) -> Result<(), ApiError> {
    let driver = it.log_configuration.as_ref().and_then(|it| it.log_driver.as_deref());
    match driver {
        None | Some("awslogs" | "splunk" | "awsfirelens") => Ok(()),
        Some(other) => Err(setting(
            it,
            format_args!("Fargate does not support the log driver {other}. Use awslogs, splunk or awsfirelens."),
        )),
    }
}

/// What is fetched or written for a task on hosts that nobody sees needs a role to do it with.
fn execution_role(it: &TaskDefinition) -> Result<(), ApiError> {
    if it.execution_role_arn.is_some() {
        return Ok(());
    }
    let needs = |what: &str| {
        Err(client(format!(
            "Fargate requires task definition to have execution role ARN to support {what}."
        )))
    };
    for container in containers_of(it) {
        if container.image.as_deref().is_some_and(super::derived::is_ecr) {
            return needs("ECR images");
        }
        if container
            .log_configuration
            .as_ref()
            .is_some_and(|it| it.log_driver.as_deref() == Some("awslogs"))
        {
            return needs("log driver awslogs");
        }
        if some(&container.secrets) {
            return needs("secrets");
        }
        if container.repository_credentials.is_some() {
            return needs("private registry authentication");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fargate_has_the_sizes_of_its_table() {
        for (cpu, memory) in [(256, 512), (256, 1024), (256, 2048), (4096, 30720), (16384, 122_880)] {
            assert!(is_size(cpu, memory), "{cpu} {memory}");
        }
        for (cpu, memory) in [
            (256, 1536),
            (256, 4096),
            (300, 512),
            (512, 512),
            (8192, 17408),
            (16384, 30720),
        ] {
            assert!(!is_size(cpu, memory), "{cpu} {memory}");
        }
    }
}
