//! `longshore server`: the API, for agents that run elsewhere.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use control::{Cidr, Control, DataDir, HOST_BITS, Keep, Listen, Options};
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
    /// Range that tasks' addresses are from, a /24 for each host; hosts keep what they have [default: 10.64.0.0/10]
    #[arg(long, value_name = "CIDR", value_parser = task_network)]
    task_network_cidr: Option<Cidr>,
    /// How long stopped tasks can still be described, as 90s, 30m, 12h or 7d
    #[arg(long, value_name = "DURATION", default_value = "7d", value_parser = seconds)]
    keep_stopped: i64,
}

pub fn seconds(text: &str) -> Result<i64, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return Err("use a whole number and s, m, h or d, as in 7d".into()),
    };
    let number: i64 = number
        .parse()
        .map_err(|_| "use a whole number and s, m, h or d, as in 7d")?;
    number.checked_mul(factor).ok_or_else(|| "that is too long".into())
}

fn task_network(text: &str) -> Result<Cidr, String> {
    Cidr::parse(text)
        .filter(|it| (8..=HOST_BITS).contains(&it.bits()))
        .ok_or_else(|| format!("use a range of /8 to /{HOST_BITS}, as in 10.64.0.0/10"))
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
    let keep = Keep {
        seconds: args.keep_stopped,
        ..Keep::default()
    };
    let options = Options {
        needs_host,
        keep,
        task_network: args.task_network_cidr,
    };
    let control = Control::open(&identity, store.clone(), options).await?;
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

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn durations_have_a_unit() {
        assert_eq!(seconds("90s"), Ok(90));
        assert_eq!(seconds("7d"), Ok(604_800));
        for bad in ["", "7", "d", "-1d", "7 d", "1w", "99999999999999999d"] {
            assert!(seconds(bad).is_err(), "{bad}");
        }
    }
}
