//! `longshore host`: the machines of every pool, those of Fargate too, which the ECS API does not show.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Subcommand;
use client::Client;
use model::longshore::{
    self, DeleteHostRequest, DeleteHostResponse, Host, ListHostsRequest, ListHostsResponse, UpdateHostRequest,
    UpdateHostResponse,
};

use crate::output::{note, print_json, say, table};
use crate::{Connect, Output};

/// Between looks at a host that is waited for. The API has no way to be told.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Characters of an id that are shown: enough to name a host by.
const SHORT_ID: usize = 12;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List hosts
    Ls(Ls),
    /// Give a host no new tasks; what runs there runs on
    Drain(Drain),
    /// End a host: its key is void and its agent ends
    Rm(Rm),
}

#[derive(Debug, clap::Args)]
struct Ls {
    /// Only those of this cluster
    #[arg(long, conflicts_with = "fargate")]
    cluster: Option<String>,
    /// Only those of the Fargate pool
    #[arg(long)]
    fargate: bool,
    #[arg(long, value_enum, default_value_t)]
    output: Output,
}

#[derive(Debug, clap::Args)]
struct Drain {
    /// A host's name, its id, its instance's id, or the beginning of one
    host: String,
    /// Give it tasks again
    #[arg(long, conflicts_with = "wait")]
    undo: bool,
    /// Return when its last task has stopped
    #[arg(long)]
    wait: bool,
    #[arg(long, value_enum, default_value_t)]
    output: Output,
}

#[derive(Debug, clap::Args)]
struct Rm {
    /// A host's name, its id, its instance's id, or the beginning of one
    host: String,
    /// Although it has tasks: they count as stopped from here on
    #[arg(long)]
    force: bool,
    #[arg(long, value_enum, default_value_t)]
    output: Output,
}

