//! Containers of tasks.

use std::collections::HashMap;

use agent::runtime::{
    Access, Binding, ContainerSpec, Exit, Health, HealthStatus, Namespace, Network, PortMapping, RuntimeError, Seen,
    SeenContainer, TaskLabels,
};
use bollard::Docker;
use bollard::models::{
    ContainerCreateBody, ContainerInspectResponse, ContainerState, DeviceRequest, HealthStatusEnum, HealthcheckResult,
    HostConfig, HostConfigLogConfig, ResourcesUlimits,
};
use bollard::query_parameters::{
    CreateContainerOptionsBuilder, ListContainersOptionsBuilder, RemoveContainerOptionsBuilder,
    StopContainerOptionsBuilder,
};
use serde::de::DeserializeOwned;
use wire::time::Time;

use crate::deadline::{Kind, within};
use crate::disk::Quota;
use crate::{HOST_LABEL, ports, sandbox, settled, status, text, volume};

pub const TASK_LABEL: &str = "com.amazonaws.ecs.task-arn";
pub const NAME_LABEL: &str = "com.amazonaws.ecs.container-name";
/// The least weight that the kernel takes.
pub const MIN_CPU_SHARES: u32 = 2;
pub const MAX_CPU_SHARES: u32 = 262_144;
const MIB: i64 = 1 << 20;
/// Of what a health check said, in characters.
const MAX_HEALTH_OUTPUT: usize = 1024;
/// Output that is kept of one container that does not say where its output goes.
const LOG_SIZE: &str = "10m";
const LOG_FILES: &str = "3";

/// The labels of the stock agent, and which host it is.
pub fn labels(task: &TaskLabels, host_id: &str) -> HashMap<String, String> {
    let pairs = [
        (TASK_LABEL, &task.arn),
        ("com.amazonaws.ecs.cluster", &task.cluster),
        ("com.amazonaws.ecs.task-definition-family", &task.family),
        ("com.amazonaws.ecs.task-definition-version", &task.revision),
    ];
    let mut labels: HashMap<String, String> = pairs.into_iter().map(|(k, v)| (k.to_owned(), v.clone())).collect();
    labels.insert(HOST_LABEL.into(), host_id.into());
    labels
}

/// What the host adds to a container.
pub struct Given {
    /// The control group that limits its task as a whole.
    pub cgroup_parent: Option<String>,
    /// How many processes and threads its task may have.
    pub pids: Option<u32>,
    /// How many files it may have open if it does not say.
    pub open_files: Option<i64>,
    /// Whether what it writes can be bounded.
    pub quota: Quota,
    /// Its ports, with those chosen that must be in a row.
    pub ports: Vec<PortMapping>,
    /// What it mounts.
    pub binds: Vec<String>,
}

/// Creates it, or takes the one that has the name already: names are never used for two.
pub async fn create(
    docker: &Docker,
    spec: &ContainerSpec,
    host_id: &str,
    given: Given,
) -> Result<String, RuntimeError> {
    let options = CreateContainerOptionsBuilder::new().name(&spec.runtime_name).build();
    let body = body(spec, host_id, given)?;
    match docker.create_container(Some(options), body).await {
        Ok(created) => Ok(created.id),
        Err(error) if status(&error) == Some(409) => {
            let existing = docker.inspect_container(&spec.runtime_name, None).await;
            existing
                .ok()
                .and_then(|it| it.id)
                .ok_or_else(|| RuntimeError::new("CannotCreateContainerError", text(&error)))
        }
        Err(error) => Err(RuntimeError::new("CannotCreateContainerError", text(&error))),
    }
}

