//! The list of all tasks that an agent should have, and what becomes of those that it has beyond the list.
//!
//! An agent asks before it stops anything for a manifest's sake. The answer rests on the store as it is then, not as it was when the list
//! was made. A store that was set back to an older copy no longer knows what was started since: it must not order a whole host stopped.

use domain::task::Desired;
use domain::{InstanceId, Site, Snapshot, TaskId};
use model::acs::{TaskIdentifier, TaskManifestMessage};
use wire::time::Time;

/// Between manifests of one session.
const EVERY_S: i64 = 300;
/// Tasks in one manifest. It must name all or is not sent, because what it leaves out would be taken for stopped.
pub(super) const MAX_TASKS: usize = 4000;
/// So many tasks that the store does not know may be stopped in one go, however few there are.
const ALWAYS: usize = 3;
/// Or one in so many of the tasks of the instance.
const ONE_IN: usize = 10;

/// When the next one is due, and which was the last.
pub struct Manifest {
    due_at: Time,
    last: Option<u64>,
}

/// More than may be stopped in one go.
#[derive(Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Tasks that the agent has and the store does not know.
    pub unknown: usize,
    /// All of the instance, with those.
    pub of: usize,
}

impl Manifest {
    pub fn due_at(now: Time) -> Self {
        Self {
            due_at: now,
            last: None,
        }
    }

    pub fn is_due(&self, now: Time) -> bool {
        now >= self.due_at
    }

    /// True for the id of the last one.
    pub fn is(&self, message: Option<&str>) -> bool {
        self.last.is_some() && message.and_then(|id| id.parse().ok()) == self.last
    }

    /// Lists the instance's tasks. None where there are too many for a message.
    pub fn take(
        &mut self,
        view: &Snapshot,
        site: &Site,
        id: InstanceId,
        number: u64,
        now: Time,
    ) -> Option<TaskManifestMessage> {
        self.due_at = now.plus_s(EVERY_S);
        self.last = None;
        let pool = view.instance(id)?.pool().name();
        let tasks: Vec<TaskIdentifier> = view.tasks_on(id).map(|task| named(site, task)).collect();
        if tasks.len() > MAX_TASKS {
            return None;
        }
        self.last = Some(number);
        Some(TaskManifestMessage {
            message_id: Some(number.to_string()),
            cluster_arn: Some(pool.to_owned()),
            container_instance_arn: Some(site.instance_arn(pool, id)),
            generated_at: Some(now.as_millis()),
            timeline: Some(number as i64),
            tasks: Some(tasks),
        })
    }
}

fn named(site: &Site, task: &domain::Task) -> TaskIdentifier {
    let desired = match task.desired() {
        Desired::Running => "RUNNING",
        Desired::Stopped => "STOPPED",
    };
    TaskIdentifier {
        task_arn: Some(site.task_arn(task.cluster(), task.id())),
        task_cluster_arn: Some(site.cluster_arn(task.cluster())),
        desired_status: Some(desired.into()),
    }
}

/// Which of the candidates the agent is to stop: those whose end was asked for or is known, and a few that are no tasks of its own.
pub fn to_stop(
    view: &Snapshot,
    site: &Site,
    instance: InstanceId,
    candidates: &[TaskIdentifier],
) -> Result<Vec<TaskIdentifier>, Withheld> {
    let (mut stop, mut unknown) = (Vec::new(), 0);
    for candidate in candidates {
        let arn = candidate.task_arn.as_deref().unwrap_or_default();
        let id = arn.rsplit('/').next().and_then(TaskId::parse);
        let own = id
            .and_then(|id| view.task(id))
            .filter(|task| task.instance() == instance && site.task_arn(task.cluster(), task.id()) == arn);
        match own {
            Some(task) if task.desired() == Desired::Running => continue,
            Some(_) => {}
            None => unknown += 1,
        }
        stop.push(TaskIdentifier {
            desired_status: Some("STOPPED".into()),
            ..candidate.clone()
        });
    }
    let of = view.tasks_on(instance).count() + unknown;
    if unknown > ALWAYS.max(of / ONE_IN) {
        return Err(Withheld { unknown, of });
    }
    Ok(stop)
}
