//! The link-local address in a network namespace: claimed, so that nothing sent to it leaves, and listened on.
//!
//! Programs ask port 80, which a task's own web server wants for itself on every address. So the endpoint listens on another port, and
//! the namespace's packet filter leads the one to the other.

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::os::fd::AsFd;
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType};
use rustix::thread::LinkNameSpaceType;

use super::gate::ADDRESS;

/// Where the endpoint really listens; the stock agent has the same number.
pub const PORT: u16 = 51679;
/// What programs ask.
const ASKED_PORT: u16 = 80;
/// Of the loopback interface: the first of every namespace.
const LOOPBACK: u32 = 1;

/// Whose traffic is led to the endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// That of the namespace's own programs.
    Inside,
    /// That of containers behind bridges as well.
    Bridges,
}

/// A network namespace that is not the host's. It stays for as long as this is held.
#[derive(Clone, Debug)]
pub struct Namespace {
    file: Arc<File>,
    id: u64,
}

/// As long as both are held, no two namespaces have one number.
impl PartialEq for Namespace {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Namespace {
    /// That of a process.
    pub fn of(pid: u32) -> io::Result<Self> {
        let file = File::open(format!("/proc/{pid}/ns/net"))?;
        let id = file.metadata()?.ino();
        // The process may be gone and its number another's. The host's door is opened knowingly or not at all.
        if id == File::open("/proc/thread-self/ns/net")?.metadata()?.ino() {
            return Err(io::Error::other("it is not in a network namespace of its own"));
        }
        Ok(Self {
            file: Arc::new(file),
            id,
        })
    }
}

/// Opens the endpoint in a namespace.
pub async fn open_in(namespace: Namespace) -> io::Result<TcpListener> {
    // A namespace is a thread's: one of its own enters it and ends there.
    on_a_thread(move || {
        rustix::thread::move_into_link_name_space(namespace.file.as_fd(), Some(LinkNameSpaceType::Network))?;
        open(Reach::Inside)
    })
    .await
}

/// Opens the endpoint in the host's own namespace.
pub async fn open_on_host() -> io::Result<TcpListener> {
    on_a_thread(|| open(Reach::Bridges)).await
}

/// Takes the address, and what leads to it, from the host's own namespace. Not where somebody listens there.
pub async fn give_back() -> io::Result<()> {
    on_a_thread(|| {
        // Held until all is gone, so that no other agent opens it meanwhile.
        let _held = match TcpListener::bind((ADDRESS, PORT)) {
            Ok(held) => Some(held),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => None,
            Err(error) => return Err(error),
        };
        for chain in Reach::Bridges.chains() {
            while iptables(&["-C", chain])?.status.success() {
                succeeded(&iptables(&["-D", chain])?)?;
            }
        }
        match ask_kernel(&without_address(ADDRESS)) {
            Err(error) if error.kind() == io::ErrorKind::AddrNotAvailable => Ok(()),
            removed => removed,
        }
    })
    .await
}

async fn on_a_thread<T: Send + 'static>(act: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    let (told, outcome) = tokio::sync::oneshot::channel();
    std::thread::Builder::new().name("namespace".into()).spawn(move || {
        // Nobody waits any more where the agent is ending.
        drop(told.send(act()));
    })?;
    outcome.await.map_err(io::Error::other)?
}

fn open(reach: Reach) -> io::Result<TcpListener> {
    let claimed = claim()?;
    let listener = TcpListener::bind((ADDRESS, PORT))?;
    listener.set_nonblocking(true)?;
    for chain in reach.chains() {
        lead(chain, claimed)?;
    }
    Ok(listener)
}

impl Reach {
    fn chains(self) -> &'static [&'static str] {
        match self {
            Reach::Inside => &["OUTPUT"],
            Reach::Bridges => &["PREROUTING", "OUTPUT"],
        }
    }
}

/// Whether the address was the namespace's own before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Claimed {
    Now,
    Before,
}

/// Makes the address the namespace's own.
fn claim() -> io::Result<Claimed> {
    match ask_kernel(&new_address(ADDRESS)) {
        Ok(()) => Ok(Claimed::Now),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Claimed::Before),
        Err(error) => Err(error),
    }
}

