//! The task metadata endpoint: what a container may ask about itself and its task, at 169.254.170.2.
//!
//! `ask`, `gate`, `rate`, `view` and `document` decide, purely: what a path asks, whether this asker may hear it, and in which words.
//! `doors` opens a listener wherever tasks are, and `answer` looks up what the runtime knows. A task with a network of its own has its
//! listener inside it before its first container starts, and there is no way from one such listener to another task.

mod answer;
mod ask;
mod document;
mod doors;
mod fresh;
mod gate;
pub mod key;
mod link_local;
mod rate;
pub mod stats;
mod tags;
pub mod view;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use client::Client;
use model::acs;
use tokio::sync::Notify;
use tokio::time::Instant;
use wire::pace::Paces;
use wire::{Value, json};

pub(crate) use answer::Seen;
pub use document::Place;
use gate::Asker;
use key::Key;
use view::{Put, TaskView, Views};

use crate::runtime::{ContainerSpec, Network, Runtime};
use crate::task::TaskMachine;
use crate::telemetry::Telemetry;

/// What everybody who answers for this host's tasks shares.
pub struct Metadata<R> {
    runtime: Arc<R>,
    client: Arc<RwLock<Client>>,
    key: Key,
    place: Place,
    views: RwLock<Views>,
    rates: Mutex<Paces<Asker>>,
    telemetry: Mutex<Telemetry>,
    seen: Seen,
    tags: tags::Cache,
    alarmed: Mutex<Option<Instant>>,
    doors: doors::Doors,
    health_changed: Notify,
}

fn locked<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<R: Runtime> Metadata<R> {
    pub fn new(runtime: Arc<R>, client: Arc<RwLock<Client>>, key: Key, place: Place) -> Arc<Self> {
        Arc::new(Self {
            runtime,
            client,
            key,
            place,
            views: RwLock::default(),
            rates: Mutex::new(rate::rates()),
            telemetry: Mutex::default(),
            seen: Seen::default(),
            tags: tags::Cache::default(),
            alarmed: Mutex::default(),
            doors: doors::Doors::default(),
            health_changed: Notify::new(),
        })
    }

    /// Gives a task's containers the addresses under which they ask, and what else ECS has them know.
    pub fn introduce(&self, payload: &acs::Task, machine: &mut TaskMachine) {
        let arn = machine.labels().arn.clone();
        let fargate = payload.launch_type.as_deref() == Some("FARGATE");
        let at_host = self.doors.host_is_open();
        machine.inject(|spec| variables(&self.key, &self.place.region, &arn, spec, fargate, at_host));
    }

    /// From now on this is what is known of a task.
    pub fn publish(&self, payload: &acs::Task, machine: &TaskMachine) {
        let view = TaskView::of(payload, machine, &self.key);
        let mut views = self.views.write().unwrap_or_else(PoisonError::into_inner);
        if views.put(view) == Put::HealthChanged {
            self.health_changed.notify_one();
        }
    }

    /// The task is gone, and so is whoever could ask.
    pub fn forget(&self, arn: &str) {
        self.views.write().unwrap_or_else(PoisonError::into_inner).remove(arn);
        self.doors.close(arn);
        // A question that is still being answered may put it back, so all that is of no task goes.
        let all = self.all();
        let containers = all.iter().flat_map(|it| &it.containers);
        let names = containers.map(|it| &it.spec.runtime_name);
        let kept: HashSet<&String> = names.chain(all.iter().map(|it| &it.labels.arn)).collect();
        self.tags.retain(|name| kept.contains(name));
        self.seen.retain(|name| kept.contains(name));
    }

    /// The task's network is about to go.
    pub fn close(&self, arn: &str) {
        self.doors.close(arn);
    }

    /// This registration has ended.
    pub async fn close_all(&self) {
        self.doors.close_all().await;
    }

    pub fn runtime(&self) -> &R {
        &self.runtime
    }

    /// Waits until the health of some container has changed.
    pub async fn health_changes(&self) {
        self.health_changed.notified().await;
    }

    pub fn client(&self) -> Client {
        self.client.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    pub fn all(&self) -> Vec<Arc<TaskView>> {
        self.views.read().unwrap_or_else(PoisonError::into_inner).all()
    }

    pub fn telemetry(&self) -> MutexGuard<'_, Telemetry> {
        locked(&self.telemetry)
    }

    /// Names on the host of the containers that are `wanted`.
    pub fn names(&self, wanted: impl Fn(&view::ContainerView) -> bool) -> Vec<String> {
        let all = self.all();
        let containers = all.iter().flat_map(|it| &it.containers);
        containers
            .filter(|it| wanted(it))
            .map(|it| it.spec.runtime_name.clone())
            .collect()
    }
}

