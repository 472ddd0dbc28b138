//! How often each caller may ask. A bucket fills steadily up to a burst; who finds it empty is refused, and nobody else notices.

use std::collections::HashMap;

use wire::time::Time;

use super::gate::Asker;

/// As the stock agent has it.
const PER_SECOND: f64 = 40.0;
const BURST: f64 = 60.0;
/// Callers remembered at once. Past these, those are forgotten who could ask a whole burst again anyway.
const MAX_ASKERS: usize = 4096;

#[derive(Default)]
pub struct Rates(HashMap<Asker, Bucket>);

struct Bucket {
    left: f64,
    at: Time,
}

impl Bucket {
    fn fill(&mut self, now: Time) {
        // A clock that was set back fills nothing.
        let elapsed_s = now.since(self.at).max(0) as f64 / 1000.0;
        self.left = (self.left + elapsed_s * PER_SECOND).min(BURST);
        self.at = now;
    }
}

impl Rates {
    /// Whether one more question of this caller's is answered.
    pub fn admit(&mut self, asker: &Asker, now: Time) -> bool {
        if !self.0.contains_key(asker) {
            if self.0.len() >= MAX_ASKERS {
                self.0.retain(|_, bucket| {
                    bucket.fill(now);
                    bucket.left < BURST
                });
            }
            if self.0.len() >= MAX_ASKERS {
                return false;
            }
            self.0.insert(asker.clone(), Bucket { left: BURST, at: now });
        }
        let Some(bucket) = self.0.get_mut(asker) else {
            return false;
        };
        bucket.fill(now);
        let admitted = bucket.left >= 1.0;
        if admitted {
            bucket.left -= 1.0;
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(rates: &mut Rates, asker: &Asker, at_ms: i64, times: usize) -> usize {
        (0..times)
            .filter(|_| rates.admit(asker, Time::from_millis(at_ms)))
            .count()
    }

    fn peer(n: u32) -> Asker {
        Asker::Address(n.into())
    }

    #[test]
    fn a_burst_is_answered_and_then_so_many_a_second() {
        let mut rates = Rates::default();
        assert_eq!(admitted(&mut rates, &peer(1), 0, 100), 60);
        assert_eq!(admitted(&mut rates, &peer(1), 500, 100), 20);
        assert_eq!(admitted(&mut rates, &peer(1), 60_000, 100), 60);
        assert_eq!(admitted(&mut rates, &peer(1), 0, 100), 0, "the clock was set back");
    }

    #[test]
    fn a_flood_of_one_is_not_felt_by_another() {
        let mut rates = Rates::default();
        admitted(&mut rates, &peer(1), 0, 1000);
        assert_eq!(admitted(&mut rates, &peer(2), 0, 60), 60);
    }

    #[test]
    fn callers_remembered_are_limited() {
        let mut rates = Rates::default();
        for n in 0..MAX_ASKERS {
            admitted(&mut rates, &peer(n as u32), 0, 1);
        }
        assert!(!rates.admit(&peer(u32::MAX), Time::from_millis(0)));
        assert!(
            rates.admit(&peer(u32::MAX), Time::from_millis(1000)),
            "the others can be forgotten"
        );
        assert_eq!(rates.0.len(), 1);
    }
}
