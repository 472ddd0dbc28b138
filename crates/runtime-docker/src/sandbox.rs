//! Sandboxes: a network namespace and an address for each task that wants its own.
//!
//! A sandbox is a container that sleeps on the host's task network. Making one costs as much as starting a container, so one is kept
//! ready; giving it to a task is a rename. A task whose containers share processes or IPC has one too, whatever its network.

use std::collections::HashMap;
use std::sync::Arc;

use agent::Home;
use agent::runtime::{Namespace, Network, RuntimeError, Sandbox, SandboxSpec, TaskLabels};
use bollard::Docker;
use bollard::models::{ContainerCreateBody, HostConfig, HostConfigLogConfig, Ipam, IpamConfig, NetworkCreateRequest};
use bollard::query_parameters::{
    CreateContainerOptionsBuilder, CreateImageOptionsBuilder, ListContainersOptionsBuilder, ListNetworksOptionsBuilder,
    RenameContainerOptionsBuilder,
};
use futures_util::StreamExt;
use tokio::sync::{Mutex, OnceCell};

use crate::{HOST_LABEL, container, image, pause, settled, status, text};

const NAME_PREFIX: &str = "longshore-sandbox-";
/// Options of the engine's bridge driver.
const BRIDGE_NAME: &str = "com.docker.network.bridge.name";
const MTU: &str = "com.docker.network.driver.mtu";
/// Characters of the host's id in names.
const SHORT: usize = 12;

pub struct Sandboxes {
    docker: Docker,
    home: Home,
    /// The filter for this host's containers.
    pub label: String,
    ready: OnceCell<()>,
    /// The warm one's name. Held while it is made, so that never two are.
    warm: Mutex<Option<String>>,
}

/// What most tasks want of a sandbox, and what the warm one is.
const USUAL: SandboxSpec = SandboxSpec {
    network: Network::Sandbox,
    pid: Namespace::Own,
    ipc: Namespace::Own,
};

/// The sandbox of a task.
pub fn name(task: &TaskLabels) -> String {
    format!("{NAME_PREFIX}{}", task.id())
}

fn failed(cause: impl ToString) -> RuntimeError {
    RuntimeError::new("ResourceInitializationError", cause)
}

impl Sandboxes {
    pub fn new(docker: Docker, home: Home) -> Self {
        let label = format!("{HOST_LABEL}={}", home.host_id);
        Self {
            docker,
            home,
            label,
            ready: OnceCell::new(),
            warm: Mutex::default(),
        }
    }

    fn short(&self) -> &str {
        &self.home.host_id[..self.home.host_id.len().min(SHORT)]
    }

    fn network(&self) -> String {
        format!("longshore-{}", self.short())
    }

    fn warm_name(&self) -> String {
        format!("{NAME_PREFIX}warm-{}", self.short())
    }

    /// Gives a task its sandbox: the one it has, the warm one, or a new one. Then the next is warmed.
    pub async fn take(self: Arc<Self>, task: &TaskLabels, spec: SandboxSpec) -> Result<Sandbox, RuntimeError> {
        self.prepare().await?;
        let name = name(task);
        if let Some(existing) = self.inspect(&name, spec.network).await? {
            return Ok(existing);
        }
        if spec.network != Network::Sandbox || spec.pid == Namespace::Task {
            return self.make(&name, spec).await;
        }
        let warm = self.warm.lock().await.take();
        let taken = match warm {
            // It may have ended since, as it does with an engine that is restarted.
            Some(warm) if self.rename(&warm, &name).await => self.inspect(&name, USUAL.network).await?,
            Some(_) | None => None,
        };
        let sandbox = match taken {
            Some(sandbox) => sandbox,
            None => self.make(&name, USUAL).await?,
        };
        tokio::spawn(async move { self.warm_up().await });
        Ok(sandbox)
    }