/// What the server has said in Docker's words, with what is the agent's to say laid over it.
fn body(spec: &ContainerSpec, host_id: &str, it: Given) -> Result<ContainerCreateBody, RuntimeError> {
    let given: ContainerCreateBody = words(&spec.docker.config)?;
    let mut labels = labels(&spec.task, host_id);
    labels.insert(NAME_LABEL.into(), spec.container.clone());
    // What a user asks for never takes the place of what says whose the container is.
    for (name, value) in given.labels.into_iter().flatten() {
        labels.entry(name).or_insert(value);
    }
    labels.extend(ports::ranges(&it.ports).map(|text| (ports::RANGES_LABEL.to_owned(), text)));
    labels.extend(ports::held(&it.ports).map(|text| (ports::HELD_LABEL.to_owned(), text)));
    Ok(ContainerCreateBody {
        image: Some(spec.image.clone()),
        cmd: spec.command.clone(),
        entrypoint: spec.entry_point.clone(),
        env: Some(
            spec.environment
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect(),
        ),
        labels: Some(labels),
        exposed_ports: Some(ports::exposed(&it.ports)),
        host_config: Some(host_config(spec, it)?),
        ..given
    })
}

fn words<T: DeserializeOwned>(text: &str) -> Result<T, RuntimeError> {
    serde_json::from_str(text).map_err(|e| RuntimeError::new("HostConfigError", e))
}

fn host_config(spec: &ContainerSpec, it: Given) -> Result<HostConfig, RuntimeError> {
    let given: HostConfig = words(&spec.docker.host_config)?;
    // Without a parent that limits the task as a whole, each container is held to the task's size.
    let alone = it.cgroup_parent.is_none();
    let memory_mib = spec.memory_mib.or(spec.limits.memory_mib);
    Ok(HostConfig {
        network_mode: Some(match spec.network {
            Network::Bridge => "bridge".into(),
            Network::Host => "host".into(),
            Network::None => "none".into(),
            Network::Sandbox => format!("container:{}", sandbox::name(&spec.task)),
        }),
        pid_mode: namespace(spec.pid, &spec.task),
        ipc_mode: namespace(spec.ipc, &spec.task),
        port_bindings: Some(ports::wanted(&it.ports)),
        cpu_shares: Some(i64::from(spec.cpu_shares.clamp(MIN_CPU_SHARES, MAX_CPU_SHARES))),
        nano_cpus: spec.limits.cpu.filter(|_| alone).map(|cores| (cores * 1e9) as i64),
        // Said even where the task is held to it: systemd would hold each container to a number of its own.
        pids_limit: it.pids.map(i64::from),
        memory: memory_mib.map(|mib| i64::from(mib) * MIB),
        // Swap would let a container outgrow its limit unseen, unless it was asked for.
        memory_swap: given.memory_swap.or(memory_mib.map(|mib| i64::from(mib) * MIB)),
        cgroup_parent: it.cgroup_parent,
        ulimits: Some(ulimits(given.ulimits.unwrap_or_default(), it.open_files)),
        binds: Some(it.binds),
        storage_opt: given.storage_opt.filter(|_| it.quota == Quota::Kept),
        volumes_from: Some(volumes_from(spec)),
        links: Some(spec.links.clone()),
        device_requests: (!spec.gpus.is_empty())
            .then(|| vec![gpus(&spec.gpus)])
            .or(given.device_requests),
        log_config: Some(given.log_config.unwrap_or_else(bounded_log)),
        ..given
    })
}

fn namespace(it: Namespace, task: &TaskLabels) -> Option<String> {
    match it {
        Namespace::Own => None,
        Namespace::None => Some("none".into()),
        Namespace::Task => Some(format!("container:{}", sandbox::name(task))),
        Namespace::Host => Some("host".into()),
    }
}

fn volumes_from(spec: &ContainerSpec) -> Vec<String> {
    let from = |(name, access): &(String, Access)| format!("{name}{}", volume::suffix(*access));
    spec.volumes_from.iter().map(from).collect()
}

/// Those of the definition; and of open files the host's, where it says nothing of them.
fn ulimits(mut given: Vec<ResourcesUlimits>, open_files: Option<i64>) -> Vec<ResourcesUlimits> {
    let says = given.iter().any(|it| it.name.as_deref() == Some("nofile"));
    given.extend(open_files.filter(|_| !says).map(|most| ResourcesUlimits {
        name: Some("nofile".into()),
        soft: Some(most),
        hard: Some(most),
    }));
    given
}

