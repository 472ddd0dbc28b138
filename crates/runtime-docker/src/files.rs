//! How many files a container of the Fargate pool may have open if it does not say.

use std::fs;

/// As AWS has it.
const FARGATE: i64 = 65_535;
/// CAP_SYS_RESOURCE: with it a process may raise limits.
const MAY_RAISE: u64 = 1 << 24;

/// None where the engine, which runs with the rights of its agent, could not give a container as many: then its own default stays.
pub fn fargate() -> Option<i64> {
    let read = |name: &str| fs::read_to_string(format!("/proc/self/{name}")).unwrap_or_default();
    if can_give(&read("status"), &read("limits")) {
        return Some(FARGATE);
    }
    tracing::warn!("this host cannot let containers open {FARGATE} files; they have the engine's own limit");
    None
}

/// From the kernel's words on this process.
fn can_give(status: &str, limits: &str) -> bool {
    let capabilities = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    let capabilities = capabilities.and_then(|it| u64::from_str_radix(it.trim(), 16).ok());
    if capabilities.is_some_and(|it| it & MAY_RAISE != 0) {
        return true;
    }
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let hard = files.and_then(|it| it.split_whitespace().nth(1));
    hard.is_some_and(|it| it == "unlimited" || it.parse::<i64>().is_ok_and(|most| most >= FARGATE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_the_host_may_give_are_promised() {
        let limits =
            |hard: &str| format!("Limit  Soft Limit  Hard Limit  Units\nMax open files  1024  {hard}  files\n");
        assert!(can_give("CapEff:\t000001ffffffffff\n", &limits("20000")));
        assert!(!can_give("CapEff:\t000001fffeffffff\n", &limits("20000")));
        assert!(can_give("CapEff:\t0\n", &limits("1048576")));
        assert!(can_give("CapEff:\t0\n", &limits("unlimited")));
        assert!(!can_give("", ""));
    }
}
