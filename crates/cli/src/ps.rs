//! `longshore ps`: what runs.

use std::process::ExitCode;

use anyhow::Result;
use model::ecs::{DescribeTasksResponse, Task};

use crate::connect::now;
use crate::output::{print_json, say, table};
use crate::{Connect, Output, tasks};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long, default_value = "default")]
    cluster: String,
    /// Stopped tasks too
    #[arg(long, short)]
    all: bool,
    #[arg(long, value_enum, default_value_t)]
    output: Output,
}

/// Characters of an id that are shown: enough to name a task by.
const SHORT_ID: usize = 12;

pub async fn run(args: &Args, connect: &Connect) -> Result<ExitCode> {
    let client = connect.client()?;
    let mut arns = tasks::list(&client, &args.cluster, "RUNNING", None).await?;
    if args.all {
        arns.extend(tasks::list(&client, &args.cluster, "STOPPED", None).await?);
    }
    let mut found = tasks::describe(&client, &args.cluster, &arns).await?;
    found.sort_by_key(|it| std::cmp::Reverse(it.created_at));
    match args.output {
        Output::Json => print_json(&DescribeTasksResponse {
            tasks: Some(found),
            failures: None,
        }),
        Output::Table => say(&table(
            &["TASK", "DEFINITION", "TYPE", "STATUS", "ADDRESS", "AGE"],
            found.iter().map(row),
        )),
    }
    Ok(ExitCode::SUCCESS)
}

fn row(it: &Task) -> Vec<String> {
    let definition = it
        .task_definition_arn
        .as_deref()
        .and_then(|arn| arn.rsplit('/').next())
        .unwrap_or_default();
    vec![
        tasks::id(it).chars().take(SHORT_ID).collect(),
        definition.to_owned(),
        it.launch_type.clone().unwrap_or_default(),
        status(it),
        tasks::address(it),
        it.created_at.map(|at| age(now().since(at) / 1000)).unwrap_or_default(),
    ]
}

/// With the exit code of what has ended.
fn status(it: &Task) -> String {
    let status = it.last_status.clone().unwrap_or_default();
    let code = it.containers.iter().flatten().find_map(|c| c.exit_code);
    match code {
        Some(code) if status == "STOPPED" => format!("{status} ({code})"),
        _ => status,
    }
}

pub fn age(seconds: i64) -> String {
    match seconds.max(0) {
        s @ 0..=59 => format!("{s} s"),
        s @ 60..=3599 => format!("{} min", s / 60),
        s @ 3600..=86_399 => format!("{} h", s / 3600),
        s => format!("{} d", s / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_in_its_largest_unit() {
        assert_eq!(
            [age(-1), age(59), age(60), age(7200), age(90_000)],
            ["0 s", "59 s", "1 min", "2 h", "1 d"]
        );
    }
}
