//! How much a peer may say: so much at once, and so much for each second. What is used up comes back steadily.

use std::collections::HashMap;
use std::hash::Hash;

use crate::time::Time;

/// In thousandths of a message, so that a second can be cut into milliseconds.
const ONE: u64 = 1000;

/// Of one peer.
#[derive(Debug)]
pub struct Pace {
    most: u64,
    per_s: u64,
    left: u64,
    at: Time,
}

impl Pace {
    pub fn new(at_once: u32, per_s: u32, now: Time) -> Self {
        let most = u64::from(at_once) * ONE;
        Self {
            most,
            per_s: u64::from(per_s),
            left: most,
            at: now,
        }
    }

    /// Counts one message. False where it is one too many. A clock that goes back gives nothing and takes nothing.
    pub fn allows(&mut self, now: Time) -> bool {
        self.fill(now);
        if self.left < ONE {
            return false;
        }
        self.left -= ONE;
        true
    }

    fn fill(&mut self, now: Time) {
        let passed_ms = now.since(self.at).max(0).unsigned_abs();
        self.left = self
            .most
            .min(self.left.saturating_add(passed_ms.saturating_mul(self.per_s)));
        self.at = now;
    }
}

/// Of many peers, each with a pace of its own: who says too much is refused, and nobody else notices.
#[derive(Debug)]
pub struct Paces<K> {
    at_once: u32,
    per_s: u32,
    most_peers: usize,
    peers: HashMap<K, Pace>,
}

impl<K: Eq + Hash> Paces<K> {
    /// `most_peers` are remembered at once. Past these, those are forgotten who could say as much as ever anyway.
    pub fn new(at_once: u32, per_s: u32, most_peers: usize) -> Self {
        Self {
            at_once,
            per_s,
            most_peers,
            peers: HashMap::new(),
        }
    }

    /// Counts one message of this peer. False where it is one too many, or too many others are remembered.
    pub fn allows(&mut self, peer: K, now: Time) -> bool {
        if let Some(pace) = self.peers.get_mut(&peer) {
            return pace.allows(now);
        }
        if self.peers.len() >= self.most_peers {
            self.peers.retain(|_, pace| {
                pace.fill(now);
                pace.left < pace.most
            });
        }
        if self.peers.len() >= self.most_peers {
            return false;
        }
        let pace = self
            .peers
            .entry(peer)
            .or_insert_with(|| Pace::new(self.at_once, self.per_s, now));
        pace.allows(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Time = Time::from_millis(1_700_000_000_000);

    #[test]
    fn what_was_used_up_comes_back_with_time() {
        let mut pace = Pace::new(3, 2, START);
        assert_eq!([(); 4].map(|()| pace.allows(START)), [true, true, true, false]);
        assert!(!pace.allows(START.plus_s(-100)), "the clock went back");
        let later = START.plus_s(-99);
        assert_eq!([(); 3].map(|()| pace.allows(later)), [true, true, false]);
    }

    #[test]
    fn a_flood_of_one_is_not_felt_by_another() {
        let mut paces = Paces::new(3, 2, 10);
        assert_eq!([(); 4].map(|()| paces.allows("loud", START)), [true, true, true, false]);
        assert!(paces.allows("quiet", START));
    }

    #[test]
    fn peers_that_are_remembered_are_limited_and_who_has_said_nothing_for_long_is_forgotten() {
        let mut paces = Paces::new(3, 2, 10);
        for peer in 0..10 {
            assert!(paces.allows(peer, START));
        }
        assert!(!paces.allows(10, START), "none of the others can be forgotten");
        assert!(paces.allows(0, START), "who is remembered is heard");
        assert!(
            paces.allows(10, START.plus_ms(500)),
            "all but one have all their room again"
        );
        assert_eq!(paces.peers.len(), 2);
    }
}