/// Takes the endpoint's address from this machine, unless another agent of it is there.
pub async fn leave() {
    if let Err(error) = link_local::give_back().await {
        tracing::warn!(%error, "the address of the task metadata endpoint could not be removed");
    }
}

/// `at_host` is whether those in the host's own network find the endpoint.
fn variables(
    key: &Key,
    region: &str,
    arn: &str,
    spec: &ContainerSpec,
    fargate: bool,
    at_host: bool,
) -> Vec<(&'static str, String)> {
    let execution = if fargate { "AWS_ECS_FARGATE" } else { "AWS_ECS_EC2" };
    let mut all = vec![("AWS_EXECUTION_ENV", execution.to_owned())];
    // Who sets one of the two means both.
    if !["AWS_REGION", "AWS_DEFAULT_REGION"]
        .iter()
        .any(|it| spec.environment.contains_key(*it))
    {
        all.push(("AWS_REGION", region.to_owned()));
        all.push(("AWS_DEFAULT_REGION", region.to_owned()));
    }
    let reached = match spec.network {
        Network::Sandbox | Network::Bridge => !is_cut_off(spec),
        Network::Host => at_host,
        Network::None => false,
    };
    if reached {
        let id = key.endpoint_id(arn, &spec.container);
        let url = |door: &str| format!("http://{}/{door}/{id}", gate::ADDRESS);
        all.push(("ECS_CONTAINER_METADATA_URI_V4", url("v4")));
        all.push(("ECS_CONTAINER_METADATA_URI", url("v3")));
        all.push(("ECS_AGENT_URI", url("api")));
    }
    all
}

/// `disableNetworking` travels in Docker's own words.
fn is_cut_off(spec: &ContainerSpec) -> bool {
    let config = json::parse(spec.docker.config.as_bytes());
    config.is_ok_and(|it| it.get("NetworkDisabled") == Some(&Value::Bool(true)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::view::tests::view;

    fn given(mode: &str, set: &str, at_host: bool) -> Vec<&'static str> {
        let mut spec = view("1", mode).containers[0].spec.clone();
        spec.environment.insert(set.into(), "mine".into());
        let all = variables(&Key::new([7; 32]), "eu-west-1", "arn", &spec, true, at_host);
        all.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn a_container_is_told_where_to_ask() {
        let all = ["AWS_EXECUTION_ENV", "AWS_REGION", "AWS_DEFAULT_REGION"];
        let asks = [
            "ECS_CONTAINER_METADATA_URI_V4",
            "ECS_CONTAINER_METADATA_URI",
            "ECS_AGENT_URI",
        ];
        let both = [all, asks].concat();
        assert_eq!(given("awsvpc", "X", false), both);
        assert_eq!(given("bridge", "X", false), both);
        assert_eq!(given("host", "X", true), both);
        assert_eq!(given("host", "X", false), all);
        assert_eq!(given("none", "X", true), all);
    }

    #[test]
    fn a_container_without_networking_is_told_no_address() {
        let mut spec = view("1", "bridge").containers[0].spec.clone();
        spec.docker.config = r#"{"NetworkDisabled":true}"#.into();
        let all = variables(&Key::new([7; 32]), "eu-west-1", "arn", &spec, false, true);
        assert!(!all.iter().any(|(name, _)| name.starts_with("ECS_")), "{all:?}");
    }

    #[test]
    fn a_region_of_its_own_stays() {
        for set in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            assert!(!given("bridge", set, false).iter().any(|it| it.contains("REGION")));
        }
    }
}
