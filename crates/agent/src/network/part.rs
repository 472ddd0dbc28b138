//! A host's part of the task network, and the names that follow from it.

use std::fmt;
use std::net::Ipv4Addr;

/// A /24, as the server gives it to each host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part(u32);

impl Part {
    pub fn parse(text: &str) -> Option<Self> {
        let base: Ipv4Addr = text.strip_suffix("/24")?.parse().ok()?;
        let bits = base.to_bits();
        (bits & 0xff == 0).then_some(Self(bits >> 8))
    }

    /// Numbers the host's end of the overlay. No other host has it, so several agents of one machine keep theirs apart.
    pub fn number(self) -> u32 {
        self.0
    }

    /// The first address: the host's own on the overlay, and its gateway for the others.
    pub fn gateway(self) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.0 << 8)
    }

    /// Hardware address of the host's end of the overlay. Known to all, so that nobody has to ask.
    pub fn mac(self) -> String {
        let [a, b, c, d] = self.gateway().octets();
        format!("02:6c:{a:02x}:{b:02x}:{c:02x}:{d:02x}")
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/24", self.gateway())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_gateway_and_mac_follow_from_the_range() {
        let part = Part::parse("10.64.3.0/24").expect("a part");
        assert_eq!(part.number(), 0x0a_4003);
        assert_eq!(
            (part.gateway().to_string(), part.mac()),
            ("10.64.3.0".into(), "02:6c:0a:40:03:00".into())
        );
        assert_eq!(part.to_string(), "10.64.3.0/24");
        for bad in ["10.64.3.0/23", "10.64.3.1/24", "10.64.3.0", "x/24", ""] {
            assert_eq!(Part::parse(bad), None, "{bad}");
        }
    }
}
