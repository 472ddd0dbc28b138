//! How long the engine may take over each kind of request, and what a task is told where it takes longer.
//!
//! The times and the words are those of the stock agent. What the engine does after all is noticed by its events and undone there.

use std::time::Duration;

use agent::runtime::RuntimeError;

/// What is asked of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Create,
    Start,
    /// Given so many seconds until it kills.
    Stop {
        grace_s: u32,
    },
    Remove,
    Inspect,
    List,
    Volume,
}

impl Kind {
    pub fn deadline(self) -> Duration {
        Duration::from_secs(match self {
            Kind::Create => 4 * 60,
            Kind::Start => 3 * 60,
            Kind::Stop { grace_s } => u64::from(grace_s) + 2 * 60,
            Kind::Remove | Kind::Volume => 4 * 60,
            Kind::Inspect | Kind::List => 30,
        })
    }

    fn transition(self) -> &'static str {
        match self {
            Kind::Create => "created",
            Kind::Start => "started",
            Kind::Stop { .. } => "stopped",
            Kind::Remove => "removing",
            Kind::Inspect => "inspecting",
            Kind::List => "listing",
            Kind::Volume => "creating volume",
        }
    }
}

/// The request's own outcome, or that it took too long.
pub async fn within<T>(kind: Kind, request: impl Future<Output = Result<T, RuntimeError>>) -> Result<T, RuntimeError> {
    let deadline = kind.deadline();
    let in_time = tokio::time::timeout(deadline, request).await;
    in_time.unwrap_or_else(|_| {
        let cause = format!(
            "Could not transition to {}; timed out after waiting {}",
            kind.transition(),
            in_words(deadline)
        );
        Err(RuntimeError::new("DockerTimeoutError", cause))
    })
}

/// As in `3m0s` and `30s`.
fn in_words(it: Duration) -> String {
    let (minutes, seconds) = (it.as_secs() / 60, it.as_secs() % 60);
    match minutes {
        0 => format!("{seconds}s"),
        _ => format!("{minutes}m{seconds}s"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::DockerRuntime;
    use crate::cgroup::Cgroups;
    use agent::runtime::Runtime;
    use agent::{Home, RuntimeFacts};
    use bollard::Docker;

    async fn told(kind: Kind) -> String {
        let never = std::future::pending::<Result<(), RuntimeError>>();
        within(kind, never).await.expect_err("it never answers").to_string()
    }

    #[tokio::test(start_paused = true)]
    async fn what_takes_too_long_fails_in_the_stock_agents_words() {
        let mut all = Vec::new();
        for kind in [
            Kind::Create,
            Kind::Start,
            Kind::Stop { grace_s: 30 },
            Kind::Remove,
            Kind::Inspect,
            Kind::List,
            Kind::Volume,
        ] {
            all.push(told(kind).await);
        }
        let text = |it: &str| format!("DockerTimeoutError: Could not transition to {it}");
        assert_eq!(
            all,
            [
                text("created; timed out after waiting 4m0s"),
                text("started; timed out after waiting 3m0s"),
                text("stopped; timed out after waiting 2m30s"),
                text("removing; timed out after waiting 4m0s"),
                text("inspecting; timed out after waiting 30s"),
                text("listing; timed out after waiting 30s"),
                text("creating volume; timed out after waiting 4m0s"),
            ]
        );
    }

    /// An engine that hears and never answers.
    fn hung(dir: &std::path::Path) -> (DockerRuntime, tokio::net::UnixListener) {
        let path = dir.join("docker.sock");
        let listener = tokio::net::UnixListener::bind(&path).unwrap();
        let docker =
            Docker::connect_with_unix(path.to_str().unwrap(), crate::REQUEST_S, bollard::API_DEFAULT_VERSION).unwrap();
        let home = Home {
            host_id: "host".into(),
            task_network: "10.88.3.0/24".into(),
            mtu: None,
            volumes: dir.join("volumes"),
            cluster: Some("web".into()),
            task_pids: None,
        };
        (
            DockerRuntime::over(docker, home, RuntimeFacts::default(), Cgroups::Unmanaged),
            listener,
        )
    }

    #[tokio::test(start_paused = true)]
    async fn an_engine_that_hangs_fails_each_request_in_its_time() {
        let dir = tempfile::tempdir().unwrap();
        let (runtime, _listener) = hung(dir.path());
        let payload = agent::fake::payload("1", &["main"]);
        let machine = agent::task::TaskMachine::new(&payload).unwrap();
        let (spec, task) = (machine.spec(0), machine.labels());
        let told = [
            runtime.create(spec).await.err(),
            runtime.start(spec).await.err(),
            runtime.stop("main", 5).await.err(),
            runtime.kill("main").await.err(),
            runtime.list().await.err(),
            runtime.inspect("main").await.err(),
            runtime.create_sandbox(task, machine.sandbox_spec()).await.err(),
            runtime.remove("main").await.err(),
        ];
        let told = told.map(|it| {
            let text = it.unwrap().to_string();
            text.replace("DockerTimeoutError: Could not transition to ", "")
        });
        assert_eq!(
            told,
            [
                "created; timed out after waiting 4m0s",
                "started; timed out after waiting 3m0s",
                "stopped; timed out after waiting 2m5s",
                "stopped; timed out after waiting 2m0s",
                "listing; timed out after waiting 30s",
                "inspecting; timed out after waiting 30s",
                "created; timed out after waiting 4m0s",
                "removing; timed out after waiting 4m0s",
            ]
        );
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_in_time_is_as_it_is() {
        let late = async {
            tokio::time::sleep(Kind::Start.deadline() - Duration::from_millis(1)).await;
            Ok(7)
        };
        assert_eq!(within(Kind::Start, late).await, Ok(7));
    }
}
