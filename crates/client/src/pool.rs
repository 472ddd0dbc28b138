//! Connections that are kept between calls, so that a call costs no handshake.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::sync::Semaphore;

use crate::Endpoint;
use crate::connect::MAX_ANSWER;

/// Calls at once, each on a connection of its own. Others wait their turn.
const MAX_CALLS: usize = 64;
/// Connections kept for the next calls. More than these only a burst needs, and a server has thousands of clients.
const MAX_IDLE: usize = 4;

pub type Sender = SendRequest<Full<Bytes>>;

pub struct Pool {
    idle: Mutex<Vec<Sender>>,
    turns: Semaphore,
}

impl Default for Pool {
    fn default() -> Self {
        Self {
            idle: Mutex::default(),
            turns: Semaphore::new(MAX_CALLS),
        }
    }
}

impl Pool {
    /// One call and its whole answer.
    pub async fn call(
        &self,
        endpoint: &Endpoint,
        request: Request<Full<Bytes>>,
    ) -> Result<(StatusCode, Bytes), String> {
        let _turn = self.turns.acquire().await.map_err(|e| e.to_string())?;
        let mut request = request;
        // A kept connection may have been closed by the other side. What was not sent on it goes out on the next.
        while let Some(mut sender) = self.take() {
            if sender.ready().await.is_err() {
                continue;
            }
            match sender.try_send_request(request).await {
                Ok(response) => return self.finish(sender, response).await,
                Err(mut unsent) => match unsent.take_message() {
                    Some(it) => request = it,
                    None => return Err(unsent.into_error().to_string()),
                },
            }
        }
        let mut sender = open(endpoint).await?;
        let response = sender.send_request(request).await.map_err(|e| e.to_string())?;
        self.finish(sender, response).await
    }

    async fn finish(
        &self,
        sender: Sender,
        response: hyper::Response<hyper::body::Incoming>,
    ) -> Result<(StatusCode, Bytes), String> {
        let status = response.status();
        let body = Limited::new(response.into_body(), MAX_ANSWER).collect().await;
        let body = body.map_err(|e| e.to_string())?.to_bytes();
        self.keep(sender);
        Ok((status, body))
    }

    fn keep(&self, sender: Sender) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push(sender);
        }
    }

    fn take(&self) -> Option<Sender> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

pub async fn open(endpoint: &Endpoint) -> Result<Sender, String> {
    let stream = endpoint.connect().await.map_err(|e| e.to_string())?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(|e| e.to_string())?;
    tokio::spawn(connection);
    Ok(sender)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    /// Counts its connections, and the most calls that it had at once. Closes a connection after `calls` of them.
    struct Server {
        endpoint: Endpoint,
        connections: Arc<AtomicUsize>,
        most: Arc<AtomicUsize>,
    }

    async fn server(calls: usize) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = Endpoint::parse(&format!("http://{}", listener.local_addr().unwrap()), None).unwrap();
        let (connections, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let server = Server {
            endpoint,
            connections: connections.clone(),
            most: most.clone(),
        };
        let now = Arc::new(AtomicUsize::new(0));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(answer(socket, calls, now.clone(), most.clone()));
            }
        });
        server
    }

    async fn answer(mut socket: TcpStream, calls: usize, now: Arc<AtomicUsize>, most: Arc<AtomicUsize>) {
        let mut heard = [0; 4096];
        for _ in 0..calls {
            if !matches!(socket.read(&mut heard).await, Ok(n) if n > 0) {
                return;
            }
            let at_once = now.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(at_once, Ordering::SeqCst);
            tokio::task::yield_now().await;
            now.fetch_sub(1, Ordering::SeqCst);
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
            drop(socket.write_all(answer).await);
        }
    }

    fn request() -> Request<Full<Bytes>> {
        Request::post("/").header("host", "test").body(Full::default()).unwrap()
    }

    #[tokio::test]
    async fn calls_one_after_the_other_share_a_connection() {
        let (server, pool) = (server(usize::MAX).await, Pool::default());
        for _ in 0..10 {
            let (status, body) = pool.call(&server.endpoint, request()).await.unwrap();
            assert_eq!((status, &body[..]), (StatusCode::OK, &b"ok"[..]));
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn what_the_server_has_closed_is_replaced_and_no_call_fails() {
        let (server, pool) = (server(1).await, Pool::default());
        for _ in 0..50 {
            pool.call(&server.endpoint, request()).await.unwrap();
            // The close is there before the next call.
            tokio::task::yield_now().await;
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), 50);
    }

    #[tokio::test]
    async fn many_calls_at_once_keep_to_the_limit_and_few_connections_stay() {
        let (server, pool) = (server(usize::MAX).await, Arc::new(Pool::default()));
        let calls: Vec<_> = (0..200)
            .map(|_| {
                let (pool, endpoint) = (pool.clone(), server.endpoint.clone());
                tokio::spawn(async move { pool.call(&endpoint, request()).await })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert!(server.most.load(Ordering::SeqCst) <= MAX_CALLS);
        assert_eq!(pool.idle.lock().unwrap().len(), MAX_IDLE);
    }
}
