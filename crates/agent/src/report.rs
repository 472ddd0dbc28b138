//! Reports to the server: in order for each task, and again until the server has taken them.

use client::{CallError, Client};
use model::ecs::{ContainerStateChange, NetworkBinding, SubmitTaskStateChangeRequest, SubmitTaskStateChangeResponse};
use model::longshore::{ReportTaskNetworkRequest, ReportTaskNetworkResponse};
use model::{ecs, longshore};

use crate::join::Backoff;
use crate::runtime::{Binding, Protocol, Sandbox};
use crate::task::{ContainerReport, Report, Status};

/// One thing to tell.
#[derive(Clone, Debug)]
pub enum Message {
    Network { attachment_arn: String, sandbox: Sandbox },
    State(Report),
}

/// Tells the server until it answers. What the server refuses as invalid is dropped, as the protocol has it: it will never be taken.
pub async fn deliver(client: &Client, task_arn: &str, cluster: &str, message: &Message) {
    let mut backoff = Backoff::new();
    loop {
        match send(client, task_arn, cluster, message).await {
            Ok(()) => return,
            Err(CallError::Refused { code, message, .. }) if code == "InvalidParameterException" => {
                tracing::warn!(
                    task = task_arn,
                    message,
                    "the server does not take a report; it is dropped"
                );
                return;
            }
            Err(error) => {
                tracing::warn!(task = task_arn, %error, "a report was not delivered; trying again");
                backoff.wait().await;
            }
        }
    }
}

async fn send(client: &Client, task_arn: &str, cluster: &str, message: &Message) -> Result<(), CallError> {
    match message {
        Message::Network {
            attachment_arn,
            sandbox,
        } => {
            let request = network(task_arn, attachment_arn, sandbox);
            let _: ReportTaskNetworkResponse = client.call(&longshore::API, "ReportTaskNetwork", &request).await?;
        }
        Message::State(report) => {
            let request = state(task_arn, cluster, report);
            let _: SubmitTaskStateChangeResponse = client.call(&ecs::API, "SubmitTaskStateChange", &request).await?;
        }
    }
    Ok(())
}

/// How a task's address is told.
pub fn network(task_arn: &str, attachment_arn: &str, sandbox: &Sandbox) -> ReportTaskNetworkRequest {
    ReportTaskNetworkRequest {
        task_arn: Some(task_arn.to_owned()),
        attachment_arn: Some(attachment_arn.to_owned()),
        private_ipv4_address: Some(sandbox.address.clone()),
        mac_address: sandbox.mac.clone(),
    }
}

/// How a task's state is told.
pub fn state(task_arn: &str, cluster: &str, report: &Report) -> SubmitTaskStateChangeRequest {
    SubmitTaskStateChangeRequest {
        cluster: Some(cluster.to_owned()),
        task: Some(task_arn.to_owned()),
        status: Some(status(report.status).into()),
        reason: report.reason.clone(),
        containers: Some(report.containers.iter().map(container).collect()),
        pull_started_at: report.pull_started,
        pull_stopped_at: report.pull_stopped,
        execution_stopped_at: report.execution_stopped,
        ..Default::default()
    }
}

fn status(it: Status) -> &'static str {
    match it {
        Status::Pending => "PENDING",
        Status::Running => "RUNNING",
        Status::Stopped => "STOPPED",
    }
}

fn container(it: &ContainerReport) -> ContainerStateChange {
    ContainerStateChange {
        container_name: Some(it.name.clone()),
        image_digest: it.digest.clone(),
        runtime_id: it.runtime_id.clone(),
        exit_code: it.exit_code,
        network_bindings: Some(it.bindings.iter().map(binding).collect()),
        reason: it.reason.clone(),
        status: Some(status(it.status).into()),
    }
}

fn binding(it: &Binding) -> NetworkBinding {
    let one = |first: u16| (it.length == 1).then_some(i32::from(first));
    let several = |first: u16| (it.length > 1).then(|| format!("{first}-{}", first.saturating_add(it.length - 1)));
    NetworkBinding {
        bind_ip: Some(it.ip.clone()),
        container_port: one(it.container_port),
        host_port: one(it.host_port),
        container_port_range: several(it.container_port),
        host_port_range: several(it.host_port),
        protocol: Some(
            match it.protocol {
                Protocol::Tcp => "tcp",
                Protocol::Udp => "udp",
            }
            .into(),
        ),
    }
}