fn gpus(ids: &[String]) -> DeviceRequest {
    DeviceRequest {
        driver: Some("nvidia".into()),
        device_ids: Some(ids.to_vec()),
        capabilities: Some(vec![vec!["gpu".into()]]),
        ..Default::default()
    }
}

fn bounded_log() -> HostConfigLogConfig {
    HostConfigLogConfig {
        typ: Some("json-file".into()),
        config: Some(HashMap::from([
            ("max-size".into(), LOG_SIZE.into()),
            ("max-file".into(), LOG_FILES.into()),
        ])),
    }
}

/// Starts it, and says how its ports can be reached. The engine is only asked where it had to choose them.
pub async fn start(docker: &Docker, spec: &ContainerSpec) -> Result<Vec<Binding>, RuntimeError> {
    let started = docker.start_container(&spec.runtime_name, None).await;
    match started {
        Err(error) if status(&error) != Some(304) => {
            return Err(RuntimeError::new("CannotStartContainerError", text(&error)));
        }
        Ok(()) | Err(_) => {}
    }
    if spec.ports.is_empty() {
        return Ok(Vec::new());
    }
    if spec.ports.iter().all(|it| it.host_port != 0) {
        return Ok(spec.ports.iter().map(ports::fixed).collect());
    }
    let found = docker.inspect_container(&spec.runtime_name, None).await;
    found
        .map(|it| ports::bindings(&it))
        .map_err(|e| RuntimeError::new("CannotInspectContainerError", text(&e)))
}

pub async fn stop(docker: &Docker, name: &str, grace_s: u32) -> Result<(), RuntimeError> {
    let options = StopContainerOptionsBuilder::new()
        .t(i32::try_from(grace_s).unwrap_or(i32::MAX))
        .build();
    settled(
        docker.stop_container(name, Some(options)).await,
        "CannotStopContainerError",
    )
}

/// With its anonymous volumes, whether it runs or not.
pub async fn remove(docker: &Docker, name: &str) -> Result<(), RuntimeError> {
    let options = RemoveContainerOptionsBuilder::new().force(true).v(true).build();
    settled(
        docker.remove_container(name, Some(options)).await,
        "CannotRemoveContainerError",
    )
}

/// The containers of this host's tasks, each as it is now.
pub async fn list(docker: &Docker, host_id: &str) -> Result<Vec<SeenContainer>, RuntimeError> {
    let filters = HashMap::from([("label", vec![format!("{HOST_LABEL}={host_id}"), NAME_LABEL.to_owned()])]);
    let options = ListContainersOptionsBuilder::new().all(true).filters(&filters).build();
    let listed = async {
        let all = docker.list_containers(Some(options)).await;
        all.map_err(|e| RuntimeError::new("CannotListContainersError", text(&e)))
    };
    let all = within(Kind::List, listed).await?;
    let mut seen = Vec::new();
    for it in all {
        let (Some(id), Some(labels)) = (it.id, it.labels) else {
            continue;
        };
        let (Some(task_arn), Some(container)) = (labels.get(TASK_LABEL), labels.get(NAME_LABEL)) else {
            continue;
        };
        // One that is not seen is taken for lost: better to see nothing.
        let Some(details) = within(Kind::Inspect, find(docker, &id)).await? else {
            continue;
        };
        let Some(state) = details.state.as_ref().and_then(|state| seen_state(state, &details)) else {
            continue;
        };
        seen.push(SeenContainer {
            task_arn: task_arn.clone(),
            container: container.clone(),
            runtime_id: id,
            state,
            started_ms: started_ms(&details),
            health: health_of(&details),
        });
    }
    Ok(seen)
}

