//! Time, which is what a benchmark is about.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use wire::time::Time;

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
pub fn instant() -> Instant {
    Instant::now()
}

/// For signatures.
pub fn now() -> Time {
    #[expect(clippy::disallowed_methods, reason = "signatures carry the time")]
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time::from_millis(since.as_millis() as i64)
}

pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = instant();
    let result = work();
    (result, begun.elapsed())
}

pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
