//! Agents' connections: the shell around `api::acs::Session`.
//!
//! An instance has one live session. A new connection opens the next one in the store, which ends the old; the end of the old one then
//! changes nothing. Sessions are woken by commits and by their own clocks, and read what is to be said from the durable snapshot.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use api::Caller;
use api::acs::{Heard, Session};
use api::ecs::acked;
use domain::instance::Status;
use domain::{Changes, InstanceId, TaskId};
use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::OnUpgrade;
use hyper::{Response, StatusCode};
use model::acs::LogStreamMessage;
use store::CommitError;
use tokio::sync::{Notify, mpsc};
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Message};
use wire::ApiError;
use wire::schema::Protocol;

use crate::http::{Body, Received, refusal, text};
use crate::limits::AGENT_QUEUE;
use crate::ws::{self, Socket};
use crate::{Control, clock};

/// Live sessions by instance.
#[derive(Default)]
pub struct Agents {
    live: Mutex<HashMap<InstanceId, Arc<Line>>>,
}

/// How the rest of the server reaches one session.
pub struct Line {
    number: u64,
    /// There may be something new to say.
    wake: Notify,
    /// Another session has taken over, or the server is ending.
    end: Notify,
    wanted_logs: mpsc::Sender<LogStreamMessage>,
}

impl Agents {
    fn lock(&self) -> MutexGuard<'_, HashMap<InstanceId, Arc<Line>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn any(&self) -> bool {
        !self.lock().is_empty()
    }

    /// Makes a session look.
    pub fn wake(&self, id: InstanceId) {
        if let Some(line) = self.lock().get(&id) {
            line.wake.notify_one();
        }
    }

    pub fn wake_all(&self) {
        self.lock().values().for_each(|line| line.wake.notify_one());
    }

    pub fn end(&self, id: InstanceId) {
        if let Some(line) = self.lock().get(&id) {
            line.end.notify_one();
        }
    }

    /// Asks an agent for logs. False where none is connected, or it has too much to do.
    pub fn ask_logs(&self, id: InstanceId, wanted: LogStreamMessage) -> bool {
        let line = self.lock().get(&id).cloned();
        line.is_some_and(|line| line.wanted_logs.try_send(wanted).is_ok())
    }

    fn put(&self, id: InstanceId, line: Arc<Line>) {
        if let Some(old) = self.lock().insert(id, line) {
            old.end.notify_one();
        }
    }

    fn remove(&self, id: InstanceId, number: u64) {
        let mut live = self.lock();
        if live.get(&id).is_some_and(|line| line.number == number) {
            live.remove(&id);
        }
    }
}

/// Admits an agent's connection, or says why not.
pub async fn connect(control: &Arc<Control>, received: &Received, upgrade: OnUpgrade) -> Response<Body> {
    match admit(control, received).await {
        Ok((id, response)) => {
            let (control, version) = (control.clone(), version(received));
            tokio::spawn(async move { serve(control, id, version, upgrade).await });
            response
        }
        Err(error) if error.code == "InactiveInstanceException" => {
            // The agent looks for the name of the exception as a member of its own.
            let value = wire::Value::Map(vec![(error.code.to_string(), wire::Value::Str(error.message))]);
            text(
                StatusCode::BAD_REQUEST,
                "application/json",
                wire::json::write_value(&value),
            )
        }
        Err(error) => refusal(&error, Protocol::Json11, ""),
    }
}

async fn admit(control: &Control, received: &Received) -> Result<(InstanceId, Response<Body>), ApiError> {
    let (_, caller) = received.caller(control).await?;
    let arn = received.field("containerInstanceArn").unwrap_or_default();
    let id = arn.rsplit('/').next().and_then(InstanceId::parse);
    let view = control.store.durable();
    let instance = id.and_then(|id| view.instance(id)).ok_or_else(|| {
        ApiError::new(
            "InvalidInstanceException",
            "The container instance is not known here. Register it.",
        )
    })?;
    let own = match &caller {
        Caller::Root => true,
        Caller::Host { id, .. } => instance.host == Some(*id),
        Caller::Anonymous => false,
    };
    if !own {
        return Err(ApiError::new(
            "AccessDeniedException",
            "This key belongs to another container instance.",
        ));
    }
    match instance.status() {
        Status::Inactive => Err(ApiError::new(
            "InactiveInstanceException",
            "The container instance has been deregistered.",
        )),
        Status::Active | Status::Draining => Ok((instance.id(), ws::accept(&received.head.headers)?)),
    }
}

