//! The server's shell: bytes in, operation run, changes committed, bytes out.
//!
//! Nothing is decided here. A request is authenticated over the bytes received, handed to its operation with the snapshot, the time
//! and a seed for ids, and answered when its changes are durable. Agents hold websockets; whoever saw a commit wakes those it
//! concerns, and they look at the snapshot for themselves.

mod agents;
mod auth;
mod clock;
mod data_dir;
mod http;
mod limits;
mod listen;
mod logs;
mod open_files;
mod reconcile;
mod run;
mod telemetry;
#[cfg(test)]
mod testing;
mod ws;

use std::sync::Arc;

use domain::Site;
use store::Store;

pub use data_dir::{DataDir, Identity, OpenError};
pub use domain::network::{Cidr, HOST_BITS};
pub use engine::reaping::Keep;
pub use listen::{Listen, ListenError, serve};

/// All that the server's parts share.
pub struct Control {
    store: Arc<Store>,
    site: Site,
    secrets: api::secrets::Secrets,
    keys: auth::Keys,
    agents: agents::Agents,
    telemetry: telemetry::Telemetry,
    streams: logs::Streams,
    /// Healthy only with a host: whoever waits for `up` wants to run tasks.
    needs_host: bool,
    keep: Keep,
}

/// How a server is to behave.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Healthy only while a host is connected.
    pub needs_host: bool,
    /// How long and how many stopped tasks can be described.
    pub keep: Keep,
    /// Where hosts' parts of the task network are taken from. None leaves it as it is.
    pub task_network: Option<Cidr>,
}

impl Control {
    /// `identity` and `store` come from one data directory.
    pub async fn open(
        identity: &Identity,
        store: Arc<Store>,
        options: Options,
    ) -> Result<Arc<Self>, store::CommitError> {
        let control = Arc::new(Self {
            store,
            site: identity.site.clone(),
            secrets: api::secrets::Secrets::new(identity.master),
            keys: auth::Keys::new(identity.access_key_id.clone(), identity.secret_access_key.clone()),
            agents: agents::Agents::default(),
            telemetry: telemetry::Telemetry::default(),
            streams: logs::Streams::default(),
            needs_host: options.needs_host,
            keep: options.keep,
        });
        control.begin(options.task_network).await?;
        tokio::spawn(reconcile::drive(control.clone()));
        tokio::spawn(reconcile::sweep(control.clone()));
        Ok(control)
    }
}
