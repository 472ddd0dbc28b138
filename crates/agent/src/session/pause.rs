//! How long an agent waits before it connects again.

use std::time::Duration;

/// The first wait after a failure, and the longest.
const FIRST: Duration = Duration::from_millis(250);
const MOST: Duration = Duration::from_secs(20);
/// A connection that lasted this long was a good one: it starts the waits anew.
const GOOD_LIFE: Duration = Duration::from_secs(10);

/// Each wait is half as long again as the one before, a fifth more or less by chance, so that many agents that lost one server do not
/// come back as one.
pub struct Pause(Duration);

impl Pause {
    pub fn new() -> Self {
        Self(FIRST)
    }

    /// The wait after a connection that lasted for `life`, which is nothing where there was none. `lot` is a random number.
    pub fn after(&mut self, life: Duration, lot: u8) -> Duration {
        if life >= GOOD_LIFE {
            self.0 = FIRST;
            return FIRST * u32::from(lot) / 256;
        }
        let wait = self.0 * (205 + u32::from(lot) * 2 / 5) / 256;
        self.0 = (self.0 * 3 / 2).min(MOST);
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_a_limit_and_start_anew_after_a_good_connection() {
        let mut pause = Pause::new();
        let waits: Vec<u128> = (0..14).map(|_| pause.after(Duration::ZERO, 128).as_millis()).collect();
        assert_eq!(waits[..4], [250, 375, 562, 843]);
        assert!(waits[13] <= 20_100, "{waits:?}");
        assert!(
            pause.after(GOOD_LIFE, 255) < FIRST,
            "at once, but not all in the same moment"
        );
        assert_eq!(pause.after(Duration::ZERO, 128).as_millis(), 250);
    }

    #[test]
    fn chance_spreads_a_wait_by_a_fifth_either_way() {
        let wait = |lot| Pause::new().after(Duration::ZERO, lot).as_millis();
        assert_eq!((wait(0), wait(255)), (200, 299));
    }
}
