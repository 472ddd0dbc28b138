//! `longshore explain`: why a task is where it is, or is not.

use std::process::ExitCode;

use anyhow::{Result, bail};
use client::Client;
use model::ecs::Task;
use model::longshore::{self, ListPlacementDecisionsRequest, ListPlacementDecisionsResponse, PlacementDecision};

use crate::connect::now;
use crate::output::{print_json, say};
use crate::{Connect, Output, clusters, ps, tasks};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// A task's id or ARN, a service, a task definition family, or a cluster
    what: String,
    #[arg(long, default_value = "default")]
    cluster: String,
    #[arg(long, value_enum, default_value_t)]
    output: Output,
}

/// Hosts named under one decision.
const HOSTS_SHOWN: usize = 10;

pub async fn run(args: &Args, connect: &Connect) -> Result<ExitCode> {
    let client = connect.client()?;
    if let Some(task) = task(&client, args).await? {
        match args.output {
            Output::Json => print_json(&task),
            Output::Table => say(&of_task(&task)),
        }
        return Ok(ExitCode::SUCCESS);
    }
    let (cluster, of_cluster) = match clusters::is_active(&client, &args.what).await? {
        true => (&args.what, true),
        false => (&args.cluster, false),
    };
    let mut answer = decisions(&client, cluster).await?;
    if !of_cluster {
        let groups = ["service:", "family:", ""].map(|kind| format!("{kind}{}", args.what));
        let all = answer.decisions.take().unwrap_or_default();
        let of_group = |it: &PlacementDecision| it.group.as_ref().is_some_and(|group| groups.contains(group));
        answer.decisions = Some(all.into_iter().filter(of_group).collect());
    }
    match args.output {
        Output::Json => print_json(&answer),
        Output::Table => {
            let list = answer.decisions.unwrap_or_default();
            if list.is_empty() {
                say(&format!(
                    "Nothing of {} failed to find a host lately in cluster {cluster}.\n",
                    args.what
                ));
            }
            list.iter().for_each(|it| say(&of_decision(it)));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The task that is meant, if the word looks like one.
async fn task(client: &Client, args: &Args) -> Result<Option<Task>> {
    let id = args.what.rsplit('/').next().unwrap_or_default();
    let is_arn = args.what.contains(":task/");
    if !is_arn && (id.len() < 12 || !id.bytes().all(|b| b.is_ascii_hexdigit())) {
        return Ok(None);
    }
    let mut arns = tasks::list(client, &args.cluster, "RUNNING", None).await?;
    arns.extend(tasks::list(client, &args.cluster, "STOPPED", None).await?);
    let named: Vec<String> = arns
        .into_iter()
        .filter(|arn| arn.rsplit('/').next().is_some_and(|it| it.starts_with(id)))
        .collect();
    match tasks::describe(client, &args.cluster, &named).await?.pop() {
        None if is_arn => bail!("There is no task {id} in cluster {}.", args.cluster),
        found => Ok(found),
    }
}

async fn decisions(client: &Client, cluster: &str) -> Result<ListPlacementDecisionsResponse> {
    let input = ListPlacementDecisionsRequest {
        cluster: Some(cluster.to_owned()),
        group: None,
    };
    Ok(client.call(&longshore::API, "ListPlacementDecisions", &input).await?)
}

fn of_task(it: &Task) -> String {
    let text = |field: &Option<String>| field.clone().unwrap_or_else(|| "-".into());
    let mut lines = vec![format!(
        "Task {} is {} and wanted {}.",
        tasks::id(it),
        text(&it.last_status),
        text(&it.desired_status)
    )];
    let host = it
        .container_instance_arn
        .as_deref()
        .and_then(|arn| arn.rsplit('/').next());
    lines.push(match host {
        Some(host) => format!("It was placed on host {host} in {}.", text(&it.availability_zone)),
        None => format!("It was placed in the Fargate pool, in {}.", text(&it.availability_zone)),
    });
    if let Some(reason) = &it.stopped_reason {
        lines.push(format!("It stopped by {}: {reason}", text(&it.stop_code)));
    }
    for container in it.containers.iter().flatten() {
        let exit = container
            .exit_code
            .map(|code| format!(", exit code {code}"))
            .unwrap_or_default();
        let reason = container
            .reason
            .as_ref()
            .map(|it| format!(": {it}"))
            .unwrap_or_default();
        lines.push(format!(
            "Container {} is {}{exit}{reason}",
            text(&container.name),
            text(&container.last_status)
        ));
    }
    lines.join("\n") + "\n"
}

fn of_decision(it: &PlacementDecision) -> String {
    let age = it
        .created_at
        .map(|at| ps::age(now().since(at) / 1000))
        .unwrap_or_default();
    let definition = it.task_definition_arn.as_deref().and_then(|arn| arn.rsplit('/').next());
    let hosts = it.hosts.as_deref().unwrap_or_default();
    let mut lines = vec![format!(
        "{age} ago, {} of {} tasks of {} found a host.",
        it.placed.unwrap_or_default(),
        it.wanted.unwrap_or_default(),
        definition.unwrap_or("-"),
    )];
    if hosts.is_empty() {
        lines.push("  There was no host at all. Add one with: longshore agent".into());
    }
    for host in hosts.iter().take(HOSTS_SHOWN) {
        let id = host
            .container_instance_arn
            .as_deref()
            .and_then(|arn| arn.rsplit('/').next());
        lines.push(format!(
            "  {}: {} ({})",
            id.unwrap_or("-"),
            host.detail.as_deref().unwrap_or_default(),
            host.reason.as_deref().unwrap_or_default()
        ));
    }
    let more = hosts.len().saturating_sub(HOSTS_SHOWN) as i32 + it.more_hosts.unwrap_or_default();
    if more > 0 {
        lines.push(format!("  and {more} hosts more"));
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use model::longshore::HostVerdict;

    use super::*;

    #[test]
    fn a_decision_names_hosts_and_reasons_and_ends_somewhere() {
        let verdict = HostVerdict {
            container_instance_arn: Some("arn:aws:ecs:r:1:container-instance/web/ab".into()),
            reason: Some("RESOURCE:CPU".into()),
            detail: Some("needs 256 CPU units, 0 free".into()),
        };
        let text = of_decision(&PlacementDecision {
            task_definition_arn: Some("arn:aws:ecs:r:1:task-definition/app:1".into()),
            wanted: Some(3),
            placed: Some(1),
            hosts: Some(vec![verdict; 12]),
            more_hosts: Some(5),
            ..Default::default()
        });
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], " ago, 1 of 3 tasks of app:1 found a host.");
        assert_eq!(lines[1], "  ab: needs 256 CPU units, 0 free (RESOURCE:CPU)");
        assert_eq!((lines.len(), lines[11]), (12, "  and 7 hosts more"));
    }
}
