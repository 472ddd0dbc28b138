//! The network interface of a task that has an address of its own.
//!
//! An agent of ours makes it and tells the address. To any other agent the server gives one, address and all, which the host must have.

use std::fmt;
use std::net::Ipv4Addr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How long a host has to take on an interface that it was given; as long as on AWS.
pub const WAIT_S: i64 = 180;

/// In the order in which an interface passes through them. Some may be skipped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum AttachmentStatus {
    /// The host makes it.
    Precreated,
    /// The server has chosen its addresses; the host has not taken it on.
    Created,
    Attaching,
    Attached,
    Detached,
    Deleted,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: u128,
    subnet_id: Arc<str>,
    status: AttachmentStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    address: Option<Ipv4Addr>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "mac_if_it_is_one"
    )]
    mac: Option<Mac>,
    #[serde(default, skip_serializing_if = "Exposure::is_private")]
    exposure: Exposure,
}

/// Whether whoever runs the task asked for an address that others reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exposure {
    #[default]
    Private,
    Public,
}

impl Exposure {
    fn is_private(&self) -> bool {
        *self == Exposure::Private
    }
}

impl Attachment {
    pub fn new(id: u128, subnet_id: &str, exposure: Exposure) -> Self {
        Self {
            id,
            subnet_id: subnet_id.into(),
            status: AttachmentStatus::Precreated,
            address: None,
            mac: None,
            exposure,
        }
    }

    /// With addresses that the server has chosen.
    pub fn at(self, address: Ipv4Addr) -> Self {
        Self {
            status: AttachmentStatus::Created,
            address: Some(address),
            mac: Some(Mac::of(address)),
            ..self
        }
    }

    pub fn subnet_id(&self) -> &str {
        &self.subnet_id
    }

    pub fn status(&self) -> AttachmentStatus {
        self.status
    }

    pub fn address(&self) -> Option<Ipv4Addr> {
        self.address
    }

    pub fn mac(&self) -> Option<Mac> {
        self.mac
    }

    pub fn exposure(&self) -> Exposure {
        self.exposure
    }

    pub(super) fn subnet(&self) -> &Arc<str> {
        &self.subnet_id
    }

    /// Shares `subnet` with others, if it is the same.
    pub(super) fn share(&mut self, subnet: &Arc<str>) {
        if self.subnet_id == *subnet {
            self.subnet_id = subnet.clone();
        }
    }

    /// Moves on to `status`. False if it is there already or past it.
    pub fn advance(&mut self, status: AttachmentStatus) -> bool {
        if status <= self.status {
            return false;
        }
        self.status = status;
        true
    }

    /// The host has given the task its address. It keeps the first one.
    pub fn attach(&mut self, address: Ipv4Addr, mac: Option<Mac>) -> bool {
        if self.address.is_some() {
            return false;
        }
        self.address = Some(address);
        self.mac = mac;
        self.advance(AttachmentStatus::Attached);
        true
    }
}

/// The hardware address of an interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mac([u8; 6]);

impl Mac {
    /// That of an interface with this address, so that a host's links can be made before there are tasks. The stock agent names a link by
    /// the first three bytes when its task is over: the part of the address that differs within a host is among them.
    pub fn of(address: Ipv4Addr) -> Self {
        let [a, b, c, d] = address.octets();
        Self([0x0a, d, c, b, a, 0])
    }

    /// Reads `02:42:0a:58:00:07`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 6];
        let mut parts = text.split(':');
        for byte in &mut bytes {
            let part = parts.next().filter(|it| it.len() == 2 && !it.starts_with('+'))?;
            *byte = u8::from_str_radix(part, 16).ok()?;
        }
        parts.next().is_none().then_some(Self(bytes))
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

impl Serialize for Mac {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// Any text could be stored here once.
fn mac_if_it_is_one<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Mac>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    Ok(text.as_deref().and_then(Mac::parse))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interfaces_of_one_host_differ_in_the_first_half_of_their_hardware_addresses() {
        let of = |last| Mac::of(Ipv4Addr::new(10, 64, 3, last)).to_string();
        assert_eq!(of(7), "0a:07:03:40:0a:00");
        assert_eq!(of(254), "0a:fe:03:40:0a:00");
    }

    #[test]
    fn a_hardware_address_has_six_bytes() {
        let text = "02:42:0a:58:00:07";
        assert_eq!(Mac::parse(text).map(|it| it.to_string()).as_deref(), Some(text));
        for bad in [
            "",
            "02:42",
            "02:42:0a:58:00:07:01",
            "2:42:0a:58:00:07",
            "0g:42:0a:58:00:07",
            "+2:42:0a:58:00:07",
        ] {
            assert_eq!(Mac::parse(bad), None, "{bad}");
        }
    }
}
