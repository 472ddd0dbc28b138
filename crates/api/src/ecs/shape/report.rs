//! What agents report, in our words.

use domain::resources::Protocol;
use domain::task::{Binding, ContainerStage, Observed};
use model::ecs;

/// AWS's limits on what a report carries: longer text is cut.
const MAX_REASON: usize = 1024;
const MAX_ID: usize = 255;
/// Ports of one container that are shown.
const MAX_BINDINGS: usize = 200;

pub fn observed(it: ecs::ContainerStateChange) -> Observed {
    let stage = match it.status.as_deref() {
        Some("RUNNING") => Some(ContainerStage::Running),
        Some("STOPPED") => Some(ContainerStage::Stopped),
        _ => None,
    };
    Observed {
        stage,
        exit_code: it.exit_code,
        reason: reason(it.reason),
        runtime_id: it.runtime_id.map(|text| cut(text, MAX_ID)),
        image_digest: it.image_digest.map(|text| cut(text, MAX_ID)),
        bindings: it
            .network_bindings
            .into_iter()
            .flatten()
            .filter_map(binding)
            .take(MAX_BINDINGS)
            .collect(),
    }
}

/// Why something ended, if it is said, as far as there is room for it.
pub fn reason(given: Option<String>) -> Option<String> {
    given.filter(|text| !text.is_empty()).map(|text| cut(text, MAX_REASON))
}

fn binding(it: ecs::NetworkBinding) -> Option<Binding> {
    Some(Binding {
        ip: cut(it.bind_ip.unwrap_or_default(), MAX_ID),
        container_port: u16::try_from(it.container_port?).ok()?,
        host_port: u16::try_from(it.host_port?).ok()?,
        protocol: protocol(it.protocol.as_deref()),
    })
}

/// What is not UDP is TCP, as AWS has it.
pub fn protocol(given: Option<&str>) -> Protocol {
    if given == Some("udp") {
        Protocol::Udp
    } else {
        Protocol::Tcp
    }
}

fn cut(text: String, most: usize) -> String {
    if text.chars().count() <= most {
        text
    } else {
        text.chars().take(most).collect()
    }
}
