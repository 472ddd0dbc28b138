//! Ports of containers on the host. The engine chooses single ones; those that must be in a row are chosen here.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::ops::RangeInclusive;
use std::sync::{Mutex, PoisonError};

use agent::runtime::{Binding, PortMapping, Protocol, RuntimeError};
use bollard::models::{ContainerInspectResponse, PortBinding};

/// On a container: which of its ports are in a row, as in `8000-8010/tcp`, parted by commas.
pub const RANGES_LABEL: &str = "longshore.port-ranges";
/// On a container: the host's ports that it was given by number, as in `8080/tcp`, parted by commas. Another task may wait for them.
pub const HELD_LABEL: &str = "longshore.host-ports";
/// Where the kernel does not say which ports are for such use.
const USUAL: RangeInclusive<u16> = 49153..=65535;
const ANY: &str = "0.0.0.0";

/// Rows of ports that were given to containers. The kernel knows of them only once the containers run.
#[derive(Default)]
pub struct Rows {
    given: Mutex<BTreeMap<String, Vec<PortMapping>>>,
}

impl Rows {
    /// The container's ports, each row with a place on the host.
    pub fn choose(&self, container: &str, wanted: &[PortMapping]) -> Result<Vec<PortMapping>, RuntimeError> {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.remove(container);
        let mut chosen = Vec::new();
        for it in wanted {
            let mut it = *it;
            if it.length > 1 && it.host_port == 0 {
                let rows = given.values().flatten().chain(&chosen);
                let taken: Vec<PortMapping> = rows.filter(|row| row.protocol == it.protocol).copied().collect();
                let free = |port: u16| !taken.iter().any(|row| holds(row, port)) && is_free(port, it.protocol);
                it.host_port = row(it.length, &dynamic(), free).ok_or_else(|| {
                    RuntimeError::new(
                        "CannotCreateContainerError",
                        format!("this host has no {} free ports in a row", it.length),
                    )
                })?;
            }
            chosen.push(it);
        }
        let rows: Vec<PortMapping> = chosen.iter().filter(|it| it.length > 1).copied().collect();
        if !rows.is_empty() {
            given.insert(container.to_owned(), rows);
        }
        Ok(chosen)
    }

    /// The container is gone.
    pub fn give_back(&self, container: &str) {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        given.remove(container);
    }
}

fn holds(row: &PortMapping, port: u16) -> bool {
    port.checked_sub(row.host_port).is_some_and(|nth| nth < row.length)
}

/// The highest ports in a row that are free: the engine takes its own from below.
fn row(length: u16, within: &RangeInclusive<u16>, free: impl Fn(u16) -> bool) -> Option<u16> {
    let mut found = 0;
    for port in within.clone().rev() {
        found = if free(port) { found + 1 } else { 0 };
        if found == length {
            return Some(port);
        }
    }
    None
}

fn is_free(port: u16, protocol: Protocol) -> bool {
    match protocol {
        Protocol::Tcp => TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok(),
        Protocol::Udp => UdpSocket::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok(),
    }
}

/// Ports that the kernel gives to whoever does not ask for one.
fn dynamic() -> RangeInclusive<u16> {
    let text = std::fs::read_to_string("/proc/sys/net/ipv4/ip_local_port_range").unwrap_or_default();
    let mut bounds = text.split_whitespace().filter_map(|it| it.parse().ok());
    match (bounds.next(), bounds.next()) {
        (Some(first), Some(last)) => first..=last,
        (_, _) => USUAL,
    }
}

fn protocol(it: Protocol) -> &'static str {
    match it {
        Protocol::Tcp => "tcp",
        Protocol::Udp => "udp",
    }
}

/// Each single port of the container with its host port, zero where that is to be chosen.
fn singles(all: &[PortMapping]) -> impl Iterator<Item = (String, u16)> {
    all.iter().flat_map(|it| {
        (0..it.length).map(move |nth| {
            let host = if it.host_port == 0 { 0 } else { it.host_port + nth };
            (format!("{}/{}", it.container_port + nth, protocol(it.protocol)), host)
        })
    })
}

pub fn exposed(all: &[PortMapping]) -> Vec<String> {
    let keys: HashSet<String> = singles(all).map(|(key, _)| key).collect();
    keys.into_iter().collect()
}

/// What the engine is asked for.
pub fn wanted(all: &[PortMapping]) -> HashMap<String, Option<Vec<PortBinding>>> {
    let mut ports: HashMap<String, Option<Vec<PortBinding>>> = HashMap::new();
    for (key, host) in singles(all) {
        let binding = PortBinding {
            host_ip: Some(ANY.into()),
            host_port: Some(if host == 0 { String::new() } else { host.to_string() }),
        };
        ports.entry(key).or_default().get_or_insert_default().push(binding);
    }
    ports
}

/// What the container's label says, if it has ports in a row.
pub fn ranges(all: &[PortMapping]) -> Option<String> {
    let rows = all.iter().filter(|it| it.length > 1);
    let texts: Vec<String> = rows
        .map(|it| {
            let last = it.container_port + (it.length - 1);
            format!("{}-{last}/{}", it.container_port, protocol(it.protocol))
        })
        .collect();
    (!texts.is_empty()).then(|| texts.join(","))
}

