//! A task as its agent is told of it: definition and overrides merged into what a container runtime needs.

use domain::resources::Protocol;
use domain::spec::{Container, NetworkMode, PortMapping, Spec};
use domain::task::{Desired, LaunchType};
use domain::{Site, Snapshot, Task};
use model::{acs, ecs};

use super::docker_config::docker_config;
use super::{interfaces, volumes};
use crate::ecs::{account_settings, shape};

/// CPU units of one core.
const UNITS_PER_CPU: f64 = 1024.0;

/// None where the task's definition is gone, which the store does not allow while a task runs.
pub fn task(view: &Snapshot, site: &Site, it: &Task) -> Option<acs::Task> {
    let origin = it.origin();
    let document = shape::parse_document(view.definition(&origin.definition)?.document());
    let spec = shape::overridden(shape::spec(&document), &origin.overrides);
    let log_mode = account_settings::of_account(view, site, account_settings::LOG_MODE);
    let containers = document.container_definitions.iter().flatten();
    let containers = containers.zip(&spec.containers).zip(it.containers());
    Some(acs::Task {
        arn: Some(site.task_arn(&origin.cluster, it.id())),
        desired_status: Some(match it.desired() {
            Desired::Running => "RUNNING".into(),
            Desired::Stopped => "STOPPED".into(),
        }),
        family: Some(origin.definition.family.to_string()),
        version: Some(origin.definition.revision.to_string()),
        task_cluster_arn: Some(site.cluster_arn(&origin.cluster)),
        task_definition_account_id: Some(site.account.clone()),
        containers: Some(
            containers
                .map(|((definition, c), of)| {
                    let arn = site.container_arn(&origin.cluster, it.id(), of.id);
                    let docker = docker_config(definition, c, &spec, origin.ephemeral_gib(), log_mode);
                    container(definition, c, &spec, docker, arn)
                })
                .collect(),
        ),
        cpu: spec.cpu.map(|units| f64::from(units) / UNITS_PER_CPU),
        memory: spec.memory_mib.map(|mib| mib as i32),
        network_mode: Some(network_mode(spec.network_mode).into()),
        elastic_network_interfaces: Some(interfaces::of_task(view, site, it)).filter(|all| !all.is_empty()),
        launch_type: Some(match origin.launch_type {
            LaunchType::Ec2 => "EC2".into(),
            LaunchType::Fargate => "FARGATE".into(),
        }),
        group: Some(origin.group.to_string()),
        volumes: Some(volumes::volumes(&document)),
        attachments: Some(volumes::attachments(site, it)),
        pid_mode: document.pid_mode.clone(),
        ipc_mode: document.ipc_mode.clone(),
        associations: Some(gpus(it)).filter(|all| !all.is_empty()),
        ..Default::default()
    })
}

/// Which GPU of the host is whose. The agent wants nothing but its id.
fn gpus(it: &Task) -> Vec<acs::Association> {
    let of = |container: &str, id: &String| acs::Association {
        name: Some(id.clone()),
        r#type: Some("gpu".into()),
        content: Some(acs::AssociationContent {
            encoding: Some("base64".into()),
            value: Some(String::new()),
        }),
        containers: Some(vec![container.to_owned()]),
    };
    let containers = it.containers().iter();
    containers
        .flat_map(|c| c.gpu_ids().iter().map(|id| of(&c.name, id)))
        .collect()
}

pub(super) fn network_mode(it: NetworkMode) -> &'static str {
    match it {
        NetworkMode::Bridge => "bridge",
        NetworkMode::Host => "host",
        NetworkMode::None => "none",
        NetworkMode::Awsvpc => "awsvpc",
    }
}

