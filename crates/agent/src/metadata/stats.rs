//! What a container uses, in the form of Docker's own statistics, with the network rates that ECS adds.

use std::collections::BTreeMap;

use serde::Serialize;
use wire::time::Time;

use crate::runtime::{CpuUsage, IoUsage, MemoryUsage, NetworkUsage, Usage};

#[derive(Serialize)]
pub struct Stats {
    read: String,
    preread: String,
    pids_stats: Pids,
    blkio_stats: Io,
    num_procs: u32,
    storage_stats: Storage,
    cpu_stats: Cpu,
    precpu_stats: Cpu,
    memory_stats: Memory,
    name: String,
    id: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    networks: BTreeMap<String, Network>,
    #[serde(skip_serializing_if = "Option::is_none")]
    network_rate_stats: Option<Rates>,
}

#[derive(Serialize)]
struct Pids {
    current: u64,
}

#[derive(Serialize)]
struct Io {
    io_service_bytes_recursive: Vec<IoEntry>,
    io_serviced_recursive: [IoEntry; 0],
    io_queue_recursive: [IoEntry; 0],
    io_service_time_recursive: [IoEntry; 0],
    io_wait_time_recursive: [IoEntry; 0],
    io_merged_recursive: [IoEntry; 0],
    io_time_recursive: [IoEntry; 0],
    sectors_recursive: [IoEntry; 0],
}

#[derive(Serialize)]
struct IoEntry {
    major: u64,
    minor: u64,
    op: &'static str,
    value: u64,
}

/// Empty, as Docker has it on Linux.
#[derive(Serialize)]
struct Storage {}

#[derive(Default, Serialize)]
struct Cpu {
    cpu_usage: CpuTimes,
    #[serde(skip_serializing_if = "Option::is_none")]
    system_cpu_usage: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    online_cpus: Option<u32>,
    throttling_data: Throttling,
}

#[derive(Default, Serialize)]
struct CpuTimes {
    total_usage: u64,
    usage_in_kernelmode: u64,
    usage_in_usermode: u64,
}

#[derive(Default, Serialize)]
struct Throttling {
    periods: u64,
    throttled_periods: u64,
    throttled_time: u64,
}

#[derive(Serialize)]
struct Memory {
    usage: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_usage: Option<u64>,
    stats: BTreeMap<String, u64>,
    limit: u64,
}

#[derive(Serialize)]
struct Network {
    rx_bytes: u64,
    rx_packets: u64,
    rx_errors: u64,
    rx_dropped: u64,
    tx_bytes: u64,
    tx_packets: u64,
    tx_errors: u64,
    tx_dropped: u64,
}

/// Bytes in a second, between the last two looks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rates {
    pub rx_bytes_per_sec: f64,
    pub tx_bytes_per_sec: f64,
}

/// `before` is the look at it before this one; without it, there are no rates.
pub fn stats(id: &str, name: &str, before: Option<&Usage>, now: &Usage) -> Stats {
    Stats {
        read: Time::from_millis(now.at_ms).to_string(),
        preread: before.map_or_else(
            || "0001-01-01T00:00:00Z".to_owned(),
            |it| Time::from_millis(it.at_ms).to_string(),
        ),
        pids_stats: Pids { current: now.pids },
        blkio_stats: io(&now.io),
        num_procs: 0,
        storage_stats: Storage {},
        cpu_stats: cpu(&now.cpu),
        precpu_stats: before.map(|it| cpu(&it.cpu)).unwrap_or_default(),
        memory_stats: memory(&now.memory),
        name: format!("/{name}"),
        id: id.to_owned(),
        networks: now
            .networks
            .iter()
            .map(|(name, it)| (name.clone(), network(it)))
            .collect(),
        network_rate_stats: before.and_then(|it| rates(it, now)),
    }
}

/// None where no time has passed, or there is no network.
pub fn rates(before: &Usage, now: &Usage) -> Option<Rates> {
    let seconds = (now.at_ms - before.at_ms) as f64 / 1000.0;
    if seconds <= 0.0 || now.networks.is_empty() {
        return None;
    }
    let sum = |of: &Usage, count: fn(&NetworkUsage) -> u64| of.networks.values().map(count).sum::<u64>();
    let rate = |count| sum(now, count).saturating_sub(sum(before, count)) as f64 / seconds;
    Some(Rates {
        rx_bytes_per_sec: rate(|it| it.rx_bytes),
        tx_bytes_per_sec: rate(|it| it.tx_bytes),
    })
}

fn io(devices: &[IoUsage]) -> Io {
    let entries = devices.iter().flat_map(|it| {
        let entry = |op, value| IoEntry {
            major: it.major,
            minor: it.minor,
            op,
            value,
        };
        [entry("Read", it.read), entry("Write", it.write)]
    });
    Io {
        io_service_bytes_recursive: entries.collect(),
        io_serviced_recursive: [],
        io_queue_recursive: [],
        io_service_time_recursive: [],
        io_wait_time_recursive: [],
        io_merged_recursive: [],
        io_time_recursive: [],
        sectors_recursive: [],
    }
}