/// What the container's label says, if it has ports of the host by number.
pub fn held(all: &[PortMapping]) -> Option<String> {
    let ports = all.iter().filter(|it| it.host_port != 0);
    let texts: Vec<String> = ports
        .map(|it| format!("{}/{}", it.host_port, protocol(it.protocol)))
        .collect();
    (!texts.is_empty()).then(|| texts.join(","))
}

/// A mapping whose host port was given.
pub fn fixed(it: &PortMapping) -> Binding {
    Binding {
        ip: ANY.into(),
        container_port: it.container_port,
        host_port: it.host_port,
        protocol: it.protocol,
        length: it.length,
    }
}

/// IPv4 bindings; those of IPv6 are the same ports again. Ports in a row are one binding.
pub fn bindings(it: &ContainerInspectResponse) -> Vec<Binding> {
    let ports = it.network_settings.as_ref().and_then(|it| it.ports.as_ref());
    let mut all = Vec::new();
    for (key, bound) in ports.into_iter().flatten() {
        let Some((number, kind)) = key.split_once('/') else {
            continue;
        };
        for binding in bound.iter().flatten() {
            let ip = binding.host_ip.clone().unwrap_or_default();
            let host_port = binding.host_port.as_deref().and_then(|it| it.parse().ok());
            let (Ok(container_port), Some(host_port), false) = (number.parse(), host_port, ip.contains(':')) else {
                continue;
            };
            all.push(Binding {
                ip,
                container_port,
                host_port,
                protocol: if kind == "udp" { Protocol::Udp } else { Protocol::Tcp },
                length: 1,
            });
        }
    }
    let labels = it.config.as_ref().and_then(|it| it.labels.as_ref());
    let rows = labels.and_then(|it| it.get(RANGES_LABEL));
    for (first, last, kind) in rows.into_iter().flat_map(|text| text.split(',')).filter_map(parse_row) {
        all.retain_mut(|it| {
            if it.protocol == kind && it.container_port == first {
                it.length = last - first + 1;
            }
            it.protocol != kind || !(first + 1..=last).contains(&it.container_port)
        });
    }
    all.sort_by_key(|it| (it.container_port, it.host_port));
    all
}

fn parse_row(text: &str) -> Option<(u16, u16, Protocol)> {
    let (range, kind) = text.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last): (u16, u16) = (first.parse().ok()?, last.parse().ok()?);
    let kind = if kind == "udp" { Protocol::Udp } else { Protocol::Tcp };
    (first < last).then_some((first, last, kind))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn mapping(container_port: u16, length: u16) -> PortMapping {
        PortMapping {
            container_port,
            host_port: 0,
            protocol: Protocol::Tcp,
            length,
        }
    }

    #[test]
    fn the_highest_ports_in_a_row_that_are_free_are_taken() {
        assert_eq!(row(3, &(10..=20), |_| true), Some(18));
        assert_eq!(row(3, &(10..=20), |port| port != 19), Some(16));
        assert_eq!(row(3, &(10..=20), |port| port % 3 != 0), None);
        assert_eq!(row(12, &(10..=20), |_| true), None);
    }

    #[test]
    fn no_two_containers_are_given_the_same_row() {
        let rows = Rows::default();
        let first = rows
            .choose("a", &[mapping(8000, 5), mapping(80, 1), mapping(9000, 5)])
            .unwrap();
        let second = rows.choose("b", &[mapping(8000, 5)]).unwrap();
        assert_eq!(first[1].host_port, 0, "the engine chooses single ones");
        let mut starts = [first[0].host_port, first[2].host_port, second[0].host_port];
        starts.sort_unstable();
        assert!(starts[1] - starts[0] >= 5 && starts[2] - starts[1] >= 5, "{starts:?}");
        let again = rows.choose("b", &[mapping(8000, 5)]).unwrap();
        assert_eq!(again, second, "a second try takes the same");
        rows.give_back("a");
        assert_eq!(
            rows.choose("c", &[mapping(1, 5)]).unwrap()[0].host_port,
            first[0].host_port
        );
    }

    #[test]
    fn ports_of_the_host_that_were_given_by_number_are_told() {
        let mut given = mapping(80, 1);
        assert_eq!(held(&[given]), None, "the engine chooses it");
        given.host_port = 8080;
        let mut other = given;
        (other.host_port, other.protocol) = (53, Protocol::Udp);
        assert_eq!(
            held(&[given, mapping(81, 1), other]).as_deref(),
            Some("8080/tcp,53/udp")
        );
    }

    #[test]
    fn ports_in_a_row_come_back_as_one_binding() {
        let mut it = mapping(8000, 3);
        it.host_port = 60000;
        let given = [it, mapping(80, 1)];
        let mut bound = wanted(&given);
        bound.insert(
            "80/tcp".into(),
            Some(vec![PortBinding {
                host_ip: Some(ANY.into()),
                host_port: Some("32768".into()),
            }]),
        );
        let shown = ContainerInspectResponse {
            config: Some(bollard::models::ContainerConfig {
                labels: ranges(&given).map(|text| [(RANGES_LABEL.to_owned(), text)].into()),
                ..Default::default()
            }),
            network_settings: Some(bollard::models::NetworkSettings {
                ports: Some(bound),
                ..Default::default()
            }),
            ..Default::default()
        };
        let all: Vec<_> = bindings(&shown)
            .iter()
            .map(|it| (it.container_port, it.host_port, it.length))
            .collect();
        assert_eq!(all, [(80, 32768, 1), (8000, 60000, 3)]);
    }
}
