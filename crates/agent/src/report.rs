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
/// `client` is asked for each time, because keys rotate.
pub async fn deliver(client: impl Fn() -> Client, task_arn: &str, cluster: &str, message: &Message) {
    let mut backoff = Backoff::new();
    loop {
        match send(&client(), task_arn, cluster, message).await {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::time::Duration;

    use client::{Credentials, Endpoint};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;
    use crate::clock;

    /// A server that knows one key, until it has answered a call that was signed with it.
    async fn serve(listener: TcpListener, key: &str) {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.windows(4).any(|it| it == b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            let known = String::from_utf8(head).unwrap().contains(key);
            let (status, body) = match known {
                true => ("200 OK", "{}"),
                false => ("400 Bad Request", r#"{"__type":"UnrecognizedClientException"}"#),
            };
            let length = body.len();
            let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).await.unwrap();
            if known {
                return;
            }
        }
    }

    #[tokio::test]
    async fn a_report_that_waits_while_the_key_rotates_is_delivered_with_the_next_one() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoint = Endpoint::parse(&format!("http://{}", listener.local_addr().unwrap()), None).unwrap();
        let asked = AtomicU32::new(0);
        let client = || {
            let key = Credentials {
                access_key_id: format!("key-{}", asked.fetch_add(1, Ordering::Relaxed)),
                secret_access_key: "secret".into(),
                region: "us-east-1".into(),
            };
            Client::new(endpoint.clone(), Some(key), clock::now)
        };
        let message = Message::Network {
            attachment_arn: "arn".into(),
            sandbox: Sandbox {
                address: "10.64.0.2".into(),
                mac: None,
            },
        };
        let told = async { tokio::join!(deliver(client, "task", "web", &message), serve(listener, "key-1")) };
        let told = tokio::time::timeout(Duration::from_secs(30), told).await;
        told.expect("the report is delivered");
    }
}
