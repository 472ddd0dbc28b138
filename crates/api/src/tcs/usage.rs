//! What containers use, as their agents say: the last few samples of each, for as long as the task runs. Never stored.

use std::collections::VecDeque;
use std::sync::Arc;

use domain::{Snapshot, TaskId};
use imbl::OrdMap;
use model::tcs;
use wire::time::Time;

/// Samples kept of a container: five minutes of them.
const MAX_SAMPLES: usize = 15;
/// Containers of which samples are kept. Of more there is nothing to show.
const MAX_CONTAINERS: usize = 100_000;
/// No machine uses more percent of itself, nor more MiB.
const MOST: f64 = 1e8;

/// A copy for a reader costs nothing, whatever is in it: calls take one each.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    tasks: OrdMap<TaskId, Arc<OfTask>>,
    containers: usize,
}

/// By name, in order: few are searched as fast as any, and a map of one costs as much as a map of ten.
type OfTask = Vec<(String, VecDeque<Sample>)>;

fn find(of_task: &OfTask, container: &str) -> Result<usize, usize> {
    of_task.binary_search_by(|(name, _)| name.as_str().cmp(container))
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    pub at: Time,
    /// Of all cores of its host.
    pub cpu_percent: f64,
    pub memory_mib: f64,
    /// By its restart policy.
    pub restarts: i64,
}

/// A container's name and a sample of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub container: String,
    pub sample: Sample,
}

/// None while a container has used nothing that could be measured: in its first moments the sets are missing.
pub fn reading(said: tcs::ContainerMetric, now: Time) -> Option<Reading> {
    let mean = |set: Option<tcs::StatsSet>| {
        let set = set?;
        let mean = set.sum? / f64::from(set.sample_count.filter(|it| *it > 0)?);
        (0.0..=MOST).contains(&mean).then_some(mean)
    };
    let restarts = said.restart_stats_set.and_then(|it| it.restart_count);
    Some(Reading {
        container: said.container_name?,
        sample: Sample {
            at: now,
            cpu_percent: mean(said.cpu_stats_set)?,
            memory_mib: mean(said.memory_stats_set)?,
            restarts: restarts.unwrap_or_default(),
        },
    })
}

impl Usage {
    /// Adds to what is known of a task that runs.
    pub fn note(&mut self, task: TaskId, readings: Vec<Reading>) {
        for Reading { container, sample } in readings {
            let known = self.tasks.get(&task).map_or(Err(0), |it| find(it, &container));
            if known.is_err() && self.containers >= MAX_CONTAINERS {
                continue;
            }
            let of_task = Arc::make_mut(self.tasks.entry(task).or_default());
            let at = known.unwrap_or_else(|at| {
                self.containers += 1;
                of_task.reserve_exact(1);
                of_task.insert(at, (container, VecDeque::with_capacity(MAX_SAMPLES)));
                at
            });
            let samples = &mut of_task[at].1;
            if samples.len() == MAX_SAMPLES {
                samples.pop_front();
            }
            samples.push_back(sample);
        }
    }

    pub fn forget(&mut self, task: TaskId) {
        if let Some(gone) = self.tasks.remove(&task) {
            self.containers -= gone.len();
        }
    }

    /// Forgets tasks that have ended, for those whose end came before their last sample.
    pub fn sweep(&mut self, view: &Snapshot) {
        let runs = |id: &TaskId| view.task(*id).is_some_and(|task| !task.is_stopped());
        let ended: Vec<TaskId> = self.tasks.keys().filter(|id| !runs(id)).copied().collect();
        ended.into_iter().for_each(|id| self.forget(id));
    }

    pub fn knows(&self, task: TaskId) -> bool {
        self.tasks.contains_key(&task)
    }

    /// A task's containers by name, each with its samples, oldest first.
    pub fn of_task(&self, task: TaskId) -> impl Iterator<Item = (&str, &VecDeque<Sample>)> {
        let containers = self.tasks.get(&task).into_iter().flat_map(|it| it.iter());
        containers.map(|(name, samples)| (name.as_str(), samples))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(container: impl Into<String>, at: i64) -> Vec<Reading> {
        vec![Reading {
            container: container.into(),
            sample: Sample {
                at: Time::from_millis(at),
                cpu_percent: 1.0,
                memory_mib: 2.0,
                restarts: 0,
            },
        }]
    }

    #[test]
    fn of_each_container_the_last_samples_are_kept() {
        let mut usage = Usage::default();
        let id = TaskId::new(1);
        for at in 0..20 {
            usage.note(id, readings("main", at));
        }
        let (name, samples) = usage.of_task(id).next().expect("one container");
        let times: Vec<i64> = samples.iter().map(|it| it.at.as_millis()).collect();
        assert_eq!((name, times), ("main", (5..20).collect()));
        usage.sweep(&Snapshot::default());
        assert!(!usage.knows(id) && usage.containers == 0);
    }

    #[test]
    fn beyond_the_limit_nothing_new_is_kept_until_something_is_forgotten() {
        let mut usage = Usage::default();
        for n in 0..MAX_CONTAINERS as u128 {
            usage.note(TaskId::new(n), readings("main", 0));
        }
        let next = TaskId::new(MAX_CONTAINERS as u128);
        usage.note(next, readings("main", 1));
        assert!(!usage.knows(next));
        usage.note(TaskId::new(0), readings("main", 1));
        assert_eq!(usage.of_task(TaskId::new(0)).next().map(|it| it.1.len()), Some(2));
        usage.forget(TaskId::new(0));
        usage.note(next, readings("main", 2));
        assert!(usage.knows(next));
    }

    #[test]
    fn what_is_no_number_of_a_machines_is_not_taken() {
        let set = |sum, count| {
            Some(tcs::StatsSet {
                sum: Some(sum),
                sample_count: Some(count),
                ..Default::default()
            })
        };
        let metric = |cpu, memory| tcs::ContainerMetric {
            container_name: Some("main".into()),
            cpu_stats_set: cpu,
            memory_stats_set: memory,
            ..Default::default()
        };
        let now = Time::from_millis(0);
        let good = reading(metric(set(30.0, 3), set(64.0, 2)), now).expect("a reading");
        assert_eq!((good.sample.cpu_percent, good.sample.memory_mib), (10.0, 32.0));
        for (cpu, memory) in [
            (None, set(1.0, 1)),
            (set(1.0, 1), None),
            (set(1.0, 0), set(1.0, 1)),
            (set(-1.0, 1), set(1.0, 1)),
            (set(f64::NAN, 1), set(1.0, 1)),
            (set(1e300, 1), set(1.0, 1)),
        ] {
            assert_eq!(reading(metric(cpu, memory), now), None);
        }
    }
}
