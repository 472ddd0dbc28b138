//! Persistent maps: which one holds the snapshot (docs/adr/0002-persistent-maps.md).

use std::hint::black_box;

use crate::clock::timed;
use crate::report::Report;

const ENTRIES: u64 = 100_000;

pub fn run(report: &mut Report) {
    let each = |time: std::time::Duration| time.as_nanos() as f64 / ENTRIES as f64;
    // As a commit does: a clone is held by readers while the next version is made.
    let (ours, insert) = timed(|| {
        let mut map = imbl::OrdMap::<u64, u64>::new();
        for key in keys() {
            let held = map.clone();
            map.insert(key, key);
            black_box(held);
        }
        map
    });
    let (theirs, insert_rpds) = timed(|| {
        let mut map = rpds::RedBlackTreeMapSync::<u64, u64>::new_sync();
        for key in keys() {
            let held = map.clone();
            map.insert_mut(key, key);
            black_box(held);
        }
        map
    });
    report.compare(
        "imbl insert with a held clone",
        "ns",
        each(insert),
        ("rpds", each(insert_rpds)),
        "< 1",
    );
    let (_, get) = timed(|| keys().filter(|key| black_box(ours.get(key)).is_some()).count());
    let (_, get_rpds) = timed(|| keys().filter(|key| black_box(theirs.get(key)).is_some()).count());
    report.compare("imbl get", "ns", each(get), ("rpds", each(get_rpds)), "< 1");
    let (_, walk) = timed(|| black_box(ours.iter().map(|(_, value)| value).sum::<u64>()));
    let (_, walk_rpds) = timed(|| black_box(theirs.iter().map(|(_, value)| value).sum::<u64>()));
    report.compare("imbl walk", "ns", each(walk), ("rpds", each(walk_rpds)), "< 1");
    let (_, clone) = timed(|| (0..ENTRIES).for_each(|_| drop(black_box(ours.clone()))));
    let (_, clone_rpds) = timed(|| (0..ENTRIES).for_each(|_| drop(black_box(theirs.clone()))));
    report.compare("imbl clone", "ns", each(clone), ("rpds", each(clone_rpds)), "O(1)");
}

/// Spread over the whole range, as ids are.
fn keys() -> impl Iterator<Item = u64> {
    (0..ENTRIES).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
