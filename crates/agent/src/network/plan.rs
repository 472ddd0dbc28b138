//! What must be set up so that tasks of different hosts reach each other, and what is left to do for it.
//!
//! Pure: from what the server says and what the kernel has to commands. Everything carries the host's own names and its own number, so
//! that it is found again after a restart, and so that several agents of one machine leave each other's alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::net::Ipv4Addr;

use super::part::Part;

/// Where overlay packets arrive: VXLAN's own port.
pub const PORT: u16 = 4789;
/// What VXLAN puts around a packet.
pub const OVERHEAD: u32 = 50;
/// Characters of the host's id in names. The kernel allows 15 for a device.
const SHORT: usize = 8;

/// How packets get to other hosts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    Overlay,
    Routed,
}

/// The names of what one agent sets up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    short: String,
    part: Part,
}

impl Names {
    pub fn of(host_id: &str, part: Part) -> Self {
        Self {
            short: short(host_id),
            part,
        }
    }

    /// Of its routes: what tells them from others'.
    pub fn metric(&self) -> u32 {
        self.part.number()
    }

    pub fn device(&self) -> String {
        format!("lso-{}", self.short)
    }

    pub fn chain(&self) -> String {
        format!("LONGSHORE-{}", self.short)
    }

    pub fn table(&self) -> String {
        format!("longshore_{}", self.short)
    }
}

/// This host's end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    pub names: Names,
    pub part: Part,
    pub address: Ipv4Addr,
    pub link: Link,
    pub bridge: String,
    /// Whether a device of this machine has the address. Behind a translating router none has.
    pub is_local: bool,
    /// Of the device that has it.
    pub mtu: u32,
}

/// The host's end of the overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    pub number: u32,
    pub port: u16,
    pub local: Option<Ipv4Addr>,
    pub mac: String,
    pub mtu: u32,
    pub is_up: bool,
}

/// Where a part's packets go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Far {
    pub address: Ipv4Addr,
    pub number: u32,
}

/// What is there, or should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub device: Option<Device>,
    /// Parts and the gateways to them.
    pub routes: BTreeMap<Part, Ipv4Addr>,
    /// Hardware addresses of gateways on the overlay.
    pub neighbours: BTreeMap<Ipv4Addr, String>,
    /// Hosts behind hardware addresses.
    pub forwarding: BTreeMap<String, Far>,
    /// Rules of our chains, by table.
    pub rules: BTreeMap<&'static str, Vec<String>>,
    /// How the machine's chains lead to ours, by table; not in here where they do not.
    pub jumps: BTreeMap<&'static str, Jump>,
    /// The table that lets only known hosts in.
    pub guard: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jump {
    InTime,
    /// After a rule that has decided already: the engine puts its own first whenever it starts.
    Late,
}

/// Tables of iptables, and the chain in each that leads to ours. The first is the engine's for rules that come before its own.
pub const CHAINS: [(&str, &str); 2] = [("filter", "DOCKER-USER"), ("nat", "POSTROUTING")];

/// The bridge that a host's tasks are on. Its engine makes it.
pub fn bridge(host_id: &str) -> String {
    format!("lsb-{}", short(host_id))
}

fn short(host_id: &str) -> String {
    host_id.chars().take(SHORT).collect()
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Run {
        program: &'static str,
        args: Vec<String>,
        input: String,
    },
    Write {
        path: String,
        text: String,
    },
}

/// What should be there for these other hosts. With none, nothing.
pub fn wanted(own: &Own, others: &BTreeMap<Part, Ipv4Addr>) -> State {
    // Agents of one machine reach each other over its own bridges; an address of the loopback leads nowhere else.
    let here = |address: &Ipv4Addr| *address == own.address;
    let near: Vec<Part> = others
        .iter()
        .filter(|(_, at)| here(at))
        .map(|(part, _)| *part)
        .collect();
    let far: BTreeMap<Part, Ipv4Addr> = others
        .iter()
        .filter(|(_, at)| !here(at) && !at.is_loopback() && !own.address.is_loopback())
        .map(|(part, at)| (*part, *at))
        .collect();
    let mut state = State::default();
    if !far.is_empty() {
        match own.link {
            Link::Overlay => overlay(own, &far, &mut state),
            Link::Routed => state.routes = far.clone(),
        }
    }
    let routed = far.keys().filter(|_| own.link == Link::Routed);
    for part in near.iter().chain(routed) {
        let filter = state.rules.entry("filter").or_default();
        filter.push(format!("-d {part} -i {} -j ACCEPT", own.bridge));
        filter.push(format!("-s {part} -o {} -j ACCEPT", own.bridge));
        let nat = state.rules.entry("nat").or_default();
        nat.push(format!("-s {} -d {part} -j ACCEPT", own.part));
    }
    state.jumps = state.rules.keys().map(|table| (*table, Jump::InTime)).collect();
    state
}

