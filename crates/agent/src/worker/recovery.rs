//! What an earlier agent left, and what no event has told: found by looking at everything the runtime has.

use std::collections::{BTreeMap, HashSet};

use wire::time::Time;

use super::{News, Tracked, Worker, read};
use crate::report::{self, Message};
use crate::runtime::{Runtime, RuntimeError, Seen, SeenContainer, TaskLabels};
use crate::task::{ContainerReport, Event, Report, Status, TaskMachine};
use crate::{Error, clock};

/// How long the server has, once it is connected, to send tasks whose containers are here and that nobody remembers.
const CLAIM_S: i64 = 30;
/// SIGTERM to SIGKILL for a container that nobody claims.
const ORPHAN_STOP_S: u32 = 30;
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// What a look has found.
pub struct Look {
    seen: Result<Vec<SeenContainer>, RuntimeError>,
    /// Containers that were there when it began. Others may have been made while it was under way.
    were: HashSet<(String, usize)>,
}

/// Containers of this host of which no task is remembered, by the task that their labels name. They run on until a server that is connected
/// has had the time to claim them.
#[derive(Default)]
pub struct Orphans {
    containers: BTreeMap<String, Vec<SeenContainer>>,
    due: Option<Time>,
}

impl Orphans {
    /// The server is connected, and sends what it wants here to run.
    pub fn may_be_claimed(&mut self, now: Time) {
        if !self.containers.is_empty() {
            self.due.get_or_insert(now.plus_s(CLAIM_S));
        }
    }

    /// The server has sent the task.
    pub fn claim(&mut self, arn: &str) {
        self.containers.remove(arn);
    }

    pub fn due(&self) -> Option<Time> {
        self.due
    }

    fn unclaimed(&mut self, now: Time) -> BTreeMap<String, Vec<SeenContainer>> {
        if self.due.is_none_or(|at| now < at) {
            return BTreeMap::new();
        }
        self.due = None;
        std::mem::take(&mut self.containers)
    }
}

impl<R: Runtime> Worker<R> {
    /// Takes over what ran before this start.
    pub(super) async fn recover(&mut self) -> Result<(), Error> {
        let seen = self.runtime.list().await?;
        let boot = std::fs::read_to_string(BOOT_ID).unwrap_or_default();
        let rebooted = self.state.is_another_boot(boot.trim());
        if rebooted {
            tracing::info!("the machine was started since this agent last ran");
        }
        for (payload, memory) in self.state.tasks()? {
            let mut machine = match TaskMachine::recover(&payload, memory, &seen) {
                Ok(machine) => machine,
                Err(error) => {
                    tracing::error!(task = payload.arn, %error, "a remembered task cannot be taken over");
                    continue;
                }
            };
            if rebooted {
                machine.note_host_restart();
            }
            self.metadata.introduce(&payload, &mut machine);
            let arn = machine.labels().arn.clone();
            self.tasks.insert(arn.clone(), Tracked::new(payload, machine));
            self.resume(&arn);
        }
        self.metadata.reopen();
        for it in seen {
            if !self.tasks.contains_key(&it.task_arn) {
                tracing::warn!(
                    task = it.task_arn,
                    container = it.runtime_id,
                    "a container of a task that is not remembered"
                );
                self.orphans.containers.entry(it.task_arn.clone()).or_default().push(it);
            }
        }
        // Only now: whoever dies on the way here learns of the start again.
        if let Err(error) = self.state.put_boot(boot.trim()) {
            tracing::warn!(%error, "which start of the machine this is could not be noted");
        }
        Ok(())
    }

    fn resume(&mut self, arn: &str) {
        let now = clock::steady();
        let Some(tracked) = self.tasks.get_mut(arn) else { return };
        tracked.machine.set_clock_ahead(clock::ahead_ms());
        let actions = tracked.machine.resume(now);
        if tracked.machine.is_stopped() {
            // The machine's clock may have been set since; an age out of all bounds is none.
            let ago_ms = tracked.machine.stopped_at().map_or(0, |at| clock::now().since(at));
            tracked.stopped_at = Some(now.plus_ms(-ago_ms.clamp(0, self.keep.most_ms())));
        }
        self.metadata.publish(&tracked.payload, &tracked.machine);
        self.perform(arn, actions);
        self.keep(arn);
    }

    /// Begins a look at everything, unless one is under way.
    pub(super) fn look_again(&mut self) {
        if std::mem::replace(&mut self.looking, true) {
            return;
        }
        let made = |(arn, it): (&String, &Tracked)| {
            let arn = arn.clone();
            let made = (0..it.machine.specs().count()).filter(|at| it.machine.is_made(*at));
            made.map(|at| (arn.clone(), at)).collect::<Vec<_>>()
        };
        let were = self.tasks.iter().flat_map(made).collect();
        let (runtime, news) = (self.runtime.clone(), self.news.clone());
        tokio::spawn(async move {
            let seen = runtime.list().await;
            drop(news.send(News::Looked(Look { seen, were })).await);
        });
    }

