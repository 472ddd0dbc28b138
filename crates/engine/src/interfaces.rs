//! Tasks whose host did not take on the network interface that they were given. They have not been sent to it, so they end here.

use domain::task::{Stage, Stop, StopCode};
use domain::{Changes, InstanceId, Snapshot, Task};
use wire::time::Time;

/// Tasks ended in one run. The instance's own record is the one more.
const MAX_PER_RUN: usize = domain::changes::MAX_RECORDS - 1;

/// Ends tasks of one instance whose interface was not taken on in time.
pub fn reconcile(view: &Snapshot, id: InstanceId, now: Time) -> Changes {
    let mut changes = Changes::none();
    let is_late = |it: &&Task| it.interface_expires().is_some_and(|at| at <= now);
    let late: Vec<&Task> = view.tasks_on(id).filter(is_late).take(MAX_PER_RUN).collect();
    let Some(instance) = view.instance(id).filter(|_| !late.is_empty()) else {
        return changes;
    };
    let mut instance = instance.clone();
    for task in late {
        let mut task = task.clone();
        task.ask_stop(
            Stop {
                code: StopCode::TaskFailedToStart,
                reason: "Timeout waiting for network interface provisioning to complete.".into(),
            },
            now,
        );
        task.advance(Stage::Stopped, now);
        instance.release(&task);
        changes.put(task);
    }
    changes.put(instance);
    changes
}
