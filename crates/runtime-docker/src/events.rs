//! The engine's events, as a task's machine wants them.
//!
//! The engine tells of a container's end some tens of milliseconds before it has cleaned up after it, and answers no question about it
//! until it has. So an end is taken from the event's own words where these say all there is to know. Where they do not, the engine is
//! asked, which takes as long as it takes: what was killed may have been killed for want of memory, ports of the host are free only
//! after the cleaning, and what is told again may be the end of an earlier life.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use agent::runtime::{Exit, RuntimeEvent};
use bollard::models::{EventActor, EventMessage};
use bollard::query_parameters::EventsOptionsBuilder;
use futures_util::StreamExt;
use tokio::sync::mpsc;

use crate::container::{self, Ended};
use crate::{DockerRuntime, PING_TIME, ports};

/// Between attempts to hear of events again.
const RETRY: Duration = Duration::from_secs(1);
/// Of a process that SIGKILL has ended, which the kernel sends too where memory runs out.
const KILLED: i32 = 137;

/// Until nobody listens any more.
pub async fn watch(runtime: &DockerRuntime, events: mpsc::Sender<RuntimeEvent>) {
    // Before the first word of the engine is heard, nothing may be missed: it tells again from here on.
    let mut heard = Heard::from(agent::now_ms());
    while !events.is_closed() {
        let filters = HashMap::from([
            ("type", vec!["container"]),
            ("event", vec!["die", "oom", "start", "destroy", "health_status"]),
            ("label", vec![runtime.sandboxes.label.as_str()]),
        ]);
        let options = EventsOptionsBuilder::new()
            .since(&heard.since().to_string())
            .filters(&filters)
            .build();
        let mut told = Box::pin(runtime.docker.events(Some(options)));
        while let Some(Ok(event)) = told.next().await {
            let end = heard.take(&event);
            if let Some(news) = meaning(runtime, &event, end).await
                && events.send(news).await.is_err()
            {
                return;
            }
        }
        tracing::warn!("the Docker Engine's events have ended; listening again when it answers");
        until_it_answers(runtime).await;
        // An engine that restarted has forgotten what happened before, so looking comes first.
        if events.send(RuntimeEvent::LookAgain).await.is_err() {
            return;
        }
    }
}

async fn until_it_answers(runtime: &DockerRuntime) {
    loop {
        tokio::time::sleep(RETRY).await;
        if let Ok(Ok(_)) = tokio::time::timeout(PING_TIME, runtime.docker.ping()).await {
            return;
        }
    }
}

/// What an event of a task's container means: of an end what it says itself, of all else what the engine knows now.
async fn meaning(runtime: &DockerRuntime, event: &EventMessage, end: Option<Exit>) -> Option<RuntimeEvent> {
    let actor = event.actor.as_ref()?;
    let (task_arn, container) = (
        attribute(actor, container::TASK_LABEL)?.to_owned(),
        attribute(actor, container::NAME_LABEL)?.to_owned(),
    );
    let id = actor.id.as_deref()?;
    match kind(event)? {
        "start" => Some(RuntimeEvent::Runs { task_arn, container }),
        "destroy" => Some(RuntimeEvent::Removed { task_arn, container }),
        "health_status" => {
            let health = container::health(&runtime.docker, id).await?;
            Some(RuntimeEvent::Health {
                task_arn,
                container,
                health,
            })
        }
        "die" => {
            let exit = match end {
                Some(exit) => exit,
                None => match container::ended(&runtime.docker, id).await {
                    Ended::With(exit) => exit,
                    Ended::Runs => return None,
                    // Removed at once by somebody: the event's own words must do.
                    Ended::Gone => exit(event),
                },
            };
            Some(RuntimeEvent::Exited {
                task_arn,
                container,
                exit,
            })
        }
        _ => None,
    }
}

/// Of a change of health, the action bears what it is now: `health_status: healthy`.
fn kind(event: &EventMessage) -> Option<&str> {
    event.action.as_deref()?.split(':').next()
}

fn attribute<'a>(actor: &'a EventActor, name: &str) -> Option<&'a str> {
    Some(actor.attributes.as_ref()?.get(name)?.as_str())
}