    /// Compares every machine with what the runtime has.
    pub(super) fn looked(&mut self, look: Look, now: Time) {
        self.looking = false;
        let seen = match look.seen {
            Ok(seen) => seen,
            Err(error) => return tracing::warn!(%error, "the runtime cannot be looked at; trying again later"),
        };
        let events = |(arn, it): (&String, &Tracked)| {
            let arn = arn.clone();
            let events = it.machine.compare(&seen).into_iter();
            events.map(|event| (arn.clone(), event)).collect::<Vec<_>>()
        };
        let events: Vec<_> = self.tasks.iter().flat_map(events).collect();
        for (arn, event) in events {
            match event {
                Event::Vanished { container } if !look.were.contains(&(arn.clone(), container)) => {}
                event => self.step(&arn, event, now),
            }
        }
    }

    /// Ends what nobody claims, and tells the server, which may believe that it runs.
    pub(super) fn end_orphans(&mut self, now: Time) {
        for (arn, containers) in self.orphans.unclaimed(now) {
            tracing::warn!(task = arn, "nobody claims the containers of this task; they are ended");
            let (runtime, client, news) = (self.runtime.clone(), self.client.clone(), self.news.clone());
            tokio::spawn(async move {
                for it in &containers {
                    if let Err(error) = end(&*runtime, &it.runtime_id).await {
                        return tracing::warn!(task = arn, %error, "it could not be ended; the next start tries again");
                    }
                }
                let labels = TaskLabels::of(&arn);
                if let Err(error) = runtime.remove_task(&labels).await {
                    tracing::warn!(task = arn, %error, "its network or limits could not be removed");
                }
                let message = Message::State(lost(&containers));
                tokio::select! {
                    () = report::deliver(|| read(&client), &arn, &labels.cluster, &message) => {}
                    // This registration has ended, and its key with it.
                    () = news.closed() => {}
                }
            });
        }
    }
}

async fn end<R: Runtime>(runtime: &R, id: &str) -> Result<(), RuntimeError> {
    runtime.stop(id, ORPHAN_STOP_S).await?;
    runtime.remove(id).await
}

fn lost(containers: &[SeenContainer]) -> Report {
    let container = |it: &SeenContainer| ContainerReport {
        name: it.container.clone(),
        status: Status::Stopped,
        exit_code: match it.state {
            Seen::Exited { exit } => Some(exit.code),
            Seen::Created | Seen::Running { .. } => None,
        },
        reason: None,
        runtime_id: Some(it.runtime_id.clone()),
        digest: None,
        bindings: Vec::new(),
    };
    Report {
        status: Status::Stopped,
        reason: Some("The agent lost its memory of the task".into()),
        containers: containers.iter().map(container).collect(),
        pull_started: None,
        pull_stopped: None,
        execution_stopped: Some(clock::now()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time::from_millis(0);

    fn orphans() -> Orphans {
        let one = SeenContainer {
            task_arn: "task/default/1".into(),
            container: "main".into(),
            runtime_id: "c1".into(),
            state: Seen::Created,
            started_ms: None,
            health: None,
        };
        Orphans {
            containers: [("task/default/1".to_owned(), vec![one])].into(),
            due: None,
        }
    }

    #[test]
    fn nothing_is_ended_before_a_server_has_had_its_say() {
        let mut orphans = orphans();
        assert!(
            orphans.unclaimed(NOW.plus_s(1_000_000)).is_empty(),
            "no server was there"
        );
        orphans.may_be_claimed(NOW);
        orphans.may_be_claimed(NOW.plus_s(CLAIM_S - 1));
        assert!(orphans.unclaimed(NOW.plus_s(CLAIM_S - 1)).is_empty());
        assert_eq!(
            orphans.unclaimed(NOW.plus_s(CLAIM_S)).len(),
            1,
            "a connection that comes and goes gives no more time"
        );
        assert_eq!(orphans.due(), None);
    }

    #[test]
    fn what_the_server_sends_is_an_orphan_no_more() {
        let mut orphans = orphans();
        orphans.may_be_claimed(NOW);
        orphans.claim("task/default/1");
        assert!(orphans.unclaimed(NOW.plus_s(CLAIM_S)).is_empty());
    }

    #[test]
    fn an_arn_tells_the_cluster() {
        assert_eq!(
            TaskLabels::of("arn:aws:ecs:us-east-1:123456789012:task/web/7").cluster,
            "web"
        );
    }
}
