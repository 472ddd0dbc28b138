//! `longshore run`: an image or a task definition as a task, watched to where the caller wants it.

use std::process::ExitCode;

use anyhow::{Result, bail};
use client::{CallError, Client};
use model::ecs::{
    self, AwsVpcConfiguration, ContainerDefinition, DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse,
    KeyValuePair, NetworkConfiguration, PortMapping, RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse,
    RunTaskRequest, RunTaskResponse, Task, TaskDefinition,
};

use crate::connect::now;
use crate::output::{note, print_json};
use crate::{Connect, Output, clusters, logs, outcome, tasks};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// An image, or a task definition as family or family:revision
    what: String,
    /// Command for the container, in place of the image's
    #[arg(last = true)]
    command: Vec<String>,
    #[arg(long, default_value = "default")]
    cluster: String,
    /// Show the output until the task ends, and exit with its code
    #[arg(long, short)]
    follow: bool,
    /// Variables for the container, NAME=VALUE
    #[arg(long, short)]
    env: Vec<String>,
    /// Ports that an image listens on
    #[arg(long, short)]
    port: Vec<i32>,
    /// CPU units for an image, 1024 to a core
    #[arg(long, default_value = "256")]
    cpu: String,
    /// Memory for an image, in MiB
    #[arg(long, default_value = "512")]
    memory: String,
    #[arg(long, value_enum, default_value_t)]
    output: Output,
}

pub async fn run(args: Args, connect: &Connect) -> Result<ExitCode> {
    let client = connect.client()?;
    // First, because a definition that is registered for nothing stays.
    if !clusters::is_active(&client, &args.cluster).await? {
        bail!(
            "There is no cluster {0}. Make it with: aws ecs create-cluster --cluster-name {0}",
            args.cluster
        );
    }
    let begun = now();
    let definition = definition(&client, &args).await?;
    let task = launch(&client, &args, &definition).await?;
    let id = tasks::id(&task).to_owned();
    note(
        "✓",
        &format!(
            "placed   {id} ({} {})",
            task.launch_type.as_deref().unwrap_or_default(),
            size(&task)
        ),
    );

    let task = tasks::wait_for(&client, &args.cluster, &id, has_started()).await?;
    if task.started_at.is_some() {
        let after = now().since(begun) as f64 / 1000.0;
        note("✓", &format!("running  after {after:.1} s   {}", tasks::address(&task)));
    }
    if !args.follow {
        if args.output == Output::Json {
            print_json(&task);
        }
        return Ok(if task.started_at.is_some() {
            ExitCode::SUCCESS
        } else {
            outcome::tell(&task, &definition)
        });
    }
    follow(&client, &args, &task, &definition).await
}

async fn follow(client: &Client, args: &Args, task: &Task, definition: &TaskDefinition) -> Result<ExitCode> {
    let id = tasks::id(task);
    if task.started_at.is_some() {
        let containers: Vec<String> = task
            .containers
            .iter()
            .flatten()
            .filter_map(|it| it.name.clone())
            .collect();
        let prefixes: Vec<String> = containers.iter().map(|name| format!("{name} | ")).collect();
        let streams = containers.iter().zip(&prefixes).map(|(name, prefix)| {
            let (client, prefix, name, cluster, id) = (
                client.clone(),
                prefix.clone(),
                name.clone(),
                args.cluster.clone(),
                id.to_owned(),
            );
            tokio::spawn(async move {
                let wanted = logs::Wanted {
                    cluster: &cluster,
                    task: &id,
                    container: Some(&name),
                    follow: true,
                    tail: None,
                };
                logs::stream(&client, &wanted, &prefix).await
            })
        });
        for stream in streams.collect::<Vec<_>>() {
            if let Err(error) = stream.await? {
                note("!", &format!("the output cannot be shown: {error}"));
            }
        }
    }
    let task = tasks::wait_for(client, &args.cluster, id, tasks::is_stopped).await?;
    if args.output == Output::Json {
        print_json(&task);
    }
    Ok(outcome::tell(&task, definition))
}

fn size(task: &Task) -> String {
    let cpu: f64 = task.cpu.as_deref().and_then(|it| it.parse().ok()).unwrap_or_default();
    let memory: f64 = task
        .memory
        .as_deref()
        .and_then(|it| it.parse().ok())
        .unwrap_or_default();
    format!("{} vCPU, {} GB", cpu / 1024.0, memory / 1024.0)
}

