//! The agent's side of the protocol, without the socket: what a frame of the server's means, and what is answered to it at once.

use model::acs;
use wire::shape::{Encode, Shape};
use wire::{Value, json};

/// What the server wants of the worker.
pub enum FromServer {
    /// A connection is there; what it has for this host follows.
    Connected,
    Payload(acs::PayloadMessage),
    /// All tasks that this instance should have.
    Manifest(acs::TaskManifestMessage),
    /// Which of those that it has beyond the manifest are to stop.
    Stops(acs::TaskStopVerificationAck),
    Logs(acs::LogStreamMessage),
    Network(acs::TaskNetworkMessage),
    /// This instance has been deregistered.
    Inactive,
}

/// What the worker answers.
pub enum ToServer {
    Ack(acs::AckRequest),
    Nack(acs::NackRequest),
    /// May these be stopped?
    Candidates(acs::TaskStopVerificationMessage),
}

impl ToServer {
    pub fn frame(&self) -> String {
        match self {
            ToServer::Ack(it) => frame("AckRequest", it),
            ToServer::Nack(it) => frame("NackRequest", it),
            ToServer::Candidates(it) => frame("TaskStopVerificationMessage", it),
        }
    }
}

pub enum Heard {
    Answer(String),
    Wanted(FromServer),
    /// A message of a kind that is not known here, which is no error.
    Nothing,
}

pub fn hear(text: &str) -> Heard {
    let Ok(it) = json::parse(text.as_bytes()) else {
        return Heard::Nothing;
    };
    let kind = member(&it, "type");
    let body = it.into_member("message").unwrap_or(Value::Null);
    match kind.as_deref() {
        Some("HeartbeatMessage") => Heard::Answer(frame(
            "HeartbeatAckRequest",
            &acs::HeartbeatAckRequest {
                message_id: acs::HeartbeatMessage::decode(body).unwrap_or_default().message_id,
            },
        )),
        Some("PayloadMessage") => wanted(body, FromServer::Payload),
        Some("TaskManifestMessage") => wanted(body, FromServer::Manifest),
        Some("TaskStopVerificationAck") => wanted(body, FromServer::Stops),
        Some("LogStreamMessage") => wanted(body, FromServer::Logs),
        Some("TaskNetworkMessage") => wanted(body, FromServer::Network),
        // This agent makes a task's interface when it starts the task; there is nothing to wait for.
        Some("AttachTaskNetworkInterfacesMessage" | "AttachInstanceNetworkInterfacesMessage") => ack(&body),
        Some("StageUpdateMessage" | "PerformUpdateMessage") => Heard::Answer(frame(
            "NackRequest",
            &acs::NackRequest {
                cluster: member(&body, "clusterArn"),
                container_instance: member(&body, "containerInstanceArn"),
                message_id: member(&body, "messageId"),
                reason: Some("Updates are disabled: this agent is updated by whoever installed it".into()),
            },
        )),
        Some("ErrorMessage" | "CloseMessage") => {
            tracing::warn!(message = member(&body, "message"), "the server complains");
            Heard::Nothing
        }
        _ => Heard::Nothing,
    }
}

fn wanted<T: Shape>(body: Value, wrap: fn(T) -> FromServer) -> Heard {
    T::decode(body).map_or(Heard::Nothing, |it| Heard::Wanted(wrap(it)))
}

fn ack(body: &Value) -> Heard {
    Heard::Answer(frame(
        "AckRequest",
        &acs::AckRequest {
            cluster: member(body, "clusterArn"),
            container_instance: member(body, "containerInstanceArn"),
            message_id: member(body, "messageId"),
        },
    ))
}

fn member(body: &Value, name: &str) -> Option<String> {
    body.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn frame(kind: &str, body: &dyn Encode) -> String {
    format!(r#"{{"type":"{kind}","message":{}}}"#, json::to_string(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(text: &str) -> String {
        match hear(text) {
            Heard::Answer(answer) => answer,
            Heard::Wanted(_) | Heard::Nothing => panic!("an answer to {text}"),
        }
    }

    #[test]
    fn a_heartbeat_is_answered_with_its_own_id() {
        assert_eq!(
            answer(r#"{"type":"HeartbeatMessage","message":{"messageId":"7","healthy":true}}"#),
            r#"{"type":"HeartbeatAckRequest","message":{"messageId":"7"}}"#
        );
    }

    #[test]
    fn an_update_is_declined_with_a_reason() {
        let answer =
            answer(r#"{"type":"PerformUpdateMessage","message":{"messageId":"7","clusterArn":"web","new":1}}"#);
        assert!(
            answer.contains(r#""type":"NackRequest""#) && answer.contains(r#""messageId":"7""#),
            "{answer}"
        );
        assert!(answer.contains("Updates are disabled"), "{answer}");
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
}
