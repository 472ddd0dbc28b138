//! The one place where the agent reads the clock and draws random numbers.

use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use wire::time::Time;

pub fn now() -> Time {
    #[expect(
        clippy::disallowed_methods,
        reason = "the agent's clock; everything else is passed the time"
    )]
    let now = SystemTime::now();
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    Time::from_millis(since.as_millis().try_into().unwrap_or(i64::MAX))
}

/// The time by a clock that no one can set: that of the agent's start, and what has passed since. Deadlines are kept by it.
pub fn steady() -> Time {
    static START: LazyLock<(Time, Instant)> = LazyLock::new(|| {
        #[expect(clippy::disallowed_methods, reason = "as above")]
        let begun = Instant::now();
        (now(), begun)
    });
    let passed = START.1.elapsed().as_millis();
    START.0.plus_ms(passed.try_into().unwrap_or(i64::MAX))
}

/// How far the machine's clock is ahead of the steady one by now, in milliseconds.
pub fn ahead_ms() -> i64 {
    let steady = steady();
    now().since(steady)
}

/// Between half of `most` and `most`, so that many agents do not act as one.
pub fn jittered(most: Duration) -> Duration {
    most / 2 + most * u32::from(lot()) / 512
}

/// A random number. Without randomness agents act in step, which is slower and not wrong.
pub fn lot() -> u8 {
    let mut byte = [255; 1];
    match getrandom::fill(&mut byte) {
        Ok(()) => byte[0],
        Err(_) => 255,
    }
}

/// Milliseconds since 1970, for runtimes that say when they looked.
pub fn now_ms() -> i64 {
    now().as_millis()
}

/// Seconds since 1970, for runtimes that want to hear from now on.
pub fn now_s() -> i64 {
    now().as_millis() / 1000
}
