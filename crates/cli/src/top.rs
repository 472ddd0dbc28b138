//! `longshore top`: what tasks use of CPU and memory, now.

use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use client::Client;
use model::ecs::Task;
use model::longshore::{
    self, ContainerUsage, DescribeTaskUsageRequest, DescribeTaskUsageResponse, TaskUsage, UsageSample,
};

use crate::output::{print_json, say, table};
use crate::{Connect, Output, tasks};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, default_value = "default")]
    cluster: String,
    /// Show it once and end, as it does where nobody watches: in a pipe, and with --output json
    #[arg(long)]
    once: bool,
    #[arg(long, value_enum, default_value_t)]
    output: Output,
}

/// Between looks. Agents tell every twenty seconds; new tasks are seen at once.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// Most tasks in one DescribeTaskUsage.
const ASKED_AT_ONCE: usize = 100;
/// Characters of an id that are shown.
const SHORT_ID: usize = 12;
/// CPU units of one core.
const UNITS_PER_CORE: f64 = 1024.0;
const CLEAR: &str = "\x1b[H\x1b[2J";

pub async fn run(args: &Args, connect: &Connect) -> Result<ExitCode> {
    let client = connect.client()?;
    let watched = std::io::stdout().is_terminal() && !args.once && args.output == Output::Table;
    loop {
        let arns = tasks::list(&client, &args.cluster, "RUNNING", None).await?;
        let used = usage(&client, &args.cluster, &arns).await?;
        if args.output == Output::Json {
            print_json(&DescribeTaskUsageResponse { tasks: Some(used) });
            return Ok(ExitCode::SUCCESS);
        }
        let found = tasks::describe(&client, &args.cluster, &arns).await?;
        if watched {
            drop(write!(std::io::stdout(), "{CLEAR}"));
        }
        say(&shown(&found, &used));
        if !watched {
            return Ok(ExitCode::SUCCESS);
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

async fn usage(client: &Client, cluster: &str, tasks: &[String]) -> Result<Vec<TaskUsage>> {
    let mut all = Vec::new();
    for some in tasks.chunks(ASKED_AT_ONCE) {
        let request = DescribeTaskUsageRequest {
            cluster: Some(cluster.to_owned()),
            tasks: Some(some.to_vec()),
        };
        let answer: DescribeTaskUsageResponse = client.call(&longshore::API, "DescribeTaskUsage", &request).await?;
        all.extend(answer.tasks.unwrap_or_default());
    }
    Ok(all)
}

/// Those that use the most CPU come first; tasks of which nothing was told yet come last.
fn shown(found: &[Task], used: &[TaskUsage]) -> String {
    let used: HashMap<&str, &[ContainerUsage]> = used
        .iter()
        .filter_map(|it| Some((it.task_arn.as_deref()?, it.containers.as_deref()?)))
        .collect();
    let of = |task: &Task| {
        task.task_arn
            .as_deref()
            .and_then(|arn| used.get(arn))
            .copied()
            .unwrap_or_default()
    };
    let mut ordered: Vec<&Task> = found.iter().collect();
    ordered.sort_by(|a, b| cpu(of(b)).total_cmp(&cpu(of(a))));
    table(
        &[
            "TASK",
            "DEFINITION",
            "CONTAINER",
            "CPU %",
            "MEMORY",
            "LIMIT",
            "RESTARTS",
        ],
        ordered.iter().flat_map(|task| rows(task, of(task))),
    )
}

fn last(it: &ContainerUsage) -> Option<&UsageSample> {
    it.samples.as_ref()?.last()
}

fn cpu(containers: &[ContainerUsage]) -> f64 {
    containers.iter().filter_map(|it| last(it)?.cpu_units).sum()
}

/// A line for the task and, where it has several containers, one for each of them.
fn rows(task: &Task, containers: &[ContainerUsage]) -> Vec<Vec<String>> {
    let definition = task
        .task_definition_arn
        .as_deref()
        .and_then(|arn| arn.rsplit('/').next());
    let memory = containers.iter().filter_map(|it| last(it)?.memory_mib).sum();
    let restarts = containers.iter().filter_map(|it| it.restart_count).sum();
    let limit = task
        .memory
        .as_deref()
        .map(|mib| format!("{mib} MiB"))
        .unwrap_or_default();
    let mut whole = vec![
        tasks::id(task).chars().take(SHORT_ID).collect(),
        definition.unwrap_or_default().to_owned(),
        match containers {
            [only] => only.name.clone().unwrap_or_default(),
            _ => String::new(),
        },
    ];
    if containers.is_empty() {
        whole.extend(["-".to_owned(), "-".to_owned(), limit, "-".to_owned()]);
        return vec![whole];
    }
    whole.extend(figures(cpu(containers), memory, limit, restarts));
    let mut rows = vec![whole];
    if containers.len() > 1 {
        rows.extend(containers.iter().map(|it| {
            let sample = last(it).cloned().unwrap_or_default();
            let name = it.name.clone().unwrap_or_default();
            let mut row = vec![String::new(), String::new(), name];
            row.extend(figures(
                sample.cpu_units.unwrap_or_default(),
                sample.memory_mib.unwrap_or_default(),
                String::new(),
                it.restart_count.unwrap_or_default(),
            ));
            row
        }));
    }
    rows
}

fn figures(cpu_units: f64, memory_mib: f64, limit: String, restarts: i32) -> [String; 4] {
    [
        format!("{:.1}", cpu_units / UNITS_PER_CORE * 100.0),
        format!("{memory_mib:.0} MiB"),
        limit,
        restarts.to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(id: &str) -> Task {
        Task {
            task_arn: Some(format!("arn:aws:ecs:us-east-1:1:task/web/{id}")),
            task_definition_arn: Some("arn:aws:ecs:us-east-1:1:task-definition/app:3".into()),
            memory: Some("512".into()),
            ..Default::default()
        }
    }

    fn usage(id: &str, containers: &[(&str, f64)]) -> TaskUsage {
        let container = |(name, cpu_units): &(&str, f64)| ContainerUsage {
            name: Some((*name).to_owned()),
            restart_count: Some(1),
            samples: Some(vec![UsageSample {
                timestamp: None,
                cpu_units: Some(*cpu_units),
                memory_mib: Some(10.4),
            }]),
        };
        TaskUsage {
            task_arn: task(id).task_arn,
            containers: Some(containers.iter().map(container).collect()),
        }
    }

    #[test]
    fn the_busiest_comes_first_and_what_is_not_known_is_not_called_zero() {
        let used = [
            usage("a", &[("main", 102.4)]),
            usage("b", &[("main", 1024.0), ("side", 512.0)]),
        ];
        let text = shown(&[task("new"), task("a"), task("b")], &used);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[1], ["b", "app:3", "150.0", "21", "MiB", "512", "MiB", "2"]);
        assert_eq!(lines[2], ["main", "100.0", "10", "MiB", "1"]);
        assert_eq!(lines[3], ["side", "50.0", "10", "MiB", "1"]);
        assert_eq!(lines[4], ["a", "app:3", "main", "10.0", "10", "MiB", "512", "MiB", "1"]);
        assert_eq!(lines[5], ["new", "app:3", "-", "-", "512", "MiB", "-"]);
    }
}
