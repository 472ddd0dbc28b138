//! The server's side of a websocket handshake.

use bytes::Bytes;
use futures_util::SinkExt;
use http_body_util::{BodyExt, Empty};
use hyper::header::{CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper::{HeaderMap, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Message, Role, WebSocketConfig};
use wire::ApiError;

use crate::http::Body;
use crate::limits::{MAX_FRAME, READ_BUFFER, SEND_TIME};

pub type Socket = WebSocketStream<TokioIo<Upgraded>>;

/// The answer that turns the connection into a websocket.
pub fn accept(headers: &HeaderMap) -> Result<Response<Body>, ApiError> {
    let key = headers
        .get(SEC_WEBSOCKET_KEY)
        .ok_or_else(|| ApiError::new("BadRequest", "This is a websocket: connect with one."))?;
    let accept = HeaderValue::from_str(&derive_accept_key(key.as_bytes())).expect("base64 is ASCII");
    let mut response = Response::new(Empty::<Bytes>::new().boxed_unsync());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    Ok(response)
}

/// The websocket, once the answer has been sent.
pub async fn open(upgrade: OnUpgrade) -> Result<Socket, hyper::Error> {
    let io = TokioIo::new(upgrade.await?);
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .max_message_size(Some(MAX_FRAME))
        .max_frame_size(Some(MAX_FRAME))
        .max_write_buffer_size(4 * MAX_FRAME);
    Ok(WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await)
}

/// Sends one text frame. A peer that takes none is as good as gone.
pub async fn send<S>(socket: &mut WebSocketStream<S>, frame: String) -> Result<(), &'static str>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    match tokio::time::timeout(SEND_TIME, socket.send(Message::text(frame))).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err("connection lost"),
        Err(_) => Err("it takes no message"),
    }
}

/// Ends the connection in a way after which agents connect again at once.
pub async fn close(socket: &mut Socket, reason: &'static str) {
    end(socket, CloseCode::Normal, reason).await;
}

/// Ends the connection of a peer that does what it must not. Agents come back after a while.
pub async fn refuse(socket: &mut Socket, reason: &'static str) {
    end(socket, CloseCode::Policy, reason).await;
}

async fn end(socket: &mut Socket, code: CloseCode, reason: &'static str) {
    let frame = CloseFrame {
        code,
        reason: reason.into(),
    };
    // The other side may be gone already; then there is nobody to tell.
    drop(tokio::time::timeout(SEND_TIME, socket.close(Some(frame))).await);
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_peer_that_takes_no_message_is_not_waited_for() {
        let (ours, _theirs) = tokio::io::duplex(1 << 10);
        let mut socket = WebSocketStream::from_raw_socket(ours, Role::Server, None).await;
        let begun = Instant::now();
        assert_eq!(send(&mut socket, "x".repeat(1 << 9)).await, Ok(()));
        assert_eq!(send(&mut socket, "x".repeat(1 << 10)).await, Err("it takes no message"));
        assert!(begun.elapsed() >= SEND_TIME && begun.elapsed() < 2 * SEND_TIME);
    }
}
