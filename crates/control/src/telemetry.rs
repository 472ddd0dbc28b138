//! Telemetry sessions: the shell around `api::tcs::Session`, and the usage that they bring.
//!
//! Every frame is signed, and is verified as a call is: a key that has ended ends its session with the next frame. An instance has one
//! session, the newest; it gives nothing away, so there is nothing to prove.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use api::Caller;
use api::tcs::{self, Heard, Session, Signed, Usage};
use domain::{InstanceId, Snapshot, TaskId};
use futures_util::{SinkExt, StreamExt};
use hyper::Response;
use hyper::upgrade::OnUpgrade;
use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::Bytes;
use tokio_tungstenite::tungstenite::protocol::Message;
use wire::ApiError;

use crate::http::{Body, Received};
use crate::limits::SEND_TIME;
use crate::ws::{self, Socket};
use crate::{Control, agents, clock};

#[derive(Default)]
pub struct Telemetry {
    usage: Mutex<Usage>,
    live: Mutex<HashMap<InstanceId, Arc<Notify>>>,
}

impl Telemetry {
    fn lock(&self) -> MutexGuard<'_, Usage> {
        self.usage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn live(&self) -> MutexGuard<'_, HashMap<InstanceId, Arc<Notify>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// As it is now. Costs nothing.
    pub fn usage(&self) -> Usage {
        self.lock().clone()
    }

    pub fn forget(&self, task: TaskId) {
        self.lock().forget(task);
    }

    pub fn sweep(&self, view: &Snapshot) {
        self.lock().sweep(view);
    }

    /// Ends all sessions.
    pub async fn close(&self) {
        self.live().values().for_each(|end| end.notify_one());
    }

    fn begin(&self, id: InstanceId) -> Arc<Notify> {
        let end = Arc::new(Notify::new());
        if let Some(old) = self.live().insert(id, end.clone()) {
            old.notify_one();
        }
        end
    }

    fn leave(&self, id: InstanceId, end: &Arc<Notify>) {
        let mut live = self.live();
        if live.get(&id).is_some_and(|it| Arc::ptr_eq(it, end)) {
            live.remove(&id);
        }
    }
}

/// Admits an agent's telemetry, or says why not.
pub async fn connect(control: &Arc<Control>, received: &Received, upgrade: OnUpgrade) -> Response<Body> {
    match admit(control, received).await {
        Ok((id, caller, response)) => {
            let control = control.clone();
            // Headers are pieces of all that was read with them, which would stay as long as they do.
            let (path, query) = (received.head.uri.path().to_owned(), received.query().to_owned());
            tokio::spawn(async move {
                let socket = match ws::open(upgrade).await {
                    Ok(socket) => socket,
                    Err(error) => return tracing::debug!(instance = %id, %error, "a telemetry websocket did not open"),
                };
                let end = control.telemetry.begin(id);
                let connection = Connection {
                    control: &control,
                    path,
                    query,
                    caller,
                    id,
                    session: Session::new(id, clock::now()),
                    socket,
                };
                let reason = connection.run(&end).await;
                tracing::debug!(instance = %id, reason, "telemetry ended");
                control.telemetry.leave(id, &end);
            });
            response
        }
        Err(error) => agents::refused(error),
    }
}

async fn admit(control: &Control, received: &Received) -> Result<(InstanceId, Caller, Response<Body>), ApiError> {
    let (_, caller) = received.caller(control).await?;
    let id = agents::owned_instance(control, &caller, received.field("containerInstance"))?;
    Ok((id, caller, ws::accept(&received.head.headers)?))
}

struct Connection<'a> {
    control: &'a Control,
    /// Of the request that opened the connection, which every frame's signature covers.
    path: String,
    query: String,
    caller: Caller,
    id: InstanceId,
    session: Session,
    socket: Socket,
}

impl Connection<'_> {
    async fn run(mut self, end: &Notify) -> &'static str {
        let mut beat = tokio::time::interval(Duration::from_secs(tcs::HEARTBEAT_S));
        loop {
            let step = tokio::select! {
                heard = self.socket.next() => {
                    self.session.note_alive(clock::now());
                    match heard {
                        Some(Ok(Message::Text(text))) => self.hear(&text).await,
                        Some(Ok(Message::Close(_))) | None => Err("closed by the agent"),
                        Some(Ok(_)) => Ok(()),
                        Some(Err(_)) => Err("connection lost"),
                    }
                }
                _ = beat.tick() => self.beat().await,
                () = end.notified() => {
                    ws::close(&mut self.socket, "reconnect").await;
                    Err("replaced, or the server ends")
                }
            };
            if let Err(reason) = step {
                return reason;
            }
        }
    }

    /// The protocol's heartbeat wants no answer, so a ping goes with it, which every websocket answers.
    async fn beat(&mut self) -> Result<(), &'static str> {
        let heartbeat = self.session.beat(clock::now()).map_err(|_| "silent for too long")?;
        ws::send(&mut self.socket, heartbeat).await?;
        let ping = self.socket.send(Message::Ping(Bytes::new()));
        match tokio::time::timeout(SEND_TIME, ping).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err("connection lost"),
        }
    }

    async fn hear(&mut self, text: &str) -> Result<(), &'static str> {
        let Some(body) = self.verified(text) else {
            ws::refuse(&mut self.socket, "the message is not signed as it must be").await;
            return Err("a message was not signed as it must be");
        };
        let heard = self.session.hear(&self.control.store.durable(), body, clock::now());
        let ack = heard.ack();
        match heard {
            Heard::Usage(said) => {
                let mut usage = self.control.telemetry.lock();
                said.into_iter().for_each(|(task, readings)| usage.note(task, readings));
            }
            Heard::Health(said) => self.control.note(|view, _| tcs::of_tasks(view, &said)).await,
            Heard::Runtime(said) => {
                let id = self.id;
                self.control.note(|view, _| tcs::of_runtime(view, id, &said)).await;
            }
            Heard::Nothing => {}
            Heard::Excess(reason) => {
                ws::refuse(&mut self.socket, reason).await;
                return Err(reason);
            }
        }
        match ack {
            Some(ack) => ws::send(&mut self.socket, ack).await,
            None => Ok(()),
        }
    }

    /// The message of a frame that the connection's own caller has signed.
    fn verified<'t>(&self, text: &'t str) -> Option<&'t str> {
        let signed = Signed::parse(text)?;
        let authenticated = signed.with_request(&self.path, &self.query, |request| self.control.verify_now(request))?;
        let same = match (&authenticated, &self.caller) {
            // Its key may have been rotated since.
            (Caller::Host { id: now, .. }, Caller::Host { id: then, .. }) => now == then,
            (now, then) => now == then,
        };
        same.then_some(signed.body)
    }
}
