//! How agents' reports move a task on. The host's word on what runs is taken; what it means for the task is decided here.

use domain::task::{Attachment, AttachmentStatus, Desired, Stage, Stop, StopCode};
use domain::{Changes, Record, Snapshot, Task, TaskId};
use wire::time::Time;

use super::shape;
use crate::call::Reply;
use crate::cx::Cx;

/// A reply with the task as it is now, and its room given back if this was its end.
pub fn settled<T>(cx: &Cx<'_>, before: &Task, after: Task, output: T) -> Reply<T> {
    Reply::new(output).put_all(moved(cx.view, before, after))
}

fn moved(view: &Snapshot, before: &Task, after: Task) -> Vec<Record> {
    if after == *before {
        return Vec::new();
    }
    let mut records = Vec::new();
    if after.is_stopped()
        && !before.is_stopped()
        && let Some(instance) = view.instance(after.instance())
    {
        let mut instance = instance.clone();
        instance.release(&after);
        records.push(instance.into());
    }
    records.push(after.into());
    records
}

/// Moves a task to the stage that its agent reports. Why it stopped follows from what its containers say, unless somebody asked for it.
pub fn reach(task: &mut Task, stage: Stage, reason: Option<String>, now: Time) {
    if stage == Stage::Stopped && !task.is_stopped() {
        let stop = cause(task, reason);
        task.ask_stop(stop, now);
    }
    task.advance(stage, now);
    if task.last() == Stage::Running && has_address(task) {
        // Its containers run on it, whether the agent has a word for that or not.
        task.advance_attachment(AttachmentStatus::Attached);
    }
}

fn has_address(task: &Task) -> bool {
    task.attachment().and_then(Attachment::address).is_some()
}

fn cause(task: &Task, reason: Option<String>) -> Stop {
    let reason = shape::reason(reason);
    let containers = || task.containers().iter();
    let essential_exited = containers().any(|it| it.essential && it.exit_code().is_some());
    // One that never ran ended the others, whatever their exits look like.
    let one_never_ran = containers().any(|it| it.exit_code().is_none() && it.reason().is_some());
    if task.times().started.is_some() || (essential_exited && !one_never_ran) {
        let reason = reason.unwrap_or_else(|| "Essential container in task exited".into());
        return Stop {
            code: StopCode::EssentialContainerExited,
            reason,
        };
    }
    let of_container = task.containers().iter().find_map(|it| it.reason().map(str::to_owned));
    let reason = reason.or(of_container).unwrap_or_else(|| "Task failed to start".into());
    Stop {
        code: StopCode::TaskFailedToStart,
        reason,
    }
}

/// The agent has acknowledged what it was sent of these tasks.
pub fn acked(view: &Snapshot, tasks: &[TaskId], now: Time) -> Changes {
    let mut changes = Changes::none();
    for task in tasks.iter().filter_map(|id| view.task(*id)) {
        let mut task = task.clone();
        let connected = task.connect(now);
        let provisioned = has_address(&task) && task.advance(Stage::Pending, now);
        let stopping = task.desired() == Desired::Stopped && task.advance(Stage::Stopping, now);
        if connected || provisioned || stopping {
            changes.put(task);
        }
    }
    changes
}

/// The agent has taken on the interface that this task was given.
pub fn attaching(view: &Snapshot, id: TaskId) -> Changes {
    let mut changes = Changes::none();
    if let Some(mut task) = view.task(id).cloned()
        && task.advance_attachment(AttachmentStatus::Attaching)
    {
        changes.put(task);
    }
    changes
}

/// The agent has refused what it was sent of this task: nothing of it runs, and nothing will.
pub fn refused(view: &Snapshot, id: TaskId, reason: &str, now: Time) -> Changes {
    let mut changes = Changes::none();
    if let Some(before) = view.task(id) {
        let mut task = before.clone();
        reach(
            &mut task,
            Stage::Stopped,
            Some(format!("The agent refused the task: {reason}")),
            now,
        );
        for record in moved(view, before, task) {
            changes.put(record);
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::World;

    #[test]
    fn a_task_that_its_agent_refuses_has_failed_to_start() {
        let world = World::new("cluster web; host a in web; family app; task t1 in web on a");
        let changes = refused(&world.view(), world.task("t1"), "no such runtime", Time::from_millis(1));
        let mut view = world.view();
        view.apply(changes);
        let task = view.task(world.task("t1")).expect("it was there");
        let stop = task.stop().expect("it has ended");
        assert!(task.is_stopped());
        assert_eq!(stop.code, StopCode::TaskFailedToStart);
        assert_eq!(stop.reason, "The agent refused the task: no such runtime");
        let instance = view.instance(world.instance("a")).expect("it was there");
        assert_eq!(instance.reserved().cpu, 0, "its room is given back");
        assert!(refused(&view, world.task("t1"), "again", Time::from_millis(2)).is_empty());
    }
}
