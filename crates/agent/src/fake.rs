//! A runtime without containers: it remembers what it was asked, and does what its script says. For tests and simulations.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::acs;
use tokio::sync::mpsc;

use crate::host::RuntimeFacts;
use crate::image::{LocalImage, PullError};
use crate::runtime::{
    Binding, ContainerSpec, CpuUsage, Exit, Facts, Health, HealthStatus, Interface, IoUsage, LogPiece, MemoryUsage,
    Missing, NetworkUsage, Runtime, RuntimeError, RuntimeEvent, Sandbox, SandboxSpec, Seen, SeenContainer, TaskLabels,
    Usage, VolumeKind, VolumeSpec,
};

#[derive(Default)]
pub struct FakeRuntime {
    world: Mutex<World>,
}

#[derive(Default)]
struct World {
    containers: BTreeMap<String, Fake>,
    sandboxes: BTreeMap<String, Sandbox>,
    /// The names of each task's own.
    volumes: BTreeMap<String, BTreeSet<String>>,
    starts: BTreeMap<String, u32>,
    now_ms: i64,
    events: Option<mpsc::Sender<RuntimeEvent>>,
    /// Of containers that were given one, by their names on the host.
    addresses: BTreeMap<String, Interface>,
    /// Images that cannot be had. All others are here, but those of a registry that were not pulled.
    missing: Vec<String>,
    /// Images of a registry, and how often each was asked for.
    registry: BTreeMap<String, u32>,
    pulled: BTreeSet<String>,
    faults: BTreeMap<String, Vec<PullError>>,
    /// Pulls that are under way, and the most that ever were.
    pulling: usize,
    most_pulling: usize,
}

struct Fake {
    spec: ContainerSpec,
    state: Seen,
    started_ms: Option<i64>,
    health: Option<Health>,
    /// How often it was looked at what this container uses.
    looks: u32,
}

impl FakeRuntime {
    fn lock(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on this image cannot be pulled.
    pub fn lose_image(&self, image: &str) {
        self.lock().missing.push(image.to_owned());
    }

    /// The container has this address from now on.
    pub fn give_address(&self, runtime_name: &str, interface: Interface) {
        self.lock().addresses.insert(runtime_name.to_owned(), interface);
    }

    /// An image that only a registry has.
    pub fn publish(&self, image: &str) {
        self.lock().registry.insert(image.to_owned(), 0);
    }

    /// How often its registry was asked.
    pub fn pulls(&self, image: &str) -> u32 {
        self.lock().registry.get(image).copied().unwrap_or_default()
    }

    pub fn most_pulls_at_once(&self) -> usize {
        self.lock().most_pulling
    }

    /// The next pulls of this image fail so, the last one first.
    pub fn fail_pulls(&self, image: &str, errors: Vec<PullError>) {
        self.lock().faults.insert(image.to_owned(), errors);
    }

    pub fn has_image(&self, image: &str) -> bool {
        let world = self.lock();
        let lost = world.missing.iter().any(|it| it == image);
        !lost && (world.pulled.contains(image) || !world.registry.contains_key(image))
    }

    /// The container's process ends.
    pub fn exit(&self, task_arn: &str, container: &str, exit: Exit) {
        let mut world = self.lock();
        for it in world
            .containers
            .values_mut()
            .filter(|it| it.spec.task.arn == task_arn && it.spec.container == container)
        {
            it.state = Seen::Exited { exit };
        }
        let event = RuntimeEvent::Exited {
            task_arn: task_arn.to_owned(),
            container: container.to_owned(),
            exit,
        };
        if let Some(events) = &world.events {
            // A full queue is the agent's to handle: it looks again by itself.
            drop(events.try_send(event));
        }
    }

    /// Its health check says this from now on.
    pub fn set_health(&self, task_arn: &str, container: &str, status: HealthStatus) -> Health {
        let mut world = self.lock();
        let health = Health {
            status,
            since_ms: Some(world.now_ms),
            exit_code: None,
            output: None,
        };
        for it in world
            .containers
            .values_mut()
            .filter(|it| it.spec.task.arn == task_arn && it.spec.container == container)
        {
            it.health = Some(health.clone());
        }
        health
    }

    /// Somebody removes the container.
    pub fn vanish(&self, task_arn: &str, container: &str) {
        let mut world = self.lock();
        let others = |it: &Fake| it.spec.task.arn != task_arn || it.spec.container != container;
        world.containers.retain(|_, it| others(it));
    }

    /// The runtime's clock, which starts at zero.
    pub fn set_time(&self, now_ms: i64) {
        self.lock().now_ms = now_ms;
    }

    pub fn is_running(&self, task_arn: &str, container: &str) -> bool {
        let world = self.lock();
        let mut all = world.containers.values();
        all.any(|it| {
            it.spec.task.arn == task_arn && it.spec.container == container && matches!(it.state, Seen::Running { .. })
        })
    }

    /// How often a container was started, by its name on the host.
    pub fn starts(&self) -> BTreeMap<String, u32> {
        self.lock().starts.clone()
    }

    /// Volumes of tasks that are not taken down.
    pub fn volumes(&self) -> usize {
        self.lock().volumes.values().map(BTreeSet::len).sum()
    }

    pub fn sandboxes(&self) -> usize {
        self.lock().sandboxes.len()
    }
}

impl Runtime for FakeRuntime {
    fn facts(&self) -> RuntimeFacts {
        RuntimeFacts {
            version: "fake".into(),
            api: (17, 44),
            ..Default::default()
        }
    }

