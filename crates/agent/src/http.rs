//! A small HTTP server for neighbours: short questions without bodies, short answers in JSON. Whoever asks is held to limits of their
//! own, so that a flood is felt by its sender.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HOST, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{Id, JoinSet};

/// Connections at once at one listener. More wait to be accepted.
const MAX_CONNECTIONS: usize = 512;
/// Of one address. More are closed at once.
pub const MAX_OF_ONE: usize = 32;
/// Largest head of a question.
const MAX_HEAD: usize = 16 << 10;
const MAX_HEADERS: usize = 50;
/// From a connection's first byte, or its last answer, to the end of a head.
const HEAD_TIME: Duration = Duration::from_secs(5);
/// A connection's whole life, however slowly its answers are read.
const CONNECTION_TIME: Duration = Duration::from_secs(60);

/// After a connection that could not be accepted.
const ACCEPT_RETRY: Duration = Duration::from_millis(100);

/// One question, as far as anybody here looks at it.
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub query: Option<String>,
    pub peer: SocketAddr,
    /// The host header, where there is one.
    pub host: Option<String>,
    /// It came by way of another program, or says so.
    pub passed_on: bool,
}

pub struct Answer {
    pub status: StatusCode,
    pub kind: &'static str,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(status: StatusCode, body: &impl serde::Serialize) -> Self {
        Self {
            status,
            kind: "application/json",
            body: serde_json::to_vec(body).expect("our documents have only string keys"),
        }
    }

    pub fn text(status: StatusCode, body: &str) -> Self {
        Self {
            status,
            kind: "text/plain; charset=utf-8",
            body: body.into(),
        }
    }
}

/// Serves until it is dropped, and its connections with it.
pub async fn serve<H, F>(listener: TcpListener, handler: H)
where
    H: Fn(Asked) -> F + Send + Sync + 'static,
    F: Future<Output = Answer> + Send + 'static,
{
    let handler = Arc::new(handler);
    let mut connections = JoinSet::new();
    let mut peers: HashMap<Id, IpAddr> = HashMap::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if connections.len() < MAX_CONNECTIONS => match accepted {
                Ok((stream, peer)) if peers.values().filter(|it| **it == peer.ip()).count() < MAX_OF_ONE => {
                    let started = connections.spawn(tokio::time::timeout(CONNECTION_TIME, talk(stream, peer, handler.clone())));
                    peers.insert(started.id(), peer.ip());
                }
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    // There are no files left to open, as a rule; some are closed before long.
                    tokio::time::sleep(ACCEPT_RETRY).await;
                }
            },
            Some(ended) = connections.join_next_with_id() => {
                let id = ended.map_or_else(|failed| failed.id(), |(id, _)| id);
                peers.remove(&id);
            }
        }
    }
}

async fn talk<H, F>(stream: TcpStream, peer: SocketAddr, handler: Arc<H>)
where
    H: Fn(Asked) -> F + Send + Sync + 'static,
    F: Future<Output = Answer> + Send + 'static,
{
    // Answers are small and awaited: waiting to fill a packet only delays them.
    drop(stream.set_nodelay(true));
    let service = service_fn(move |request: Request<Incoming>| {
        let answer = handler(asked(&request, peer));
        async move { Ok::<_, Infallible>(response(answer.await)) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS)
        .serve_connection(TokioIo::new(stream), service);
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection ended badly");
    }
}

fn asked(request: &Request<Incoming>, peer: SocketAddr) -> Asked {
    let headers = request.headers();
    let host = headers.get(HOST).and_then(|it| it.to_str().ok()).map(str::to_owned);
    Asked {
        method: request.method().clone(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().map(str::to_owned),
        peer,
        host,
        passed_on: request.uri().authority().is_some()
            || ["x-forwarded-for", "forwarded", "via"]
                .iter()
                .any(|it| headers.contains_key(*it)),
    }
}

fn response(answer: Answer) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(answer.body)));
    *response.status_mut() = answer.status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(answer.kind));
    response
}

#[cfg(test)]
mod tests;
