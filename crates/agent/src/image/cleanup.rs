//! Which images are removed. Only those that this agent brought, that nothing uses, and that have lain unused the longest.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Owner;

/// Images that are remembered. Beyond these the oldest is forgotten, which means that it stays.
const MAX_RECORDS: usize = 2000;
/// An image that a task asked for so lately is never removed: the container may be about to be made.
const FRESH_S: i64 = 5 * 60;

/// When images are removed. The defaults are those of the stock agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Between looks, in seconds; 0 for never.
    pub interval_s: i64,
    /// How long an image must have been here, and unused.
    pub minimum_age_s: i64,
    /// Removed at one look.
    pub most: usize,
    /// With less of the disk free, in percent, age does not count.
    pub free_percent: u8,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            interval_s: 30 * 60,
            minimum_age_s: 60 * 60,
            most: 5,
            free_percent: 10,
        }
    }
}

/// An image that this agent asked a registry for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub id: String,
    owner: Owner,
    pulled_s: i64,
    used_s: i64,
}

/// All images that this agent asked for, by the name under which a task asked. Times are in seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    images: BTreeMap<String, Record>,
}

/// What holds an image.
#[derive(Clone, Debug, Default)]
pub struct InUse {
    /// Ids of the images of all containers, of whomever.
    pub ids: BTreeSet<String>,
    /// Names of the images of tasks that have not ended.
    pub names: BTreeSet<String>,
}

impl Ledger {
    pub fn owner(&self, image: &str) -> Option<Owner> {
        self.images.get(image).map(|it| it.owner)
    }

    /// A registry has given it.
    pub fn pulled(&mut self, image: &str, id: &str, owner: Owner, now_s: i64) {
        if self.images.len() >= MAX_RECORDS && self.owner(image).is_none() {
            let oldest = self.images.iter().min_by_key(|(_, it)| it.used_s);
            if let Some(name) = oldest.map(|(name, _)| name.clone()) {
                self.images.remove(&name);
            }
        }
        let record = Record {
            id: id.to_owned(),
            owner,
            pulled_s: now_s,
            used_s: now_s,
        };
        self.images.insert(image.to_owned(), record);
    }

    /// A task wants it.
    pub fn used(&mut self, image: &str, now_s: i64) {
        if let Some(it) = self.images.get_mut(image) {
            it.used_s = now_s;
        }
    }

    pub fn forget(&mut self, image: &str) {
        self.images.remove(image);
    }

    /// What goes now, the longest unused first.
    pub fn victims(&self, in_use: &InUse, rules: &Rules, free_percent: Option<u8>, now_s: i64) -> Vec<String> {
        let pressed = free_percent.is_some_and(|free| free < rules.free_percent);
        let age_s = if pressed {
            FRESH_S
        } else {
            rules.minimum_age_s.max(FRESH_S)
        };
        let mut idle: Vec<(&String, &Record)> = self
            .images
            .iter()
            .filter(|(name, it)| {
                let old = now_s - it.used_s >= age_s && (pressed || now_s - it.pulled_s >= age_s);
                old && it.owner == Owner::Agent && !in_use.names.contains(*name) && !in_use.ids.contains(&it.id)
            })
            .collect();
        idle.sort_by_key(|(_, it)| it.used_s);
        idle.into_iter()
            .take(rules.most)
            .map(|(name, _)| name.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;

    /// Images pulled at 0 and used last at the hours that are given, named by them.
    fn ledger(hours: &[i64]) -> Ledger {
        let mut ledger = Ledger::default();
        for hour in hours {
            ledger.pulled(&format!("r/{hour}"), &format!("id-{hour}"), Owner::Agent, 0);
            ledger.used(&format!("r/{hour}"), hour * HOUR);
        }
        ledger
    }

    fn victims(ledger: &Ledger, in_use: &InUse, now_s: i64) -> Vec<String> {
        ledger.victims(in_use, &Rules::default(), Some(50), now_s)
    }

    #[test]
    fn the_longest_unused_go_first_and_no_more_than_five_at_once() {
        let ledger = ledger(&[7, 1, 6, 2, 5, 3, 4]);
        assert_eq!(
            victims(&ledger, &InUse::default(), 100 * HOUR),
            ["r/1", "r/2", "r/3", "r/4", "r/5"]
        );
    }

    #[test]
    fn what_was_used_within_the_hour_stays() {
        let ledger = ledger(&[1, 2]);
        assert_eq!(victims(&ledger, &InUse::default(), 3 * HOUR - 1), ["r/1"]);
        assert_eq!(victims(&ledger, &InUse::default(), 3 * HOUR), ["r/1", "r/2"]);
    }

    #[test]
    fn what_a_container_or_a_task_uses_stays() {
        let ledger = ledger(&[1, 2, 3]);
        let in_use = InUse {
            ids: ["id-1".to_owned()].into(),
            names: ["r/2".to_owned()].into(),
        };
        assert_eq!(victims(&ledger, &in_use, 100 * HOUR), ["r/3"]);
    }

    #[test]
    fn what_this_agent_did_not_bring_is_not_its_to_remove() {
        let mut ledger = Ledger::default();
        ledger.used("local:1", 0);
        ledger.pulled("r/theirs", "id", Owner::Others, 0);
        assert!(victims(&ledger, &InUse::default(), 100 * HOUR).is_empty());
    }

    #[test]
    fn a_full_disk_makes_age_count_no_more_but_use_still_does() {
        let ledger = ledger(&[0]);
        let pressed = |now_s| ledger.victims(&InUse::default(), &Rules::default(), Some(9), now_s);
        assert!(pressed(FRESH_S - 1).is_empty(), "a task may be about to start from it");
        assert_eq!(pressed(FRESH_S), ["r/0"]);
        assert!(
            victims(&ledger, &InUse::default(), FRESH_S).is_empty(),
            "with room there is no hurry"
        );
    }

    #[test]
    fn a_full_ledger_forgets_the_oldest() {
        let mut ledger = Ledger::default();
        for n in 0..=MAX_RECORDS {
            ledger.pulled(&format!("r/{n}"), "id", Owner::Agent, n as i64);
        }
        assert_eq!(ledger.images.len(), MAX_RECORDS);
        assert!(ledger.owner("r/0").is_none() && ledger.owner("r/1").is_some());
    }
}
