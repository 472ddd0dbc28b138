//! Looks at what every running container uses, at a steady pace.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::metadata::Metadata;
use crate::runtime::Runtime;

/// Between looks at each container. A look costs a few reads of the kernel's files.
const EVERY: Duration = Duration::from_secs(3);

pub async fn run<R: Runtime>(metadata: Arc<Metadata<R>>) {
    let mut tick = tokio::time::interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let running: HashSet<String> = metadata.names(|it| it.runs()).into_iter().collect();
        for name in &running {
            // One that has just ended has nothing to tell.
            if let Ok(usage) = metadata.runtime().usage(name).await {
                metadata.telemetry().add(name, usage);
            }
        }
        metadata.telemetry().keep(|name| running.contains(name));
    }
}
