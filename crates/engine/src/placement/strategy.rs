//! How to choose among hosts that would all do.

use domain::Instance;
use domain::resources::Measure;

/// One step of a placement strategy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Fewest tasks of the group.
    Spread(Spread),
    /// Least left that still suffices.
    Binpack(Measure),
    Random,
}

/// Over what tasks are spread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spread {
    Host,
    /// Hosts with the same value are one; so are those without any.
    Attribute(String),
}

/// A strategy for which zones need not be looked through: what decides between them, and which host of one is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ByZone {
    /// To the zone with the fewest tasks; else to the one with the better host.
    pub spread: bool,
    pub host: Choice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    Any,
    /// The best of a few, by what they run and have left.
    OfFew,
    /// The one with the least left.
    Fullest(Measure),
}

impl ByZone {
    /// None for strategies that ask for more.
    pub fn parse(strategy: &[Strategy]) -> Option<Self> {
        let zones = |it: &Strategy| matches!(it, Strategy::Spread(Spread::Attribute(name)) if name == Instance::ZONE);
        let (spread, rest) = match strategy {
            [] => {
                return Some(Self {
                    spread: true,
                    host: Choice::OfFew,
                });
            }
            [first, rest @ ..] if zones(first) => (true, rest),
            all => (false, all),
        };
        let host = match rest {
            [] | [Strategy::Random, ..] if spread => Choice::Any,
            [Strategy::Binpack(it)] | [Strategy::Binpack(it), Strategy::Random, ..] => Choice::Fullest(*it),
            _ => return None,
        };
        Some(Self { spread, host })
    }
}

/// A number that follows from `seed` and `n` and looks as if it did not: SplitMix64.
pub(super) fn mix(seed: u64, n: u64) -> u64 {
    let mut z = seed.wrapping_add(n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