fn overlay(own: &Own, far: &BTreeMap<Part, Ipv4Addr>, state: &mut State) {
    let device = own.names.device();
    state.device = Some(Device {
        number: own.part.number(),
        port: PORT,
        local: own.is_local.then_some(own.address),
        mac: own.part.mac(),
        mtu: own.mtu.saturating_sub(OVERHEAD),
        is_up: true,
    });
    for (part, address) in far {
        state.routes.insert(*part, part.gateway());
        state.neighbours.insert(part.gateway(), part.mac());
        let far = Far {
            address: *address,
            number: part.number(),
        };
        state.forwarding.insert(part.mac(), far);
    }
    let (part, bridge) = (own.part, &own.bridge);
    let through = [
        format!("-d {part} -i {device} -o {bridge} -j ACCEPT"),
        format!("-s {part} -i {bridge} -o {device} -j ACCEPT"),
    ];
    state.rules.insert("filter", through.into());
    let as_it_is = format!("-s {part} -o {device} -j ACCEPT");
    state.rules.insert("nat", vec![as_it_is]);
    state.guard = Some(guard(own, far));
}

/// Packets of the overlay come from known hosts only, and carry addresses of their tasks to tasks of ours.
fn guard(own: &Own, far: &BTreeMap<Part, Ipv4Addr>) -> String {
    let (table, device) = (own.names.table(), own.names.device());
    let list = |items: BTreeSet<String>| items.into_iter().collect::<Vec<_>>().join(", ");
    let hosts = list(far.values().map(Ipv4Addr::to_string).collect());
    let parts = list(far.keys().map(Part::to_string).collect());
    let mut text = String::new();
    // Added first, because what is not there cannot be deleted. All of it happens at once.
    let lines = [
        format!("add table inet {table}"),
        format!("delete table inet {table}"),
        format!("table inet {table} {{"),
        format!("  set hosts {{ type ipv4_addr; elements = {{ {hosts} }}; }}"),
        format!("  set parts {{ type ipv4_addr; flags interval; elements = {{ {parts} }}; }}"),
        "  chain guard {".into(),
        "    type filter hook prerouting priority raw; policy accept;".into(),
        format!(
            "    udp dport {PORT} @th,96,24 {} ip saddr != @hosts counter drop",
            own.part.number()
        ),
        format!("    iifname {device} meta nfproto != ipv4 drop"),
        format!("    iifname {device} ip saddr != @parts drop"),
        format!("    iifname {device} ip daddr != {} drop", own.part),
        "  }".into(),
        "}".into(),
    ];
    for line in lines {
        writeln!(text, "{line}").expect("a string takes every byte");
    }
    text
}

/// Commands that lead from what is there to what should be. None where it is so already.
pub fn plan(names: &Names, wanted: &State, seen: &State) -> Vec<Command> {
    let mut commands = Vec::new();
    // Nothing is let in before its guard stands.
    if let Some(guard) = wanted.guard.as_ref().filter(|it| seen.guard.as_ref() != Some(it)) {
        commands.push(run("nft", &["-f", "-"], guard.clone()));
    }
    let seen_links = device(names, wanted, seen, &mut commands);
    links(names, wanted, &seen_links, &mut commands);
    rules(names, wanted, seen, &mut commands);
    if wanted.guard.is_none() && seen.guard.is_some() {
        commands.push(run("nft", &["delete", "table", "inet", &names.table()], String::new()));
    }
    commands
}

/// Makes or removes the device; gives what is there of routes and neighbours after that.
fn device(names: &Names, wanted: &State, seen: &State, commands: &mut Vec<Command>) -> State {
    if wanted.device == seen.device {
        return seen.clone();
    }
    let name = names.device();
    let mut after = seen.clone();
    if seen.device.is_some() {
        commands.push(run("ip", &["link", "del", &name], String::new()));
        // What hangs on it goes with it.
        after = State::default();
    }
    let Some(it) = &wanted.device else { return after };
    let local = it.local.map(|at| format!(" local {at}")).unwrap_or_default();
    let gateway = Ipv4Addr::from_bits(it.number << 8);
    let lines = [
        format!(
            "link add {name} address {} mtu {} type vxlan id {} dstport {} nolearning{local}",
            it.mac, it.mtu, it.number, it.port
        ),
        format!("address add {gateway}/32 dev {name}"),
        format!("link set {name} up"),
    ];
    commands.push(run("ip", &["-batch", "-"], lines.join("\n") + "\n"));
    // An answer may come back by another agent's device of this machine; a strict kernel would drop it.
    commands.push(Command::Write {
        path: format!("/proc/sys/net/ipv4/conf/{name}/rp_filter"),
        text: "2".into(),
    });
    after
}