pub async fn run(args: &Args, connect: &Connect) -> Result<ExitCode> {
    let client = connect.client()?;
    match &args.what {
        What::Ls(args) => ls(args, &client).await?,
        What::Drain(args) => drain(args, &client).await?,
        What::Rm(args) => rm(args, &client).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn ls(args: &Ls, client: &Client) -> Result<()> {
    let hosts = list(client, args.cluster.as_deref(), args.fargate).await?;
    match args.output {
        Output::Json => print_json(&ListHostsResponse {
            hosts: Some(hosts),
            next_token: None,
        }),
        Output::Table => say(&table(
            &[
                "HOST",
                "NAME",
                "POOL",
                "STATUS",
                "CONNECTED",
                "ENGINE",
                "ADDRESS",
                "ZONE",
                "CPU FREE",
                "MEMORY FREE",
                "TASKS",
                "VERSION",
            ],
            hosts.iter().map(row),
        )),
    }
    Ok(())
}

async fn drain(args: &Drain, client: &Client) -> Result<()> {
    let host = find(client, &args.host).await?;
    let status = if args.undo { "ACTIVE" } else { "DRAINING" };
    let request = UpdateHostRequest {
        host: Some(id(&host).to_owned()),
        status: Some(status.into()),
    };
    let answer: UpdateHostResponse = client.call(&longshore::API, "UpdateHost", &request).await?;
    let mut host = answer.host.unwrap_or_default();
    let name = host.name.clone().unwrap_or_else(|| id(&host).to_owned());
    match args.undo {
        true => note("●", &format!("{name} takes new tasks")),
        false => note("●", &format!("{name} takes no new tasks; {} run on", tasks(&host))),
    }
    while args.wait && tasks(&host) > 0 {
        tokio::time::sleep(LOOK_EVERY).await;
        let now = find(client, id(&host)).await?;
        if tasks(&now) != tasks(&host) {
            note("●", &format!("{} tasks left", tasks(&now)));
        }
        host = now;
    }
    if args.output == Output::Json {
        print_json(&host);
    }
    Ok(())
}

async fn rm(args: &Rm, client: &Client) -> Result<()> {
    let host = find(client, &args.host).await?;
    let request = DeleteHostRequest {
        host: Some(id(&host).to_owned()),
        force: Some(args.force),
    };
    let answer: DeleteHostResponse = client.call(&longshore::API, "DeleteHost", &request).await?;
    let host = answer.host.unwrap_or_default();
    note(
        "●",
        &format!("{} is no host any more", host.name.as_deref().unwrap_or(id(&host))),
    );
    if args.output == Output::Json {
        print_json(&host);
    }
    Ok(())
}

async fn list(client: &Client, cluster: Option<&str>, fargate: bool) -> Result<Vec<Host>> {
    let (mut hosts, mut next_token) = (Vec::new(), None);
    loop {
        let request = ListHostsRequest {
            cluster: cluster.map(str::to_owned),
            fargate: Some(fargate),
            max_results: None,
            next_token,
        };
        let page: ListHostsResponse = client.call(&longshore::API, "ListHosts", &request).await?;
        hosts.extend(page.hosts.unwrap_or_default());
        next_token = page.next_token;
        if next_token.is_none() {
            return Ok(hosts);
        }
    }
}

/// The one host that `named` means.
async fn find(client: &Client, named: &str) -> Result<Host> {
    let mut meant = matching(list(client, None, false).await?, named);
    match (meant.pop(), meant.len()) {
        (None, _) => bail!("no host is called {named}\n  see which there are: longshore host ls"),
        (Some(one), 0) => Ok(one),
        (Some(_), more) => bail!(
            "{named} could be any of {} hosts: give an id, or more of it\n  see which there are: longshore host ls",
            more + 1
        ),
    }
}

/// A name is exact, an id may be its beginning.
fn matching(hosts: Vec<Host>, named: &str) -> Vec<Host> {
    let wanted = named.rsplit('/').next().unwrap_or(named);
    let is = |it: &Host| {
        let ids = [it.host_id.as_deref(), instance_id(it)];
        it.name.as_deref() == Some(wanted) || ids.iter().flatten().any(|id| id.starts_with(wanted))
    };
    hosts.into_iter().filter(is).collect()
}

fn instance_id(host: &Host) -> Option<&str> {
    host.container_instance_arn.as_deref()?.rsplit('/').next()
}

/// What the server knows it by.
fn id(host: &Host) -> &str {
    host.host_id
        .as_deref()
        .or_else(|| instance_id(host))
        .unwrap_or_default()
}

/// All that have not stopped.
fn tasks(host: &Host) -> i32 {
    let counts = [
        host.pending_tasks_count,
        host.running_tasks_count,
        host.stopping_tasks_count,
    ];
    counts.into_iter().flatten().sum()
}

fn row(it: &Host) -> Vec<String> {
    let text = |it: &Option<String>| it.clone().filter(|it| !it.is_empty()).unwrap_or_else(|| "-".into());
    let of = |free: Option<i32>, all: Option<i32>| match (free, all) {
        (Some(free), Some(all)) => format!("{free} of {all}"),
        _ => "-".into(),
    };
    vec![
        id(it).chars().take(SHORT_ID).collect(),
        text(&it.name),
        it.cluster.clone().unwrap_or_else(|| "(fargate)".into()),
        it.status.clone().unwrap_or_else(|| "JOINED".into()),
        if it.agent_connected == Some(true) { "yes" } else { "no" }.into(),
        engine(it).into(),
        text(&it.address),
        text(&it.availability_zone),
        of(it.remaining_cpu, it.registered_cpu),
        of(it.remaining_memory, it.registered_memory),
        tasks(it).to_string(),
        text(&it.agent_version),
    ]
}

/// Whether its container engine answers, as far as that is known now.
fn engine(it: &Host) -> &'static str {
    match it.health_status.as_deref() {
        Some("OK") if it.agent_connected == Some(true) => "ok",
        Some("IMPAIRED") if it.agent_connected == Some(true) => "hangs",
        _ => "-",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn host(id: &str, instance: &str, name: &str) -> Host {
        Host {
            host_id: Some(id.into()),
            container_instance_arn: Some(format!("arn:aws:ecs:r:1:container-instance/web/{instance}")),
            name: Some(name.into()),
            ..Default::default()
        }
    }

    #[test]
    fn a_host_is_meant_by_its_name_or_the_beginning_of_an_id() {
        let all = || {
            vec![
                host("ab12", "ff01", "edge-1"),
                host("ab34", "ff02", "edge-1"),
                host("cd56", "ff03", "edge-3"),
            ]
        };
        let meant = |named: &str| matching(all(), named).len();
        assert_eq!((meant("edge-3"), meant("cd"), meant("ff03")), (1, 1, 1));
        assert_eq!((meant("edge-1"), meant("ab")), (2, 2), "not clear");
        assert_eq!((meant("edge"), meant("x")), (0, 0), "a name is exact");
        assert_eq!(meant("arn:aws:ecs:r:1:container-instance/web/ff02"), 1);
    }

    #[test]
    fn a_task_on_its_way_out_is_still_there() {
        let busy = Host {
            running_tasks_count: Some(0),
            stopping_tasks_count: Some(1),
            ..Default::default()
        };
        assert_eq!(tasks(&busy), 1);
    }

    #[test]
    fn what_has_only_joined_is_shown_as_far_as_it_is_known() {
        let row = row(&Host {
            host_id: Some("ab12".into()),
            name: Some("edge-1".into()),
            ..Default::default()
        });
        assert_eq!(row[..7], ["ab12", "edge-1", "(fargate)", "JOINED", "no", "-", "-"]);
    }

    #[test]
    fn an_engine_that_does_not_answer_is_seen_while_its_host_is_connected() {
        let shown = |health: &str, connected| {
            engine(&Host {
                health_status: Some(health.into()),
                agent_connected: Some(connected),
                ..Default::default()
            })
        };
        assert_eq!((shown("OK", true), shown("IMPAIRED", true)), ("ok", "hangs"));
        assert_eq!((shown("INSUFFICIENT_DATA", true), shown("IMPAIRED", false)), ("-", "-"));
    }
}
