//! What runs beside the worker and only looks at its tasks: the endpoint for tasks, the endpoint for people on this host, and telemetry.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::metadata::Metadata;
use crate::runtime::Runtime;
use crate::{introspection, sampler, tcs};

/// Ends with its owner.
pub struct Neighbours(JoinSet<()>);

impl Neighbours {
    pub fn abort(mut self) {
        self.0.abort_all();
    }
}

/// Starts them. What containers need is there when this returns.
pub async fn serve<R: Runtime>(metadata: &Arc<Metadata<R>>, introspection_port: u16) -> Neighbours {
    // Tasks of the Fargate pool have networks of their own.
    let mut all = JoinSet::new();
    if metadata.place().cluster.is_some() && metadata.runtime().shares_our_network() {
        metadata.open_host().await;
        all.spawn(metadata.clone().take_over_host());
    }
    if introspection_port != 0 {
        all.spawn(introspection::serve(metadata.clone(), introspection_port));
    }
    all.spawn(sampler::run(metadata.clone()));
    all.spawn(tcs::hold(metadata.clone()));
    Neighbours(all)
}
