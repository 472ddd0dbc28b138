//! The task network: ranges of IPv4 addresses, which part of it is each host's, and under which address other hosts reach that part.
//!
//! A host's part is fixed when it joins. Who reaches whom follows from the instances, so it is derived and never stored.

use std::fmt;
use std::net::Ipv4Addr;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use serde::{Deserialize, Serialize};

use crate::id::InstanceId;

/// Bits of the part of one host: 256 addresses, of which its engine takes the first two and the last.
pub const HOST_BITS: u8 = 24;
/// Addresses of a host's part that tasks can have, and so the interfaces of a host.
pub const INTERFACES_PER_HOST: u32 = 253;
/// 16,384 hosts' worth, apart from what routers and clouds usually give out.
const DEFAULT: Cidr = Cidr {
    base: 0x0a40_0000,
    bits: 10,
};

/// A range of IPv4 addresses, as in `10.64.0.0/10`. No bit is set outside of the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cidr {
    base: u32,
    bits: u8,
}

impl Cidr {
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/')?;
        let base = address.parse::<Ipv4Addr>().ok()?.to_bits();
        let bits = bits.parse::<u8>().ok().filter(|it| (1..=32).contains(it))?;
        let it = Self { base, bits };
        (base & !it.mask() == 0).then_some(it)
    }

    /// The range of a host that joined when there were 256 of them, by its number.
    pub fn numbered(number: u8) -> Self {
        Self {
            base: u32::from_be_bytes([10, 88, number, 0]),
            bits: HOST_BITS,
        }
    }

    fn mask(self) -> u32 {
        u32::MAX << (32 - u32::from(self.bits))
    }

    pub fn bits(self) -> u8 {
        self.bits
    }

    /// In a host's part, the address of the host itself.
    pub fn gateway(self) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.base + 1)
    }

    /// In a host's part, those that tasks can have.
    pub fn of_tasks(self) -> impl Iterator<Item = Ipv4Addr> {
        (0..INTERFACES_PER_HOST).map(move |nth| Ipv4Addr::from_bits(self.base + 2 + nth))
    }

    /// How many addresses it has.
    pub fn size(self) -> u64 {
        1 << (32 - u32::from(self.bits))
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from_bits(self.base), self.bits)
    }
}

impl From<Cidr> for String {
    fn from(it: Cidr) -> Self {
        it.to_string()
    }
}

impl TryFrom<String> for Cidr {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is no range of IPv4 addresses"))
    }
}

/// All addresses that tasks may have, and where the next host's part is looked for. Joining writes it, so two hosts that join at once
/// never get the same part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskNetwork {
    cidr: Cidr,
    next: u32,
}

impl Default for TaskNetwork {
    fn default() -> Self {
        Self::new(DEFAULT)
    }
}

impl TaskNetwork {
    pub fn new(cidr: Cidr) -> Self {
        Self { cidr, next: 0 }
    }

    pub fn cidr(&self) -> Cidr {
        self.cidr
    }

    /// Most hosts that have a part of it.
    pub fn hosts(&self) -> u32 {
        1 << u32::from(HOST_BITS.saturating_sub(self.cidr.bits))
    }

    /// Gives out the next part that is free. Those given back rest until all others were used, because their last hosts may not have
    /// heard yet.
    pub fn take(&mut self, is_free: impl Fn(Cidr) -> bool) -> Option<Cidr> {
        let part = |n: u32| Cidr {
            base: self.cidr.base + (n << (32 - u32::from(HOST_BITS))),
            bits: HOST_BITS,
        };
        let hosts = self.hosts();
        let from = self.next % hosts;
        let found = (from..hosts).chain(0..from).find(|n| is_free(part(*n)))?;
        let taken = part(found);
        self.next = found + 1;
        Some(taken)
    }
}

/// How packets get from one host's tasks to another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Link {
    /// Wrapped in packets between the hosts, over any network.
    Overlay,
    /// As they are, between hosts that share a link.
    Routed,
}

/// How other hosts reach an instance's tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    pub network: Cidr,
    pub address: Ipv4Addr,
    pub link: Link,
}

