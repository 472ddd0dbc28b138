//! Container output, from the agent that has it to the caller who asked, never stored in between.
//!
//! A caller's GET asks the task's agent, by its session, to dial back; what the agent then sends is passed on piece by piece. Each
//! piece is one byte for its source (1 stdout, 2 stderr), four bytes of length, and that many bytes. Only a few pieces are held: a caller
//! who does not read holds the agent back.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use api::Caller;
use bytes::{BufMut, Bytes, BytesMut};
use domain::{ClusterName, HostId, InstanceId, Task, TaskId};
use futures_util::StreamExt;
use http_body_util::{BodyExt, StreamBody};
use hyper::Response;
use hyper::body::Frame;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::upgrade::OnUpgrade;
use model::acs::LogStreamMessage;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio_tungstenite::tungstenite::protocol::Message;
use wire::ApiError;
use wire::schema::Protocol;

use crate::http::{Body, Received, refusal, throttled};
use crate::limits::{DIAL_TIME, MAX_PENDING_STREAMS, STREAM_PIECES};
use crate::ws::{self, Socket};
use crate::{Control, clock};

/// Streams that agents have been asked for, and those that they have opened.
#[derive(Default)]
pub struct Streams {
    pending: Mutex<HashMap<String, Pending>>,
    open: Mutex<HashMap<String, Open>>,
}

/// A stream that an agent has brought, until one side ends it.
struct Open {
    instance: InstanceId,
    end: Arc<Notify>,
}

struct Pending {
    /// None where the instance has no host key: then only the root key may bring it.
    host: Option<HostId>,
    socket: oneshot::Sender<Socket>,
}

impl Streams {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Pending>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the streams of an instance that is deregistered: it has nothing to say any more.
    pub fn end(&self, instance: InstanceId) {
        let open = self.open();
        let its = open.values().filter(|it| it.instance == instance);
        its.for_each(|it| it.end.notify_one());
    }

    fn expect(&self, id: String, host: Option<HostId>) -> Result<Expected<'_>, ApiError> {
        let (socket, arrives) = oneshot::channel();
        let mut pending = self.lock();
        if pending.len() >= MAX_PENDING_STREAMS {
            return Err(throttled());
        }
        pending.insert(id.clone(), Pending { host, socket });
        Ok(Expected {
            streams: self,
            id,
            arrives,
        })
    }
}

/// A stream that is waited for. Its place is free again once nobody waits for it, also where the caller has gone away.
struct Expected<'a> {
    streams: &'a Streams,
    id: String,
    arrives: oneshot::Receiver<Socket>,
}

impl Expected<'_> {
    async fn socket(mut self) -> Option<Socket> {
        let arrived = tokio::time::timeout(DIAL_TIME, &mut self.arrives).await;
        arrived.ok().and_then(Result::ok)
    }
}

impl Drop for Expected<'_> {
    fn drop(&mut self) {
        self.streams.lock().remove(&self.id);
    }
}

/// A caller wants to read a container's output.
pub async fn read(control: &Arc<Control>, received: &Received) -> Response<Body> {
    match stream(control, received).await {
        Ok(stream) => {
            let mut response = Response::new(pieces(control.clone(), stream));
            response.headers_mut().insert(
                CONTENT_TYPE,
                HeaderValue::from_static("application/vnd.longshore.log-stream"),
            );
            response
        }
        Err(error) => refusal(&error, Protocol::Json11, ""),
    }
}

/// What an agent has brought.
struct Stream {
    id: String,
    socket: Socket,
    end: Arc<Notify>,
}

async fn stream(control: &Control, received: &Received) -> Result<Stream, ApiError> {
    let (_, caller) = received.caller(control).await?;
    if caller != Caller::Root {
        return Err(ApiError::new(
            "AccessDeniedException",
            "This key is not authorized to read logs.",
        ));
    }
    let view = control.store.durable();
    let task = asked_task(&view, received)?;
    let container = asked_container(task, received.field("container"))?;
    let id = hex::encode(clock::random::<16>());
    let host = view.instance(task.instance()).and_then(|it| it.host);
    let expected = control.streams.expect(id.clone(), host)?;
    let wanted = LogStreamMessage {
        message_id: None,
        stream_url: Some(format!("/_longshore/streams/{id}")),
        stream_id: Some(id.clone()),
        task_arn: Some(control.site.task_arn(task.cluster(), task.id())),
        container_name: Some(container),
        follow: Some(received.field("follow").as_deref() == Some("true")),
        tail: received.field("tail").and_then(|it| it.parse().ok()),
    };
    let instance = task.instance();
    let socket = match control.agents.ask_logs(instance, wanted) {
        true => expected.socket().await,
        false => None,
    };
    let socket = socket.ok_or_else(|| {
        ApiError::new(
            "TargetNotConnectedException",
            "The task's agent is not connected or did not answer, so its logs cannot be read now. Try again.",
        )
    })?;
    let end = Arc::new(Notify::new());
    let open = Open {
        instance,
        end: end.clone(),
    };
    control.streams.open().insert(id.clone(), open);
    // Looked at after it can be ended: a deregistration between the two is not missed.
    let deregistered = |it: &domain::Instance| it.status() == domain::instance::Status::Inactive;
    if control.store.durable().instance(instance).is_none_or(deregistered) {
        end.notify_one();
    }
    Ok(Stream { id, socket, end })
}

