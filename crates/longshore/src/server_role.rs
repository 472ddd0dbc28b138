//! `longshore server`: the API, for agents that run elsewhere.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use control::{Control, DataDir, Listen};
use store::Store;
use tokio::sync::watch;

#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Address to serve
    #[arg(long, default_value = "127.0.0.1:4566")]
    listen: SocketAddr,
    /// Account of twelve digits, chosen at the first start [default: 000000000000]
    #[arg(long)]
    account: Option<String>,
    /// Region, chosen at the first start [default: us-east-1]
    #[arg(long)]
    region: Option<String>,
    /// Certificate chain for TLS, as a PEM file
    #[arg(long, requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Its private key, as a PEM file
    #[arg(long, requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Serve other machines without TLS, because another program ends it in front
    #[arg(long)]
    insecure_http: bool,
}

impl Args {
    pub fn has_tls(&self) -> bool {
        self.tls_cert.is_some()
    }
}

/// A server that answers, until `stop`.
pub struct Server {
    pub url: String,
    pub control: Arc<Control>,
    store: Arc<Store>,
    serving: tokio::task::JoinHandle<()>,
}

pub async fn run(args: &Args, connect: &cli::Connect) -> Result<()> {
    let stop = crate::stop_signal()?;
    let server = start(args, connect, false, stop).await?;
    server.finish().await
}

/// With `needs_host` the server is healthy only while a host is connected.
pub async fn start(
    args: &Args,
    connect: &cli::Connect,
    needs_host: bool,
    stop: watch::Receiver<bool>,
) -> Result<Server> {
    let directory = DataDir::open(&connect.data_dir())?;
    // The store first: it is what keeps a second server out.
    let log = directory.store()?;
    let identity = directory.identity(args.account.as_deref(), args.region.as_deref())?;
    let tls = args.tls_cert.as_deref().zip(args.tls_key.as_deref());
    let listen = Listen::bind(args.listen, tls, args.insecure_http).await?;
    let store = Store::open(log, |error| {
        tracing::error!(%error, "the store has failed; nothing more can be promised");
        std::process::abort();
    })?;
    let control = Control::open(&identity, store.clone(), needs_host).await?;
    let url = listen.url();
    directory.note_endpoint(&url)?;
    tracing::info!(
        url,
        account = identity.site.account,
        region = identity.site.region,
        "serving"
    );
    let serving = tokio::spawn(control::serve(control.clone(), listen, stop));
    Ok(Server {
        url,
        control,
        store,
        serving,
    })
}

impl Server {
    /// Waits for the end of serving and closes the store.
    pub async fn finish(self) -> Result<()> {
        self.serving.await?;
        self.store.close();
        tracing::info!("ended");
        Ok(())
    }
}
