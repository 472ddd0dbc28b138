//! What the containers of this host used since it was last told: sums over looks, and the messages that carry them.

use std::collections::HashMap;
use std::sync::Arc;

use model::tcs;
use wire::time::Time;

use crate::metadata::stats;
use crate::metadata::view::{ContainerView, TaskView};
use crate::runtime::{NetworkUsage, Usage};

/// Tasks in one message, as the stock agent has it.
pub const MAX_TASKS: usize = 10;
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
    cpu: Set<f64>,
    memory: Set<f64>,
    rx_rate: Set<f64>,
    tx_rate: Set<f64>,
    /// In the order of `counters`.
    network: [Set<i64>; 8],
    read: Set<i64>,
    written: Set<i64>,
}

#[derive(Clone, Copy, Default)]
struct Set<T> {
    min: T,
    max: T,
    sum: T,
    count: i32,
}

/// A number that is summed up and never wraps around.
trait Summed: Copy + PartialOrd + Default {
    fn plus(self, other: Self) -> Self;
}

impl Summed for f64 {
    fn plus(self, other: Self) -> Self {
        self + other
    }
}

impl Summed for i64 {
    fn plus(self, other: Self) -> Self {
        self.saturating_add(other)
    }
}

impl<T: Summed> Set<T> {
    fn add(&mut self, value: T) {
        if self.count == 0 || value < self.min {
            self.min = value;
        }
        if self.count == 0 || value > self.max {
            self.max = value;
        }
        self.sum = self.sum.plus(value);
        self.count = self.count.saturating_add(1);
    }

    fn some(self) -> Option<Self> {
        (self.count > 0).then_some(self)
    }
}

fn told(it: Set<f64>) -> Option<tcs::StatsSet> {
    it.some().map(|it| tcs::StatsSet {
        min: Some(it.min),
        max: Some(it.max),
        sample_count: Some(it.count),
        sum: Some(it.sum),
    })
}

fn long(it: Set<i64>) -> Option<tcs::LongStatsSet> {
    it.some().map(|it| tcs::LongStatsSet {
        min: Some(it.min),
        max: Some(it.max),
        sample_count: Some(it.count),
        sum: Some(it.sum),
        ..Default::default()
    })
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
        let network = self.network.map(long);
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
            cpu_stats_set: told(self.cpu),
            memory_stats_set: told(self.memory),
            network_stats_set: rx_bytes.is_some().then(|| tcs::NetworkStatsSet {
                rx_bytes,
                rx_dropped,
                rx_errors,
                rx_packets,
                tx_bytes,
                tx_dropped,
                tx_errors,
                tx_packets,
                rx_bytes_per_second: told(self.rx_rate),
                tx_bytes_per_second: told(self.tx_rate),
            }),
            storage_stats_set: Some(tcs::StorageStatsSet {
                read_size_bytes: long(self.read),
                write_size_bytes: long(self.written),
            }),
            ..Default::default()
        }
    }
}

/// Whose words these are.
#[derive(Clone, Debug)]
pub struct Teller {
    pub cluster: String,
    pub instance_arn: String,
}

impl Teller {
    /// One message for each page, the last one marked, or one that says there is nothing.
    pub fn metrics(&self, pages: Vec<Vec<tcs::TaskMetric>>, id: &str, now: Time) -> Vec<tcs::PublishMetricsRequest> {
        let idle = pages.is_empty();
        let pages = if idle { vec![Vec::new()] } else { pages };
        let last = pages.len() - 1;
        let message = |(at, tasks): (usize, Vec<tcs::TaskMetric>)| tcs::PublishMetricsRequest {
            metadata: Some(tcs::MetricsMetadata {
                cluster: Some(self.cluster.clone()),
                container_instance: Some(self.instance_arn.clone()),
                message_id: Some(id.to_owned()),
                idle: Some(idle),
                fin: Some(at == last),
            }),
            timestamp: Some(now),
            task_metrics: (!idle).then_some(tasks),
        };
        pages.into_iter().enumerate().map(message).collect()
    }

    /// The same for the health of those containers that have a check; nothing where none has.
    pub fn healths(&self, tasks: &[Arc<TaskView>], id: &str, now: Time) -> Vec<tcs::PublishHealthRequest> {
        let tasks: Vec<_> = tasks.iter().filter_map(|it| task_health(it)).collect();
        let pages: Vec<_> = tasks.chunks(MAX_TASKS).collect();
        let last = pages.len().saturating_sub(1);
        let message = |(at, tasks): (usize, &&[tcs::TaskHealth])| tcs::PublishHealthRequest {
            metadata: Some(tcs::HealthMetadata {
                cluster: Some(self.cluster.clone()),
                container_instance: Some(self.instance_arn.clone()),
                message_id: Some(id.to_owned()),
                fin: Some(at == last),
            }),
            timestamp: Some(now),
            tasks: Some(tasks.to_vec()),
        };
        pages.iter().enumerate().map(message).collect()
    }

