//! The whole system in one thread, from a seed: the real operations, agent sessions, reconcilers and task machines, with a fake runtime,
//! a fake clock, and a network and processes that fail.
//!
//! A seed that fails, fails each time: `SEED=17 cargo test -p sim`.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "a simulation that cannot go on fails")]

mod chance;
mod host;
mod server;
mod world;

use world::World;

/// Worlds in one test.
const SEEDS: u64 = 150;
/// Things that happen in each before it is left in peace.
const STEPS: u32 = 400;

#[test]
fn every_task_ends_once_and_its_room_is_free_again() {
    let seeds = match std::env::var("SEED") {
        Ok(seed) => {
            let seed = seed.parse().unwrap();
            seed..seed + 1
        }
        Err(_) => 0..SEEDS,
    };
    let (mut worlds, mut ran) = (0, 0);
    for seed in seeds {
        let mut world = World::new(seed);
        (0..STEPS).for_each(|_| world.happen());
        world.settle();
        ran += world.judge();
        worlds += 1;
    }
    assert!(
        ran > worlds,
        "only {ran} tasks ran in {worlds} worlds: nothing was tried"
    );
}