/// In an end's own words.
fn exit(event: &EventMessage) -> Exit {
    let code = event.actor.as_ref().and_then(|it| attribute(it, "exitCode"));
    Exit {
        code: code.and_then(|it| it.parse().ok()).unwrap_or_default(),
        out_of_memory: false,
        at_ms: event.time_nano.unwrap_or_default() / 1_000_000,
    }
}

/// What has been heard so far.
struct Heard {
    /// Of the newest event, by the engine's clock.
    newest_ns: i64,
    /// Containers that run, in which something was killed for want of memory.
    out_of_memory: HashSet<String>,
}

impl Heard {
    fn from(now_ms: i64) -> Self {
        Self {
            newest_ns: now_ms * 1_000_000,
            out_of_memory: HashSet::new(),
        }
    }

    /// The second from which on the engine is to tell again.
    fn since(&self) -> i64 {
        self.newest_ns / 1_000_000_000
    }

    /// Takes note of an event. An end that needs no question about it comes back.
    fn take(&mut self, event: &EventMessage) -> Option<Exit> {
        let at_ns = event.time_nano.unwrap_or_default();
        let is_new = at_ns > self.newest_ns;
        self.newest_ns = self.newest_ns.max(at_ns);
        let actor = event.actor.as_ref()?;
        let id = actor.id.as_deref()?;
        match kind(event)? {
            "oom" => {
                self.out_of_memory.insert(id.to_owned());
                None
            }
            "destroy" => {
                self.out_of_memory.remove(id);
                None
            }
            "die" => {
                let lacked_memory = self.out_of_memory.remove(id);
                let exit = exit(event);
                let holds_ports = attribute(actor, ports::HELD_LABEL).is_some();
                let says_all = is_new && !lacked_memory && !holds_ports && exit.code != KILLED;
                (says_all && attribute(actor, "exitCode").is_some()).then_some(exit)
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START_MS: i64 = 1_700_000_000_000;

    fn event(action: &str, after_ms: i64, attributes: &[(&str, &str)]) -> EventMessage {
        let attributes = attributes.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        EventMessage {
            action: Some(action.to_owned()),
            actor: Some(EventActor {
                id: Some("id".to_owned()),
                attributes: Some(attributes.collect()),
            }),
            time_nano: Some((START_MS + after_ms) * 1_000_000),
            ..Default::default()
        }
    }

    fn die(code: &str, after_ms: i64) -> EventMessage {
        event("die", after_ms, &[("exitCode", code)])
    }

    fn code(exit: Option<Exit>) -> Option<i32> {
        exit.map(|it| it.code)
    }

    #[test]
    fn an_end_is_taken_from_the_events_own_words() {
        let mut heard = Heard::from(START_MS);
        let exit = heard.take(&die("7", 5)).expect("it says all");
        assert_eq!((exit.code, exit.out_of_memory, exit.at_ms), (7, false, START_MS + 5));
    }

    #[test]
    fn of_what_was_killed_the_engine_is_asked_why() {
        let mut heard = Heard::from(START_MS);
        assert_eq!(code(heard.take(&die("137", 1))), None);
        // A child of the container's process was killed, and the process ended by itself.
        assert_eq!(code(heard.take(&event("oom", 2, &[]))), None);
        assert_eq!(code(heard.take(&die("1", 3))), None);
        assert_eq!(code(heard.take(&die("1", 4))), Some(1), "another life of it");
    }

    #[test]
    fn ports_of_the_host_are_held_until_the_engine_has_cleaned_up() {
        let mut heard = Heard::from(START_MS);
        let holds = event("die", 1, &[("exitCode", "0"), (ports::HELD_LABEL, "8080/tcp")]);
        assert_eq!(code(heard.take(&holds)), None);
    }

    #[test]
    fn what_is_told_again_may_be_long_over() {
        let mut heard = Heard::from(START_MS);
        assert_eq!(code(heard.take(&die("0", -1))), None, "before it was listened");
        assert_eq!(code(heard.take(&die("0", 1500))), Some(0));
        assert_eq!(heard.since(), START_MS / 1000 + 1);
        assert_eq!(code(heard.take(&die("0", 1200))), None);
        assert_eq!(code(heard.take(&die("0", 1500))), None);
        assert_eq!(code(heard.take(&die("0", 1501))), Some(0));
    }

    #[test]
    fn an_end_without_a_code_is_asked_about() {
        let mut heard = Heard::from(START_MS);
        assert_eq!(code(heard.take(&event("die", 1, &[]))), None);
    }
}
