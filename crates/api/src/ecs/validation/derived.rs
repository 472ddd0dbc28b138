//! What follows from a definition: where it can run, and what its host must be able to do.

use std::collections::BTreeSet;

use model::ecs::{Attribute, ContainerDefinition, TaskDefinition};

use super::{containers_of, network_mode, some};

pub fn compatibilities(it: &TaskDefinition) -> Vec<String> {
    let awsvpc = it.network_mode.as_deref() == Some("awsvpc");
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok()).unwrap_or_default();
    let mut list = vec!["EC2".to_owned()];
    if !awsvpc && !needs_aws(it) {
        list.insert(0, "EXTERNAL".into());
    }
    if awsvpc && super::is_fargate_size(number(&it.cpu), number(&it.memory)) && super::fargate::check(it).is_ok() {
        list.push("FARGATE".into());
    }
    list
}

/// What only hosts in AWS have.
fn needs_aws(it: &TaskDefinition) -> bool {
    let volumes = it.volumes.iter().flatten();
    let remote = volumes.into_iter().any(|v| {
        v.efs_volume_configuration.is_some()
            || v.s3files_volume_configuration.is_some()
            || v.fsx_windows_file_server_volume_configuration.is_some()
            || v.configured_at_launch == Some(true)
    });
    let shared_gpu = containers_of(it)
        .flat_map(|c| c.resource_requirements.iter().flatten())
        .any(|it| it.sharing_strategy.is_some());
    remote || shared_gpu || it.proxy_configuration.is_some() || some(&it.inference_accelerators)
}

/// Whether an image is of an ECR registry.
pub fn is_ecr(image: &str) -> bool {
    let host = image.split('/').next().unwrap_or_default();
    let (account, rest) = host.split_at(host.len().min(12));
    account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit()) && rest.starts_with(".dkr.ecr")
}

/// Attributes that a host must have, in order of name.
pub fn attributes(it: &TaskDefinition) -> Vec<Attribute> {
    let mut names = BTreeSet::new();
    let mut add = |name| {
        names.insert(name);
    };
    of_task(it, &mut add);
    for container in containers_of(it) {
        of_container(it, container, &mut add);
    }
    let named = |name| Attribute {
        name: Some(name),
        ..Default::default()
    };
    names.into_iter().map(named).collect()
}

fn docker(version: &str) -> String {
    format!("com.amazonaws.ecs.capability.docker-remote-api.{version}")
}

fn of_task(it: &TaskDefinition, add: &mut dyn FnMut(String)) {
    add(docker("1.18"));
    let rules = [
        ("com.amazonaws.ecs.capability.task-iam-role", it.task_role_arn.is_some()),
        (
            "com.amazonaws.ecs.capability.task-iam-role-network-host",
            it.task_role_arn.is_some() && network_mode(it) == "host",
        ),
        ("ecs.capability.task-eni", network_mode(it) == "awsvpc"),
        (
            "ecs.capability.task-cpu-mem-limit",
            it.cpu.is_some() || it.memory.is_some(),
        ),
        (
            "ecs.capability.increased-task-cpu-limit",
            it.cpu
                .as_deref()
                .and_then(|n| n.parse::<u32>().ok())
                .is_some_and(|n| n > 10_240),
        ),
        (
            "ecs.capability.pid-ipc-namespace-sharing",
            it.pid_mode.is_some() || it.ipc_mode.is_some(),
        ),
        ("ecs.capability.aws-appmesh", it.proxy_configuration.is_some()),
        (
            "ecs.capability.fault-injection",
            it.enable_fault_injection == Some(true),
        ),
    ];
    rules
        .iter()
        .filter(|(_, applies)| *applies)
        .for_each(|(name, _)| add((*name).into()));
    for volume in it.volumes.iter().flatten() {
        let authorized = |it: &model::ecs::EFSVolumeConfiguration| it.authorization_config.is_some();
        let rules = [
            ("ecs.capability.efs", volume.efs_volume_configuration.is_some()),
            (
                "ecs.capability.efsAuth",
                volume.efs_volume_configuration.as_ref().is_some_and(authorized),
            ),
            (
                "ecs.capability.storage.s3-files",
                volume.s3files_volume_configuration.is_some(),
            ),
            (
                "ecs.capability.fsxWindowsFileServer",
                volume.fsx_windows_file_server_volume_configuration.is_some(),
            ),
            (
                "ecs.capability.storage.ebs-task-volume-attach",
                volume.configured_at_launch == Some(true),
            ),
        ];
        rules
            .iter()
            .filter(|(_, applies)| *applies)
            .for_each(|(name, _)| add((*name).into()));
        if let Some(docker_volume) = &volume.docker_volume_configuration {
            add(docker("1.21"));
            if let Some(driver) = docker_volume.driver.as_deref().filter(|it| *it != "local") {
                add(format!("ecs.capability.docker-plugin.{driver}"));
            }
        }
    }
}

