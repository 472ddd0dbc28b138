//! Log drivers and their options, and the router that awsfirelens needs.

use std::collections::BTreeMap;

use model::ecs::{ContainerDefinition, LogConfiguration, TaskDefinition};
use wire::ApiError;

use super::{containers_of, requires, setting};
use crate::ecs::errors::client;

pub fn check(it: &TaskDefinition) -> Result<(), ApiError> {
    let fargate = requires(it, "FARGATE");
    for container in containers_of(it) {
        if let Some(log) = &container.log_configuration {
            driver(container, log, fargate)?;
        }
    }
    firelens(it, fargate)
}

fn driver(container: &ContainerDefinition, it: &LogConfiguration, fargate: bool) -> Result<(), ApiError> {
    let none = BTreeMap::new();
    let options = it.options.as_ref().unwrap_or(&none);
    match options.get("mode").map(String::as_str) {
        None | Some("blocking" | "non-blocking") => {}
        Some(other) => {
            return Err(setting(
                container,
                format_args!("The log option 'mode' must be blocking or non-blocking, not '{other}'."),
            ));
        }
    }
    let driver = it.log_driver.as_deref().unwrap_or_default();
    let wanted: &[&str] = match (driver, fargate) {
        ("awslogs", false) => &["awslogs-region", "awslogs-group"],
        ("awslogs", true) => &["awslogs-region", "awslogs-group", "awslogs-stream-prefix"],
        ("splunk", _) => &["splunk-token", "splunk-url"],
        _ => &[],
    };
    let secret = |name: &str| {
        it.secret_options
            .iter()
            .flatten()
            .any(|it| it.name.as_deref() == Some(name))
    };
    let given = |name: &&str| options.get(*name).is_some_and(|it| !it.is_empty()) || secret(name);
    if !wanted.iter().all(given) {
        return Err(client(format!(
            "Log driver {driver} requires options: {}",
            wanted.join(", ")
        )));
    }
    if driver == "awslogs"
        && options.contains_key("awslogs-datetime-format")
        && options.contains_key("awslogs-multiline-pattern")
    {
        return Err(setting(
            container,
            "The log options 'awslogs-datetime-format' and 'awslogs-multiline-pattern' cannot be used together.",
        ));
    }
    Ok(())
}

fn firelens(it: &TaskDefinition, fargate: bool) -> Result<(), ApiError> {
    let routers: Vec<_> = containers_of(it)
        .filter(|c| c.firelens_configuration.is_some())
        .collect();
    if routers.len() > 1 {
        return Err(client(
            "A task definition can have only one container with a 'firelensConfiguration'.",
        ));
    }
    let routed = |c: &ContainerDefinition| {
        c.log_configuration
            .as_ref()
            .is_some_and(|it| it.log_driver.as_deref() == Some("awsfirelens"))
    };
    let Some(router) = routers.first() else {
        return match containers_of(it).find(|c| routed(c)) {
            Some(container) => Err(setting(
                container,
                "The log driver awsfirelens requires a container with a 'firelensConfiguration' in the task definition.",
            )),
            None => Ok(()),
        };
    };
    if routed(router) {
        return Err(setting(
            router,
            "The log router cannot use the log driver awsfirelens itself.",
        ));
    }
    let options = router
        .firelens_configuration
        .as_ref()
        .and_then(|it| it.options.clone())
        .unwrap_or_default();
    match options.get("config-file-type").map(String::as_str) {
        None => Ok(()),
        Some("s3") if fargate => Err(setting(
            router,
            "Fargate only supports the FireLens 'config-file-type' file.",
        )),
        Some("file" | "s3") if options.get("config-file-value").is_some_and(|it| !it.is_empty()) => Ok(()),
        Some("file" | "s3") => Err(setting(
            router,
            "The FireLens option 'config-file-type' requires 'config-file-value'.",
        )),
        Some(other) => Err(setting(
            router,
            format_args!("The FireLens option 'config-file-type' must be file or s3, not '{other}'."),
        )),
    }
}