fn asked_task<'a>(view: &'a domain::Snapshot, received: &Received) -> Result<&'a Task, ApiError> {
    let cluster = received.field("cluster").unwrap_or_else(|| ClusterName::DEFAULT.into());
    let id = received
        .field("task")
        .as_deref()
        .and_then(|it| TaskId::parse(it.rsplit('/').next().unwrap_or_default()));
    let task = id
        .and_then(|id| view.task(id))
        .filter(|it| it.cluster().as_str() == cluster);
    task.ok_or_else(|| ApiError::new("InvalidParameterException", "The referenced task was not found."))
}

/// The container that is named; else the first essential one.
fn asked_container(task: &Task, named: Option<String>) -> Result<String, ApiError> {
    let found = match &named {
        Some(name) => task.containers().iter().find(|it| it.name == *name),
        None => task.containers().iter().find(|it| it.essential),
    };
    found.map(|it| it.name.clone()).ok_or_else(|| {
        let all: Vec<_> = task.containers().iter().map(|it| it.name.as_str()).collect();
        ApiError::new(
            "InvalidParameterException",
            format!("The task has no such container. It has: {}.", all.join(", ")),
        )
    })
}

/// An agent brings a stream that it was asked for.
pub async fn attach(control: &Arc<Control>, received: &Received, upgrade: OnUpgrade) -> Response<Body> {
    match taken(control, received).await {
        Ok((pending, response)) => {
            tokio::spawn(async move {
                if let Ok(socket) = ws::open(upgrade).await {
                    // The reader may have given up meanwhile; dropping the socket tells the agent.
                    drop(pending.socket.send(socket));
                }
            });
            response
        }
        Err(error) => refusal(&error, Protocol::Json11, ""),
    }
}

async fn taken(control: &Control, received: &Received) -> Result<(Pending, Response<Body>), ApiError> {
    let (_, caller) = received.caller(control).await?;
    let id = received.head.uri.path().rsplit('/').next().unwrap_or_default();
    let mut pending = control.streams.lock();
    let allowed = pending.get(id).is_some_and(|it| match &caller {
        Caller::Root => true,
        Caller::Host { id, .. } => it.host == Some(*id),
        Caller::Anonymous => false,
    });
    let response = ws::accept(&received.head.headers)?;
    let found = if allowed { pending.remove(id) } else { None };
    let found =
        found.ok_or_else(|| ApiError::new("AccessDeniedException", "No such stream is expected from this key."))?;
    Ok((found, response))
}

/// Passes pieces on as the caller takes them.
fn pieces(control: Arc<Control>, stream: Stream) -> Body {
    let Stream { id, mut socket, end } = stream;
    let (sender, receiver) = mpsc::channel::<Bytes>(STREAM_PIECES);
    tokio::spawn(async move {
        loop {
            let message = tokio::select! {
                message = socket.next() => message,
                () = sender.closed() => break,
                () = end.notified() => break,
            };
            match message {
                Some(Ok(Message::Binary(piece))) if !piece.is_empty() => {
                    let mut framed = BytesMut::with_capacity(piece.len() + 4);
                    framed.put_u8(piece[0]);
                    framed.put_u32((piece.len() - 1) as u32);
                    framed.put_slice(&piece[1..]);
                    if sender.send(framed.freeze()).await.is_err() {
                        break;
                    }
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            }
        }
        control.streams.open().remove(&id);
        // The agent learns that nobody reads any more; it may be gone itself.
        drop(socket.close(None).await);
    });
    let frames = futures_util::stream::unfold(receiver, |mut receiver| async move {
        let piece = receiver.recv().await?;
        Some((Ok::<_, Infallible>(Frame::data(piece)), receiver))
    });
    StreamBody::new(frames).boxed_unsync()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_who_go_away_before_their_stream_has_come_leave_no_place_taken() {
        let streams = Streams::default();
        for n in 0..=MAX_PENDING_STREAMS {
            let expected = streams.expect(n.to_string(), None);
            assert!(expected.is_ok(), "the {n}th");
        }
        let held: Vec<_> = (0..MAX_PENDING_STREAMS)
            .map(|n| streams.expect(n.to_string(), None))
            .collect();
        let refused = streams.expect("more".into(), None).err();
        assert_eq!(
            refused.map(|it| it.code.to_string()),
            Some("ThrottlingException".into())
        );
        drop(held);
        assert!(streams.lock().is_empty());
    }
}
