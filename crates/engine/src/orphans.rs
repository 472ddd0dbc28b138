//! Tasks whose instance was deregistered under them. No report will come for these any more, so they are ended here.

use domain::instance::Status;
use domain::task::{Stage, Stop, StopCode};
use domain::{Changes, InstanceId, Snapshot};
use wire::time::Time;

/// Tasks ended in one run. The instance's own record is the one more.
const MAX_PER_RUN: usize = domain::changes::MAX_RECORDS - 1;

/// Brings the tasks of one instance a step closer to their end, if it is deregistered.
pub fn reconcile(view: &Snapshot, id: InstanceId, now: Time) -> Changes {
    let mut changes = Changes::none();
    let Some(instance) = view.instance(id).filter(|it| it.status() == Status::Inactive) else {
        return changes;
    };
    let mut instance = instance.clone();
    for task in view.tasks_on(id).take(MAX_PER_RUN) {
        let mut task = task.clone();
        let reason = format!("Container instance {id} was deregistered.");
        task.ask_stop(
            Stop {
                code: StopCode::TerminationNotice,
                reason,
            },
            now,
        );
        task.advance(Stage::Stopped, now);
        instance.release(&task);
        changes.put(task);
    }
    if !changes.is_empty() {
        changes.put(instance);
    }
    changes
}