    /// Has one ready. Called early, so that the first task finds one too.
    pub async fn warm_up(&self) {
        let mut warm = self.warm.lock().await;
        if warm.is_some() {
            return;
        }
        let name = self.warm_name();
        let made = async {
            self.prepare().await?;
            // One may be left from an earlier start of the agent.
            match self.inspect(&name, Network::Sandbox).await? {
                Some(sandbox) => Ok(sandbox),
                None => self.make(&name, USUAL).await,
            }
        };
        match made.await {
            Ok(_) => *warm = Some(name),
            Err(error) => tracing::warn!(%error, "no sandbox could be made ready; the next task makes its own"),
        }
    }

    pub async fn remove(&self, task: &TaskLabels) -> Result<(), RuntimeError> {
        container::remove(&self.docker, &name(task)).await
    }

    /// Removes every sandbox and the task network, for a host that leaves; and the image, where no other host of this machine needs it.
    pub async fn leave(&self) -> Result<(), RuntimeError> {
        let filters = HashMap::from([("label", vec![self.label.clone()])]);
        let options = ListContainersOptionsBuilder::new().all(true).filters(&filters).build();
        let all = self.docker.list_containers(Some(options)).await;
        for id in all.map_err(|e| failed(text(&e)))?.into_iter().filter_map(|it| it.id) {
            container::remove(&self.docker, &id).await?;
        }
        settled(
            self.docker.remove_network(&self.network()).await,
            "CannotRemoveNetworkError",
        )?;
        let filters = HashMap::from([("label", vec![HOST_LABEL.to_owned()])]);
        let options = ListNetworksOptionsBuilder::new().filters(&filters).build();
        let others = self.docker.list_networks(Some(options)).await;
        match others.map_err(|e| failed(text(&e)))?.is_empty() {
            true => image::remove(&self.docker, &format!("{}:{}", pause::IMAGE, pause::TAG)).await,
            false => Ok(()),
        }
    }

    async fn rename(&self, from: &str, to: &str) -> bool {
        let options = RenameContainerOptionsBuilder::new().name(to).build();
        self.docker.rename_container(from, options).await.is_ok()
    }

    async fn make(&self, name: &str, spec: SandboxSpec) -> Result<Sandbox, RuntimeError> {
        let body = ContainerCreateBody {
            image: Some(format!("{}:{}", pause::IMAGE, pause::TAG)),
            entrypoint: Some(vec![pause::PATH.into()]),
            labels: Some(HashMap::from([(HOST_LABEL.to_owned(), self.home.host_id.clone())])),
            host_config: Some(HostConfig {
                network_mode: Some(match spec.network {
                    Network::Sandbox => self.network(),
                    Network::Bridge | Network::Host | Network::None => "none".into(),
                }),
                ipc_mode: Some("shareable".into()),
                // Whatever the containers leave behind becomes a child of the first process, which must take note of its end.
                init: (spec.pid == Namespace::Task).then_some(true),
                log_config: Some(HostConfigLogConfig {
                    typ: Some("none".into()),
                    config: None,
                }),
                readonly_rootfs: Some(true),
                ..Default::default()
            }),
            ..Default::default()
        };
        let options = CreateContainerOptionsBuilder::new().name(name).build();
        match self.docker.create_container(Some(options), body).await {
            Ok(_) => {}
            Err(error) if status(&error) == Some(409) => {}
            Err(error) => return Err(failed(text(&error))),
        }
        self.docker
            .start_container(name, None)
            .await
            .map_err(|e| failed(text(&e)))?;
        self.inspect(name, spec.network)
            .await?
            .ok_or_else(|| failed("the sandbox ended as soon as it was made"))
    }

    /// A sandbox that runs, or None. One that does not run is of no use and is removed.
    async fn inspect(&self, name: &str, network: Network) -> Result<Option<Sandbox>, RuntimeError> {
        let found = match self.docker.inspect_container(name, None).await {
            Ok(found) => found,
            Err(error) if status(&error) == Some(404) => return Ok(None),
            Err(error) => return Err(failed(text(&error))),
        };
        if found.state.and_then(|it| it.running) != Some(true) {
            container::remove(&self.docker, name).await?;
            return Ok(None);
        }
        if network != Network::Sandbox {
            return Ok(Some(Sandbox {
                address: String::new(),
                mac: None,
            }));
        }
        let networks = found.network_settings.and_then(|it| it.networks).unwrap_or_default();
        let endpoint = networks
            .get(&self.network())
            .ok_or_else(|| failed("the sandbox is not on the task network"))?;
        let address = endpoint
            .ip_address
            .clone()
            .filter(|it| !it.is_empty())
            .ok_or_else(|| failed("the sandbox has no address"))?;
        Ok(Some(Sandbox {
            address,
            mac: endpoint.mac_address.clone(),
        }))
    }

