//! What the kernel is asked for: limits, parameters, health checks and restarts.

use std::collections::HashSet;

use model::ecs::{ContainerDefinition, LinuxParameters, TaskDefinition};
use wire::ApiError;

use super::{containers_of, setting, within};

/// Most exit codes that a restart policy may ignore.
const MAX_IGNORED: usize = 50;

/// Kernel parameters that a container has for itself.
const IPC_KEYS: [&str; 8] = [
    "kernel.msgmax",
    "kernel.msgmnb",
    "kernel.msgmni",
    "kernel.sem",
    "kernel.shmall",
    "kernel.shmmax",
    "kernel.shmmni",
    "kernel.shm_rmid_forced",
];

pub fn check(it: &TaskDefinition) -> Result<(), ApiError> {
    let shares_ipc = it.ipc_mode.as_deref() == Some("host");
    for container in containers_of(it) {
        ulimits(container)?;
        if let Some(linux) = &container.linux_parameters {
            parameters(container, linux)?;
        }
        system_controls(container, shares_ipc)?;
        health_check(container)?;
        restart_policy(container)?;
        resources(container)?;
        if container.credential_specs.as_ref().is_some_and(|it| it.len() > 1) {
            return Err(setting(container, "It cannot have more than one credential spec."));
        }
    }
    Ok(())
}

fn ulimits(it: &ContainerDefinition) -> Result<(), ApiError> {
    let mut names = HashSet::new();
    for limit in it.ulimits.iter().flatten() {
        let name = limit.name.as_deref().unwrap_or_default();
        if !names.insert(name) {
            return Err(setting(
                it,
                format_args!("The ulimit '{name}' is given more than once."),
            ));
        }
        // -1 is no limit at all.
        if limit.hard_limit != Some(-1) && (limit.soft_limit == Some(-1) || limit.soft_limit > limit.hard_limit) {
            return Err(setting(
                it,
                format_args!("The soft limit of ulimit '{name}' cannot be greater than its hard limit."),
            ));
        }
    }
    Ok(())
}

fn parameters(it: &ContainerDefinition, linux: &LinuxParameters) -> Result<(), ApiError> {
    within(it, "linuxParameters.swappiness", linux.swappiness, 0..=100)?;
    within(it, "linuxParameters.maxSwap", linux.max_swap, 0..=i32::MAX)?;
    within(
        it,
        "linuxParameters.sharedMemorySize",
        linux.shared_memory_size,
        1..=i32::MAX,
    )?;
    for tmpfs in linux.tmpfs.iter().flatten() {
        within(it, "linuxParameters.tmpfs.size", tmpfs.size, 1..=i32::MAX)?;
        if tmpfs.container_path.as_ref().is_none_or(String::is_empty) {
            return Err(setting(it, "A tmpfs needs a 'containerPath'."));
        }
    }
    match linux
        .devices
        .iter()
        .flatten()
        .find(|it| it.host_path.as_ref().is_none_or(String::is_empty))
    {
        Some(_) => Err(setting(it, "A device needs a 'hostPath'.")),
        None => Ok(()),
    }
}

fn system_controls(it: &ContainerDefinition, shares_ipc: bool) -> Result<(), ApiError> {
    for control in it.system_controls.iter().flatten() {
        let key = control.namespace.as_deref().unwrap_or_default();
        let of_ipc = IPC_KEYS.contains(&key) || key.starts_with("fs.mqueue.");
        if !of_ipc && !key.starts_with("net.") {
            return Err(setting(
                it,
                format_args!("The system control '{key}' is not one that a container has for itself."),
            ));
        }
        if of_ipc && shares_ipc {
            return Err(setting(
                it,
                format_args!("The system control '{key}' is not supported when ipcMode=host."),
            ));
        }
    }
    Ok(())
}

fn health_check(it: &ContainerDefinition) -> Result<(), ApiError> {
    let Some(check) = &it.health_check else {
        return Ok(());
    };
    let command = check.command.as_deref().unwrap_or_default();
    let words = match command.first().map(String::as_str) {
        Some("CMD" | "CMD-SHELL") => &command[1..],
        _ => command,
    };
    if words.iter().all(String::is_empty) {
        return Err(setting(it, "The health check 'command' should not be empty."));
    }
    within(it, "healthCheck.interval", check.interval, 5..=300)?;
    within(it, "healthCheck.timeout", check.timeout, 2..=60)?;
    within(it, "healthCheck.retries", check.retries, 1..=10)?;
    within(it, "healthCheck.startPeriod", check.start_period, 0..=300)
}

fn restart_policy(it: &ContainerDefinition) -> Result<(), ApiError> {
    let Some(policy) = &it.restart_policy else {
        return Ok(());
    };
    if policy
        .ignored_exit_codes
        .as_ref()
        .is_some_and(|codes| codes.len() > MAX_IGNORED)
    {
        return Err(setting(
            it,
            format_args!("A restart policy cannot ignore more than {MAX_IGNORED} exit codes."),
        ));
    }
    within(
        it,
        "restartPolicy.restartAttemptPeriod",
        policy.restart_attempt_period,
        60..=1800,
    )
}

pub fn is_gpu_requirement(text: &str) -> bool {
    text == "ALL" || text.parse::<u16>().is_ok_and(|n| n > 0)
}

fn resources(it: &ContainerDefinition) -> Result<(), ApiError> {
    for wanted in it.resource_requirements.iter().flatten() {
        let value = wanted.value.as_deref().unwrap_or_default();
        let is_gpu = wanted.r#type.as_deref() == Some("GPU") && wanted.sharing_strategy.is_none();
        if is_gpu && !is_gpu_requirement(value) {
            return Err(setting(
                it,
                format_args!("The GPU requirement '{value}' must be a number of GPUs, or ALL."),
            ));
        }
    }
    Ok(())
}
