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
    let single = |port: Option<i32>| Some((u16::try_from(port?).ok()?, 1));
    let (container_port, length) = match &it.container_port_range {
        Some(text) => range(text)?,
        None => single(it.container_port)?,
    };
    let (host_port, host_length) = match &it.host_port_range {
        Some(text) => range(text)?,
        None => single(it.host_port)?,
    };
    (length == host_length).then_some(Binding {
        ip: cut(it.bind_ip.unwrap_or_default(), MAX_ID),
        container_port,
        host_port,
        protocol: protocol(it.protocol.as_deref()),
        length,
    })
}

/// `8000-8010` as its first port and how many there are.
fn range(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once('-')?;
    let (first, last): (u16, u16) = (first.parse().ok()?, last.parse().ok()?);
    let more = last.checked_sub(first)?;
    Some((first, more.checked_add(1)?))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_port_and_how_many() {
        assert_eq!(range("8000-8010"), Some((8000, 11)));
        assert_eq!(range("1-65535"), Some((1, 65535)));
        for bad in ["", "8000", "8010-8000", "0-65535", "a-b", "1-70000"] {
            assert_eq!(range(bad), None, "{bad}");
        }
    }

    #[test]
    fn ranges_of_unlike_lengths_bind_nothing() {
        let told = |container: &str, host: &str| {
            binding(ecs::NetworkBinding {
                container_port_range: Some(container.into()),
                host_port_range: Some(host.into()),
                ..Default::default()
            })
        };
        assert_eq!(told("80-81", "90-91").map(|it| it.length), Some(2));
        assert_eq!(told("80-81", "90-92"), None);
    }

    #[test]
    fn of_what_is_too_long_or_too_much_the_rest_is_left_out() {
        let long = || Some("x".repeat(5000));
        let port = |n| ecs::NetworkBinding {
            container_port: Some(n),
            host_port: Some(n),
            ..Default::default()
        };
        let seen = observed(ecs::ContainerStateChange {
            reason: long(),
            runtime_id: long(),
            image_digest: long(),
            network_bindings: Some((1..=500).map(port).collect()),
            ..Default::default()
        });
        let length = |it: &Option<String>| it.as_ref().map(String::len);
        assert_eq!(length(&seen.reason), Some(1024));
        assert_eq!(
            (length(&seen.runtime_id), length(&seen.image_digest)),
            (Some(255), Some(255))
        );
        assert_eq!(seen.bindings.len(), 200);
    }
}