    /// The network and the image, once.
    async fn prepare(&self) -> Result<(), RuntimeError> {
        let prepared = self.ready.get_or_try_init(|| async {
            self.make_network().await?;
            self.make_image().await
        });
        prepared.await.copied()
    }

    /// The device of the task network, or None where the engine had to choose other addresses than the host's own.
    pub async fn bridge(&self) -> Result<Option<String>, RuntimeError> {
        self.prepare().await?;
        let network = self.docker.inspect_network(&self.network(), None).await;
        let network = network.map_err(|e| failed(text(&e)))?;
        let ranges = network.ipam.and_then(|it| it.config).unwrap_or_default();
        if !ranges
            .iter()
            .any(|it| it.subnet.as_ref() == Some(&self.home.task_network))
        {
            return Ok(None);
        }
        let named = network.options.and_then(|mut it| it.remove(BRIDGE_NAME));
        // Without a name of ours the engine makes one of the network's id.
        let made = || {
            network
                .id
                .map(|id| format!("br-{}", id.chars().take(SHORT).collect::<String>()))
        };
        Ok(named.or_else(made))
    }

    async fn make_network(&self) -> Result<(), RuntimeError> {
        let name = self.network();
        if self.docker.inspect_network(&name, None).await.is_ok() {
            return Ok(());
        }
        let made = self
            .docker
            .create_network(self.network_request(Some(self.home.task_network.clone())))
            .await;
        let made = match made {
            // Two servers on one machine give out the same networks. Tasks of this one then live elsewhere.
            Err(error) if text(&error).contains("overlaps") => {
                tracing::warn!(
                    network = self.home.task_network,
                    "the task network is in use; the engine chooses another"
                );
                self.docker.create_network(self.network_request(None)).await
            }
            other => other,
        };
        made.map(drop).map_err(|e| {
            failed(format!(
                "the task network {} cannot be made: {}",
                self.home.task_network,
                text(&e)
            ))
        })
    }

    fn network_request(&self, subnet: Option<String>) -> NetworkCreateRequest {
        let config = subnet.map(|subnet| {
            vec![IpamConfig {
                subnet: Some(subnet),
                ..Default::default()
            }]
        });
        let mtu = self.home.mtu.map(|it| (MTU.to_owned(), it.to_string()));
        let bridge = (BRIDGE_NAME.to_owned(), agent::network::bridge_name(&self.home.host_id));
        NetworkCreateRequest {
            name: self.network(),
            options: Some(mtu.into_iter().chain([bridge]).collect()),
            driver: Some("bridge".into()),
            ipam: Some(Ipam {
                config,
                ..Default::default()
            }),
            labels: Some(HashMap::from([(HOST_LABEL.to_owned(), self.home.host_id.clone())])),
            ..Default::default()
        }
    }

    async fn make_image(&self) -> Result<(), RuntimeError> {
        if self
            .docker
            .inspect_image(&format!("{}:{}", pause::IMAGE, pause::TAG))
            .await
            .is_ok()
        {
            return Ok(());
        }
        let options = CreateImageOptionsBuilder::new()
            .from_src("-")
            .repo(pause::IMAGE)
            .tag(pause::TAG)
            .build();
        let body = bollard::body_full(pause::root_fs().map_err(failed)?.into());
        let mut progress = Box::pin(self.docker.create_image(Some(options), Some(body), None));
        while let Some(step) = progress.next().await {
            step.map_err(|e| failed(text(&e)))?;
        }
        Ok(())
    }
}
