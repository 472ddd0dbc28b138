//! What is left of tasks that have ended: their containers, kept a while for their logs, and the images that nobody uses any more.

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::time::{Instant, Interval};
use wire::time::Time;

use super::{News, Tracked, Worker};
use crate::image::cleanup::Rules;
use crate::runtime::Runtime;

/// On a full disk containers are kept no longer than this.
const PRESSED_S: i64 = 60;

/// How long containers of ended tasks are kept, and of how many tasks at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    pub seconds: i64,
    pub tasks: usize,
}

impl Default for Keep {
    fn default() -> Self {
        Self {
            seconds: 10 * 60,
            tasks: 500,
        }
    }
}

impl Keep {
    pub fn most_ms(&self) -> i64 {
        self.seconds.saturating_mul(1000)
    }

    /// Which of the tasks go, given when each ended. Those that ended first go first.
    fn too_old(&self, mut ended: Vec<(Time, String)>, disk: Disk, now: Time) -> Vec<String> {
        let most_ms = match disk {
            Disk::Roomy => self.most_ms(),
            Disk::Full => self.most_ms().min(PRESSED_S * 1000),
        };
        ended.sort();
        let surplus = ended.len().saturating_sub(self.tasks);
        let old = |(place, (at, _)): &(usize, (Time, String))| *place < surplus || now.since(*at) >= most_ms;
        ended
            .into_iter()
            .enumerate()
            .filter(old)
            .map(|(_, (_, arn))| arn)
            .collect()
    }
}

/// Where containers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disk {
    Roomy,
    Full,
}

/// None where images are never removed.
pub fn interval(rules: Rules) -> Option<Interval> {
    let period = Duration::from_secs(u64::try_from(rules.interval_s).ok().filter(|s| *s > 0)?);
    Some(tokio::time::interval_at(Instant::now() + period, period))
}

pub async fn tick(interval: &mut Option<Interval>) {
    match interval {
        Some(interval) => drop(interval.tick().await),
        None => std::future::pending().await,
    }
}

impl<R: Runtime> Worker<R> {
    pub(super) fn clean_images(&self, rules: Rules) {
        let live = self.tasks.values().filter(|it| !it.machine.is_stopped());
        let names: BTreeSet<String> = live
            .flat_map(|it| it.machine.specs())
            .map(|it| it.image.clone())
            .collect();
        let (images, runtime, news) = (self.images.clone(), self.runtime.clone(), self.news.clone());
        tokio::spawn(async move {
            // Containers first, because an image goes only after the last of its containers.
            if runtime
                .free_disk_percent()
                .await
                .is_some_and(|free| free < rules.free_percent)
            {
                drop(news.send(News::DiskIs(Disk::Full)).await);
            }
            images.clean(rules, names).await;
        });
    }

    /// When the next ended task has been kept long enough.
    pub(super) fn forget_at(&self) -> Option<Time> {
        let ended = self.tasks.values().filter(|it| it.machine.is_delivered());
        let first = ended.filter_map(|it| it.stopped_at).min()?;
        Some(first.plus_ms(self.keep.most_ms()))
    }

    /// Forgets ended tasks that the server has heard of and that have been kept long enough.
    pub(super) fn forget_old(&mut self, disk: Disk, now: Time) {
        let ended =
            |(arn, it): (&String, &Tracked)| Some((it.stopped_at.filter(|_| it.machine.is_delivered())?, arn.clone()));
        let ended = self.tasks.iter().filter_map(ended).collect();
        for arn in self.keep.too_old(ended, disk, now) {
            self.forget(&arn);
        }
    }

    fn forget(&mut self, arn: &str) {
        let Some(tracked) = self.tasks.remove(arn) else { return };
        self.metadata.forget(arn);
        let (runtime, state) = (self.runtime.clone(), self.state.clone());
        let names: Vec<String> = tracked.machine.specs().map(|it| it.runtime_name.clone()).collect();
        let labels = tracked.machine.labels().clone();
        self.unkept.remove(arn);
        tokio::spawn(async move {
            let mut failed = None;
            for name in names {
                failed = runtime.remove(&name).await.err().or(failed);
            }
            failed = runtime.remove_task(&labels).await.err().or(failed);
            match failed {
                None => state.remove_task(labels.id()),
                Some(error) => {
                    tracing::warn!(task = labels.arn, %error, "a stopped task's remains could not be removed; the next start tries again")
                }
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEEP: Keep = Keep { seconds: 600, tasks: 3 };

    /// Tasks that ended at these seconds; those that go at `now_s`, by that.
    fn going(ended: &[i64], disk: Disk, now_s: i64) -> Vec<String> {
        let at = |s: &i64| (Time::from_millis(s * 1000), s.to_string());
        KEEP.too_old(ended.iter().map(at).collect(), disk, Time::from_millis(now_s * 1000))
    }

    #[test]
    fn a_tasks_containers_go_when_they_have_been_kept_long_enough() {
        assert_eq!(going(&[0, 1], Disk::Roomy, 600), ["0"]);
    }

    #[test]
    fn those_that_are_to_be_kept_for_ever_stay() {
        let keep = Keep {
            seconds: i64::MAX,
            ..KEEP
        };
        let ended = vec![(Time::from_millis(0), "0".to_owned())];
        let gone = keep.too_old(ended, Disk::Roomy, Time::from_millis(i64::MAX / 2));
        assert!(gone.is_empty(), "{gone:?}");
    }

    #[test]
    fn of_too_many_the_oldest_go() {
        assert_eq!(going(&[5, 2, 3, 4, 1], Disk::Roomy, 6), ["1", "2"]);
    }

    #[test]
    fn on_a_full_disk_they_go_sooner() {
        assert_eq!(going(&[0, 1], Disk::Full, 60), ["0"]);
    }
}
