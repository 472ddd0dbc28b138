//! A machine is no host any more: what was set up on it for tasks goes, once no task is left.

use std::path::Path;

use agent::{AgentState, Home};
use anyhow::Result;
use runtime_docker::{Left, Running};

/// Takes from this machine what the agent with this data has set up. An agent that still uses the data is an error.
pub async fn leave_by_data(data_dir: &Path, engine: Option<String>, running: Running) -> Result<Left> {
    if !data_dir.join("identity.json").exists() {
        return Ok(Left::Nothing);
    }
    let state = AgentState::open(data_dir)?;
    let Some(identity) = state.identity()? else {
        return Ok(Left::Nothing);
    };
    let home = Home {
        host_id: identity.host_id,
        task_network: identity.task_network,
        mtu: None,
        volumes: data_dir.join("volumes"),
        cluster: identity.cluster,
        task_pids: None,
    };
    leave(home, engine, running).await
}

/// The same for a host whose agent has just ended.
pub async fn leave(home: Home, engine: Option<String>, running: Running) -> Result<Left> {
    let (host_id, task_network) = (home.host_id.clone(), home.task_network.clone());
    let left = runtime_docker::leave(runtime_docker::connect(engine).await?, home, running).await?;
    if left == Left::Nothing {
        agent::leave(&host_id, &task_network).await;
    }
    Ok(left)
}
