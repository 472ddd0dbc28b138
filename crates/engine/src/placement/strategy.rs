//! How to choose among hosts that would all do.

use domain::Instance;

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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Cpu,
    Memory,
}

/// Whether zones are all that the strategy looks at.
pub(super) fn is_over_zones(strategy: &[Strategy]) -> bool {
    let by_zone = |it: &Strategy| matches!(it, Strategy::Spread(Spread::Attribute(name)) if name == Instance::ZONE);
    match strategy {
        [] => true,
        [first] => by_zone(first),
        [first, Strategy::Random, ..] => by_zone(first),
        _ => false,
    }
}

/// A number that follows from `seed` and `n` and looks as if it did not: SplitMix64.
pub(super) fn mix(seed: u64, n: u64) -> u64 {
    let mut z = seed.wrapping_add(n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