fn ask_kernel(message: &[u8]) -> io::Result<()> {
    let socket = rustix::net::socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, None)?;
    rustix::net::send(&socket, message, SendFlags::empty())?;
    let mut answer = [0; 512];
    let (length, _) = rustix::net::recv(&socket, &mut answer[..], RecvFlags::empty())?;
    let code = answer[..length].get(16..20).and_then(|it| it.try_into().ok());
    match code.map(i32::from_ne_bytes) {
        Some(0) => Ok(()),
        Some(code) => Err(io::Error::from_raw_os_error(-code)),
        None => Err(io::Error::other("the kernel's answer is cut short")),
    }
}

/// A request that is to be acknowledged (netlink(7)).
const ACKNOWLEDGED: u16 = 0x1 | 0x4;

/// The kernel's message for a new address on the loopback interface.
fn new_address(address: Ipv4Addr) -> Vec<u8> {
    const NEW_ADDRESS: u16 = 20;
    /// Creates, and fails where it is there.
    const NEW: u16 = 0x400 | 0x200;
    address_message(NEW_ADDRESS, ACKNOWLEDGED | NEW, address)
}

/// The kernel's message for its end.
fn without_address(address: Ipv4Addr) -> Vec<u8> {
    const DELETE_ADDRESS: u16 = 21;
    address_message(DELETE_ADDRESS, ACKNOWLEDGED, address)
}

/// As rtnetlink(7) has it: header, address, and two attributes that repeat it.
fn address_message(kind: u16, flags: u16, address: Ipv4Addr) -> Vec<u8> {
    const IPV4: u8 = 2;
    /// Good on this host alone, so that it is never the source of anything else.
    const SCOPE_HOST: u8 = 254;
    let mut message = Vec::with_capacity(40);
    message.extend(40u32.to_ne_bytes());
    message.extend(kind.to_ne_bytes());
    message.extend(flags.to_ne_bytes());
    message.extend([0; 8]); // number and sender are of no interest
    message.extend([IPV4, 32, 0, SCOPE_HOST]);
    message.extend(LOOPBACK.to_ne_bytes());
    for attribute in [1u16, 2] {
        message.extend(8u16.to_ne_bytes());
        message.extend(attribute.to_ne_bytes());
        message.extend(address.octets());
    }
    message
}

/// Leads the port that is asked to the one that listens. First in its chain: the engine's own rules would lead it to a container that
/// publishes the same port.
fn lead(chain: &str, claimed: Claimed) -> io::Result<()> {
    // Where the address is new, so is the rule.
    if claimed == Claimed::Before && iptables(&["-C", chain])?.status.success() {
        return Ok(());
    }
    succeeded(&iptables(&["-I", chain, "1"])?)
}

/// Does this to the rule.
fn iptables(verb: &[&str]) -> io::Result<Output> {
    let (asked, listens) = (ASKED_PORT.to_string(), format!("{ADDRESS}:{PORT}"));
    let rule = ["-d", &format!("{ADDRESS}/32"), "-p", "tcp", "--dport", &asked].map(str::to_owned);
    let out = Command::new("iptables")
        .args(["-w", "-t", "nat"])
        .args(verb)
        .args(rule)
        .args(["-j", "DNAT", "--to-destination", &listens])
        .stdin(Stdio::null())
        .output();
    out.map_err(|e| io::Error::other(format!("iptables cannot be run: {e}")))
}

fn succeeded(out: &Output) -> io::Result<()> {
    match out.status.success() {
        true => Ok(()),
        false => Err(io::Error::other(format!(
            "iptables: {}",
            String::from_utf8_lossy(&out.stderr).trim()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_message_is_as_long_as_it_says() {
        let message = new_address(ADDRESS);
        assert_eq!(message.len(), 40);
        assert_eq!(message[..4], 40u32.to_ne_bytes());
        assert_eq!(message[36..], [169, 254, 170, 2]);
    }

    #[test]
    fn the_hosts_own_namespace_is_not_entered_by_mistake() {
        let error = Namespace::of(std::process::id()).expect_err("it is the same one");
        assert!(
            error.to_string().contains("not in a network namespace of its own"),
            "{error}"
        );
    }
}
