//! What an agent's host gives back when it leaves this engine for good.
//!
//! Nothing that a running task uses is touched: where one is left, all stays.

use std::collections::BTreeSet;

use agent::runtime::{Runtime, RuntimeError, Seen, SeenContainer, TaskLabels};
use agent::{Home, RuntimeFacts};
use bollard::Docker;
use futures_util::{StreamExt, TryStreamExt};

use crate::cgroup::Cgroups;
use crate::{DockerRuntime, text};

/// SIGTERM to SIGKILL, as ECS has it where a definition does not say.
const STOP_S: u32 = 30;
/// Containers that are stopped at once.
const STOPS: usize = 32;

/// What becomes of tasks that run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Running {
    Stays,
    Stops,
}

/// What is left of the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Nothing,
    /// So many tasks, and all that they use.
    Tasks(usize),
}

/// Removes the host's containers, task network and control groups, and volumes that go with their tasks.
pub async fn leave(docker: Docker, home: Home, running: Running) -> Result<Left, RuntimeError> {
    let info = docker.info().await;
    let info = info.map_err(|e| RuntimeError::new("DockerUnreachable", text(&e)))?;
    let cgroups = Cgroups::of(info.cgroup_driver.map(|it| it.to_string()).as_deref());
    let runtime = &DockerRuntime::over(docker, home, RuntimeFacts::default(), cgroups);
    let seen = runtime.list().await?;
    let live = seen.iter().filter(|it| matches!(it.state, Seen::Running { .. }));
    match running {
        Running::Stays => {
            let tasks: BTreeSet<&str> = live.map(|it| it.task_arn.as_str()).collect();
            if !tasks.is_empty() {
                return Ok(Left::Tasks(tasks.len()));
            }
        }
        Running::Stops => {
            let stops = live.map(|it| runtime.stop(&it.runtime_id, STOP_S));
            let stopped = futures_util::stream::iter(stops).buffer_unordered(STOPS);
            stopped.try_collect::<()>().await?;
        }
    }
    remove(runtime, &seen).await?;
    Ok(Left::Nothing)
}

async fn remove(runtime: &DockerRuntime, containers: &[SeenContainer]) -> Result<(), RuntimeError> {
    for it in containers {
        runtime.remove(&it.runtime_id).await?;
    }
    let tasks: BTreeSet<&str> = containers.iter().map(|it| it.task_arn.as_str()).collect();
    for arn in tasks {
        runtime.remove_task(&TaskLabels::of(arn)).await?;
    }
    runtime.sandboxes.leave().await?;
    runtime.cgroups.leave();
    Ok(())
}
