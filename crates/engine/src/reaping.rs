//! What is forgotten, and when: stopped tasks past their time, tokens that have expired, deleted task definitions out of use,
//! deregistered instances that nothing tells of any more.

use domain::instance;
use domain::record::Key;
use domain::task::Desired;
use domain::task_definition::Status;
use domain::{Changes, ClusterName, DefinitionId, Instance, Snapshot, TaskId};
use wire::time::Time;

/// Records forgotten in one run.
const MAX_PER_RUN: usize = domain::changes::MAX_RECORDS;

/// How long a host that has left keeps its part of the task network: containers of its tasks may outlive their end here.
const HOST_MEMORY_S: i64 = 24 * 60 * 60;

/// Stopped tasks that can still be described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    pub seconds: i64,
    /// Of each cluster; the oldest go first.
    pub most: usize,
}

impl Default for Keep {
    /// 7 days, where AWS promises an hour.
    fn default() -> Self {
        Self {
            seconds: 7 * 24 * 60 * 60,
            most: 100_000,
        }
    }
}

/// Forgets a batch of what has expired. Nothing to forget, no changes.
pub fn sweep(view: &Snapshot, keep: Keep, now: Time) -> Changes {
    let stopped = view
        .clusters()
        .flat_map(|cluster| forgotten(view, cluster.name(), keep, now))
        .map(Key::Task);
    let run_tokens = view
        .run_tokens()
        .filter(|it| it.is_expired(now))
        .map(|it| Key::RunToken(it.cluster.clone(), it.token.clone()));
    let join_tokens = view
        .join_tokens()
        .filter(|it| it.expires_at <= now)
        .map(|it| Key::JoinToken(it.digest.clone()));
    let hosts = view
        .hosts()
        .filter(|it| it.left_at().is_some_and(|at| at.plus_s(HOST_MEMORY_S) <= now))
        .map(|it| Key::Host(it.id()));
    let instances = view
        .instances()
        .filter(|it| it.status() == instance::Status::Inactive && !is_remembered(view, it, keep, now))
        .map(|it| Key::Instance(it.id()));
    let definitions = view
        .definitions_with(Status::DeleteInProgress)
        .filter(|id| !runs(view, id))
        .map(|id| Key::Definition(id.clone()));

    let mut changes = Changes::none();
    stopped
        .chain(run_tokens)
        .chain(join_tokens)
        .chain(hosts)
        .chain(instances)
        .chain(definitions)
        .take(MAX_PER_RUN)
        .for_each(|key| changes.delete(key));
    changes
}

/// Stopped tasks of a cluster that are too old, or too many.
fn forgotten(view: &Snapshot, cluster: &ClusterName, keep: Keep, now: Time) -> Vec<TaskId> {
    let stopped = view.tasks_in(cluster, Desired::Stopped, None, None);
    let mut ended: Vec<_> = stopped.filter_map(|it| Some((it.times().stopped?, it.id()))).collect();
    let mut too_many = ended.len().saturating_sub(keep.most).min(MAX_PER_RUN);
    if too_many > 0 {
        // Only now, because the order costs more than the count.
        ended.sort_unstable();
    }
    ended.retain(|(at, _)| {
        let one_of_many = too_many > 0;
        too_many = too_many.saturating_sub(1);
        one_of_many || at.plus_s(keep.seconds) <= now
    });
    ended.into_iter().map(|(_, id)| id).collect()
}

/// Whether its agent may yet ask, a task that can be described was on it, or it is not long ago that it came.
fn is_remembered(view: &Snapshot, it: &Instance, keep: Keep, now: Time) -> bool {
    let host = it.host.and_then(|id| view.host(id));
    host.is_some() || view.all_tasks_on(it.id(), None).next().is_some() || it.registered_at.plus_s(keep.seconds) > now
}

/// Whether a task from this revision has not stopped yet.
fn runs(view: &Snapshot, id: &DefinitionId) -> bool {
    view.clusters().any(|cluster| {
        let of = |desired| view.tasks_of_family(cluster.name(), &id.family, desired, None);
        let mut tasks = of(Desired::Running).chain(of(Desired::Stopped));
        tasks.any(|task| task.origin().definition == *id && !task.is_stopped())
    })
}