/// None where it has gone between the list and the look at it.
async fn find(docker: &Docker, id: &str) -> Result<Option<ContainerInspectResponse>, RuntimeError> {
    match docker.inspect_container(id, None).await {
        Ok(details) => Ok(Some(details)),
        Err(error) if status(&error) == Some(404) => Ok(None),
        Err(error) => Err(RuntimeError::new("CannotInspectContainerError", text(&error))),
    }
}

fn seen_state(state: &ContainerState, details: &ContainerInspectResponse) -> Option<Seen> {
    use bollard::models::ContainerStateStatusEnum as Status;
    match state.status? {
        Status::CREATED => Some(Seen::Created),
        Status::RUNNING | Status::PAUSED | Status::RESTARTING => Some(Seen::Running {
            bindings: ports::bindings(details),
        }),
        Status::EXITED | Status::DEAD | Status::STOPPING => Some(Seen::Exited { exit: exit(state) }),
        Status::REMOVING | Status::EMPTY => None,
    }
}

/// What the engine says of a container after its end.
pub enum Ended {
    With(Exit),
    /// It has been started again.
    Runs,
    Gone,
}

pub async fn ended(docker: &Docker, id: &str) -> Ended {
    let found = docker.inspect_container(id, None).await;
    match found.ok().and_then(|it| it.state) {
        Some(state) if state.running == Some(true) => Ended::Runs,
        Some(state) => Ended::With(exit(&state)),
        None => Ended::Gone,
    }
}

pub async fn health(docker: &Docker, id: &str) -> Option<Health> {
    health_of(&docker.inspect_container(id, None).await.ok()?)
}

fn health_of(details: &ContainerInspectResponse) -> Option<Health> {
    let health = details.state.as_ref()?.health.as_ref()?;
    let status = match health.status? {
        HealthStatusEnum::HEALTHY => HealthStatus::Healthy,
        HealthStatusEnum::UNHEALTHY => HealthStatus::Unhealthy,
        HealthStatusEnum::STARTING => HealthStatus::Unknown,
        HealthStatusEnum::NONE | HealthStatusEnum::EMPTY => return None,
    };
    let log = health.log.as_deref().unwrap_or_default();
    let last = log.last();
    let passed = |it: &HealthcheckResult| it.exit_code == Some(0);
    let alike = log.iter().rev().take_while(|it| Some(passed(it)) == last.map(passed));
    Some(Health {
        status,
        since_ms: alike.last().and_then(|it| parse_time(it.end.as_deref()?)),
        exit_code: last
            .and_then(|it| it.exit_code)
            .and_then(|code| i32::try_from(code).ok()),
        output: last
            .and_then(|it| it.output.as_deref())
            .map(|text| text.chars().take(MAX_HEALTH_OUTPUT).collect()),
    })
}

fn started_ms(details: &ContainerInspectResponse) -> Option<i64> {
    parse_time(details.state.as_ref()?.started_at.as_deref()?)
}

fn exit(state: &ContainerState) -> Exit {
    Exit {
        code: state
            .exit_code
            .and_then(|code| i32::try_from(code).ok())
            .unwrap_or_default(),
        out_of_memory: state.oom_killed == Some(true),
        at_ms: state.finished_at.as_deref().and_then(parse_time).unwrap_or_default(),
    }
}

