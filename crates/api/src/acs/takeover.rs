//! Which of two connections of one instance is the agent's (docs/adr/0010-takeover.md).
//!
//! Who has got hold of a host's key could open a second connection and be sent what is meant for the host. So a live session yields to
//! nothing but proof: the newer of two starts of one agent, or the later of two connections of one start.

/// How often an agent has started, which it keeps on disk, and how often it has connected since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proof {
    epoch: u64,
    connection: u64,
}

impl Proof {
    /// From the fields of the connection's query. The stock agent sends none.
    pub fn parse(epoch: Option<&str>, connection: Option<&str>) -> Option<Self> {
        Some(Self {
            epoch: epoch?.parse().ok()?,
            connection: connection?.parse().ok()?,
        })
    }
}

/// What a new connection is, beside a live one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It takes over.
    Newer,
    /// It is a connection of before, a copy of the host, or a handshake that was recorded: refused.
    Older,
    /// One of the two proves nothing: the new one is admitted only if the live one is found dead.
    Unproven,
}

pub fn standing(live: Option<Proof>, new: Option<Proof>) -> Standing {
    match (live, new) {
        (Some(live), Some(new)) if new > live => Standing::Newer,
        (Some(_), Some(_)) => Standing::Older,
        (None, _) | (_, None) => Standing::Unproven,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(epoch: &str, connection: &str) -> Option<Proof> {
        Proof::parse(Some(epoch), Some(connection))
    }

    #[test]
    fn a_later_start_is_newer_and_so_is_a_later_connection_of_the_same() {
        let live = proof("5", "100");
        for (epoch, connection, expected) in [
            ("6", "1", Standing::Newer),
            ("5", "101", Standing::Newer),
            ("5", "100", Standing::Older),
            ("5", "99", Standing::Older),
            ("4", "1000", Standing::Older),
        ] {
            assert_eq!(
                standing(live, proof(epoch, connection)),
                expected,
                "{epoch}.{connection}"
            );
        }
    }

    #[test]
    fn without_a_number_on_both_sides_nothing_is_proven() {
        let some = proof("5", "1");
        assert_eq!(standing(None, some), Standing::Unproven);
        assert_eq!(standing(some, None), Standing::Unproven);
        assert_eq!(standing(None, None), Standing::Unproven);
        for bad in ["", "-1", "x", "99999999999999999999"] {
            assert_eq!(proof(bad, "1"), None);
            assert_eq!(proof("1", bad), None);
        }
    }
}