/// What the agent says of itself when it connects.
fn version(received: &Received) -> domain::instance::VersionInfo {
    domain::instance::VersionInfo {
        agent_version: received.field("agentVersion"),
        agent_hash: received.field("agentHash"),
        docker_version: received.field("dockerVersion"),
    }
}

async fn serve(control: Arc<Control>, id: InstanceId, version: domain::instance::VersionInfo, upgrade: OnUpgrade) {
    let socket = match ws::open(upgrade).await {
        Ok(socket) => socket,
        Err(error) => return tracing::debug!(instance = %id, %error, "an agent's websocket did not open"),
    };
    let opened = control.change(|view, now| {
        let mut instance = view.instance(id).filter(|it| it.status() != Status::Inactive)?.clone();
        let number = instance.connect(now);
        instance.version_info = version.clone();
        let mut changes = Changes::none();
        changes.put(instance);
        Some((number, changes))
    });
    let Ok(Some(number)) = opened.await else { return };
    let (wanted_logs, asked) = mpsc::channel(AGENT_QUEUE);
    let line = Arc::new(Line {
        number,
        wake: Notify::new(),
        end: Notify::new(),
        wanted_logs,
    });
    control.agents.put(id, line.clone());
    tracing::info!(instance = %id, session = number, "agent connected");

    let ended = Connection {
        control: &control,
        line: &line,
        session: Session::new(id, number, clock::now()),
        socket,
    }
    .run(asked)
    .await;
    control.agents.remove(id, number);
    tracing::info!(instance = %id, session = number, reason = ended, "agent disconnected");
    let closed = control.change(|view, _| {
        let mut instance = view.instance(id)?.clone();
        let mut changes = Changes::none();
        if instance.disconnect(number) {
            changes.put(instance);
        }
        Some(((), changes))
    });
    match closed.await {
        // With the store closed the server is ending, and the next one begins without sessions.
        Ok(_) | Err(CommitError::Unavailable(_)) => {}
        Err(error) => {
            tracing::warn!(instance = %id, %error, "the end of an agent's session could not be noted");
        }
    }
}

struct Connection<'a> {
    control: &'a Control,
    line: &'a Line,
    session: Session,
    socket: Socket,
}

impl Connection<'_> {
    /// Until one side ends it. Returns why.
    async fn run(mut self, mut asked: mpsc::Receiver<LogStreamMessage>) -> &'static str {
        loop {
            if let Err(reason) = self.speak().await {
                return reason;
            }
            let wait = Duration::from_millis(self.session.wake_at().since(clock::now()).max(0).unsigned_abs());
            tokio::select! {
                heard = self.socket.next() => match heard {
                    Some(Ok(Message::Text(text))) => self.hear(&text).await,
                    Some(Ok(Message::Close(_))) | None => return "closed by the agent",
                    Some(Ok(_)) => {}
                    Some(Err(_)) => return "connection lost",
                },
                Some(wanted) = asked.recv() => {
                    let frame = self.session.stream_logs(wanted);
                    if self.send(frame).await.is_err() {
                        return "connection lost";
                    }
                }
                () = self.line.wake.notified() => {}
                () = self.line.end.notified() => {
                    self.close().await;
                    return "replaced or deregistered";
                }
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// Says all that is to be said now.
    async fn speak(&mut self) -> Result<(), &'static str> {
        let now = clock::now();
        let heartbeat = self.session.beat(now).map_err(|_| "silent for too long")?;
        let news = self
            .session
            .look(&self.control.store.durable(), &self.control.site, now);
        for frame in heartbeat.into_iter().chain(news) {
            self.send(frame).await.map_err(|_| "connection lost")?;
        }
        if self.session.is_spent() {
            self.close().await;
            return Err("message numbers used up");
        }
        Ok(())
    }

    async fn hear(&mut self, text: &str) {
        match self.session.hear(text, clock::now()) {
            Heard::Acked(tasks) => note_acked(self.control, &tasks).await,
            Heard::Nothing => {}
        }
    }

    async fn send(&mut self, frame: String) -> Result<(), tokio_tungstenite::tungstenite::Error> {
        self.socket.send(Message::text(frame)).await
    }

    async fn close(&mut self) {
        let frame = CloseFrame {
            code: CloseCode::Normal,
            reason: "reconnect".into(),
        };
        // The other side may be gone already; then there is nobody to tell.
        drop(self.socket.close(Some(frame)).await);
    }
}

async fn note_acked(control: &Control, tasks: &[TaskId]) {
    let noted = control.change(|view, now| Some(((), acked(view, tasks, now))));
    if let Err(error) = noted.await {
        tracing::warn!(%error, "an acknowledgement could not be noted");
    }
}
