//! One agent's session, from its opening to its end.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use api::acs::{Heard, Proof, Session};
use api::ecs::{acked, attaching, refused};
use domain::instance::{Status, VersionInfo};
use domain::{Changes, InstanceId};
use engine::interfaces;
use futures_util::StreamExt;
use hyper::upgrade::OnUpgrade;
use store::CommitError;
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::protocol::Message;

use super::{Asked, Line};
use crate::ws::{self, Socket};
use crate::{Control, clock};

/// A connection that was admitted.
pub struct Opening {
    pub instance: InstanceId,
    pub proof: Option<Proof>,
    /// The seat that it may take.
    pub against: Option<u64>,
    pub version: VersionInfo,
    pub wants_credentials: bool,
}

pub async fn serve(control: Arc<Control>, opening: Opening, upgrade: OnUpgrade) {
    let id = opening.instance;
    let mut socket = match ws::open(upgrade).await {
        Ok(socket) => socket,
        Err(error) => return tracing::debug!(instance = %id, %error, "an agent's websocket did not open"),
    };
    let (line, asked) = control.agents.new_line(opening.proof, clock::now());
    if !control.agents.sit(id, &line, opening.against) {
        return ws::close(&mut socket, "another connection was quicker").await;
    }
    match open(&control, &line, &opening).await {
        Some(number) => {
            let session = Session::new(id, number, clock::now());
            tracing::info!(instance = %id, session = number, "agent connected");
            let connection = Connection {
                control: &control,
                line: &line,
                session,
                socket,
                probes: Vec::new(),
            };
            let reason = connection.run(asked, opening.wants_credentials).await;
            tracing::info!(instance = %id, session = number, reason, "agent disconnected");
            close(&control, id, number).await;
        }
        None => ws::close(&mut socket, "try again").await,
    }
    control.agents.leave(id, line.seat);
}

/// Opens the next session in the store, unless the seat is lost meanwhile: then the one that has it opens its own.
pub(super) async fn open(control: &Control, line: &Line, opening: &Opening) -> Option<u64> {
    let id = opening.instance;
    let _turn = control.agents.admissions.acquire().await.ok()?;
    let opened = control.change(|view, now| {
        if !control.agents.has_seat(id, line.seat) {
            return None;
        }
        let mut instance = view.instance(id).filter(|it| it.status() != Status::Inactive)?.clone();
        let number = instance.connect(now);
        *instance.version_info = opening.version.clone();
        let mut changes = Changes::none();
        changes.put(instance);
        Some((number, changes))
    });
    opened.await.ok().flatten()
}

pub(super) async fn close(control: &Control, id: InstanceId, number: u64) {
    let Ok(_turn) = control.agents.admissions.acquire().await else {
        return;
    };
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
    /// Who waits to hear that the agent is there.
    probes: Vec<oneshot::Sender<()>>,
}

impl Connection<'_> {
    /// Until one side ends it. Returns why.
    async fn run(mut self, mut asked: mpsc::Receiver<Asked>, wants_credentials: bool) -> &'static str {
        match self.talk(&mut asked, wants_credentials).await {
            Ok(never) => match never {},
            Err(reason) => reason,
        }
    }

    async fn talk(
        &mut self,
        asked: &mut mpsc::Receiver<Asked>,
        wants_credentials: bool,
    ) -> Result<Infallible, &'static str> {
        if wants_credentials {
            let view = self.control.store.durable();
            for frame in self.session.credentials(&view, &self.control.site) {
                ws::send(&mut self.socket, frame).await?;
            }
        }
        loop {
            self.speak().await?;
            let wait = Duration::from_millis(self.session.wake_at().since(clock::now()).max(0).unsigned_abs());
            tokio::select! {
                heard = self.socket.next() => match heard {
                    Some(Ok(Message::Text(text))) => self.hear(&text).await?,
                    Some(Ok(Message::Close(_))) | None => return Err("closed by the agent"),
                    Some(Ok(_)) => {}
                    Some(Err(_)) => return Err("connection lost"),
                },
                Some(asked) = asked.recv() => self.ask(asked).await?,
                () = self.line.wake.notified() => {}
                () = self.line.end.notified() => {
                    ws::close(&mut self.socket, "reconnect").await;
                    return Err("replaced, deregistered, or the server ends");
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
            ws::send(&mut self.socket, frame).await?;
        }
        if self.session.is_late() {
            let id = self.session.instance();
            self.control
                .note(|view, now| interfaces::reconcile(view, id, now))
                .await;
        }
        if self.session.is_spent() {
            ws::close(&mut self.socket, "reconnect").await;
            return Err("message numbers used up");
        }
        Ok(())
    }

    async fn ask(&mut self, asked: Asked) -> Result<(), &'static str> {
        let frame = match asked {
            Asked::Logs(wanted) => self.session.stream_logs(*wanted),
            Asked::Alive(tell) => {
                self.probes.retain(|it| !it.is_closed());
                self.probes.push(tell);
                self.session.probe()
            }
        };
        ws::send(&mut self.socket, frame).await
    }

    async fn hear(&mut self, text: &str) -> Result<(), &'static str> {
        let now = clock::now();
        self.line.heard(now);
        for probe in self.probes.drain(..) {
            // Who asked may have given up.
            probe.send(()).ok();
        }
        let view = self.control.store.durable();
        match self.session.hear(&view, &self.control.site, text, now) {
            Heard::Acked(tasks) => self.control.note(|view, now| acked(view, &tasks, now)).await,
            Heard::Attaching(task) => self.control.note(|view, _| attaching(view, task)).await,
            Heard::Refused(task, reason) => {
                tracing::warn!(instance = %self.session.instance(), %task, reason, "an agent refused a task");
                self.control.note(|view, now| refused(view, task, &reason, now)).await;
            }
            Heard::Answer(frame) => ws::send(&mut self.socket, frame).await?,
            Heard::Withheld(stops) => tracing::error!(
                instance = %self.session.instance(),
                unknown = stops.unknown,
                of = stops.of,
                "an agent runs tasks that this server does not know, more than are stopped in one go; none of them is. If the store was \
                 restored from an older copy, restore a newer one. If they are to end, remove their containers on that host"
            ),
            Heard::Flood => {
                ws::refuse(&mut self.socket, "too many messages").await;
                return Err("it says too much");
            }
            Heard::Nothing => {}
        }
        Ok(())
    }
}
