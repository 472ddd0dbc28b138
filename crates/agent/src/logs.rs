//! Brings a container's output to the server when it asks: a websocket of its own for each stream, one byte for the source before each
//! piece. The server reads as fast as its caller does, and no faster is it read here.

use std::sync::Arc;

use bytes::{BufMut, BytesMut};
use client::Client;
use futures_util::{SinkExt, StreamExt};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio_tungstenite::tungstenite::Message;

use crate::runtime::{LogPiece, LogSource, Runtime, RuntimeError};

/// Streams at once.
pub const MAX_STREAMS: usize = 64;
/// Pieces on their way. Past these the runtime waits.
const PIECES: usize = 16;

pub struct Wanted {
    pub runtime_name: String,
    pub follow: bool,
    pub tail: Option<u32>,
    pub path: String,
}

/// Until the output ends or the server hangs up.
pub async fn bring<R: Runtime>(client: Client, runtime: Arc<R>, wanted: Wanted, _permit: OwnedSemaphorePermit) {
    let mut socket = match client.open_websocket(&wanted.path).await {
        Ok(socket) => socket,
        Err(error) => return tracing::warn!(%error, "a log stream could not be opened"),
    };
    let (sender, mut pieces) = mpsc::channel(PIECES);
    let source = async move {
        let read = runtime.logs(&wanted.runtime_name, wanted.follow, wanted.tail, sender.clone());
        if let Err(error) = read.await {
            tracing::warn!(container = wanted.runtime_name, %error, "logs cannot be read");
            // Whoever asked is told; a reader who has gone away is not.
            drop(sender.send(unreadable(&error)).await);
        }
    };
    let sink = async {
        loop {
            tokio::select! {
                piece = pieces.recv() => match piece {
                    Some(piece) if socket.send(Message::binary(framed(&piece))).await.is_ok() => {}
                    Some(_) | None => break,
                },
                heard = socket.next() => match heard {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                    Some(Ok(_)) => {}
                },
            }
        }
        // Either it is all said, or nobody listens any more.
        drop(socket.close(None).await);
        pieces.close();
    };
    tokio::join!(source, sink);
}

fn unreadable(error: &RuntimeError) -> LogPiece {
    LogPiece {
        source: LogSource::Stderr,
        bytes: format!(
            "the output of this container cannot be read from its host: {}\n",
            error.cause
        )
        .into(),
    }
}

fn framed(piece: &LogPiece) -> bytes::Bytes {
    let mut frame = BytesMut::with_capacity(piece.bytes.len() + 1);
    frame.put_u8(match piece.source {
        LogSource::Stdout => 1,
        LogSource::Stderr => 2,
    });
    frame.put_slice(&piece.bytes);
    frame.freeze()
}
