//! Time, which is what a benchmark is about.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use wire::time::Time;

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
pub fn instant() -> Instant {
    Instant::now()
}

/// For signatures.
pub fn now() -> Time {
    Time::from_millis(since_1970().as_millis() as i64)
}

/// Milliseconds since 1970, to compare with the times of others.
pub fn wall_ms() -> f64 {
    since_1970().as_secs_f64() * 1e3
}

#[expect(clippy::disallowed_methods, reason = "signatures and other programs carry this time")]
fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
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