/// `2026-11-24T10:00:00.123456789Z` in milliseconds, or with an offset in place of the `Z`: checks of health are told in local time.
fn parse_time(text: &str) -> Option<i64> {
    let zone = text.find('T')? + text[text.find('T')?..].find(['Z', '+', '-'])?;
    let (time, zone) = text.split_at(zone);
    let (whole, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let basic: String = whole.chars().filter(|c| !matches!(c, '-' | ':')).chain(['Z']).collect();
    let millis: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some(Time::parse_basic(&basic)?.as_millis() + millis - offset_ms(zone)?)
}

/// `Z`, or as in `+01:00`.
fn offset_ms(zone: &str) -> Option<i64> {
    let Some((hours, minutes)) = zone.split_once(':') else {
        return (zone == "Z").then_some(0);
    };
    let sign = if hours.starts_with('-') { -1 } else { 1 };
    let minutes: i64 = hours.parse::<i64>().ok()?.abs() * 60 + minutes.parse::<i64>().ok()?;
    Some(sign * minutes * 60_000)
}

#[cfg(test)]
mod tests {
    use agent::runtime::DockerWords;

    use super::*;

    #[test]
    fn the_engines_times_are_read_to_the_millisecond() {
        assert_eq!(parse_time("1970-01-01T00:00:01.5Z"), Some(1500));
        assert_eq!(parse_time("2023-11-14T22:13:20.123456789Z"), Some(1_700_000_000_123));
        assert_eq!(parse_time("1970-01-01T00:00:01Z"), Some(1000));
        assert_eq!(parse_time("1970-01-01T01:00:01.25+01:00"), Some(1250));
        assert_eq!(parse_time("1969-12-31T19:30:01-04:30"), Some(1000));
        assert_eq!(parse_time("yesterday"), None);
    }

    fn spec(gpus: &[&str], host_config: &str) -> ContainerSpec {
        ContainerSpec {
            task: TaskLabels {
                arn: "arn:aws:ecs:us-east-1:1:task/web/1".into(),
                cluster: "web".into(),
                family: "app".into(),
                revision: "1".into(),
            },
            container: "main".into(),
            runtime_name: "ecs-app-1-main-1".into(),
            image: "app:1".into(),
            command: None,
            entry_point: None,
            environment: Default::default(),
            docker: DockerWords {
                config: "{}".into(),
                host_config: host_config.into(),
            },
            network: Network::Bridge,
            pid: Namespace::Own,
            ipc: Namespace::Own,
            ports: Vec::new(),
            mounts: Vec::new(),
            volumes_from: Vec::new(),
            links: Vec::new(),
            cpu_shares: 0,
            memory_mib: None,
            limits: Default::default(),
            gpus: gpus.iter().map(|&id| id.into()).collect(),
        }
    }

    fn asked(spec: &ContainerSpec, quota: Quota) -> HostConfig {
        asked_below(None, spec, quota)
    }

    fn asked_below(cgroup_parent: Option<&str>, spec: &ContainerSpec, quota: Quota) -> HostConfig {
        let given = Given {
            cgroup_parent: cgroup_parent.map(str::to_owned),
            pids: Some(100),
            open_files: None,
            quota,
            ports: Vec::new(),
            binds: Vec::new(),
        };
        let body = body(spec, "host", given).expect("its words are JSON");
        body.host_config.expect("every container has one")
    }

    #[test]
    fn a_container_is_created_with_the_gpus_that_are_its_own_and_no_others() {
        let requests = |gpus: &[&str]| {
            let requests = asked(&spec(gpus, "{}"), Quota::Kept).device_requests;
            serde_json::to_string(&requests).expect("it is plain data")
        };
        assert_eq!(requests(&[]), "null");
        assert_eq!(
            requests(&["GPU-a", "GPU-b"]),
            r#"[{"Driver":"nvidia","DeviceIDs":["GPU-a","GPU-b"],"Capabilities":[["gpu"]]}]"#
        );
    }

    #[test]
    fn a_container_may_have_the_tasks_processes_whoever_counts_them() {
        for parent in [None, Some("ecstasks-1.slice")] {
            let asked = asked_below(parent, &spec(&[], "{}"), Quota::Unknown);
            assert_eq!((asked.pids_limit, asked.cgroup_parent.as_deref()), (Some(100), parent));
        }
    }

    #[test]
    fn a_size_is_asked_for_where_the_engine_can_hold_a_container_to_it() {
        let spec = spec(&[], r#"{"StorageOpt":{"size":"20G"}}"#);
        let size = |quota| asked(&spec, quota).storage_opt.map(|it| it["size"].clone());
        assert_eq!(size(Quota::Kept).as_deref(), Some("20G"));
        assert_eq!(size(Quota::Unknown), None);
    }
}