/// `it` is what the overrides have left of `definition`.
fn container(
    definition: &ecs::ContainerDefinition,
    it: &Container,
    spec: &Spec,
    docker: acs::DockerConfig,
    arn: String,
) -> acs::Container {
    // An awsvpc task has an address of its own: there is nothing to map, and a runtime would refuse to.
    let ranges = definition.port_mappings.iter().flatten().filter_map(range);
    let ports = it.ports.iter().map(port).chain(ranges);
    let ports = ports.filter(|_| spec.network_mode == NetworkMode::Bridge);
    acs::Container {
        name: Some(it.name.clone()),
        image: Some(it.image.clone()),
        command: it.command.clone(),
        entry_point: it.entry_point.clone(),
        environment: Some(it.environment.clone()),
        cpu: Some(it.cpu as i32),
        memory: it.memory_mib.map(|mib| mib as i32),
        essential: Some(it.essential),
        port_mappings: Some(ports.collect()),
        stop_timeout: it.stop_timeout_s.map(|s| s as i32),
        container_arn: Some(arn),
        docker_config: Some(docker),
        depends_on: definition
            .depends_on
            .as_ref()
            .map(|all| all.iter().map(dependency).collect()),
        start_timeout: definition.start_timeout,
        restart_policy: definition.restart_policy.as_ref().map(restart_policy),
        // A check that only the image has is not reported.
        health_check_type: definition.health_check.as_ref().map(|_| "docker".into()),
        links: definition.links.clone(),
        mount_points: Some(volumes::mount_points(definition)),
        volumes_from: Some(volumes::volumes_from(definition)),
    }
}

fn dependency(it: &ecs::ContainerDependency) -> acs::ContainerDependency {
    acs::ContainerDependency {
        container_name: it.container_name.clone(),
        condition: it.condition.clone(),
    }
}

fn restart_policy(it: &ecs::ContainerRestartPolicy) -> acs::RestartPolicy {
    acs::RestartPolicy {
        enabled: it.enabled,
        ignored_exit_codes: it.ignored_exit_codes.clone(),
        restart_attempt_period: it.restart_attempt_period,
    }
}

/// The host chooses where a range is to be reached.
fn range(it: &ecs::PortMapping) -> Option<acs::PortMapping> {
    Some(acs::PortMapping {
        container_port_range: Some(it.container_port_range.clone()?),
        protocol: it.protocol.clone(),
        ..Default::default()
    })
}

fn port(it: &PortMapping) -> acs::PortMapping {
    acs::PortMapping {
        container_port: Some(i32::from(it.container_port)),
        host_port: Some(i32::from(it.host_port)),
        protocol: Some(
            match it.protocol {
                Protocol::Tcp => "tcp",
                Protocol::Udp => "udp",
            }
            .into(),
        ),
        ..Default::default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use expect_test::expect;
    use model::acs;
    use wire::json;

    use crate::testing::World;

    #[test]
    fn what_the_agent_decides_on_goes_in_fields_and_what_the_engine_does_in_its_own_words() {
        let world = World::new("cluster web; host a in web");
        let container = r#"{"name":"main","image":"app:1","memory":64,"startTimeout":5,"dependsOn":[{"containerName":"db","condition":"HEALTHY"}],"restartPolicy":{"enabled":true,"ignoredExitCodes":[0]}},{"name":"db","image":"db:1","memory":64,"healthCheck":{"command":["true"],"startPeriod":2}}"#;
        world.ask(&format!(
            r#"RegisterTaskDefinition {{"family":"app","containerDefinitions":[{container}]}}"#
        ));
        let view = world.view();
        let id = domain::DefinitionId {
            family: "app".into(),
            revision: 1,
        };
        let definition = view.definition(&id).unwrap();
        let document = crate::ecs::shape::parse_document(definition.document());
        let spec = crate::ecs::shape::spec(&document);
        let definitions = document.container_definitions.unwrap();
        let sent = |at: usize| {
            let (definition, of) = (&definitions[at], &spec.containers[at]);
            let docker = super::docker_config(definition, of, &spec, None, "blocking");
            let it = super::container(definition, of, &spec, docker, "arn".into());
            let decided = acs::Container {
                depends_on: it.depends_on,
                start_timeout: it.start_timeout,
                restart_policy: it.restart_policy,
                health_check_type: it.health_check_type,
                ..Default::default()
            };
            let config = it.docker_config.and_then(|it| it.config).unwrap();
            let config = json::parse(config.as_bytes()).unwrap();
            let check = config.get("Healthcheck").map(json::write_value).unwrap_or_default();
            format!("{}\n{check}\n", json::to_string(&decided))
        };
        expect![[r#"
            {"dependsOn":[{"containerName":"db","condition":"HEALTHY"}],"startTimeout":5,"restartPolicy":{"enabled":true,"ignoredExitCodes":[0]}}

        "#]].assert_eq(&sent(0));
        expect![[r#"
            {"healthCheckType":"docker"}
            {"Test":["CMD","true"],"Interval":30000000000,"Timeout":5000000000,"Retries":3,"StartPeriod":2000000000}
        "#]]
        .assert_eq(&sent(1));
    }
}
