//! What happens to the machine around a task: its clock is set, it is restarted, and somebody removes what is there.

use super::*;
use crate::task::recovery::HOST_RESTARTED;

const HOUR_MS: i64 = 3_600_000;

#[tokio::test]
async fn a_clock_that_is_set_moves_no_deadline_and_is_what_reports_carry() {
    for jump_ms in [HOUR_MS, -HOUR_MS] {
        let mut host = Host::new(payload("1", &["a"]), None);
        host.machine.set_clock_ahead(5_000);
        host.feed(Event::Desired(Desired::Running)).await;
        assert_eq!(host.last().pull_started, Some(NOW.plus_ms(5_000)));
        host.machine.step(Event::Desired(Desired::Stopped), NOW);
        let overdue = host.machine.wake_at().unwrap();
        host.machine.set_clock_ahead(jump_ms);
        assert_eq!(host.machine.wake_at(), Some(overdue));
        assert_eq!(host.machine.step(Event::Due, overdue.plus_ms(-1)), [], "killed early");
        let killed = host.machine.step(Event::Due, overdue);
        assert_eq!(killed, [Action::Kill(0)], "never killed");
    }
}

#[tokio::test]
async fn a_slow_pull_is_told_of_when_it_is_slow_whatever_the_clock_says() {
    let mut task = TaskMachine::new(&payload("1", &["a"])).unwrap();
    task.set_clock_ahead(HOUR_MS);
    task.step(Event::Desired(Desired::Running), NOW);
    let due = task.wake_at();
    assert!(due.is_none_or(|at| at > NOW && at < NOW.plus_ms(HOUR_MS)), "{due:?}");
}

#[tokio::test]
async fn what_ended_with_the_host_says_so_and_what_had_not_begun_begins() {
    let host = Host::running(payload("1", &["a"])).await;
    let exit = Exit {
        code: 255,
        out_of_memory: false,
        at_ms: 42,
    };
    host.runtime.exit(&host.arn(), "a", exit);
    let seen = host.runtime.list().await.unwrap();
    let ended = |memory: Memory, seen: &[SeenContainer]| {
        let mut machine = TaskMachine::recover(&host.payload, memory, seen).unwrap();
        machine.note_host_restart();
        machine.resume(NOW);
        (machine.is_stopped(), machine.memory.reason.clone())
    };
    assert_eq!(ended(host.disk.clone(), &seen), (true, Some(HOST_RESTARTED.to_owned())));
    let fresh = TaskMachine::new(&host.payload).unwrap();
    assert_eq!(ended(fresh.memory().clone(), &[]), (false, None));
}

/// Its end has been told, and the agent dies amid the removal of what is left: whatever is still there, nothing is told or begun again.
#[tokio::test]
async fn killed_while_it_clears_away_it_only_clears_away() {
    let mut host = Host::running(awsvpc(payload("1", &["a", "b"]))).await;
    host.exit("a", 3, false).await;
    host.machine.note_delivered();
    host.save();
    let names: Vec<String> = host.machine.specs().map(|it| it.runtime_name.clone()).collect();
    for removed in 0..=names.len() {
        for name in &names[..removed] {
            host.runtime.remove(name).await.unwrap();
        }
        host.restart().await;
        assert_eq!(host.todo, [Action::TakeDown], "{removed} containers were removed");
        assert!(host.machine.is_stopped() && host.machine.is_delivered());
    }
}
