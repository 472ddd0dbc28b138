//! What a container uses, read from the kernel's files. The engine tells the same, at a hundred times the cost.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use agent::runtime::{CpuUsage, IoUsage, MemoryUsage, NetworkUsage, Usage};

/// The kernel counts CPU time of the machine, and of groups of version 1, in hundredths of a second, whatever its own pace.
const TICK_NS: u64 = 10_000_000;
/// Version 1 shows groups without a limit as having this or a little less.
const UNLIMITED: u64 = 1 << 62;

/// Where the files of one container are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    pid: u32,
    groups: Groups,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Groups {
    /// One directory for each controller.
    V1(HashMap<String, PathBuf>),
    V2(PathBuf),
}

/// The files of containers that have been looked at, by their names.
#[derive(Default)]
pub struct Known(Mutex<HashMap<String, Files>>);

impl Known {
    pub fn get(&self, name: &str) -> Option<Files> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    pub fn put(&self, name: &str, files: Files) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(name.to_owned(), files);
    }

    pub fn forget(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

impl Files {
    /// Of the container whose first process this is.
    pub fn of(pid: u32) -> io::Result<Self> {
        let root = Path::new("/sys/fs/cgroup");
        let membership = fs::read_to_string(format!("/proc/{pid}/cgroup"))?;
        Ok(Self {
            pid,
            groups: groups(root, &membership),
        })
    }

    pub fn read(&self, now_ms: i64) -> io::Result<Usage> {
        let machine = fs::read_to_string("/proc/stat")?;
        let networks = fs::read_to_string(format!("/proc/{}/net/dev", self.pid))?;
        let mut usage = match &self.groups {
            Groups::V1(controllers) => read_v1(controllers)?,
            Groups::V2(group) => read_v2(group)?,
        };
        (usage.cpu.system_ns, usage.cpu.cores) = machine_time(&machine);
        usage.networks = interfaces(&networks);
        usage.at_ms = now_ms;
        Ok(usage)
    }
}

/// Where the groups are that a process is in, from its `cgroup` file.
fn groups(root: &Path, membership: &str) -> Groups {
    let lines = || {
        membership
            .lines()
            .filter_map(|line| line.split_once(':')?.1.split_once(':'))
    };
    let below = |base: PathBuf, path: &str| base.join(path.trim_start_matches('/'));
    if root.join("cgroup.controllers").exists() {
        let path = lines().find(|(names, _)| names.is_empty()).map_or("", |(_, path)| path);
        return Groups::V2(below(root.to_owned(), path));
    }
    let mut controllers = HashMap::new();
    for (names, path) in lines().filter(|(names, _)| !names.is_empty()) {
        for name in names.split(',') {
            controllers.insert(name.to_owned(), below(root.join(name), path));
        }
    }
    Groups::V1(controllers)
}

fn read_v1(controllers: &HashMap<String, PathBuf>) -> io::Result<Usage> {
    let read = |controller: &str, file: &str| -> io::Result<String> {
        let group = controllers.get(controller).ok_or(io::ErrorKind::NotFound)?;
        fs::read_to_string(group.join(file))
    };
    let number = |controller: &str, file: &str| read(controller, file).map(|text| plain(&text));
    let times = pairs(&read("cpuacct", "cpuacct.stat").unwrap_or_default());
    let throttled = pairs(&read("cpu", "cpu.stat").unwrap_or_default());
    let of = |pairs: &BTreeMap<String, u64>, name: &str| pairs.get(name).copied().unwrap_or_default();
    Ok(Usage {
        cpu: CpuUsage {
            total_ns: number("cpuacct", "cpuacct.usage")?,
            user_ns: of(&times, "user") * TICK_NS,
            kernel_ns: of(&times, "system") * TICK_NS,
            periods: of(&throttled, "nr_periods"),
            throttled_periods: of(&throttled, "nr_throttled"),
            throttled_ns: of(&throttled, "throttled_time"),
            ..Default::default()
        },
        memory: MemoryUsage {
            usage: number("memory", "memory.usage_in_bytes")?,
            max_usage: number("memory", "memory.max_usage_in_bytes").ok(),
            limit: number("memory", "memory.limit_in_bytes")?,
            detail: pairs(&read("memory", "memory.stat").unwrap_or_default()),
        },
        pids: number("pids", "pids.current").unwrap_or_default(),
        io: devices_v1(&read("blkio", "blkio.throttle.io_service_bytes").unwrap_or_default()),
        ..Default::default()
    }
    .limited())
}

fn read_v2(group: &Path) -> io::Result<Usage> {
    let read = |file: &str| fs::read_to_string(group.join(file));
    let cpu = pairs(&read("cpu.stat")?);
    let of = |name: &str| cpu.get(name).copied().unwrap_or_default();
    Ok(Usage {
        cpu: CpuUsage {
            total_ns: of("usage_usec") * 1000,
            user_ns: of("user_usec") * 1000,
            kernel_ns: of("system_usec") * 1000,
            periods: of("nr_periods"),
            throttled_periods: of("nr_throttled"),
            throttled_ns: of("throttled_usec") * 1000,
            ..Default::default()
        },
        memory: MemoryUsage {
            usage: plain(&read("memory.current")?),
            max_usage: None,
            limit: match read("memory.max")?.trim() {
                "max" => UNLIMITED,
                text => plain(text),
            },
            detail: pairs(&read("memory.stat").unwrap_or_default()),
        },
        pids: plain(&read("pids.current").unwrap_or_default()),
        io: devices_v2(&read("io.stat").unwrap_or_default()),
        ..Default::default()
    }
    .limited())
}

/// What no group limits, the machine does.
trait Limited {
    fn limited(self) -> Self;
}

impl Limited for Usage {
    fn limited(mut self) -> Self {
        if self.memory.limit >= UNLIMITED - (1 << 20) {
            let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
            let total = text.lines().find_map(|line| line.strip_prefix("MemTotal:"));
            self.memory.limit = total.map_or(0, |it| plain(it.trim().trim_end_matches("kB")) * 1024);
        }
        self
    }
}

fn plain(text: &str) -> u64 {
    text.trim().parse().unwrap_or_default()
}

/// Lines of a name and a number.
fn pairs(text: &str) -> BTreeMap<String, u64> {
    let pair = |line: &str| {
        let (name, value) = line.split_once(' ')?;
        Some((name.to_owned(), value.trim().parse().ok()?))
    };
    text.lines().filter_map(pair).collect()
}

/// Time that all cores had to give, and how many there are.
fn machine_time(stat: &str) -> (u64, u32) {
    let mut lines = stat.lines();
    let all = lines.next().unwrap_or_default().split_whitespace().skip(1);
    // Time of guests is in that of users already.
    let ticks: u64 = all.take(8).filter_map(|it| it.parse::<u64>().ok()).sum();
    let cores = lines.take_while(|it| it.starts_with("cpu")).count();
    (ticks * TICK_NS, cores as u32)
}

/// `eth0: 1 2 …`, eight numbers received and eight sent. The loopback interface is nobody's traffic.
fn interfaces(text: &str) -> BTreeMap<String, NetworkUsage> {
    let line = |line: &str| {
        let (name, numbers) = line.split_once(':')?;
        let n: Vec<u64> = numbers.split_whitespace().filter_map(|it| it.parse().ok()).collect();
        let usage = NetworkUsage {
            rx_bytes: *n.first()?,
            rx_packets: *n.get(1)?,
            rx_errors: *n.get(2)?,
            rx_dropped: *n.get(3)?,
            tx_bytes: *n.get(8)?,
            tx_packets: *n.get(9)?,
            tx_errors: *n.get(10)?,
            tx_dropped: *n.get(11)?,
        };
        (name.trim() != "lo").then(|| (name.trim().to_owned(), usage))
    };
    text.lines().filter_map(line).collect()
}

fn device(number: &str) -> Option<(u64, u64)> {
    let (major, minor) = number.split_once(':')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// `254:0 Read 4096`, a line for each kind.
fn devices_v1(text: &str) -> Vec<IoUsage> {
    let mut all: BTreeMap<(u64, u64), IoUsage> = BTreeMap::new();
    for line in text.lines() {
        let mut words = line.split_whitespace();
        let (Some(number), Some(kind), Some(bytes)) = (words.next(), words.next(), words.next()) else {
            continue;
        };
        let Some((major, minor)) = device(number) else { continue };
        let it = all.entry((major, minor)).or_insert(IoUsage {
            major,
            minor,
            read: 0,
            write: 0,
        });
        match kind {
            "Read" => it.read = plain(bytes),
            "Write" => it.write = plain(bytes),
            _ => {}
        }
    }
    all.into_values().collect()
}

/// `254:0 rbytes=4096 wbytes=0 …`, a line for each device.
fn devices_v2(text: &str) -> Vec<IoUsage> {
    let line = |line: &str| {
        let (number, fields) = line.split_once(' ')?;
        let (major, minor) = device(number)?;
        let field = |name: &str| {
            let mut all = fields.split_whitespace().filter_map(|it| it.split_once('='));
            all.find(|(key, _)| *key == name).map_or(0, |(_, value)| plain(value))
        };
        Some(IoUsage {
            major,
            minor,
            read: field("rbytes"),
            write: field("wbytes"),
        })
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A directory of files with these contents; removed by who made it.
    fn tree(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let root = std::env::temp_dir().join(format!("longshore-usage-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    #[test]
    fn groups_of_version_1_are_read() {
        let root = tree(
            "v1",
            &[
                ("cpuacct/ecs/t/c/cpuacct.usage", "5000000\n"),
                ("cpuacct/ecs/t/c/cpuacct.stat", "user 3\nsystem 2\n"),
                (
                    "cpu/ecs/t/c/cpu.stat",
                    "nr_periods 9\nnr_throttled 4\nthrottled_time 77\n",
                ),
                ("memory/ecs/t/c/memory.usage_in_bytes", "8192\n"),
                ("memory/ecs/t/c/memory.max_usage_in_bytes", "9000\n"),
                ("memory/ecs/t/c/memory.limit_in_bytes", "67108864\n"),
                ("memory/ecs/t/c/memory.stat", "cache 1\ntotal_inactive_file 4096\n"),
                ("pids/ecs/t/c/pids.current", "3\n"),
                (
                    "blkio/ecs/t/c/blkio.throttle.io_service_bytes",
                    "254:0 Read 10\n254:0 Write 20\n254:0 Sync 5\nTotal 35\n",
                ),
            ],
        );
        let lines = "4:memory:/ecs/t/c\n3:cpu,cpuacct:/ecs/t/c\n2:pids:/ecs/t/c\n1:blkio:/ecs/t/c\n0::/other\n";
        let Groups::V1(controllers) = groups(&root, lines) else {
            panic!("version 1")
        };
        let usage = read_v1(&controllers).unwrap();
        assert_eq!(
            (usage.cpu.total_ns, usage.cpu.user_ns, usage.cpu.kernel_ns),
            (5_000_000, 30_000_000, 20_000_000)
        );
        assert_eq!(
            (usage.cpu.periods, usage.cpu.throttled_periods, usage.cpu.throttled_ns),
            (9, 4, 77)
        );
        assert_eq!(
            (usage.memory.usage, usage.memory.max_usage, usage.memory.limit),
            (8192, Some(9000), 64 << 20)
        );
        assert_eq!((usage.memory.in_use(), usage.pids), (4096, 3));
        assert_eq!((usage.io[0].read, usage.io[0].write, usage.io.len()), (10, 20, 1));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn groups_of_version_2_are_read() {
        let root = tree(
            "v2",
            &[
                ("cgroup.controllers", "cpu memory"),
                (
                    "ecs/t/c/cpu.stat",
                    "usage_usec 5\nuser_usec 3\nsystem_usec 2\nnr_periods 1\n",
                ),
                ("ecs/t/c/memory.current", "8192\n"),
                ("ecs/t/c/memory.max", "max\n"),
                ("ecs/t/c/memory.stat", "inactive_file 192\n"),
                ("ecs/t/c/pids.current", "3\n"),
                ("ecs/t/c/io.stat", "254:0 rbytes=10 wbytes=20 rios=1\n"),
            ],
        );
        let Groups::V2(group) = groups(&root, "0::/ecs/t/c\n") else {
            panic!("version 2")
        };
        let usage = read_v2(&group).unwrap();
        assert_eq!(
            (usage.cpu.total_ns, usage.cpu.user_ns, usage.cpu.periods),
            (5000, 3000, 1)
        );
        assert_eq!(
            (usage.memory.in_use(), usage.memory.max_usage, usage.pids),
            (8000, None, 3)
        );
        assert!(
            usage.memory.limit > 1 << 20 && usage.memory.limit < UNLIMITED,
            "the machine's"
        );
        assert_eq!((usage.io[0].read, usage.io[0].write), (10, 20));
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn traffic_is_read_without_the_loopback() {
        let text = "Inter-|   Receive\n face |bytes\n    lo: 1 1 0 0 0 0 0 0 1 1 0 0 0 0 0 0\n  eth0: 10 2 1 4 0 0 0 0 20 5 6 7 0 0 0 0\n";
        let all = interfaces(text);
        assert_eq!(all.len(), 1);
        assert_eq!(
            (
                all["eth0"].rx_bytes,
                all["eth0"].rx_dropped,
                all["eth0"].tx_bytes,
                all["eth0"].tx_dropped
            ),
            (10, 4, 20, 7)
        );
    }

    #[test]
    fn the_machines_time_is_that_of_all_its_cores() {
        assert_eq!(
            machine_time("cpu 1 2 3 4 5 6 7 8 9 9\ncpu0 1\ncpu1 2\nintr 5\n"),
            (36 * TICK_NS, 2)
        );
    }
}
