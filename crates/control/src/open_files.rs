//! How many files this process may have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Takes as many as the system lets it have, and gives their number; None is as many as one likes. What a process is given at its start is
/// often 1,024, for the sake of programs that use `select`.
pub fn raise() -> Option<u64> {
    let given = getrlimit(Resource::Nofile);
    let wanted = Rlimit {
        current: given.maximum,
        ..given
    };
    match setrlimit(Resource::Nofile, wanted) {
        Ok(()) => given.maximum,
        Err(error) => {
            tracing::warn!(%error, "the limit on open files stays as it was");
            given.current
        }
    }
}
