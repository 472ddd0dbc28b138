//! The agent's end of its websocket: connects, answers heartbeats, hands on what the server says, and connects again when it ends.

mod pause;
mod talk;

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use client::{CallError, escape};
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;

use crate::clock;
use crate::state::Identity;
use pause::Pause;
pub use talk::{FromServer, ToServer};
use talk::{Heard, hear};

/// Silence of the server after which the connection counts as lost; a random part comes on top. The server speaks every 20 s.
const MAX_SILENCE: Duration = Duration::from_secs(60);
/// Age at which a connection is given up for a new one; a random part comes on top. A server that was added later gets its share so.
const MAX_AGE: Duration = Duration::from_secs(30 * 60);
const MAX_AGE_MORE: Duration = Duration::from_secs(5 * 60);
/// From the close of a connection that is old enough to the server's answer, before which it may have said something.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// Messages handed to the worker and not yet taken. While it is full nothing more is read, so the server waits.
pub const QUEUE: usize = 16;
/// Answers of the worker's on their way out. It has at most two to each message of the queue and to the one in its hands, so one that finds
/// no room has no session to go to.
const ANSWERS: usize = 2 * (QUEUE + 1);

/// How the worker answers.
pub struct Answers(mpsc::Sender<ToServer>);

impl Answers {
    pub fn new() -> (Self, mpsc::Receiver<ToServer>) {
        let (sender, receiver) = mpsc::channel(ANSWERS);
        (Self(sender), receiver)
    }

    /// Never waits: the worker has tasks to look after, however long the server is away. An answer that is lost is asked for again.
    pub fn give(&self, answer: ToServer) {
        drop(self.0.try_send(answer));
    }
}

/// Who connects.
pub struct Introduction {
    instance_arn: String,
    cluster: String,
    /// The runtime's.
    version: String,
    /// Which start of this agent it is.
    epoch: u64,
}

impl Introduction {
    pub fn of(identity: &Identity, version: String, epoch: u64) -> Self {
        Self {
            instance_arn: identity.instance_arn.clone().unwrap_or_default(),
            cluster: identity.cluster.clone().unwrap_or_default(),
            version,
            epoch,
        }
    }

    /// `connection` counts those of this start.
    fn path(&self, connection: u64, wants_credentials: bool) -> String {
        format!(
            "/ws?agentHash=longshore&agentVersion={}&clusterArn={}&connection={connection}&containerInstanceArn={}&dockerVersion={}&epoch={}&protocolVersion=2&sendCredentials={wants_credentials}&seqNum=1",
            env!("CARGO_PKG_VERSION"),
            escape(&self.cluster),
            escape(&self.instance_arn),
            escape(&self.version),
            self.epoch,
        )
    }
}

/// Holds a connection until the worker is gone. `connect` opens the one on a path.
pub async fn hold<S, F>(
    connect: impl Fn(String) -> F,
    introduction: Introduction,
    from_server: mpsc::Sender<FromServer>,
    mut to_server: mpsc::Receiver<ToServer>,
) where
    S: AsyncRead + AsyncWrite + Unpin,
    F: Future<Output = Result<WebSocketStream<S>, CallError>>,
{
    let (mut pause, mut connection, mut has_connected) = (Pause::new(), 0, false);
    while !from_server.is_closed() {
        connection += 1;
        let mut life = Duration::ZERO;
        match connect(introduction.path(connection, !has_connected)).await {
            Ok(socket) => {
                tracing::info!("connected to the server");
                has_connected = true;
                if from_server.send(FromServer::Connected).await.is_err() {
                    return;
                }
                let begun = tokio::time::Instant::now();
                let reason = talk(socket, &from_server, &mut to_server).await;
                life = begun.elapsed();
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
        tokio::time::sleep(pause.after(life, clock::lot())).await;
    }
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin>(
    mut socket: WebSocketStream<S>,
    from_server: &mpsc::Sender<FromServer>,
    to_server: &mut mpsc::Receiver<ToServer>,
) -> &'static str {
    let silence = MAX_SILENCE + clock::jittered(MAX_SILENCE);
    let age = tokio::time::sleep(MAX_AGE + clock::jittered(MAX_AGE_MORE));
    tokio::pin!(age);
    loop {
        let sent = tokio::select! {
            // Answers first: what is read makes more of them.
            biased;
            answer = to_server.recv() => match answer {
                Some(answer) => socket.send(Message::text(answer.frame())).await,
                None => return "the agent ends",
            },
            () = &mut age => {
                // The server may be gone already; then there is nobody to tell.
                drop(tokio::time::timeout(LAST_WORDS, retire(&mut socket, from_server)).await);
                return "it was old enough";
            }
            read = read(&mut socket, from_server, silence) => match read {
                Ok((room, Message::Text(text))) => match hear(&text) {
                    Heard::Answer(frame) => socket.send(Message::text(frame)).await,
                    Heard::Wanted(wanted) => {
                        room.send(wanted);
                        Ok(())
                    }
                    Heard::Nothing => Ok(()),
                },
                Ok(_) => Ok(()),
                Err(reason) => return reason,
            },
        };
        if sent.is_err() {
            return "connection lost";
        }
    }
}

/// Ends a connection so that nothing is lost with it: what the server has said before it heard of the end is taken in. What is not answered
/// any more it says again.
async fn retire<S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut WebSocketStream<S>,
    from_server: &mpsc::Sender<FromServer>,
) -> Result<Infallible, &'static str> {
    let frame = CloseFrame {
        code: CloseCode::Normal,
        reason: "ConnectionExpired: Reconnect to continue".into(),
    };
    socket.close(Some(frame)).await.map_err(|_| "connection lost")?;
    loop {
        let (room, message) = read(socket, from_server, LAST_WORDS).await?;
        if let Message::Text(text) = message
            && let Heard::Wanted(wanted) = hear(&text)
        {
            room.send(wanted);
        }
    }
}

/// The next message, once the worker has room for what it may want. Waiting for that room, the session still answers.
async fn read<'a, S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut WebSocketStream<S>,
    from_server: &'a mpsc::Sender<FromServer>,
    silence: Duration,
) -> Result<(mpsc::Permit<'a, FromServer>, Message), &'static str> {
    let room = from_server.reserve().await.map_err(|_| "the agent ends")?;
    match tokio::time::timeout(silence, socket.next()).await {
        Err(_) => Err("the server is silent"),
        Ok(Some(Ok(Message::Close(_))) | None) => Err("closed by the server"),
        Ok(Some(Ok(message))) => Ok((room, message)),
        Ok(Some(Err(_))) => Err("connection lost"),
    }
}

#[cfg(test)]
mod tests;
