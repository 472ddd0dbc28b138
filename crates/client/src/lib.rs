//! Signed calls to a Longshore endpoint: what the agent, the commands and the benchmarks have in common.
//!
//! A `Client` and its clones share connections that are kept between calls. Websockets and log streams get connections of their own.

mod connect;
mod endpoint;
mod escape;
mod identity;
mod pool;

use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::{Method, Request, StatusCode};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use wire::schema::Service;
use wire::shape::Shape;
use wire::time::Time;
use wire::{json, sigv4};

pub use connect::Connection;
use connect::{CALL_TIME, MAX_ANSWER, MAX_FRAME, READ_BUFFER};
pub use endpoint::{Endpoint, EndpointError};
pub use escape::escape;
pub use identity::{IdentityError, LocalServer};
use pool::Pool;

/// An access key and the region its signatures are for.
#[derive(Clone)]
pub struct Credentials {
    pub access_key_id: String,
    pub secret_access_key: String,
    pub region: String,
}

impl Credentials {
    fn signer(&self) -> sigv4::Signer<'_> {
        sigv4::Signer {
            access_key_id: &self.access_key_id,
            secret_access_key: &self.secret_access_key,
            region: &self.region,
            service: "ecs",
        }
    }
}

/// Keys do not belong in logs.
impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.access_key_id)
    }
}

#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The server answered, and refused.
    #[error("{message} ({code})")]
    Refused { code: String, message: String, status: u16 },
    /// No answer: it may or may not have happened.
    #[error("{endpoint}: {cause}")]
    Unreachable { endpoint: String, cause: String },
}

impl CallError {
    /// The server's code, where it answered.
    pub fn code(&self) -> Option<&str> {
        match self {
            CallError::Refused { code, .. } => Some(code),
            CallError::Unreachable { .. } => None,
        }
    }

    /// The same call may succeed later: there was no answer, the server has failed, or the caller asks too much at once.
    pub fn is_temporary(&self) -> bool {
        match self {
            CallError::Refused { code, status, .. } => *status >= 500 || code == "ThrottlingException",
            CallError::Unreachable { .. } => true,
        }
    }
}

#[derive(Clone)]
pub struct Client {
    endpoint: Arc<Endpoint>,
    credentials: Option<Credentials>,
    /// Reads the clock, which every signature needs.
    now: fn() -> Time,
    connections: Arc<Pool>,
}

pub type Socket = WebSocketStream<Connection>;

impl Client {
    /// Without credentials, calls go unsigned.
    pub fn new(endpoint: Endpoint, credentials: Option<Credentials>, now: fn() -> Time) -> Self {
        Self {
            endpoint: Arc::new(endpoint),
            credentials,
            now,
            connections: Arc::default(),
        }
    }

    pub fn with_credentials(&self, credentials: Credentials) -> Self {
        Self {
            credentials: Some(credentials),
            ..self.clone()
        }
    }

    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub fn credentials(&self) -> Option<&Credentials> {
        self.credentials.as_ref()
    }

