//! Health, from an agent's words into the records.

use domain::instance::{RuntimeHealth, RuntimeStatus};
use domain::task::Health;
use domain::{Changes, InstanceId, Snapshot, TaskId};
use model::tcs;
use wire::time::Time;

pub fn parse(word: &str) -> Option<Health> {
    match word {
        "HEALTHY" => Some(Health::Healthy),
        "UNHEALTHY" => Some(Health::Unhealthy),
        "UNKNOWN" => Some(Health::Unknown),
        _ => None,
    }
}

pub fn runtime(said: &tcs::InstanceStatus, now: Time) -> Option<RuntimeHealth> {
    let status = match said.status.as_deref()? {
        "INITIALIZING" => RuntimeStatus::Initializing,
        "OK" => RuntimeStatus::Ok,
        "IMPAIRED" => RuntimeStatus::Impaired,
        "INSUFFICIENT_DATA" => RuntimeStatus::InsufficientData,
        _ => return None,
    };
    Some(RuntimeHealth {
        status,
        updated: said.last_updated.unwrap_or(now),
        changed: said.last_status_change.unwrap_or(now),
    })
}

/// What of it is news.
pub fn of_tasks(view: &Snapshot, said: &[(TaskId, Vec<(String, Health)>)]) -> Changes {
    let mut changes = Changes::none();
    for (id, healths) in said {
        let Some(mut task) = view.task(*id).cloned() else {
            continue;
        };
        let mut changed = false;
        for (name, health) in healths {
            changed |= task.note_health(name, *health);
        }
        if changed {
            changes.put(task);
        }
    }
    changes
}

pub fn of_runtime(view: &Snapshot, id: InstanceId, said: &RuntimeHealth) -> Changes {
    let mut changes = Changes::none();
    if let Some(mut instance) = view.instance(id).cloned()
        && instance.note_health(said.clone())
    {
        changes.put(instance);
    }
    changes
}
