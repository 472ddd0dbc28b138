//! How much a peer may say: so much at once, and so much for each second.

use wire::time::Time;

/// In thousandths of a message, so that a second can be cut into milliseconds.
const ONE: u64 = 1000;

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
        let passed_ms = now.since(self.at).max(0).unsigned_abs();
        self.left = self
            .most
            .min(self.left.saturating_add(passed_ms.saturating_mul(self.per_s)));
        self.at = now;
        if self.left < ONE {
            return false;
        }
        self.left -= ONE;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_used_up_comes_back_with_time() {
        let start = Time::from_millis(1_700_000_000_000);
        let mut pace = Pace::new(3, 2, start);
        assert_eq!([(); 4].map(|()| pace.allows(start)), [true, true, true, false]);
        assert!(!pace.allows(start.plus_s(-100)), "the clock went back");
        let later = start.plus_s(-99);
        assert_eq!([(); 3].map(|()| pace.allows(later)), [true, true, false]);
    }
}