fn of_container(task: &TaskDefinition, it: &ContainerDefinition, add: &mut dyn FnMut(String)) {
    let secrets = || {
        it.secrets
            .iter()
            .flatten()
            .filter_map(|secret| secret.value_from.as_deref())
    };
    let of_manager = |from: &str| from.starts_with("arn:") && from.contains(":secretsmanager:");
    let linux = it.linux_parameters.as_ref();
    let security = |kind: &str| {
        it.docker_security_options
            .iter()
            .flatten()
            .any(|option| option.starts_with(kind))
    };
    let ecr = it.image.as_deref().is_some_and(is_ecr);
    let rules = [
        ("com.amazonaws.ecs.capability.ecr-auth", ecr),
        (
            "ecs.capability.execution-role-ecr-pull",
            ecr && task.execution_role_arn.is_some(),
        ),
        (
            "com.amazonaws.ecs.capability.privileged-container",
            it.privileged == Some(true),
        ),
        ("com.amazonaws.ecs.capability.selinux", security("label")),
        ("com.amazonaws.ecs.capability.apparmor", security("apparmor")),
        (
            "ecs.capability.secrets.asm.environment-variables",
            secrets().any(of_manager),
        ),
        (
            "ecs.capability.secrets.ssm.environment-variables",
            secrets().any(|from| !of_manager(from)),
        ),
        (
            "ecs.capability.private-registry-authentication.secretsmanager",
            it.repository_credentials.is_some(),
        ),
        ("ecs.capability.container-health-check", it.health_check.is_some()),
        (
            "ecs.capability.container-ordering",
            it.stop_timeout.is_some() || it.start_timeout.is_some() || some(&it.depends_on),
        ),
        ("ecs.capability.env-files.s3", some(&it.environment_files)),
        (
            "ecs.capability.network.container-port-range",
            it.port_mappings
                .iter()
                .flatten()
                .any(|p| p.container_port_range.is_some()),
        ),
        ("ecs.capability.container-restart-policy", it.restart_policy.is_some()),
    ];
    rules
        .iter()
        .filter(|(_, applies)| *applies)
        .for_each(|(name, _)| add((*name).into()));
    let versions = [
        ("1.21", it.memory_reservation.is_some()),
        ("1.24", it.health_check.is_some()),
        ("1.25", linux.is_some_and(|it| it.init_process_enabled == Some(true))),
    ];
    versions
        .iter()
        .filter(|(_, applies)| *applies)
        .for_each(|(version, _)| add(docker(version)));
    logging(task, it, add);
}

fn logging(task: &TaskDefinition, it: &ContainerDefinition, add: &mut dyn FnMut(String)) {
    if let Some(log) = &it.log_configuration {
        let driver = log.log_driver.as_deref().unwrap_or_default();
        add(format!("com.amazonaws.ecs.capability.logging-driver.{driver}"));
        if log.options.as_ref().is_some_and(|it| !it.is_empty()) {
            add(docker("1.19"));
        }
        if driver == "awslogs" && task.execution_role_arn.is_some() {
            add("ecs.capability.execution-role-awslogs".into());
        }
        for secret in log.secret_options.iter().flatten() {
            let manager = secret
                .value_from
                .as_deref()
                .is_some_and(|it| it.contains(":secretsmanager:"));
            let store = if manager { "asm" } else { "ssm" };
            add(format!("ecs.capability.secrets.{store}.bootstrap.log-driver"));
        }
    }
    if let Some(firelens) = &it.firelens_configuration {
        add(format!(
            "ecs.capability.firelens.{}",
            firelens.r#type.as_deref().unwrap_or_default()
        ));
        let options = firelens.options.as_ref();
        if let Some(kind) = options.and_then(|it| it.get("config-file-type")) {
            add(format!("ecs.capability.firelens.options.config.{kind}"));
        }
    }
}
