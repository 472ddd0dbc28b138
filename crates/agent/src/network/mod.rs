//! The task network between hosts: keeps what the kernel has at what the server says of the other hosts.
//!
//! `plan` decides, `host` reads and runs. Nothing is set up before there is another host, and nothing is taken down when the agent
//! ends: tasks run on, and the next start finds everything by its names.

mod host;
mod part;
mod plan;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use model::acs;
use tokio::sync::{Notify, watch};

use crate::Config;
use crate::runtime::Runtime;
use crate::state::Identity;
use part::Part;
use plan::{Link, Names, OVERHEAD, Own, State};

/// Between looks at whether all is still there: somebody may have flushed the rules.
const SWEEP: Duration = Duration::from_secs(60);
/// After a failure.
const RETRY: Duration = Duration::from_secs(5);
/// Hosts that are taken notice of; the widest task network has no more.
const MAX_HOSTS: usize = 65_536;
/// Where nothing says otherwise.
const USUAL_MTU: u32 = 1500;

/// How this host's tasks and those of others are to reach each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TaskNetwork {
    /// Over whatever network the hosts have: packets are wrapped.
    #[default]
    Overlay,
    /// By plain routes, where all hosts share a link.
    Routed,
    /// Nothing is set up. For hosts whose network does it.
    None,
}

impl TaskNetwork {
    /// As the server is told.
    pub fn name(self) -> &'static str {
        match self {
            TaskNetwork::Overlay => "overlay",
            TaskNetwork::Routed => "routed",
            TaskNetwork::None => "none",
        }
    }

    fn link(self) -> Option<Link> {
        match self {
            TaskNetwork::Overlay => Some(Link::Overlay),
            TaskNetwork::Routed => Some(Link::Routed),
            TaskNetwork::None => None,
        }
    }
}

/// The other hosts, as far as the server has told.
type Others = BTreeMap<Part, Ipv4Addr>;

/// How the worker reaches what keeps the network.
pub struct Network {
    others: watch::Sender<Option<Others>>,
    look: Arc<Notify>,
    keeping: tokio::task::JoinHandle<()>,
}

impl Network {
    /// Begins to keep the network. Until the server has told of the other hosts, what an earlier start has set up stays.
    pub fn start<R: Runtime>(config: &Config, identity: &Identity, address: Option<Ipv4Addr>, runtime: Arc<R>) -> Self {
        let (others, told) = watch::channel(None);
        let look = Arc::new(Notify::new());
        let end = config
            .task_network
            .link()
            .zip(address)
            .zip(Part::parse(&identity.task_network));
        let names = Part::parse(&identity.task_network).map(|part| Names::of(&identity.host_id, part));
        let keeping = match (end, names) {
            (Some(((link, address), part)), Some(names)) => {
                let end = End {
                    names,
                    part,
                    address,
                    link,
                };
                tokio::spawn(keep(end, runtime, told, look.clone()))
            }
            // It may have been otherwise before.
            (None, Some(names)) if names.are_in_use(&identity.host_id) => {
                tokio::spawn(async move { clear(&names).await })
            }
            (None, _) | (_, None) => tokio::spawn(async {}),
        };
        Self { others, look, keeping }
    }

    /// Takes in what the server says.
    pub fn hear(&self, message: acs::TaskNetworkMessage) {
        self.others.send_modify(|others| {
            let mut known = others
                .take()
                .filter(|_| message.complete != Some(true))
                .unwrap_or_default();
            for network in message.gone.iter().flatten().filter_map(|it| Part::parse(it)) {
                known.remove(&network);
            }
            for peer in message.peers.iter().flatten() {
                let part = peer.network.as_deref().and_then(Part::parse);
                let address = peer.address.as_deref().and_then(|it| it.parse().ok());
                if let (Some(part), Some(address)) = (part, address)
                    && known.len() < MAX_HOSTS
                {
                    known.insert(part, address);
                }
            }
            *others = Some(known);
        });
    }

    /// The engine was away: its rules may be new.
    pub fn look_again(&self) {
        self.look.notify_one();
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.keeping.abort();
    }
}

