//! The listener: which addresses are safe to serve, TLS, and connections within their limits.

use std::io::BufReader;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, watch};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use crate::limits::{
    ACCEPT_RETRY, HEAD_TIME, MAX_CONNECTIONS, MAX_H2_STREAMS, MAX_HEAD, MAX_HEADERS, SHUTDOWN_TIME, TLS_HANDSHAKE_TIME,
};
use crate::{Control, http, open_files};

#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    #[error(
        "will not listen on {0} without TLS: credentials and container output would cross the network in clear\n  \
         give --tls-cert and --tls-key, or --insecure-http if another program ends TLS in front"
    )]
    Exposed(SocketAddr),
    #[error("cannot listen on {0}: {1}\n  is another server running? choose another address with --listen")]
    Bind(SocketAddr, std::io::Error),
    #[error("{path}: {1}", path = .0.display())]
    Certificate(PathBuf, String),
}

/// A bound listener and how it speaks.
pub struct Listen {
    listener: TcpListener,
    address: SocketAddr,
    tls: Option<TlsAcceptor>,
}

impl Listen {
    /// Binds, unless that would expose plain HTTP to a network without `insecure_http` saying so.
    pub async fn bind(
        address: SocketAddr,
        tls: Option<(&Path, &Path)>,
        insecure_http: bool,
    ) -> Result<Self, ListenError> {
        if tls.is_none() && !insecure_http && !address.ip().is_loopback() {
            return Err(ListenError::Exposed(address));
        }
        let tls = tls.map(|(certificate, key)| acceptor(certificate, key)).transpose()?;
        let listener = TcpListener::bind(address)
            .await
            .map_err(|e| ListenError::Bind(address, e))?;
        let address = listener.local_addr().map_err(|e| ListenError::Bind(address, e))?;
        Ok(Self { listener, address, tls })
    }

    fn scheme(&self) -> &'static str {
        if self.tls.is_some() { "https" } else { "http" }
    }

    /// Where programs on this machine reach it.
    pub fn url(&self) -> String {
        let ip = self.address.ip();
        let host = if ip.is_unspecified() {
            "127.0.0.1".to_owned()
        } else if ip.is_ipv6() {
            format!("[{ip}]")
        } else {
            ip.to_string()
        };
        format!("{}://{host}:{}", self.scheme(), self.address.port())
    }
}

fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, ListenError> {
    let fail = |path: &Path, cause: String| ListenError::Certificate(path.to_owned(), cause);
    let open = |path: &Path| {
        std::fs::File::open(path)
            .map(BufReader::new)
            .map_err(|e| fail(path, e.to_string()))
    };
    let chain: Result<Vec<_>, _> = rustls_pemfile::certs(&mut open(certificate)?).collect();
    let chain = chain.map_err(|e| fail(certificate, e.to_string()))?;
    let private = rustls_pemfile::private_key(&mut open(key)?).map_err(|e| fail(key, e.to_string()))?;
    let private = private.ok_or_else(|| fail(key, "no private key in it".into()))?;
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| fail(certificate, e.to_string()))?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|e| fail(certificate, e.to_string()))?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Serves until `stop` changes, then lets open requests finish.
pub async fn serve(control: Arc<Control>, listen: Listen, mut stop: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(most_connections(open_files::raise())));
    let graceful = GracefulShutdown::new();
    let builder = Arc::new(builder());
    while let Some((permit, stream)) = next(&listen.listener, &room, &mut stop).await {
        let (control, builder, tls, scheme, watcher) = (
            control.clone(),
            builder.clone(),
            listen.tls.clone(),
            listen.scheme(),
            graceful.watcher(),
        );
        tokio::spawn(async move {
            serve_one(control, &builder, tls, scheme, stream, watcher).await;
            drop(permit);
        });
    }
    // Agents' websockets do not end by themselves: they are told to come back, and find the next server.
    let ending = async { tokio::join!(control.agents.close(), control.telemetry.close(), graceful.shutdown()) };
    drop(tokio::time::timeout(SHUTDOWN_TIME, ending).await);
}

/// The next connection, once there is room for it. None when the server is to end.
async fn next(
    listener: &TcpListener,
    room: &Arc<Semaphore>,
    stop: &mut watch::Receiver<bool>,
) -> Option<(OwnedSemaphorePermit, TcpStream)> {
    let accepted = async {
        let permit = room.clone().acquire_owned().await.expect("nobody closes it");
        loop {
            match listener.accept().await {
                Ok((stream, _)) => return (permit, stream),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    // There are no files left to open, as a rule; some are closed before long.
                    tokio::time::sleep(ACCEPT_RETRY).await;
                }
            }
        }
    };
    tokio::select! {
        accepted = accepted => Some(accepted),
        _ = stop.wait_for(|stop| *stop) => None,
    }
}

/// Each connection is an open file, and a quarter of those is left for all else.
fn most_connections(open_files: Option<u64>) -> usize {
    let most = open_files.map_or(u64::MAX, |it| it - it / 4);
    most.clamp(1, MAX_CONNECTIONS as u64) as usize
}

fn builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(MAX_HEAD)
        .max_headers(MAX_HEADERS);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(MAX_HEAD as u32)
        .max_concurrent_streams(MAX_H2_STREAMS)
        .keep_alive_interval(Some(HEAD_TIME))
        .keep_alive_timeout(HEAD_TIME);
    builder
}

async fn serve_one(
    control: Arc<Control>,
    builder: &auto::Builder<TokioExecutor>,
    tls: Option<TlsAcceptor>,
    scheme: &'static str,
    stream: TcpStream,
    watcher: hyper_util::server::graceful::Watcher,
) {
    // Answers are small and awaited: waiting to fill a packet only delays them.
    drop(stream.set_nodelay(true));
    match tls {
        None => talk(control, builder, scheme, stream, watcher).await,
        Some(tls) => match tokio::time::timeout(TLS_HANDSHAKE_TIME, tls.accept(stream)).await {
            Ok(Ok(stream)) => talk(control, builder, scheme, stream, watcher).await,
            Ok(Err(error)) => tracing::debug!(%error, "TLS handshake failed"),
            Err(_) => tracing::debug!("TLS handshake took too long"),
        },
    }
}

async fn talk<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    control: Arc<Control>,
    builder: &auto::Builder<TokioExecutor>,
    scheme: &'static str,
    stream: S,
    watcher: hyper_util::server::graceful::Watcher,
) {
    let asked = Arc::new(Notify::new());
    let first = asked.clone();
    let service = service_fn(move |request| {
        first.notify_one();
        http::answer(control.clone(), scheme, request)
    });
    let connection = builder.serve_connection_with_upgrades(TokioIo::new(stream), service);
    let mut connection = pin!(watcher.watch(connection.into_owned()));
    // Until it is clear which HTTP is spoken nobody else looks at the time.
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = asked.notified() => connection.await,
        () = tokio::time::sleep(HEAD_TIME) => return tracing::debug!("a connection asked nothing"),
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended badly");
    }
}

#[cfg(test)]
mod tests;