/// Routes, neighbours and forwarding, each brought from what is there to what should be.
fn links(names: &Names, wanted: &State, seen: &State, commands: &mut Vec<Command>) {
    let (name, metric) = (names.device(), names.metric());
    let mut bridge = Vec::new();
    for (mac, Far { address, number }) in differing(&wanted.forwarding, &seen.forwarding) {
        bridge.push(format!(
            "fdb replace {mac} dev {name} dst {address} vni {number} self permanent"
        ));
    }
    for mac in surplus(&wanted.forwarding, &seen.forwarding) {
        bridge.push(format!("fdb del {mac} dev {name} self"));
    }
    let mut ip = Vec::new();
    for (at, mac) in differing(&wanted.neighbours, &seen.neighbours) {
        ip.push(format!("neigh replace {at} lladdr {mac} dev {name} nud permanent"));
    }
    let on_overlay = match &wanted.device {
        Some(_) => format!(" dev {name} onlink src {}", names.part.gateway()),
        None => String::new(),
    };
    for (part, gateway) in differing(&wanted.routes, &seen.routes) {
        ip.push(format!(
            "route replace {part} via {gateway}{on_overlay} metric {metric}"
        ));
    }
    for part in surplus(&wanted.routes, &seen.routes) {
        ip.push(format!("route del {part} metric {metric}"));
    }
    for at in surplus(&wanted.neighbours, &seen.neighbours) {
        ip.push(format!("neigh del {at} dev {name}"));
    }
    for (program, lines) in [("bridge", bridge), ("ip", ip)] {
        if !lines.is_empty() {
            commands.push(run(program, &["-batch", "-"], lines.join("\n") + "\n"));
        }
    }
}

/// What should be there and is not, or is otherwise.
fn differing<'a, K: Ord, V: PartialEq>(
    wanted: &'a BTreeMap<K, V>,
    seen: &'a BTreeMap<K, V>,
) -> impl Iterator<Item = (&'a K, &'a V)> {
    wanted.iter().filter(|(key, value)| seen.get(key) != Some(value))
}

fn surplus<'a, K: Ord, V>(wanted: &'a BTreeMap<K, V>, seen: &'a BTreeMap<K, V>) -> impl Iterator<Item = &'a K> {
    seen.keys().filter(|key| !wanted.contains_key(key))
}

fn rules(names: &Names, wanted: &State, seen: &State, commands: &mut Vec<Command>) {
    let chain = names.chain();
    for (table, from) in CHAINS {
        let mut change =
            |args: &[&str]| commands.push(run("iptables", &[&["-w", "-t", table], args].concat(), String::new()));
        let (jump, jumps) = (seen.jumps.get(table), wanted.jumps.contains_key(table));
        if jump.is_some_and(|it| !jumps || *it == Jump::Late) {
            change(&["-D", from, "-j", &chain]);
        }
        match (wanted.rules.get(table), seen.rules.get(table)) {
            (Some(wanted), seen) if seen != Some(wanted) => {
                let lines: String = wanted.iter().map(|rule| format!("-A {chain} {rule}\n")).collect();
                // Naming the chain empties it; the others stay.
                let input = format!("*{table}\n:{chain} - [0:0]\n{lines}COMMIT\n");
                commands.push(run("iptables-restore", &["-w", "--noflush"], input));
            }
            (None, Some(_)) => {
                change(&["-F", &chain]);
                change(&["-X", &chain]);
            }
            (Some(_), _) | (None, None) => {}
        }
        if jumps && jump != Some(&Jump::InTime) {
            let args = ["-w", "-t", table, "-I", from, "1", "-j", &chain];
            commands.push(run("iptables", &args, String::new()));
        }
    }
}

fn run(program: &'static str, args: &[&str], input: String) -> Command {
    Command::Run {
        program,
        args: args.iter().map(|&it| it.to_owned()).collect(),
        input,
    }
}

#[cfg(test)]
mod tests;