fn cpu(it: &CpuUsage) -> Cpu {
    Cpu {
        cpu_usage: CpuTimes {
            total_usage: it.total_ns,
            usage_in_kernelmode: it.kernel_ns,
            usage_in_usermode: it.user_ns,
        },
        system_cpu_usage: Some(it.system_ns),
        online_cpus: Some(it.cores),
        throttling_data: Throttling {
            periods: it.periods,
            throttled_periods: it.throttled_periods,
            throttled_time: it.throttled_ns,
        },
    }
}

fn memory(it: &MemoryUsage) -> Memory {
    Memory {
        usage: it.usage,
        max_usage: it.max_usage,
        stats: it.detail.clone(),
        limit: it.limit,
    }
}

fn network(it: &NetworkUsage) -> Network {
    Network {
        rx_bytes: it.rx_bytes,
        rx_packets: it.rx_packets,
        rx_errors: it.rx_errors,
        rx_dropped: it.rx_dropped,
        tx_bytes: it.tx_bytes,
        tx_packets: it.tx_packets,
        tx_errors: it.tx_errors,
        tx_dropped: it.tx_dropped,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use expect_test::expect;

    fn usage(at_ms: i64, received: u64) -> Usage {
        let eth0 = NetworkUsage {
            rx_bytes: received,
            tx_bytes: 10,
            ..Default::default()
        };
        Usage {
            at_ms,
            cpu: CpuUsage {
                total_ns: 5_000_000,
                user_ns: 3_000_000,
                kernel_ns: 2_000_000,
                system_ns: 9_000_000_000,
                cores: 2,
                ..Default::default()
            },
            memory: MemoryUsage {
                usage: 1 << 20,
                max_usage: Some(2 << 20),
                limit: 64 << 20,
                detail: BTreeMap::from([("inactive_file".into(), 4096)]),
            },
            pids: 3,
            io: vec![IoUsage {
                major: 254,
                minor: 0,
                read: 4096,
                write: 8192,
            }],
            networks: BTreeMap::from([("eth0".into(), eth0)]),
        }
    }

    #[test]
    fn a_look_is_told_as_docker_tells_it() {
        let told = stats("abc", "app", Some(&usage(1_000, 500)), &usage(3_000, 2_500));
        expect![[r#"{"read":"1970-01-01T00:00:03.000Z","preread":"1970-01-01T00:00:01.000Z","pids_stats":{"current":3},"blkio_stats":{"io_service_bytes_recursive":[{"major":254,"minor":0,"op":"Read","value":4096},{"major":254,"minor":0,"op":"Write","value":8192}],"io_serviced_recursive":[],"io_queue_recursive":[],"io_service_time_recursive":[],"io_wait_time_recursive":[],"io_merged_recursive":[],"io_time_recursive":[],"sectors_recursive":[]},"num_procs":0,"storage_stats":{},"cpu_stats":{"cpu_usage":{"total_usage":5000000,"usage_in_kernelmode":2000000,"usage_in_usermode":3000000},"system_cpu_usage":9000000000,"online_cpus":2,"throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}},"precpu_stats":{"cpu_usage":{"total_usage":5000000,"usage_in_kernelmode":2000000,"usage_in_usermode":3000000},"system_cpu_usage":9000000000,"online_cpus":2,"throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}},"memory_stats":{"usage":1048576,"max_usage":2097152,"stats":{"inactive_file":4096},"limit":67108864},"name":"/app","id":"abc","networks":{"eth0":{"rx_bytes":2500,"rx_packets":0,"rx_errors":0,"rx_dropped":0,"tx_bytes":10,"tx_packets":0,"tx_errors":0,"tx_dropped":0}},"network_rate_stats":{"rx_bytes_per_sec":1000.0,"tx_bytes_per_sec":0.0}}"#]]
        .assert_eq(&serde_json::to_string(&told).unwrap());
    }

    #[test]
    fn the_first_look_has_no_rates() {
        let told = serde_json::to_value(stats("abc", "app", None, &usage(1_000, 500))).unwrap();
        assert!(told.get("network_rate_stats").is_none());
        assert_eq!(told["preread"], "0001-01-01T00:00:00Z");
        assert!(
            rates(&usage(1_000, 500), &usage(1_000, 900)).is_none(),
            "no time has passed"
        );
        let restarted = rates(&usage(1_000, 500), &usage(2_000, 100)).unwrap();
        assert_eq!(restarted.rx_bytes_per_sec, 0.0, "a counter that began anew");
    }
}
