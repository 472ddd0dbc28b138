//! Whether a container that has ended is started again.

use model::acs;

/// Between one start and the end that may be followed by another.
const DEFAULT_PERIOD_S: u32 = 300;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RestartPolicy {
    ignored_exit_codes: Vec<i32>,
    period_s: u32,
}

impl RestartPolicy {
    pub(super) fn read(it: &acs::RestartPolicy) -> Option<Self> {
        (it.enabled == Some(true)).then(|| Self {
            ignored_exit_codes: it.ignored_exit_codes.clone().unwrap_or_default(),
            period_s: it
                .restart_attempt_period
                .and_then(|n| u32::try_from(n).ok())
                .unwrap_or(DEFAULT_PERIOD_S),
        })
    }

    /// `ran_ms` since it was started last. One that ends sooner would only end again.
    pub(super) fn allows(&self, exit_code: i32, ran_ms: i64) -> bool {
        !self.ignored_exit_codes.contains(&exit_code) && ran_ms >= i64::from(self.period_s) * 1000
    }
}
