//! Runs operations and other decisions until what they change is durable.

use api::{Answer, Call, Caller, Cx, Ids};
use domain::{Changes, Cidr, Cluster, ClusterName, Rev, Snapshot, TaskNetwork};
use store::CommitError;
use wire::ApiError;
use wire::time::Time;

use crate::limits::MAX_ATTEMPTS;
use crate::{Control, clock};

impl Control {
    /// Runs one call. Operations are pure, so on a conflict the same one simply runs again on what is true now.
    pub async fn run(&self, call: &Call, caller: &Caller, endpoint: &str) -> Result<Answer, ApiError> {
        let (now, seed) = (clock::now(), clock::random());
        let usage = self.telemetry.usage();
        let decide = |view: &Snapshot| {
            let cx = Cx {
                view,
                site: &self.site,
                secrets: &self.secrets,
                caller,
                usage: &usage,
                endpoint,
                now,
                ids: Ids::new(seed),
            };
            api::run(&cx, call)
        };
        if reads_only(call.operation.name) {
            return decide(&self.store.durable());
        }
        for _ in 0..MAX_ATTEMPTS {
            let base = self.store.head();
            let mut answer = match decide(&base) {
                Ok(answer) => answer,
                Err(error) => return self.told(base.rev(), Err(error)).await,
            };
            let changes = std::mem::take(&mut answer.changes);
            if changes.is_empty() {
                return self.told(base.rev(), Ok(answer)).await;
            }
            match self.store.commit(base.rev(), changes).await {
                Ok(_) => return Ok(answer),
                Err(CommitError::Conflict) => tokio::task::yield_now().await,
                Err(CommitError::Unavailable(_)) => return Err(unavailable()),
                Err(CommitError::TooLarge(n)) => {
                    tracing::error!(
                        operation = call.operation.name,
                        records = n,
                        "an operation changes too much at once"
                    );
                    return Err(ApiError::server("The request changes too many things at once."));
                }
            }
        }
        Err(ApiError::server(
            "Too many callers are changing the same thing. Try again.",
        ))
    }

    /// An answer that changes nothing may still rest on what is not durable yet: it waits for that.
    async fn told(&self, rev: Rev, answer: Result<Answer, ApiError>) -> Result<Answer, ApiError> {
        self.store.settled(rev).await.map_err(|_| unavailable())?;
        answer
    }

    /// Commits what `decide` wants of the newest snapshot. None and no changes end it without a commit.
    pub async fn change<T>(
        &self,
        decide: impl Fn(&Snapshot, Time) -> Option<(T, Changes)>,
    ) -> Result<Option<T>, CommitError> {
        for _ in 0..MAX_ATTEMPTS {
            let base = self.store.head();
            let Some((result, changes)) = decide(&base, clock::now()) else {
                return Ok(None);
            };
            if changes.is_empty() {
                return Ok(Some(result));
            }
            match self.store.commit(base.rev(), changes).await {
                Ok(_) => return Ok(Some(result)),
                Err(CommitError::Conflict) => tokio::task::yield_now().await,
                Err(error) => return Err(error),
            }
        }
        Err(CommitError::Conflict)
    }

    /// Commits what an agent's word changes. Where that fails its session goes on: agents say again what still holds.
    pub async fn note(&self, decide: impl Fn(&Snapshot, Time) -> Changes) {
        let noted = self.change(|view, now| Some(((), decide(view, now))));
        if let Err(error) = noted.await {
            tracing::warn!(%error, "an agent's word could not be noted");
        }
    }

    /// The default cluster is there from the start, and no agent is connected to a server that has just begun. Hosts keep the part of
    /// the task network that they have, whatever the whole is from now on.
    pub(crate) async fn begin(&self, task_network: Option<Cidr>) -> Result<(), CommitError> {
        let default = ClusterName::default_cluster();
        self.change(|view, _| {
            let mut changes = Changes::none();
            if view.cluster(&default).is_none() {
                changes.put(Cluster::new(default.clone()));
            }
            if let Some(cidr) = task_network.filter(|it| *it != view.task_network().cidr()) {
                changes.put(TaskNetwork::new(cidr));
            }
            Some(((), changes))
        })
        .await?;
        while self.change(|view, _| Some(lost_sessions(view))).await? == Some(true) {}
        Ok(())
    }
}

/// A batch of instances whose sessions ended with the last server. True while there may be more.
fn lost_sessions(view: &Snapshot) -> (bool, Changes) {
    let mut changes = Changes::none();
    for instance in view
        .instances()
        .filter(|it| it.is_connected())
        .take(domain::changes::MAX_RECORDS)
    {
        let mut instance = instance.clone();
        instance.lose_session();
        changes.put(instance);
    }
    (!changes.is_empty(), changes)
}

/// Operations that never change anything read what is durable and wait for nobody.
fn reads_only(operation: &str) -> bool {
    ["Describe", "List", "Get", "Discover"]
        .iter()
        .any(|it| operation.starts_with(it))
}

fn unavailable() -> ApiError {
    ApiError::server("The store is not available. The server is stopping; try again.")
}

#[cfg(test)]
mod tests;
