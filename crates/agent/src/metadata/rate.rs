//! How often each caller may ask.

use wire::pace::Paces;

use super::gate::Asker;

/// As the stock agent has it.
const PER_SECOND: u32 = 40;
const BURST: u32 = 60;
/// Callers that are counted at once.
const MAX_ASKERS: usize = 4096;

pub fn rates() -> Paces<Asker> {
    Paces::new(BURST, PER_SECOND, MAX_ASKERS)
}

#[cfg(test)]
mod tests {
    use wire::time::Time;

    use super::*;

    fn admitted(rates: &mut Paces<Asker>, asker: u32, at_ms: i64, times: usize) -> usize {
        let asks = || Asker::Address(asker.into());
        (0..times)
            .filter(|_| rates.allows(asks(), Time::from_millis(at_ms)))
            .count()
    }

    #[test]
    fn a_burst_is_answered_and_then_so_many_a_second() {
        let mut rates = rates();
        assert_eq!(admitted(&mut rates, 1, 0, 100), 60);
        assert_eq!(admitted(&mut rates, 1, 500, 100), 20);
        assert_eq!(admitted(&mut rates, 1, 60_000, 100), 60);
        assert_eq!(admitted(&mut rates, 1, 0, 100), 0, "the clock was set back");
    }

    #[test]
    fn callers_remembered_are_limited() {
        let mut rates = rates();
        for n in 0..MAX_ASKERS {
            assert_eq!(admitted(&mut rates, n as u32, 0, 1), 1);
        }
        assert_eq!(admitted(&mut rates, u32::MAX, 0, 1), 0);
        assert_eq!(
            admitted(&mut rates, u32::MAX, 1000, 1),
            1,
            "the others can be forgotten"
        );
    }
}
