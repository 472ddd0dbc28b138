//! What the containers of this host used since the server was last told: sums over looks. `teller` puts them into messages.

mod sums;
mod teller;

use std::collections::HashMap;
use std::sync::Arc;

use model::tcs;

use crate::metadata::stats;
use crate::metadata::view::TaskView;
use crate::runtime::{NetworkUsage, Usage};
use sums::Sums;
pub use teller::Teller;

/// Tasks in one message, as the stock agent has it.
const MAX_TASKS: usize = 10;
const MIB: f64 = 1_048_576.0;

/// One container's looks.
pub struct Series {
    before: Option<Usage>,
    now: Usage,
    window: Window,
}

/// Gathered since the last message.
#[derive(Default)]
struct Window {
    cpu: Sums<f64>,
    memory: Sums<f64>,
    rx_rate: Sums<f64>,
    tx_rate: Sums<f64>,
    /// In the order of `counters`.
    network: [Sums<i64>; 8],
    read: Sums<i64>,
    written: Sums<i64>,
}

fn counters(it: &NetworkUsage) -> [u64; 8] {
    [
        it.rx_bytes,
        it.rx_dropped,
        it.rx_errors,
        it.rx_packets,
        it.tx_bytes,
        it.tx_dropped,
        it.tx_errors,
        it.tx_packets,
    ]
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// All series, by the containers' names on the host.
#[derive(Default)]
pub struct Telemetry {
    series: HashMap<String, Series>,
}

impl Telemetry {
    pub fn add(&mut self, runtime_name: &str, usage: Usage) {
        match self.series.get_mut(runtime_name) {
            Some(series) => series.add(usage),
            None => {
                let mut series = Series {
                    before: None,
                    now: usage,
                    window: Window::default(),
                };
                series.count();
                self.series.insert(runtime_name.to_owned(), series);
            }
        }
    }

    /// Forgets all but these.
    pub fn keep(&mut self, wanted: impl Fn(&str) -> bool) {
        self.series.retain(|name, _| wanted(name));
    }

    /// The last look at a container and the one before it.
    pub fn last(&self, runtime_name: &str) -> Option<(Option<&Usage>, &Usage)> {
        self.series.get(runtime_name).map(|it| (it.before.as_ref(), &it.now))
    }

    /// What has been gathered of these tasks, which begins anew: tasks by tens.
    pub fn take(&mut self, tasks: &[Arc<TaskView>]) -> Vec<Vec<tcs::TaskMetric>> {
        let told: Vec<_> = tasks.iter().filter_map(|it| self.task(it)).collect();
        let mut pages = Vec::new();
        let mut rest = told.into_iter().peekable();
        while rest.peek().is_some() {
            pages.push(rest.by_ref().take(MAX_TASKS).collect());
        }
        pages
    }

    fn task(&mut self, view: &TaskView) -> Option<tcs::TaskMetric> {
        let mut containers = Vec::new();
        for it in view.containers.iter().filter(|it| it.runs()) {
            let Some(series) = self.series.get_mut(&it.spec.runtime_name) else {
                continue;
            };
            let window = std::mem::take(&mut series.window);
            containers.push(tcs::ContainerMetric {
                container_name: Some(it.spec.container.clone()),
                container_arn: it.arn.clone(),
                restart_stats_set: it.restarts.map(|count| tcs::RestartStatsSet {
                    restart_count: Some(i64::from(count)),
                }),
                ..window.told()
            });
        }
        (!containers.is_empty()).then(|| tcs::TaskMetric {
            task_arn: Some(view.labels.arn.clone()),
            task_definition_family: Some(view.labels.family.clone()),
            task_definition_version: Some(view.labels.revision.clone()),
            container_metrics: Some(containers),
            ..Default::default()
        })
    }
}

impl Series {
    fn add(&mut self, usage: Usage) {
        // It was started again: what it used before is another life's.
        let anew = usage.cpu.total_ns < self.now.cpu.total_ns || usage.at_ms <= self.now.at_ms;
        let before = std::mem::replace(&mut self.now, usage);
        self.before = (!anew).then_some(before);
        self.count();
    }

    fn count(&mut self) {
        let (now, window) = (&self.now, &mut self.window);
        window.memory.add((now.memory.in_use() as f64 / MIB).floor());
        if !now.networks.is_empty() {
            // All of a container's interfaces are told as one.
            let sums = now
                .networks
                .values()
                .map(counters)
                .fold([0; 8], |sums, it| std::array::from_fn(|at| sums[at] + it[at]));
            for (set, sum) in window.network.iter_mut().zip(sums) {
                set.add(signed(sum));
            }
        }
        window.read.add(signed(now.io.iter().map(|it| it.read).sum()));
        window.written.add(signed(now.io.iter().map(|it| it.write).sum()));
        let Some(before) = &self.before else { return };
        let elapsed_ns = (now.at_ms - before.at_ms) as f64 * 1e6;
        let used_ns = now.cpu.total_ns.saturating_sub(before.cpu.total_ns) as f64;
        window
            .cpu
            .add(100.0 * used_ns / elapsed_ns / f64::from(now.cpu.cores.max(1)));
        if let Some(rates) = stats::rates(before, now) {
            window.rx_rate.add(rates.rx_bytes_per_sec);
            window.tx_rate.add(rates.tx_bytes_per_sec);
        }
    }
}

impl Window {
    fn told(&self) -> tcs::ContainerMetric {
        let network = self.network.map(Sums::<i64>::told);
        let [
            rx_bytes,
            rx_dropped,
            rx_errors,
            rx_packets,
            tx_bytes,
            tx_dropped,
            tx_errors,
            tx_packets,
        ] = network;
        tcs::ContainerMetric {
            cpu_stats_set: self.cpu.told(),
            memory_stats_set: self.memory.told(),
            network_stats_set: rx_bytes.is_some().then(|| tcs::NetworkStatsSet {
                rx_bytes,
                rx_dropped,
                rx_errors,
                rx_packets,
                tx_bytes,
                tx_dropped,
                tx_errors,
                tx_packets,
                rx_bytes_per_second: self.rx_rate.told(),
                tx_bytes_per_second: self.tx_rate.told(),
            }),
            storage_stats_set: Some(tcs::StorageStatsSet {
                read_size_bytes: self.read.told(),
                write_size_bytes: self.written.told(),
            }),
            ..Default::default()
        }
    }
}

#[cfg(test)]
pub mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::metadata::view::tests::view;
    use crate::runtime::{CpuUsage, MemoryUsage};
    use crate::task::Status;
    use std::collections::BTreeMap;

    pub fn usage(at_ms: i64, cpu_ms: u64, memory_mib: u64, received: u64) -> Usage {
        let eth0 = NetworkUsage {
            rx_bytes: received,
            ..Default::default()
        };
        Usage {
            at_ms,
            cpu: CpuUsage {
                total_ns: cpu_ms * 1_000_000,
                cores: 2,
                ..Default::default()
            },
            memory: MemoryUsage {
                usage: memory_mib << 20,
                ..Default::default()
            },
            networks: BTreeMap::from([("eth0".into(), eth0)]),
            ..Default::default()
        }
    }

    pub fn running(id: &str) -> TaskView {
        let mut view = view(id, "bridge");
        for it in &mut view.containers {
            it.report.status = Status::Running;
        }
        view
    }

    #[test]
    fn looks_are_summed_up_and_begin_anew_when_told() {
        let task = Arc::new(running("1"));
        let name = task.containers[0].spec.runtime_name.clone();
        let mut telemetry = Telemetry::default();
        for (at, cpu, memory) in [(0, 0, 10), (2000, 1000, 30), (4000, 1400, 20)] {
            telemetry.add(&name, usage(at, cpu, memory, at as u64));
        }
        let told = telemetry.take(std::slice::from_ref(&task));
        let metric = &told[0][0].container_metrics.as_ref().unwrap()[0];
        // Half of one core of two is a quarter of the instance.
        let cpu = metric.cpu_stats_set.clone().unwrap();
        assert_eq!((cpu.min, cpu.max, cpu.sample_count), (Some(10.0), Some(25.0), Some(2)));
        let memory = metric.memory_stats_set.clone().unwrap();
        assert_eq!(
            (memory.min, memory.max, memory.sum),
            (Some(10.0), Some(30.0), Some(60.0))
        );
        let network = metric.network_stats_set.clone().unwrap();
        assert_eq!(network.rx_bytes.unwrap().max, Some(4000));
        assert_eq!(network.rx_bytes_per_second.unwrap().max, Some(1000.0));

        let next = telemetry.take(&[task]);
        assert!(
            next[0][0].container_metrics.as_ref().unwrap()[0]
                .memory_stats_set
                .is_none()
        );
    }

    #[test]
    fn another_life_of_a_container_is_not_compared_with_the_one_before() {
        let mut telemetry = Telemetry::default();
        telemetry.add("a", usage(0, 5000, 1, 0));
        telemetry.add("a", usage(2000, 10, 1, 0));
        assert!(telemetry.last("a").unwrap().0.is_none());
        telemetry.keep(|_| false);
        assert!(telemetry.last("a").is_none());
    }
}