    fn shares_our_network(&self) -> bool {
        false
    }

    async fn find_image(&self, image: &str) -> Result<Option<LocalImage>, RuntimeError> {
        let local = LocalImage {
            id: format!("id-of-{image}"),
            digest: self.lock().registry.get(image).map(|_| format!("sha256:of-{image}")),
        };
        Ok(self.has_image(image).then_some(local))
    }

    async fn pull_image(&self, image: &str) -> Result<(), PullError> {
        if self.lock().registry.contains_key(image) {
            {
                let mut world = self.lock();
                world.pulling += 1;
                world.most_pulling = world.most_pulling.max(world.pulling);
            }
            // A registry takes its time, in which others may want the same: by a paused clock, until all of them wait.
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            self.lock().pulling -= 1;
        }
        let mut world = self.lock();
        if let Some(asked) = world.registry.get_mut(image) {
            *asked += 1;
        }
        if let Some(error) = world.faults.get_mut(image).and_then(Vec::pop) {
            return Err(error);
        }
        if world.missing.iter().any(|it| it == image) || !world.registry.contains_key(image) {
            return Err(PullError::of(image, format!("no such image: {image}")));
        }
        world.pulled.insert(image.to_owned());
        Ok(())
    }

    async fn remove_image(&self, image: &str) -> Result<(), RuntimeError> {
        self.lock().pulled.remove(image);
        Ok(())
    }

    async fn images_in_use(&self) -> Result<BTreeSet<String>, RuntimeError> {
        let world = self.lock();
        let images = world.containers.values().map(|it| format!("id-of-{}", it.spec.image));
        Ok(images.collect())
    }

    async fn free_disk_percent(&self) -> Option<u8> {
        None
    }

    async fn create_sandbox(&self, task: &TaskLabels, _spec: SandboxSpec) -> Result<Sandbox, RuntimeError> {
        let mut world = self.lock();
        let n = world.sandboxes.len() + 2;
        let fresh = || Sandbox {
            address: format!("10.88.0.{n}"),
            mac: None,
        };
        Ok(world.sandboxes.entry(task.arn.clone()).or_insert_with(fresh).clone())
    }

    async fn create_volume(&self, task: &TaskLabels, volume: &VolumeSpec) -> Result<(), RuntimeError> {
        if let VolumeKind::Shared {
            missing: Missing::Fail, ..
        } = volume.kind
        {
            return Err(RuntimeError::new("CannotCreateVolumeError", "no such volume"));
        }
        let mut world = self.lock();
        let own = world.volumes.entry(task.arn.clone()).or_default();
        own.insert(volume.name.clone());
        Ok(())
    }

    async fn remove_task(&self, task: &TaskLabels) -> Result<(), RuntimeError> {
        let mut world = self.lock();
        world.sandboxes.remove(&task.arn);
        world.volumes.remove(&task.arn);
        Ok(())
    }

    async fn create(&self, spec: &ContainerSpec) -> Result<String, RuntimeError> {
        let fresh = || Fake {
            spec: spec.clone(),
            state: Seen::Created,
            started_ms: None,
            health: None,
            looks: 0,
        };
        self.lock()
            .containers
            .entry(spec.runtime_name.clone())
            .or_insert_with(fresh);
        Ok(format!("id-of-{}", spec.runtime_name))
    }

    async fn start(&self, spec: &ContainerSpec) -> Result<Vec<Binding>, RuntimeError> {
        let mut world = self.lock();
        let now_ms = world.now_ms;
        let it = world.containers.get_mut(&spec.runtime_name);
        let it = it.ok_or_else(|| RuntimeError::new("CannotStartContainerError", "no such container"))?;
        if !matches!(it.state, Seen::Running { .. }) {
            it.state = Seen::Running { bindings: Vec::new() };
            it.started_ms = Some(now_ms);
            it.health = None;
            *world.starts.entry(spec.runtime_name.clone()).or_default() += 1;
        }
        Ok(Vec::new())
    }

    async fn stop(&self, runtime_name: &str, _grace_s: u32) -> Result<(), RuntimeError> {
        self.end(runtime_name, 143);
        Ok(())
    }

    async fn kill(&self, runtime_name: &str) -> Result<(), RuntimeError> {
        self.end(runtime_name, 137);
        Ok(())
    }

