//! The telemetry session: tells the server every so often what containers use and how they are, and whether the runtime answers.
//!
//! Each frame is signed by itself: the lines of a signed request's head, an empty line, the message.

use std::sync::Arc;
use std::time::Duration;

use client::{CallError, Client, escape};
use futures_util::{SinkExt, StreamExt};
use model::ecs::{self, DiscoverPollEndpointRequest, DiscoverPollEndpointResponse};
use tokio_tungstenite::tungstenite::Message;
use wire::json;
use wire::shape::Encode;
use wire::time::Time;

use crate::clock;
use crate::join::Backoff;
use crate::metadata::Metadata;
use crate::runtime::Runtime;
use crate::telemetry::Teller;

/// Between messages.
const EVERY: Duration = Duration::from_secs(20);
/// Silence of the server after which the connection counts as lost; it acknowledges every message.
const MAX_SILENCE: Duration = Duration::from_secs(60);
/// Before a server that refuses is asked again.
const REFUSED: Duration = Duration::from_secs(60);

/// What was told last.
#[derive(Default)]
struct Told {
    runtime: Option<(bool, Time)>,
    messages: u64,
}

/// Holds a session until it is dropped.
pub async fn hold<R: Runtime>(metadata: Arc<Metadata<R>>) {
    let mut backoff = Backoff::new();
    let mut told = Told::default();
    loop {
        let client = metadata.client();
        match open(&client, &metadata).await {
            Ok((path, socket)) => {
                backoff = Backoff::new();
                let reason = Session { client, path, socket }.talk(&metadata, &mut told).await;
                tracing::debug!(reason, "the telemetry session has ended");
            }
            Err(error) if !error.is_temporary() => {
                tracing::debug!(%error, "the server takes no telemetry");
                tokio::time::sleep(clock::jittered(REFUSED)).await;
            }
            Err(error) => tracing::debug!(%error, "the server cannot be reached for telemetry"),
        }
        backoff.wait().await;
    }
}

async fn open<R: Runtime>(client: &Client, metadata: &Metadata<R>) -> Result<(String, client::Socket), CallError> {
    let (place, version) = (metadata.place(), metadata.runtime().facts().version);
    let request = DiscoverPollEndpointRequest {
        container_instance: Some(place.instance_arn.clone()),
        cluster: place.cluster.clone(),
    };
    let found: DiscoverPollEndpointResponse = client.call(&ecs::API, "DiscoverPollEndpoint", &request).await?;
    let path = format!(
        "{}/ws?agentHash=longshore&agentVersion={}&cluster={}&containerInstance={}&dockerVersion={}",
        folder(found.telemetry_endpoint.as_deref().unwrap_or_default()),
        env!("CARGO_PKG_VERSION"),
        escape(place.cluster.as_deref().unwrap_or_default()),
        escape(&place.instance_arn),
        escape(&version),
    );
    let socket = client.open_websocket(&path).await?;
    Ok((path, socket))
}

/// The path of a URL, without a slash at its end. The server is reached as it always is; it may call itself by another name.
fn folder(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.find('/').map_or("", |at| rest[at..].trim_end_matches('/'))
}

struct Session {
    client: Client,
    path: String,
    socket: client::Socket,
}

type Sent = Result<(), tokio_tungstenite::tungstenite::Error>;

impl Session {
    async fn talk<R: Runtime>(mut self, metadata: &Metadata<R>, told: &mut Told) -> &'static str {
        // What was gathered while nobody listened is of no moment that anybody could name.
        drop(metadata.telemetry().take(&metadata.all()));
        told.runtime = None;
        let mut tick = tokio::time::interval(EVERY);
        let silence = MAX_SILENCE + clock::jittered(MAX_SILENCE);
        let mut heard_at = tokio::time::Instant::now();
        loop {
            let sent = tokio::select! {
                heard = self.socket.next() => match heard {
                    Some(Ok(Message::Close(_))) | None => return "closed by the server",
                    Some(Ok(_)) => {
                        heard_at = tokio::time::Instant::now();
                        Ok(())
                    }
                    Some(Err(_)) => return "connection lost",
                },
                _ = tick.tick() => self.tell_all(metadata, told).await,
                () = metadata.health_changes() => self.tell_health(metadata, told).await,
                () = tokio::time::sleep_until(heard_at + silence) => return "the server is silent",
            };
            if sent.is_err() {
                return "connection lost";
            }
        }
    }

    async fn tell_all<R: Runtime>(&mut self, metadata: &Metadata<R>, told: &mut Told) -> Sent {
        let (teller, now) = (teller(metadata), clock::now());
        let answers = metadata.runtime().ping().await.is_ok();
        if told.runtime.is_none_or(|(before, _)| before != answers) {
            told.runtime = Some((answers, now));
            let message = teller.runtime_status(answers, now, &told.next_id(), now);
            self.send("PublishInstanceStatusRequest", &message).await?;
        }
        let pages = metadata.telemetry().take(&metadata.all());
        for message in teller.metrics(pages, &told.next_id(), now) {
            self.send("PublishMetricsRequest", &message).await?;
        }
        self.tell_health(metadata, told).await
    }

    async fn tell_health<R: Runtime>(&mut self, metadata: &Metadata<R>, told: &mut Told) -> Sent {
        for message in teller(metadata).healths(&metadata.all(), &told.next_id(), clock::now()) {
            self.send("PublishHealthRequest", &message).await?;
        }
        Ok(())
    }

    async fn send(&mut self, kind: &str, body: &(dyn Encode + Sync)) -> Sent {
        let message = format!(r#"{{"type":"{kind}","message":{}}}"#, json::to_string(body));
        let mut frame = String::with_capacity(message.len() + 512);
        for (name, value) in self.client.sign(&self.path, message.as_bytes()) {
            frame.push_str(&format!("{name}: {value}\r\n"));
        }
        frame.push_str("\r\n");
        frame.push_str(&message);
        self.socket.send(Message::text(frame)).await
    }
}

impl Told {
    fn next_id(&mut self) -> String {
        self.messages += 1;
        self.messages.to_string()
    }
}

fn teller<R: Runtime>(metadata: &Metadata<R>) -> Teller {
    let place = metadata.place();
    Teller {
        cluster: place.cluster.clone().unwrap_or_default(),
        instance_arn: place.instance_arn.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_an_endpoint_is_kept() {
        assert_eq!(folder("http://10.0.0.1:4566/"), "");
        assert_eq!(folder("https://server"), "");
        assert_eq!(folder("https://server:1/telemetry/"), "/telemetry");
    }
}