    /// Calls one operation of a JSON service.
    pub async fn call<I: Shape, O: Shape>(
        &self,
        service: &'static Service,
        operation: &str,
        input: &I,
    ) -> Result<O, CallError> {
        let target = format!("{}.{operation}", service.target_prefix);
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", target.as_str()),
        ];
        let request = self.request(Method::POST, "/", &headers, json::write(input));
        let answered = timeout(CALL_TIME, self.connections.call(&self.endpoint, request)).await;
        let (status, body) = answered
            .map_err(|_| self.unreachable("no answer"))?
            .map_err(|cause| self.unreachable(cause))?;
        if status != StatusCode::OK {
            return Err(refused(status, &body));
        }
        let value =
            json::parse(&body).map_err(|e| self.unreachable(format!("not an answer of this service: {}", e.0)))?;
        O::decode(value).map_err(|e| self.unreachable(format!("not an answer of {operation}: {e:?}")))
    }

    /// Reads a path as it grows, for as long as the server sends.
    pub async fn get(&self, path_and_query: &str) -> Result<Incoming, CallError> {
        let opened = timeout(CALL_TIME, pool::open(&self.endpoint)).await;
        let mut sender = opened
            .map_err(|_| self.unreachable("connecting took too long"))?
            .map_err(|cause| self.unreachable(cause))?;
        let request = self.request(Method::GET, path_and_query, &[], Vec::new());
        let response = timeout(CALL_TIME, sender.send_request(request)).await;
        let response = response
            .map_err(|_| self.unreachable("no answer"))?
            .map_err(|e| self.unreachable(e))?;
        if response.status() == StatusCode::OK {
            return Ok(response.into_body());
        }
        let status = response.status();
        let body = Limited::new(response.into_body(), MAX_ANSWER)
            .collect()
            .await
            .map_err(|e| self.unreachable(e))?
            .to_bytes();
        Err(refused(status, &body))
    }

    /// Opens a websocket with a signed handshake.
    pub async fn open_websocket(&self, path_and_query: &str) -> Result<Socket, CallError> {
        let stream = timeout(CALL_TIME, self.endpoint.connect()).await;
        let stream = stream
            .map_err(|_| self.unreachable("connecting took too long"))?
            .map_err(|e| self.unreachable(e))?;
        let signed = self.request(Method::GET, path_and_query, &[], Vec::new());
        let mut request = Request::builder()
            .uri(format!("ws://{}{path_and_query}", self.endpoint.authority()))
            .header("connection", "Upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header(
                "sec-websocket-key",
                tokio_tungstenite::tungstenite::handshake::client::generate_key(),
            );
        for (name, value) in signed.headers() {
            request = request.header(name, value);
        }
        let request = request.body(()).map_err(|e| self.unreachable(e))?;
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .max_message_size(Some(MAX_FRAME))
            .max_frame_size(Some(MAX_FRAME));
        let opened = timeout(
            CALL_TIME,
            tokio_tungstenite::client_async_with_config(request, stream, Some(config)),
        )
        .await;
        match opened.map_err(|_| self.unreachable("the websocket's handshake took too long"))? {
            Ok((socket, _)) => Ok(socket),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(refused(
                response.status(),
                response.body().as_deref().unwrap_or_default(),
            )),
            Err(error) => Err(self.unreachable(error)),
        }
    }

    /// The head lines that sign `body` as if it were sent by GET to a path: so is each frame of a telemetry session signed.
    pub fn sign(&self, path_and_query: &str, body: &[u8]) -> Vec<(&'static str, String)> {
        let host = self.endpoint.authority();
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let mut lines = vec![("Host", host.to_owned())];
        if let Some(it) = &self.credentials {
            let bare = sigv4::Request {
                method: "GET",
                path,
                query,
                headers: &[("host", host.as_bytes())],
                body,
            };
            let [(_, date), (_, authorization)] = sigv4::sign(&bare, &it.signer(), (self.now)());
            lines.extend([("X-Amz-Date", date), ("Authorization", authorization)]);
        }
        lines
    }

    fn request(
        &self,
        method: Method,
        path_and_query: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Request<Full<Bytes>> {
        let host = self.endpoint.authority().to_owned();
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let mut signed: Vec<(&str, &[u8])> = vec![("host", host.as_bytes())];
        signed.extend(headers.iter().map(|(name, value)| (*name, value.as_bytes())));
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path_and_query)
            .header("host", &host);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(it) = &self.credentials {
            let bare = sigv4::Request {
                method: method.as_str(),
                path,
                query,
                headers: &signed,
                body: &body,
            };
            for (name, value) in sigv4::sign(&bare, &it.signer(), (self.now)()) {
                request = request.header(name, value);
            }
        }
        request
            .body(Full::new(body.into()))
            .expect("paths and headers here are plain ASCII")
    }

    fn unreachable(&self, cause: impl std::fmt::Display) -> CallError {
        CallError::Unreachable {
            endpoint: self.endpoint.url().to_owned(),
            cause: cause.to_string(),
        }
    }
}

fn refused(status: StatusCode, body: &[u8]) -> CallError {
    let value = json::parse(body).unwrap_or(wire::Value::Null);
    let member = |name: &str| value.get(name).and_then(wire::Value::as_str).map(str::to_owned);
    // A refused agent is told by a member that bears the exception's name.
    let inactive = member("InactiveInstanceException").map(|text| ("InactiveInstanceException".to_owned(), text));
    let (code, message) = inactive.unwrap_or_else(|| {
        (
            member("__type").unwrap_or_else(|| "UnknownError".into()),
            member("message").unwrap_or_else(|| format!("HTTP status {status}")),
        )
    });
    CallError::Refused {
        code,
        message,
        status: status.as_u16(),
    }
}