#[cfg(test)]
mod tests {
    use domain::Cidr;
    use domain::host::Pool;
    use domain::resources::Resources;
    use domain::{ClusterName, Host, HostId, InstanceId, JoinToken, RunToken, TaskDefinition};

    use super::*;

    #[test]
    fn a_host_is_forgotten_a_day_after_it_left() {
        let at = Time::from_millis(0);
        let host = |id| Host::new(HostId::new(id), "a".into(), Pool::Fargate, Cidr::numbered(0), at);
        let mut left = host(2);
        left.leave(at);
        let mut world = Changes::none();
        world.put(host(1));
        world.put(left);
        let mut view = Snapshot::default();
        view.apply(world);
        let gone = |after_s| {
            let now = at.plus_s(after_s);
            sweep(&view, Keep::default(), now).deletes().to_vec()
        };
        assert_eq!(gone(HOST_MEMORY_S - 1), []);
        assert_eq!(gone(HOST_MEMORY_S), [Key::Host(HostId::new(2))]);
    }

    #[test]
    fn a_deregistered_instance_is_forgotten_after_its_host_and_after_the_time_of_its_tasks() {
        let at = Time::from_millis(0);
        let mut view = Snapshot::default();
        let mut world = Changes::none();
        let mut host = Host::new(HostId::new(1), "a".into(), Pool::Fargate, Cidr::numbered(0), at);
        for (id, of, gone) in [(1, None, true), (2, Some(host.id()), true), (3, None, false)] {
            let mut instance = Instance::new(InstanceId::new(id), Pool::Fargate, of, Resources::default(), at);
            if gone {
                instance.deregister();
            }
            world.put(instance);
        }
        let keep = Keep::default();
        let late = at.plus_s(keep.seconds);
        host.leave(late);
        world.put(host);
        view.apply(world);
        let gone = |view: &Snapshot, after_s| {
            let now = at.plus_s(after_s);
            sweep(view, keep, now).deletes().to_vec()
        };
        assert_eq!(gone(&view, keep.seconds - 1), []);
        assert_eq!(gone(&view, keep.seconds), [Key::Instance(InstanceId::new(1))]);
        view.apply(sweep(&view, keep, late.plus_s(HOST_MEMORY_S)));
        assert_eq!(
            gone(&view, keep.seconds + HOST_MEMORY_S),
            [Key::Instance(InstanceId::new(2))]
        );
    }

    #[test]
    fn a_deleted_definition_goes_when_nothing_runs_from_it() {
        let id = DefinitionId {
            family: "app".into(),
            revision: 1,
        };
        let now = Time::from_millis(1);
        let mut definition = TaskDefinition::new(id.clone(), "{}", "arn".into(), now);
        definition.deregister(now);
        let mut view = Snapshot::default();
        let put = |definition: &TaskDefinition| {
            let mut changes = Changes::none();
            changes.put(definition.clone());
            changes
        };
        view.apply(put(&definition));
        assert!(sweep(&view, Keep::default(), now).is_empty(), "it is only deregistered");
        definition.delete(now);
        view.apply(put(&definition));
        assert_eq!(sweep(&view, Keep::default(), now).deletes(), [Key::Definition(id)]);
    }

    #[test]
    fn expired_tokens_go_and_the_others_stay() {
        let at = Time::from_millis;
        let token = |name: &str, created| RunToken {
            cluster: ClusterName::default_cluster(),
            token: name.into(),
            input: String::new(),
            tasks: Vec::new(),
            created,
        };
        let mut world = Changes::none();
        world.put(token("old", at(0)));
        world.put(token("new", at(1)));
        world.put(JoinToken::new("d".into(), Pool::Fargate, at(5), None));
        let mut view = Snapshot::default();
        view.apply(world);

        let now = at(0).plus_s(domain::token::TOKEN_LIFE_S);
        let swept = sweep(&view, Keep::default(), now);
        let cluster = ClusterName::default_cluster();
        assert_eq!(
            swept.deletes(),
            [Key::RunToken(cluster, "old".into()), Key::JoinToken("d".into())]
        );

        view.apply(swept);
        assert!(
            sweep(&view, Keep::default(), now).is_empty(),
            "a second run changes nothing"
        );
    }
}
