//! Answers one question, with what the runtime knows at the moment.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use hyper::{Method, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::ask::{self, Ask, Version, What};
use super::document::{self, Introspected, Task};
use super::fresh::Fresh;
use super::gate::{ADDRESS, Asker, Door, Verdict};
use super::view::{ContainerView, TaskView};
use super::{Metadata, locked, stats};
use crate::clock;
use crate::http::{Answer, Asked};
use crate::runtime::{Facts, Network, Runtime};

/// Between warnings of questions that come from elsewhere.
const ALARM_EVERY: Duration = Duration::from_secs(60);

/// What the runtime said of a container or a sandbox; None where it knows none.
pub type Seen = Fresh<Option<Arc<Facts>>>;

/// A container in a task, named by a question that its asker may put.
struct Found {
    task: Arc<TaskView>,
    at: usize,
}

impl Found {
    fn container(&self) -> &ContainerView {
        &self.task.containers[self.at]
    }
}

impl<R: Runtime> Metadata<R> {
    pub async fn answer(&self, door: &Door, asked: &Asked) -> Answer {
        if !self.admitted(door, &asked.path) {
            return Answer::text(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests");
        }
        // A task may be talked into fetching a URL for somebody else; what such requests look like is refused.
        if asked.passed_on || !asked.host.as_deref().is_none_or(is_ours) {
            return Answer::text(StatusCode::FORBIDDEN, "Forbidden");
        }
        match ask::read(&asked.path, asked.query.as_deref()) {
            Ask::Metadata { version, what, id } if asked.method == Method::GET => {
                self.metadata(door, version, what, id).await
            }
            Ask::Protection { id } if [Method::GET, Method::PUT].contains(&asked.method) => {
                self.protection(door, id).await
            }
            Ask::Fault { id } if asked.method == Method::POST => self.fault(door, id).await,
            Ask::Credentials { id } if asked.method == Method::GET => no_credentials(id),
            Ask::Nothing => Answer::text(StatusCode::NOT_FOUND, "404 page not found"),
            Ask::Metadata { .. } | Ask::Protection { .. } | Ask::Fault { .. } | Ask::Credentials { .. } => {
                Answer::text(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
            }
        }
    }

    fn admitted(&self, door: &Door, path: &str) -> bool {
        let asker = match door.asker() {
            // All that share the host's network come from one address; those with an id of their own are told apart by it.
            Asker::Address(ADDRESS) => match self.named(path) {
                Some(found) => Asker::Task(found.task.labels.arn.clone()),
                None => Asker::Address(ADDRESS),
            },
            other => other,
        };
        locked(&self.rates).allows(asker, clock::now())
    }

    fn named(&self, path: &str) -> Option<Found> {
        match ask::read(path, None) {
            Ask::Metadata { id, .. } | Ask::Protection { id } | Ask::Fault { id } => self.find(id),
            Ask::Credentials { .. } | Ask::Nothing => None,
        }
    }

    fn find(&self, id: &str) -> Option<Found> {
        let views = self.views.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        views.find(id).map(|(task, at)| Found { task, at })
    }

    /// The container that the id is of, where who asks may hear of it.
    async fn admit(&self, door: &Door, id: &str) -> Option<Found> {
        let found = self.find(id)?;
        let it = found.container();
        let theirs = match door.judge(&found.task, it) {
            Verdict::Theirs => true,
            Verdict::NotTheirs => false,
            Verdict::IfAddressIs(peer) => self.has_address(&it.spec.runtime_name, peer).await,
        };
        if !theirs {
            self.alarm(door, &found.task);
        }
        theirs.then_some(found)
    }

    /// Whoever knows an id that is not theirs has it from somewhere. Said once in a while, because it is up to them how often they ask.
    fn alarm(&self, door: &Door, task: &TaskView) {
        let mut last = locked(&self.alarmed);
        if last.is_none_or(|at| at.elapsed() >= ALARM_EVERY) {
            *last = Some(Instant::now());
            tracing::warn!(
                ?door,
                task = task.labels.arn,
                "the metadata of a task is asked for from elsewhere"
            );
        }
    }

    /// A container may have been started, or started again, since it was looked at. So where its address does not fit, the next look decides.
    async fn has_address(&self, runtime_name: &str, peer: Ipv4Addr) -> bool {
        let fits = |facts: &Facts| facts.interface.as_ref().is_some_and(|it| it.address == peer);
        if self.seen.last(runtime_name).flatten().is_some_and(|it| fits(&it)) {
            return true;
        }
        let look = async || self.look(runtime_name).await;
        self.seen.next(runtime_name, look).await.is_some_and(|it| fits(&it))
    }

    /// What the runtime says of a container; None where it does not know it.
    async fn facts(&self, runtime_name: &str) -> Option<Arc<Facts>> {
        self.seen
            .get(runtime_name, async || self.look(runtime_name).await)
            .await
    }

    async fn look(&self, runtime_name: &str) -> Option<Arc<Facts>> {
        self.runtime.inspect(runtime_name).await.ok().map(Arc::new)
    }

    async fn metadata(&self, door: &Door, version: Version, what: What, id: &str) -> Answer {
        let Some(found) = self.admit(door, id).await else {
            return Answer::json(StatusCode::NOT_FOUND, &ask::unknown(version, what, id));
        };
        let view = &*found.task;
        match what {
            What::Container => {
                let it = found.container();
                let (facts, sandbox) = (self.facts(&it.spec.runtime_name).await, self.sandbox(view).await);
                let known = (it, facts.as_deref());
                ok(&document::container(view, version, known, sandbox.as_deref()))
            }
            What::Task => ok(&self.task(view, version).await),
            What::TaskWithTags => {
                let (task, instance) = self.tags(view).await;
                ok(&self.task(view, version).await.with_tags(task, instance))
            }
            What::ContainerStats => ok(&self.stats(found.container()).await),
            What::TaskStats => {
                let mut all = serde_json::Map::new();
                for it in &view.containers {
                    if let Some(runtime_id) = &it.report.runtime_id {
                        all.insert(runtime_id.clone(), self.stats(it).await);
                    }
                }
                ok(&all)
            }
        }
    }

    /// A task as the host itself is told of it.
    pub(crate) async fn introspect(&self, view: &TaskView) -> Introspected {
        self.task(view, Version::V3).await.introspected()
    }

    async fn task(&self, view: &TaskView, version: Version) -> Task {
        let mut known = Vec::new();
        for it in &view.containers {
            known.push((it, self.facts(&it.spec.runtime_name).await));
        }
        let known: Vec<_> = known.iter().map(|(it, facts)| (*it, facts.as_deref())).collect();
        let sandbox = self.sandbox(view).await;
        document::task(view, &self.place, version, &known, sandbox.as_deref())
    }

    async fn sandbox(&self, view: &TaskView) -> Option<Arc<Facts>> {
        if view.network != Network::Sandbox {
            return None;
        }
        // It does not change for as long as the task is there.
        if let Some(known) = self.seen.last(&view.labels.arn).flatten() {
            return Some(known);
        }
        let look = async || self.runtime.inspect_sandbox(&view.labels).await.ok().map(Arc::new);
        self.seen.get(&view.labels.arn, look).await
    }

    /// Null before the first look, as the stock agent has it.
    async fn stats(&self, it: &ContainerView) -> Value {
        let name = &it.spec.runtime_name;
        let id = it.report.runtime_id.as_deref().unwrap_or_default();
        let told = self
            .telemetry()
            .last(name)
            .map(|(before, now)| stats::stats(id, name, before, now));
        told.map_or(Value::Null, |it| json!(it))
    }

    /// Services are what protects tasks, and this one is of none.
    async fn protection(&self, door: &Door, id: &str) -> Answer {
        let Some(found) = self.admit(door, id).await else {
            let text = format!(
                "Failed to find task: unable to get task ARN from request: unable to get task Arn from v3 endpoint ID: {}",
                ask::shown(id)
            );
            let error = json!({"error": {"Code": "ResourceNotFoundException", "Message": text}});
            return Answer::json(StatusCode::NOT_FOUND, &error);
        };
        let failure = json!({"Arn": found.task.labels.arn, "Detail": null, "Reason": "TASK_NOT_VALID"});
        ok(&json!({ "failure": failure }))
    }

    async fn fault(&self, door: &Door, id: &str) -> Answer {
        match self.admit(door, id).await {
            Some(found) => {
                let text = format!(
                    "enableFaultInjection is not enabled for task: {}",
                    found.task.labels.arn
                );
                Answer::json(StatusCode::BAD_REQUEST, &json!({ "Error": text }))
            }
            None => {
                let text = format!("unable to lookup container: {}", ask::shown(id));
                Answer::json(StatusCode::NOT_FOUND, &json!({ "Error": text }))
            }
        }
    }
}

fn ok(body: &impl Serialize) -> Answer {
    Answer::json(StatusCode::OK, body)
}

fn is_ours(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    name.parse() == Ok(ADDRESS)
}

/// No role's credentials are given to tasks, so every id is one that nobody has.
fn no_credentials(id: &str) -> Answer {
    let (code, message) = match id {
        "" => ("NoIdInRequest", "CredentialsV2Request: No Credential ID in the request"),
        _ => ("InvalidIdInRequest", "CredentialsV2Request: Credentials not found"),
    };
    let body = json!({"code": code, "message": message, "HTTPErrorCode": 400});
    Answer::json(StatusCode::BAD_REQUEST, &body)
}

#[cfg(test)]
mod tests;
