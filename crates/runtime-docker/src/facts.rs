//! What the engine knows of one container, in the seam's words.

use std::collections::BTreeMap;

use agent::runtime::{Facts, Interface, Mounted, RuntimeError};
use bollard::Docker;
use bollard::models::{ContainerInspectResponse, EndpointSettings, MountPoint, NetworkSettings};

use crate::{HOST_LABEL, ports, text};

/// How Docker writes a time that has not come.
const NEVER: &str = "0001-01-01";

pub async fn inspect(docker: &Docker, name: &str) -> Result<Facts, RuntimeError> {
    let found = docker.inspect_container(name, None).await;
    found
        .map(facts)
        .map_err(|e| RuntimeError::new("CannotInspectContainerError", text(&e)))
}

fn facts(it: ContainerInspectResponse) -> Facts {
    let config = it.config.unwrap_or_default();
    let state = it.state.unwrap_or_default();
    let log = it.host_config.and_then(|it| it.log_config).unwrap_or_default();
    let mut labels: BTreeMap<_, _> = config.labels.unwrap_or_default().into_iter().collect();
    // Ours, and no business of the task's.
    for name in [HOST_LABEL, ports::RANGES_LABEL, ports::HELD_LABEL] {
        labels.remove(name);
    }
    Facts {
        id: it.id.unwrap_or_default(),
        name: it.name.unwrap_or_default().trim_start_matches('/').to_owned(),
        image_id: it.image.unwrap_or_default(),
        labels,
        created_at: it.created.map(|it| it.to_string()).and_then(come),
        started_at: state.started_at.clone().and_then(come),
        finished_at: state.finished_at.clone().and_then(come),
        pid: state.pid.and_then(|it| u32::try_from(it).ok()).filter(|it| *it > 0),
        interface: it.network_settings.as_ref().and_then(interface),
        mounts: it.mounts.into_iter().flatten().map(mount).collect(),
        log_driver: log.typ,
        log_options: log.config.unwrap_or_default().into_iter().collect(),
    }
}

fn come(time: String) -> Option<String> {
    (!time.is_empty() && !time.starts_with(NEVER)).then_some(time)
}

/// The first network that has an address.
fn interface(it: &NetworkSettings) -> Option<Interface> {
    it.networks
        .iter()
        .flatten()
        .find_map(|(_, endpoint)| endpoint_interface(endpoint))
}

fn endpoint_interface(it: &EndpointSettings) -> Option<Interface> {
    Some(Interface {
        address: it.ip_address.as_deref()?.parse().ok()?,
        prefix: it.ip_prefix_len.and_then(|it| u8::try_from(it).ok()).unwrap_or(32),
        mac: it.mac_address.clone().filter(|it| !it.is_empty()),
        gateway: it.gateway.as_deref().and_then(|it| it.parse().ok()),
    })
}

fn mount(it: MountPoint) -> Mounted {
    Mounted {
        name: it.name.filter(|it| !it.is_empty()),
        source: it.source.unwrap_or_default(),
        destination: it.destination.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_that_have_not_come_are_left_out() {
        assert_eq!(come("0001-01-01T00:00:00Z".into()), None);
        assert_eq!(
            come("2026-11-24T10:00:00.5Z".into()).as_deref(),
            Some("2026-11-24T10:00:00.5Z")
        );
    }
}