/// Whether a task has run or never will. Says so when it takes a pull to get there.
fn has_started() -> impl FnMut(&Task) -> bool {
    let mut told = false;
    move |task| {
        let pulling = task.pull_started_at.is_some() && task.pull_stopped_at.is_none();
        if pulling && !told {
            told = true;
            note("…", "pulling  the images of the task");
        }
        matches!(
            task.last_status.as_deref(),
            Some("RUNNING" | "DEACTIVATING" | "STOPPING" | "DEPROVISIONING" | "STOPPED")
        )
    }
}

/// The task definition that is named, or one made for the image.
async fn definition(client: &Client, args: &Args) -> Result<TaskDefinition> {
    let request = DescribeTaskDefinitionRequest {
        task_definition: Some(args.what.clone()),
        include: None,
    };
    let found: Result<DescribeTaskDefinitionResponse, _> =
        client.call(&ecs::API, "DescribeTaskDefinition", &request).await;
    match found {
        Ok(DescribeTaskDefinitionResponse {
            task_definition: Some(found),
            ..
        }) => return Ok(found),
        Ok(_) | Err(CallError::Refused { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let made: RegisterTaskDefinitionResponse = client
        .call(&ecs::API, "RegisterTaskDefinition", &for_image(args))
        .await?;
    match made.task_definition {
        Some(made) => Ok(made),
        None => bail!("the server gave no task definition back"),
    }
}

fn for_image(args: &Args) -> RegisterTaskDefinitionRequest {
    let base = args.what.rsplit('/').next().unwrap_or(&args.what);
    let base = base.split(['@', ':']).next().unwrap_or(base);
    let name: String = base
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
                c
            } else {
                '-'
            }
        })
        .collect();
    let port = |number: &i32| PortMapping {
        container_port: Some(*number),
        ..Default::default()
    };
    RegisterTaskDefinitionRequest {
        family: Some(format!("run-{name}")),
        network_mode: Some("awsvpc".into()),
        requires_compatibilities: Some(vec!["FARGATE".into()]),
        cpu: Some(args.cpu.clone()),
        memory: Some(args.memory.clone()),
        container_definitions: Some(vec![ContainerDefinition {
            name: Some(name),
            image: Some(args.what.clone()),
            port_mappings: Some(args.port.iter().map(port).collect()),
            ..Default::default()
        }]),
        ..Default::default()
    }
}

async fn launch(client: &Client, args: &Args, definition: &TaskDefinition) -> Result<Task> {
    let awsvpc = definition.network_mode.as_deref() == Some("awsvpc");
    let subnets = NetworkConfiguration {
        awsvpc_configuration: Some(AwsVpcConfiguration {
            subnets: Some(vec!["subnet-default".into()]),
            ..Default::default()
        }),
    };
    let first = definition
        .container_definitions
        .iter()
        .flatten()
        .find(|it| it.essential == Some(true))
        .and_then(|it| it.name.clone());
    let mut environment = Vec::new();
    for variable in &args.env {
        let Some((name, value)) = variable.split_once('=') else {
            bail!("--env {variable}: write it as NAME=VALUE")
        };
        environment.push(KeyValuePair {
            name: Some(name.to_owned()),
            value: Some(value.to_owned()),
        });
    }
    let change = ecs::ContainerOverride {
        name: first,
        command: Some(args.command.clone()).filter(|it| !it.is_empty()),
        environment: Some(environment).filter(|it| !it.is_empty()),
        ..Default::default()
    };
    let changed = change.command.is_some() || change.environment.is_some();
    let request = RunTaskRequest {
        cluster: Some(args.cluster.clone()),
        task_definition: definition.task_definition_arn.clone(),
        launch_type: Some(if awsvpc { "FARGATE" } else { "EC2" }.into()),
        network_configuration: awsvpc.then_some(subnets),
        overrides: changed.then(|| ecs::TaskOverride {
            container_overrides: Some(vec![change]),
            ..Default::default()
        }),
        ..Default::default()
    };
    let answer: RunTaskResponse = client.call(&ecs::API, "RunTask", &request).await?;
    if let Some(task) = answer.tasks.into_iter().flatten().next() {
        return Ok(task);
    }
    let failures = answer.failures.into_iter().flatten();
    let reasons: Vec<String> = failures
        .map(|it| {
            format!(
                "  {}  {} {}",
                it.reason.unwrap_or_default(),
                it.arn.unwrap_or_default(),
                it.detail.unwrap_or_default()
            )
        })
        .collect();
    bail!("no host takes the task:\n{}", reasons.join("\n"))
}
