//! What is forgotten, and when: stopped tasks past their time, and tokens that have expired.

use domain::record::Key;
use domain::task::Desired;
use domain::{Changes, Snapshot};
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

    let mut changes = Changes::none();
    stopped
        .chain(run_tokens)
        .chain(join_tokens)
        .take(MAX_PER_RUN)
        .for_each(|key| changes.delete(key));
    changes
}

#[cfg(test)]
mod tests {
    use domain::host::Pool;
    use domain::{ClusterName, JoinToken, RunToken};

    use super::*;

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