    /// Whether the runtime answers. `since` is when it began to, or ceased to.
    pub fn runtime_status(&self, answers: bool, since: Time, id: &str, now: Time) -> tcs::PublishInstanceStatusRequest {
        tcs::PublishInstanceStatusRequest {
            metadata: Some(tcs::InstanceStatusMetadata {
                cluster: Some(self.cluster.clone()),
                container_instance: Some(self.instance_arn.clone()),
                request_id: Some(id.to_owned()),
            }),
            timestamp: Some(now),
            statuses: Some(vec![tcs::InstanceStatus {
                r#type: Some("ContainerRuntime".into()),
                status: Some(if answers { "OK" } else { "IMPAIRED" }.into()),
                last_updated: Some(now),
                last_status_change: Some(since),
            }]),
        }
    }
}

fn task_health(view: &TaskView) -> Option<tcs::TaskHealth> {
    let container = |it: &ContainerView| {
        let health = it.health.as_ref().filter(|_| it.runs())?;
        Some(tcs::ContainerHealth {
            container_name: Some(it.spec.container.clone()),
            health_status: Some(health.status.word().into()),
            status_since: health.since_ms.map(Time::from_millis),
            status_message: health.output.clone(),
        })
    };
    let containers: Vec<_> = view.containers.iter().filter_map(container).collect();
    (!containers.is_empty()).then(|| tcs::TaskHealth {
        task_arn: Some(view.labels.arn.clone()),
        task_definition_family: Some(view.labels.family.clone()),
        task_definition_version: Some(view.labels.revision.clone()),
        containers: Some(containers),
        ..Default::default()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::metadata::view::tests::view;
    use crate::runtime::{CpuUsage, Health, HealthStatus, MemoryUsage};
    use crate::task::Status;
    use std::collections::BTreeMap;

    fn usage(at_ms: i64, cpu_ms: u64, memory_mib: u64, received: u64) -> Usage {
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

    fn running(id: &str) -> TaskView {
        let mut view = view(id, "bridge");
        for it in &mut view.containers {
            it.report.status = Status::Running;
        }
        view
    }

    fn teller() -> Teller {
        Teller {
            cluster: "web".into(),
            instance_arn: "arn:instance".into(),
        }
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

    #[test]
    fn tasks_are_told_by_tens_and_the_last_message_says_so() {
        let tasks: Vec<_> = (0..25).map(|n| Arc::new(running(&n.to_string()))).collect();
        let mut telemetry = Telemetry::default();
        for it in &tasks {
            telemetry.add(&it.containers[0].spec.runtime_name, usage(0, 0, 1, 0));
        }
        let messages = teller().metrics(telemetry.take(&tasks), "7", Time::from_millis(0));
        let shown = |it: &tcs::PublishMetricsRequest| {
            let metadata = it.metadata.clone().unwrap();
            (
                it.task_metrics.as_ref().map(Vec::len),
                metadata.fin.unwrap(),
                metadata.idle.unwrap(),
            )
        };
        let shown: Vec<_> = messages.iter().map(shown).collect();
        assert_eq!(
            shown,
            [
                (Some(10), false, false),
                (Some(10), false, false),
                (Some(5), true, false)
            ]
        );
    }

    #[test]
    fn a_host_without_tasks_says_that_it_is_idle() {
        let messages = teller().metrics(Vec::new(), "7", Time::from_millis(0));
        let metadata = messages[0].metadata.clone().unwrap();
        assert_eq!(
            (messages.len(), metadata.idle, metadata.fin),
            (1, Some(true), Some(true))
        );
        assert!(messages[0].task_metrics.is_none());
    }

    #[test]
    fn health_is_told_of_those_that_run_and_have_a_check() {
        let mut task = running("1");
        assert!(
            teller()
                .healths(&[Arc::new(task.clone())], "1", Time::from_millis(0))
                .is_empty()
        );
        for it in &mut task.containers {
            it.health = Some(Health {
                status: HealthStatus::Unhealthy,
                since_ms: Some(1_000),
                exit_code: Some(1),
                output: Some("no".into()),
            });
        }
        task.containers[1].report.status = Status::Stopped;
        let messages = teller().healths(&[Arc::new(task)], "1", Time::from_millis(0));
        let told = messages[0].tasks.as_ref().unwrap()[0].containers.as_ref().unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].health_status.as_deref(), Some("UNHEALTHY"));
        assert_eq!(messages[0].metadata.as_ref().unwrap().fin, Some(true));
    }
}