    async fn remove(&self, runtime_name: &str) -> Result<(), RuntimeError> {
        self.lock().containers.remove(runtime_name);
        Ok(())
    }

    async fn task_bridge(&self) -> Result<Option<String>, RuntimeError> {
        Ok(None)
    }

    async fn list(&self) -> Result<Vec<SeenContainer>, RuntimeError> {
        let seen = |(name, it): (&String, &Fake)| SeenContainer {
            task_arn: it.spec.task.arn.clone(),
            container: it.spec.container.clone(),
            runtime_id: format!("id-of-{name}"),
            state: it.state.clone(),
            started_ms: it.started_ms,
            health: it.health.clone(),
        };
        Ok(self.lock().containers.iter().map(seen).collect())
    }

    async fn inspect(&self, runtime_name: &str) -> Result<Facts, RuntimeError> {
        let world = self.lock();
        let it = world.containers.get(runtime_name);
        let it = it.ok_or_else(|| RuntimeError::new("CannotInspectContainerError", "no such container"))?;
        Ok(Facts {
            id: format!("id-of-{runtime_name}"),
            name: runtime_name.to_owned(),
            image_id: format!("sha256:of-{}", it.spec.image),
            interface: world.addresses.get(runtime_name).cloned(),
            ..Default::default()
        })
    }

    async fn inspect_sandbox(&self, task: &TaskLabels) -> Result<Facts, RuntimeError> {
        match self.lock().sandboxes.contains_key(&task.arn) {
            true => Ok(Facts::default()),
            false => Err(RuntimeError::new("CannotInspectContainerError", "no such sandbox")),
        }
    }

    async fn usage(&self, runtime_name: &str) -> Result<Usage, RuntimeError> {
        match self.lock().containers.get_mut(runtime_name) {
            Some(it) if matches!(it.state, Seen::Running { .. }) => {
                it.looks += 1;
                Ok(little(it.looks))
            }
            Some(_) | None => Err(RuntimeError::new("CannotReadUsageError", "it does not run")),
        }
    }

    async fn ping(&self) -> Result<(), RuntimeError> {
        Ok(())
    }

    async fn watch(&self, events: mpsc::Sender<RuntimeEvent>) {
        self.lock().events = Some(events.clone());
        events.closed().await;
    }

    async fn logs(
        &self,
        _name: &str,
        _follow: bool,
        _tail: Option<u32>,
        _pieces: mpsc::Sender<LogPiece>,
    ) -> Result<(), RuntimeError> {
        Ok(())
    }
}

impl FakeRuntime {
    fn end(&self, runtime_name: &str, code: i32) {
        let (running, now_ms) = {
            let world = self.lock();
            let it = world.containers.get(runtime_name);
            let running = it.filter(|it| matches!(it.state, Seen::Running { .. }));
            (running.map(|it| it.spec.clone()), world.now_ms)
        };
        if let Some(spec) = running {
            self.exit(
                &spec.task.arn,
                &spec.container,
                Exit {
                    code,
                    out_of_memory: false,
                    at_ms: now_ms,
                },
            );
        }
    }
}

/// What a container uses that does next to nothing, a second after the look before.
fn little(looks: u32) -> Usage {
    let (looks, at_ms) = (u64::from(looks), i64::from(looks) * 1000);
    let eth0 = NetworkUsage {
        rx_bytes: looks * 100,
        rx_packets: looks,
        tx_bytes: looks * 100,
        tx_packets: looks,
        ..Default::default()
    };
    let disk = IoUsage {
        major: 254,
        minor: 0,
        read: 1 << 20,
        write: looks * 4096,
    };
    Usage {
        at_ms,
        cpu: CpuUsage {
            total_ns: looks * 1_000_000,
            system_ns: looks * 2_000_000_000,
            cores: 2,
            ..Default::default()
        },
        memory: MemoryUsage {
            usage: 5 << 20,
            limit: 16 << 20,
            ..Default::default()
        },
        networks: BTreeMap::from([("eth0".to_owned(), eth0)]),
        io: vec![disk],
        pids: 1,
    }
}

/// A task as the server would send it: essential containers of these names, each from an image of its own name.
pub fn payload(id: &str, containers: &[&str]) -> acs::Task {
    let container = |name: &&str| acs::Container {
        name: Some((*name).to_owned()),
        image: Some((*name).to_owned()),
        essential: Some(!name.starts_with("side")),
        ..Default::default()
    };
    acs::Task {
        arn: Some(format!("arn:aws:ecs:us-east-1:123456789012:task/default/{id}")),
        desired_status: Some("RUNNING".into()),
        family: Some("app".into()),
        version: Some("1".into()),
        task_cluster_arn: Some("arn:aws:ecs:us-east-1:123456789012:cluster/default".into()),
        containers: Some(containers.iter().map(container).collect()),
        ..Default::default()
    }
}
