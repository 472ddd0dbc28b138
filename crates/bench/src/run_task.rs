//! RunTask until DescribeTasks shows RUNNING, beside what the Docker Engine takes to create and start the same container.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use bollard::Docker;
use bollard::models::ContainerCreateBody;
use bollard::query_parameters::{CreateContainerOptions, RemoveContainerOptions};
use client::Client;
use model::ecs::{
    self, AwsVpcConfiguration, ContainerDefinition, DescribeTasksRequest, DescribeTasksResponse, NetworkConfiguration,
    RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse, RunTaskRequest, RunTaskResponse, StopTaskRequest,
    StopTaskResponse, Task,
};

use crate::clock::{instant, median};
use crate::report::Report;
use crate::server::Server;

const REPEATS: usize = 15;
pub const IMAGE: &str = "hello:1";
pub const LOOK_EVERY: Duration = Duration::from_millis(2);

pub async fn run(report: &mut Report) -> Result<()> {
    let docker = docker_with_image().await?;
    let server = Server::start("up")?;
    let client = server.with_host().await?;
    register(&client).await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..=REPEATS {
        let (one, other) = (run_task(&client).await?, create_and_start(&docker).await?);
        // The first round warms both.
        if round > 0 {
            ours.push(one);
            theirs.push(other);
        }
    }
    let millis = |times| median(times).as_secs_f64() * 1e3;
    report.compare(
        "RunTask to RUNNING, FARGATE",
        "ms",
        millis(ours),
        ("Docker create and start", millis(theirs)),
        "≤ 1.2×",
    );
    Ok(())
}

pub async fn docker_with_image() -> Result<Docker> {
    let docker = Docker::connect_with_unix_defaults()?;
    let found = docker.inspect_image(IMAGE).await;
    found.context("the image is missing: examples/hello/build-image")?;
    Ok(docker)
}

async fn register(client: &Client) -> Result<()> {
    let container = ContainerDefinition {
        name: Some("hello".into()),
        image: Some(IMAGE.into()),
        ..Default::default()
    };
    let input = RegisterTaskDefinitionRequest {
        family: Some("hello".into()),
        network_mode: Some("awsvpc".into()),
        requires_compatibilities: Some(vec!["FARGATE".into()]),
        cpu: Some("256".into()),
        memory: Some("512".into()),
        container_definitions: Some(vec![container]),
        ..Default::default()
    };
    let _: RegisterTaskDefinitionResponse = client.call(&ecs::API, "RegisterTaskDefinition", &input).await?;
    Ok(())
}

async fn run_task(client: &Client) -> Result<Duration> {
    let subnets = AwsVpcConfiguration {
        subnets: Some(vec!["subnet-1".into()]),
        ..Default::default()
    };
    let input = RunTaskRequest {
        task_definition: Some("hello".into()),
        launch_type: Some("FARGATE".into()),
        network_configuration: Some(NetworkConfiguration {
            awsvpc_configuration: Some(subnets),
        }),
        ..Default::default()
    };
    let begun = instant();
    let answer: RunTaskResponse = client.call(&ecs::API, "RunTask", &input).await?;
    let task = answer
        .tasks
        .into_iter()
        .flatten()
        .next()
        .and_then(|it| it.task_arn)
        .context("no task")?;
    until(client, &task, "RUNNING").await?;
    let took = begun.elapsed();
    let input = StopTaskRequest {
        task: Some(task.clone()),
        ..Default::default()
    };
    let _: StopTaskResponse = client.call(&ecs::API, "StopTask", &input).await?;
    until(client, &task, "STOPPED").await?;
    Ok(took)
}

async fn until(client: &Client, task: &str, wanted: &str) -> Result<()> {
    loop {
        let task = described(client, &[task.to_owned()]).await?.pop();
        let status = task.and_then(|it| it.last_status).unwrap_or_default();
        if status == wanted {
            return Ok(());
        }
        if status == "STOPPED" {
            bail!("the task has stopped");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

pub async fn described(client: &Client, tasks: &[String]) -> Result<Vec<Task>> {
    let input = DescribeTasksRequest {
        tasks: Some(tasks.to_vec()),
        ..Default::default()
    };
    let answer: DescribeTasksResponse = client.call(&ecs::API, "DescribeTasks", &input).await?;
    answer.tasks.context("no tasks")
}

async fn create_and_start(docker: &Docker) -> Result<Duration> {
    let body = ContainerCreateBody {
        image: Some(IMAGE.into()),
        ..Default::default()
    };
    let begun = instant();
    let made = docker.create_container(None::<CreateContainerOptions>, body).await?;
    docker.start_container(&made.id, None).await?;
    let took = begun.elapsed();
    docker
        .remove_container(
            &made.id,
            Some(RemoveContainerOptions {
                force: true,
                ..Default::default()
            }),
        )
        .await?;
    Ok(took)
}