/// The instances that reach each other, by their parts of the task network. A clone costs a pointer.
#[derive(Clone, Debug, Default)]
pub struct Peers(OrdMap<Cidr, (InstanceId, Reach)>);

impl Peers {
    pub(crate) fn put(&mut self, id: InstanceId, reach: Reach) {
        self.0.insert(reach.network, (id, reach));
    }

    /// An instance that another has followed on the same host takes nothing with it.
    pub(crate) fn remove(&mut self, id: InstanceId, reach: Reach) {
        if self.0.get(&reach.network).is_some_and(|(of, _)| *of == id) {
            self.0.remove(&reach.network);
        }
    }

    /// True only if nothing differs; costs a comparison of pointers.
    pub fn is_same(&self, other: &Peers) -> bool {
        self.0.ptr_eq(&other.0)
    }

    /// What is new or different since `older`, and what is gone. Costs as much as differs.
    pub fn since(&self, older: &Peers) -> (Vec<Reach>, Vec<Cidr>) {
        let (mut put, mut gone) = (Vec::new(), Vec::new());
        for item in older.0.diff(&self.0) {
            match item {
                DiffItem::Add(_, (_, reach))
                | DiffItem::Update {
                    new: (_, (_, reach)), ..
                } => put.push(*reach),
                DiffItem::Remove(network, _) => gone.push(*network),
            }
        }
        (put, gone)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_range_has_no_bits_outside_of_its_prefix() {
        assert_eq!(Cidr::parse("10.64.0.0/10").unwrap().to_string(), "10.64.0.0/10");
        assert_eq!(Cidr::parse("10.64.3.0/24").unwrap().size(), 256);
        for bad in [
            "",
            "10.0.0.0",
            "10.64.0.0/9",
            "10.64.0.1/24",
            "10.0.0.0/0",
            "10.0.0.0/33",
            "x/8",
        ] {
            assert_eq!(Cidr::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn tasks_have_all_addresses_of_a_part_but_three() {
        let part = Cidr::parse("10.64.3.0/24").unwrap();
        let all: Vec<String> = part.of_tasks().map(|it| it.to_string()).collect();
        assert_eq!(part.gateway().to_string(), "10.64.3.1");
        assert_eq!(
            (all.first().unwrap().as_str(), all.last().unwrap().as_str()),
            ("10.64.3.2", "10.64.3.254")
        );
    }

    #[test]
    fn every_part_is_given_once_and_what_came_back_is_given_last() {
        let mut network = TaskNetwork::new(Cidr::parse("10.9.0.0/22").unwrap());
        let mut given = Vec::new();
        for round in 0..4 {
            // The first one came back after the second was given.
            let taken = |it: &Cidr| given[usize::from(round > 1)..].contains(it);
            let part = network.take(|it| !taken(&it)).unwrap();
            given.push(part);
        }
        let names: Vec<String> = given.iter().map(Cidr::to_string).collect();
        assert_eq!(names, ["10.9.0.0/24", "10.9.1.0/24", "10.9.2.0/24", "10.9.3.0/24"]);
        assert_eq!(network.take(|it| !given[1..].contains(&it)), Some(given[0]));
        assert_eq!(network.take(|it| !given.contains(&it)), None);
        assert_eq!(TaskNetwork::default().hosts(), 16_384);
    }

    #[test]
    fn an_instance_that_was_followed_by_another_takes_nothing_with_it() {
        let reach = |host: u8, address: u8| Reach {
            network: Cidr::numbered(host),
            address: Ipv4Addr::new(192, 0, 2, address),
            link: Link::Overlay,
        };
        let (old, new, other) = (InstanceId::new(1), InstanceId::new(2), InstanceId::new(3));
        let mut peers = Peers::default();
        peers.put(old, reach(1, 1));
        peers.put(other, reach(2, 9));
        let before = peers.clone();
        peers.put(new, reach(1, 2));
        peers.remove(old, reach(1, 1));
        assert_eq!(peers.since(&before), (vec![reach(1, 2)], vec![]));
        peers.remove(other, reach(2, 9));
        assert_eq!(peers.since(&before), (vec![reach(1, 2)], vec![Cidr::numbered(2)]));
        assert!(!peers.is_same(&before) && before.is_same(&before.clone()));
    }
}
