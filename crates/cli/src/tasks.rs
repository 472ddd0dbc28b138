//! Tasks by the names that people use for them: an ARN, an id, or the beginning of one.

use std::time::Duration;

use anyhow::{Result, bail};
use client::Client;
use model::ecs::{self, DescribeTasksRequest, DescribeTasksResponse, ListTasksRequest, ListTasksResponse, Task};

/// Between looks at a task that is waited for. The API has no way to be told.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// Most ids in one DescribeTasks.
const DESCRIBED_AT_ONCE: usize = 100;

pub fn id(task: &Task) -> &str {
    task.task_arn
        .as_deref()
        .and_then(|arn| arn.rsplit('/').next())
        .unwrap_or_default()
}

/// The task's own address, or where the host forwards to it, as far as they are known.
pub fn address(task: &Task) -> String {
    let containers = || task.containers.iter().flatten();
    let own = containers()
        .flat_map(|c| c.network_interfaces.iter().flatten())
        .find_map(|it| it.private_ipv4_address.clone());
    let forwarded = || {
        let bound = containers().flat_map(|c| c.network_bindings.iter().flatten());
        bound
            .map(|it| {
                format!(
                    "{}:{}",
                    it.bind_ip.as_deref().unwrap_or_default(),
                    it.host_port.unwrap_or_default()
                )
            })
            .collect::<Vec<_>>()
            .join(" ")
    };
    own.unwrap_or_else(forwarded)
}

/// ARNs of the tasks that should be so, of one launch type or all.
pub async fn list(client: &Client, cluster: &str, desired: &str, launch_type: Option<&str>) -> Result<Vec<String>> {
    let mut arns = Vec::new();
    let mut next_token = None;
    loop {
        let request = ListTasksRequest {
            cluster: Some(cluster.to_owned()),
            desired_status: Some(desired.to_owned()),
            launch_type: launch_type.map(str::to_owned),
            next_token,
            ..Default::default()
        };
        let page: ListTasksResponse = client.call(&ecs::API, "ListTasks", &request).await?;
        arns.extend(page.task_arns.unwrap_or_default());
        next_token = page.next_token;
        if next_token.is_none() {
            return Ok(arns);
        }
    }
}

pub async fn describe(client: &Client, cluster: &str, tasks: &[String]) -> Result<Vec<Task>> {
    let mut all = Vec::new();
    for some in tasks.chunks(DESCRIBED_AT_ONCE) {
        let request = DescribeTasksRequest {
            cluster: Some(cluster.to_owned()),
            tasks: Some(some.to_vec()),
            include: None,
        };
        let answer: DescribeTasksResponse = client.call(&ecs::API, "DescribeTasks", &request).await?;
        all.extend(answer.tasks.unwrap_or_default());
    }
    Ok(all)
}

/// The task, once it is as wanted.
pub async fn wait_for(client: &Client, cluster: &str, id: &str, mut done: impl FnMut(&Task) -> bool) -> Result<Task> {
    loop {
        match describe(client, cluster, &[id.to_owned()]).await?.pop() {
            Some(task) if done(&task) => return Ok(task),
            Some(_) => tokio::time::sleep(LOOK_EVERY).await,
            None => bail!("the task {id} is gone"),
        }
    }
}

/// The one task that `named` means.
pub async fn find(client: &Client, cluster: &str, named: &str) -> Result<Task> {
    let wanted = named.rsplit('/').next().unwrap_or(named);
    let mut arns = list(client, cluster, "RUNNING", None).await?;
    arns.extend(list(client, cluster, "STOPPED", None).await?);
    arns.retain(|arn| arn.rsplit('/').next().is_some_and(|id| id.starts_with(wanted)));
    match arns.as_slice() {
        [] => bail!(
            "no task of the cluster {cluster} is called {named}\n  see which there are: longshore ps --all --cluster {cluster}"
        ),
        [one] => match describe(client, cluster, std::slice::from_ref(one)).await?.pop() {
            Some(task) => Ok(task),
            None => bail!("the task {named} is gone"),
        },
        many => bail!("{named} could be any of {} tasks: give more of the id", many.len()),
    }
}

pub fn is_stopped(task: &Task) -> bool {
    task.last_status.as_deref() == Some("STOPPED")
}