impl Names {
    /// Whether the machine has a device that this host's tasks use.
    fn are_in_use(&self, host_id: &str) -> bool {
        let devices = [self.device(), bridge_name(host_id)];
        devices
            .iter()
            .any(|it| std::path::Path::new("/sys/class/net").join(it).exists())
    }
}

/// This host's end, but for its bridge.
struct End {
    names: Names,
    part: Part,
    address: Ipv4Addr,
    link: Link,
}

async fn keep<R: Runtime>(end: End, runtime: Arc<R>, mut told: watch::Receiver<Option<Others>>, look: Arc<Notify>) {
    let mut guard = None;
    loop {
        let others = told.borrow_and_update().clone();
        let wait = match others {
            None => SWEEP,
            Some(others) => match bring_about(&end, &*runtime, &others, &mut guard).await {
                Ok(()) => SWEEP,
                Err(error) => {
                    tracing::warn!(
                        error,
                        "the task network to other hosts could not be set up; trying again"
                    );
                    RETRY
                }
            },
        };
        tokio::select! {
            changed = told.changed() => if changed.is_err() { return },
            () = look.notified() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// One look, and what is to be done. `guard` is what this process has written last.
async fn bring_about<R: Runtime>(
    end: &End,
    runtime: &R,
    others: &Others,
    guard: &mut Option<String>,
) -> Result<(), String> {
    let bridge = match others.is_empty() {
        true => None,
        false => runtime.task_bridge().await.map_err(|error| error.to_string())?,
    };
    let wanted = match bridge {
        None => State::default(),
        Some(bridge) => {
            let mtu = host::mtu(end.address).await?;
            let own = Own {
                names: end.names.clone(),
                part: end.part,
                address: end.address,
                link: end.link,
                bridge,
                is_local: mtu.is_some(),
                mtu: mtu.unwrap_or(USUAL_MTU),
            };
            plan::wanted(&own, others)
        }
    };
    apply(&end.names, &wanted, guard).await
}

async fn apply(names: &Names, wanted: &State, guard: &mut Option<String>) -> Result<(), String> {
    let seen = host::see(names, guard.as_ref()).await?;
    let commands = plan::plan(names, wanted, &seen);
    for command in &commands {
        host::perform(command).await?;
    }
    guard.clone_from(&wanted.guard);
    if !commands.is_empty() {
        tracing::info!(
            hosts = wanted.routes.len(),
            "the task network to other hosts was brought up to date"
        );
    }
    Ok(())
}

async fn clear(names: &Names) {
    if let Err(error) = apply(names, &State::default(), &mut None).await {
        tracing::warn!(error, "what was set up for the task network could not be removed");
    }
}

/// Removes what was set up between this host and others, for a host that leaves.
pub async fn leave(host_id: &str, task_network: &str) {
    if let Some(part) = Part::parse(task_network) {
        clear(&Names::of(host_id, part)).await;
    }
}

/// The name that the bridge of tasks has to have: the engine is asked for it.
pub fn bridge_name(host_id: &str) -> String {
    plan::bridge(host_id)
}

/// The address under which other hosts reach this one: as given, or the one that leads to the server. None where that has no IPv4.
pub async fn address(config: &Config) -> Option<Ipv4Addr> {
    if config.advertise_address.is_some() {
        return config.advertise_address;
    }
    let mut servers = tokio::net::lookup_host(config.endpoint.authority()).await.ok()?;
    let server = servers.find(SocketAddr::is_ipv4)?;
    // Nothing is sent: the kernel only says which way it would go.
    let socket = tokio::net::UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).await.ok()?;
    socket.connect(server).await.ok()?;
    match socket.local_addr().ok()? {
        SocketAddr::V4(own) => Some(*own.ip()),
        SocketAddr::V6(_) => None,
    }
}

/// The size of packets that tasks can send to every other host. None where the engine's own choice will do.
pub async fn task_mtu(config: &Config) -> Option<u32> {
    if config.task_network != TaskNetwork::Overlay {
        return None;
    }
    let mtu = host::mtu(address(config).await?).await.ok().flatten()?;
    // The loopback's is of no use: no packet leaves by it.
    (mtu < u32::from(u16::MAX)).then(|| mtu.saturating_sub(OVERHEAD))
}
