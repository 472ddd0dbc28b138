//! The one place where the server reads the clock and draws random bytes.

use std::time::{SystemTime, UNIX_EPOCH};

use wire::time::Time;

pub fn now() -> Time {
    #[expect(
        clippy::disallowed_methods,
        reason = "the server's clock; everything else is passed the time"
    )]
    let now = SystemTime::now();
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    Time::from_millis(since.as_millis().try_into().unwrap_or(i64::MAX))
}

/// From the system's generator. Without it no key and no id can be trusted, so there is nothing to go on with.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
