//! The agent's end of its websocket: connects, answers heartbeats, hands on what the server says, and connects again when it ends.

use std::time::Duration;

use client::{CallError, Client};
use futures_util::{SinkExt, StreamExt};
use model::acs;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;
use wire::shape::{Encode, Shape};
use wire::{Value, json};

use crate::clock;
use crate::join::Backoff;

/// Silence of the server after which the connection counts as lost; a random part comes on top. The server speaks every 20 s.
const MAX_SILENCE: Duration = Duration::from_secs(60);
/// A connection that lasted this long was a good one: the next attempt is made at once.
const GOOD_LIFE: Duration = Duration::from_secs(10);
/// Messages handed to the worker and not yet taken.
pub const QUEUE: usize = 16;

/// What the server wants.
pub enum FromServer {
    Payload(acs::PayloadMessage),
    Logs(acs::LogStreamMessage),
    /// This instance has been deregistered.
    Inactive,
}

/// What the worker answers.
pub enum ToServer {
    Ack(acs::AckRequest),
    Nack(acs::NackRequest),
}

/// Holds a connection until the worker is gone. `client` is asked for each time, because keys rotate.
pub async fn hold(
    client: impl Fn() -> Client,
    instance_arn: String,
    cluster: String,
    version: String,
    from_server: mpsc::Sender<FromServer>,
    mut to_server: mpsc::Receiver<ToServer>,
) {
    let path = format!(
        "/ws?agentHash=longshore&agentVersion={}&clusterArn={}&containerInstanceArn={}&dockerVersion={}&protocolVersion=2&sendCredentials=true&seqNum=1",
        env!("CARGO_PKG_VERSION"),
        escape(&cluster),
        escape(&instance_arn),
        escape(&version),
    );
    let mut backoff = Backoff::new();
    while !from_server.is_closed() {
        #[expect(
            clippy::disallowed_methods,
            reason = "measures how long a connection lasted, against clock jumps"
        )]
        let begun = std::time::Instant::now();
        match client().open_websocket(&path).await {
            Ok(socket) => {
                tracing::info!("connected to the server");
                let reason = talk(socket, &from_server, &mut to_server).await;
                tracing::info!(reason, "disconnected from the server");
            }
            // A host that was deregistered has no key any more.
            Err(error)
                if matches!(
                    error.code(),
                    Some("InactiveInstanceException" | "UnrecognizedClientException")
                ) =>
            {
                tracing::error!(%error, "this host was deregistered, or the server is not the one that it joined");
                // The worker may be gone; then the loop ends by itself.
                drop(from_server.send(FromServer::Inactive).await);
                return;
            }
            Err(error @ CallError::Refused { .. }) => tracing::error!(%error, "the server refuses the connection"),
            Err(error) => tracing::warn!(%error, "the server cannot be reached"),
        }
        if begun.elapsed() >= GOOD_LIFE {
            backoff = Backoff::new();
        }
        backoff.wait().await;
    }
}

async fn talk(
    mut socket: client::Socket,
    from_server: &mpsc::Sender<FromServer>,
    to_server: &mut mpsc::Receiver<ToServer>,
) -> &'static str {
    let silence = MAX_SILENCE + clock::jittered(MAX_SILENCE);
    loop {
        let sent = tokio::select! {
            heard = tokio::time::timeout(silence, socket.next()) => match heard {
                Err(_) => return "the server is silent",
                Ok(Some(Ok(Message::Text(text)))) => match hear(&text) {
                    Heard::Answer(frame) => socket.send(Message::text(frame)).await,
                    Heard::Wanted(wanted) => {
                        if from_server.send(wanted).await.is_err() {
                            return "the agent ends";
                        }
                        Ok(())
                    }
                    Heard::Nothing => Ok(()),
                },
                Ok(Some(Ok(Message::Close(_)))) | Ok(None) => return "closed by the server",
                Ok(Some(Ok(_))) => Ok(()),
                Ok(Some(Err(_))) => return "connection lost",
            },
            answer = to_server.recv() => match answer {
                Some(ToServer::Ack(ack)) => socket.send(Message::text(frame("AckRequest", &ack))).await,
                Some(ToServer::Nack(nack)) => socket.send(Message::text(frame("NackRequest", &nack))).await,
                None => return "the agent ends",
            },
        };
        if sent.is_err() {
            return "connection lost";
        }
    }
}

enum Heard {
    Answer(String),
    Wanted(FromServer),
    /// A message of a kind that is not known here, which is no error.
    Nothing,
}

fn hear(text: &str) -> Heard {
    let Ok(frame_value) = json::parse(text.as_bytes()) else {
        return Heard::Nothing;
    };
    let body = || frame_value.get("message").cloned().unwrap_or(Value::Null);
    match frame_value.get("type").and_then(Value::as_str) {
        Some("HeartbeatMessage") => {
            let id = acs::HeartbeatMessage::decode(body()).unwrap_or_default().message_id;
            Heard::Answer(frame(
                "HeartbeatAckRequest",
                &acs::HeartbeatAckRequest { message_id: id },
            ))
        }
        Some("PayloadMessage") => {
            acs::PayloadMessage::decode(body()).map_or(Heard::Nothing, |it| Heard::Wanted(FromServer::Payload(it)))
        }
        Some("LogStreamMessage") => {
            acs::LogStreamMessage::decode(body()).map_or(Heard::Nothing, |it| Heard::Wanted(FromServer::Logs(it)))
        }
        _ => Heard::Nothing,
    }
}

fn frame(kind: &str, body: &dyn Encode) -> String {
    format!(r#"{{"type":"{kind}","message":{}}}"#, json::to_string(body))
}

/// Percent-encodes all but unreserved characters, which is what a signature's query wants.
fn escape(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes()
        .map(|b| {
            if plain(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heartbeat_is_answered_with_its_own_id() {
        let Heard::Answer(text) = hear(r#"{"type":"HeartbeatMessage","message":{"messageId":"7","healthy":true}}"#)
        else {
            panic!("an answer")
        };
        assert_eq!(text, r#"{"type":"HeartbeatAckRequest","message":{"messageId":"7"}}"#);
    }

    #[test]
    fn what_is_not_known_is_ignored() {
        for text in [
            "",
            "[]",
            r#"{"type":"New","message":{}}"#,
            r#"{"type":"PayloadMessage"}"#,
            r#"{"type":"PayloadMessage","message":{"tasks":7}}"#,
        ] {
            assert!(matches!(hear(text), Heard::Nothing), "{text}");
        }
    }

    #[test]
    fn a_query_is_escaped_as_signatures_want_it() {
        assert_eq!(escape("arn:a/b c~"), "arn%3Aa%2Fb%20c~");
    }
}
