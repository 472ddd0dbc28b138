//! What is forgotten, and when: stopped tasks past their time, tokens that have expired, deleted task definitions out of use.

use domain::record::Key;
use domain::task::Desired;
use domain::task_definition::Status;
use domain::{Changes, DefinitionId, Snapshot};
use wire::time::Time;

/// Records forgotten in one run.
const MAX_PER_RUN: usize = domain::changes::MAX_RECORDS;

/// How long stopped tasks can still be described: 7 days. AWS promises an hour.
pub const KEEP_STOPPED_S: i64 = 7 * 24 * 60 * 60;

/// Forgets a batch of what has expired. Nothing to forget, no changes.
pub fn sweep(view: &Snapshot, now: Time) -> Changes {
    let stopped = view
        .clusters()
        .flat_map(|cluster| view.tasks_in(cluster.name(), Desired::Stopped))
        .filter(|task| task.times().stopped.is_some_and(|at| at.plus_s(KEEP_STOPPED_S) <= now))
        .map(|task| Key::Task(task.id()));
    let run_tokens = view
        .run_tokens()
        .filter(|it| it.is_expired(now))
        .map(|it| Key::RunToken(it.cluster.clone(), it.token.clone()));
    let join_tokens = view
        .join_tokens()
        .filter(|it| it.expires_at <= now)
        .map(|it| Key::JoinToken(it.digest.clone()));

    let definitions = view
        .definitions_with(Status::DeleteInProgress)
        .filter(|id| !runs(view, id))
        .map(|id| Key::Definition(id.clone()));

    let mut changes = Changes::none();
    stopped
        .chain(run_tokens)
        .chain(join_tokens)
        .chain(definitions)
        .take(MAX_PER_RUN)
        .for_each(|key| changes.delete(key));
    changes
}

/// Whether a task from this revision has not stopped yet.
fn runs(view: &Snapshot, id: &DefinitionId) -> bool {
    view.clusters().any(|cluster| {
        let mut tasks = view.tasks_of_family(cluster.name(), &id.family);
        tasks.any(|task| task.origin().definition == *id && !task.is_stopped())
    })
}

#[cfg(test)]
mod tests {
    use domain::host::Pool;
    use domain::{ClusterName, JoinToken, RunToken, TaskDefinition};

    use super::*;

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
        assert!(sweep(&view, now).is_empty(), "it is only deregistered");
        definition.delete(now);
        view.apply(put(&definition));
        assert_eq!(sweep(&view, now).deletes(), [Key::Definition(id)]);
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
        world.put(JoinToken {
            digest: "d".into(),
            pool: Pool::Fargate,
            expires_at: at(5),
        });
        let mut view = Snapshot::default();
        view.apply(world);

        let now = at(0).plus_s(domain::token::TOKEN_LIFE_S);
        let swept = sweep(&view, now);
        let cluster = ClusterName::default_cluster();
        assert_eq!(
            swept.deletes(),
            [Key::RunToken(cluster, "old".into()), Key::JoinToken("d".into())]
        );

        view.apply(swept);
        assert!(sweep(&view, now).is_empty(), "a second run changes nothing");
    }
}
