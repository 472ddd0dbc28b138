//! RegisterContainerInstance makes a host an instance, or renews the registration of one whose agent has started again.

mod claims;

use std::net::Ipv4Addr;

use domain::host::Pool;
use domain::instance::{Attribute, Status, VersionInfo};
use domain::network::{Link, Reach};
use domain::{Host, HostId, Instance, InstanceId, Key};
use model::ecs::{RegisterContainerInstanceRequest, RegisterContainerInstanceResponse};
use wire::ApiError;

use super::{errors, resolve, shape, tags};
use crate::call::Reply;
use crate::cx::{Caller, Cx};

pub fn register_container_instance(
    cx: &Cx<'_>,
    input: RegisterContainerInstanceRequest,
) -> Result<Reply<RegisterContainerInstanceResponse>, ApiError> {
    claims::check(&input)?;
    let (pool, host) = home(cx, input.cluster.as_deref())?;
    let resources = input.total_resources.as_deref().unwrap_or_default();
    let (registered, gpu_ids) = (shape::parse_resources(resources), shape::parse_gpu_ids(resources));
    let mut instance = known(cx, input.container_instance_arn.as_deref(), &pool, host)?.unwrap_or_else(|| {
        Instance::new(
            InstanceId::new(cx.ids.next()),
            pool.clone(),
            host,
            registered.clone(),
            cx.now,
        )
    });
    if instance.registered.cpu != registered.cpu && input.container_instance_arn.is_some() {
        return Err(errors::client("Container instance type changes are not supported."));
    }
    instance.registered = registered;
    instance.gpu_ids = gpu_ids;
    merge(
        &mut instance.attributes,
        shape::parse_attributes(input.attributes.unwrap_or_default()),
    );
    claims::number_of_attributes(&instance)?;
    if instance.attribute(Instance::ZONE).is_none() {
        // Every EC2 instance is in some zone, and strategies spread over them.
        instance.attributes.push(Attribute {
            name: Instance::ZONE.into(),
            value: Some(cx.site.default_zone()),
        });
    }
    instance.set_reach(host.and_then(|id| reach(cx.view.host(id)?, &instance)));
    if let Some(version) = input.version_info {
        *instance.version_info = VersionInfo {
            agent_version: version.agent_version,
            agent_hash: version.agent_hash,
            docker_version: version.docker_version,
        };
    }
    if let Some(given) = input.tags {
        instance.tags = tags::parse(Some(given))?;
    }
    let output = RegisterContainerInstanceResponse {
        container_instance: Some(shape::instance(cx, &instance, true)),
    };
    let reply = Reply::new(output).put(instance);
    let reply = match host {
        Some(id) => reply.require(Key::Host(id)),
        None => reply,
    };
    Ok(match pool {
        Pool::Cluster(name) => reply.require(Key::Cluster(name)),
        Pool::Fargate => reply,
    })
}

/// The instance whose agent has started again: by its ARN, or else the one that the host has, because its agent has lost that.
fn known(cx: &Cx<'_>, arn: Option<&str>, pool: &Pool, host: Option<HostId>) -> Result<Option<Instance>, ApiError> {
    let Some(arn) = arn else {
        return Ok(host.and_then(|id| cx.view.instance_of_host(id)).cloned());
    };
    let known = resolve::instance_of_agent(cx, arn)?;
    if known.pool() != pool || known.status() == Status::Inactive {
        return Err(errors::invalid(
            "The container instance is deregistered or of another cluster. Register without its ARN.",
        ));
    }
    Ok(Some(known.clone()))
}

/// The pool that the instance will serve: a host's own, whatever it says; else the cluster that is named.
fn home(cx: &Cx<'_>, cluster: Option<&str>) -> Result<(Pool, Option<HostId>), ApiError> {
    match cx.caller {
        Caller::Host { id, .. } => {
            let host = cx
                .view
                .host(*id)
                .filter(|it| it.left_at().is_none())
                .ok_or_else(|| errors::access_denied("This host has not joined."))?;
            if let Pool::Cluster(name) = &host.pool {
                resolve::active_cluster(cx, Some(name.as_str()))?;
            }
            Ok((host.pool.clone(), Some(*id)))
        }
        Caller::Root | Caller::Anonymous => Ok((
            Pool::Cluster(resolve::active_cluster(cx, cluster)?.name().clone()),
            None,
        )),
    }
}

/// How other hosts reach its tasks, by what an agent of ours says of itself. What is no address of one machine is none: the other
/// hosts would send packets there.
fn reach(host: &Host, instance: &Instance) -> Option<Reach> {
    let value = |name| instance.attribute(name)?.value.as_deref();
    let link = match value(Instance::TASK_NETWORK)? {
        "overlay" => Link::Overlay,
        "routed" => Link::Routed,
        _ => return None,
    };
    let address: Ipv4Addr = value(Instance::ADDRESS)?.parse().ok()?;
    let of_one = !address.is_unspecified() && !address.is_multicast() && !address.is_broadcast();
    of_one.then_some(Reach {
        network: host.network,
        address,
        link,
    })
}

/// An agent leaves out, when it registers again, what it did not bring itself: those attributes stay.
fn merge(attributes: &mut Vec<Attribute>, given: Vec<Attribute>) {
    attributes.retain(|old| !given.iter().any(|new| new.name == old.name));
    attributes.extend(given);
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    #[test]
    fn attributes_come_back_as_they_were_sent() {
        check(
            "cluster web",
            r#"RegisterContainerInstance {"cluster":"web","totalResources":[{"name":"CPU","type":"INTEGER","integerValue":2048},{"name":"MEMORY","type":"INTEGER","integerValue":4096},{"name":"PORTS","type":"STRINGSET","stringSetValue":["22"]}],"attributes":[{"name":"rack","value":"r1"},{"name":"x"}]}"#,
            expect![[r#"
                200 {"containerInstance":{"containerInstanceArn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/6129382d224e352188014f62298cdb5d","ec2InstanceId":"i-188014f62298cdb5d","version":1,"versionInfo":{},"remainingResources":[{"name":"CPU","type":"INTEGER","doubleValue":0.0,"longValue":0,"integerValue":2048},{"name":"MEMORY","type":"INTEGER","doubleValue":0.0,"longValue":0,"integerValue":4096},{"name":"PORTS","type":"STRINGSET","doubleValue":0.0,"longValue":0,"integerValue":0,"stringSetValue":["22"]},{"name":"PORTS_UDP","type":"STRINGSET","doubleValue":0.0,"longValue":0,"integerValue":0,"stringSetValue":[]}],"registeredResources":[{"name":"CPU","type":"INTEGER","doubleValue":0.0,"longValue":0,"integerValue":2048},{"name":"MEMORY","type":"INTEGER","doubleValue":0.0,"longValue":0,"integerValue":4096},{"name":"PORTS","type":"STRINGSET","doubleValue":0.0,"longValue":0,"integerValue":0,"stringSetValue":["22"]},{"name":"PORTS_UDP","type":"STRINGSET","doubleValue":0.0,"longValue":0,"integerValue":0,"stringSetValue":[]}],"status":"ACTIVE","agentConnected":false,"runningTasksCount":0,"pendingTasksCount":0,"attributes":[{"name":"rack","value":"r1"},{"name":"x"},{"name":"ecs.availability-zone","value":"us-east-1a"}],"registeredAt":1700000001.123,"attachments":[],"tags":[]}}
                put instance reserved cpu=0 memory=0
            "#]],
        );
    }

    #[test]
    fn an_agent_that_starts_again_keeps_its_instance_and_custom_attributes() {
        check(
            "cluster web; host a in web cpu=1024 memory=1024",
            r#"RegisterContainerInstance {"cluster":"web","containerInstanceArn":"$a","totalResources":[{"name":"CPU","integerValue":1024},{"name":"MEMORY","integerValue":2048}],"attributes":[{"name":"new"}]} -> containerInstance.attributes containerInstance.registeredResources.1.integerValue"#,
            expect![[r#"
                200 containerInstance.attributes=[{"name":"com.amazonaws.ecs.capability.docker-remote-api.1.18"},{"name":"com.amazonaws.ecs.capability.docker-remote-api.1.21"},{"name":"ecs.capability.task-cpu-mem-limit"},{"name":"ecs.capability.container-ordering"},{"name":"new"},{"name":"ecs.availability-zone","value":"us-east-1a"}] containerInstance.registeredResources.1.integerValue=2048
                put instance reserved cpu=0 memory=0
            "#]],
        );
    }

    #[test]
    fn another_machine_under_the_same_arn_is_refused() {
        check(
            "cluster web; host a in web cpu=1024",
            r#"RegisterContainerInstance {"cluster":"web","containerInstanceArn":"$a","totalResources":[{"name":"CPU","integerValue":4096}]}"#,
            expect![[r#"
                400 ClientException: Container instance type changes are not supported.
            "#]],
        );
        check(
            "cluster web; host a in web; host b in web",
            r#"as b RegisterContainerInstance {"containerInstanceArn":"$a"}"#,
            expect![[r#"
                400 AccessDeniedException: This key belongs to another container instance.
            "#]],
        );
    }

    #[test]
    fn the_cluster_must_exist() {
        check(
            "",
            r#"RegisterContainerInstance {"cluster":"nope"}"#,
            expect![[r#"
                400 ClusterNotFoundException: Cluster not found.
            "#]],
        );
    }

    #[test]
    fn an_agent_says_how_its_tasks_are_reached() {
        for (link, address, reached) in [
            ("overlay", "192.0.2.1", true),
            ("routed", "192.0.2.1", true),
            ("none", "192.0.2.1", false),
            ("overlay", "here", false),
            ("overlay", "224.0.0.1", false),
            ("overlay", "0.0.0.0", false),
        ] {
            let world = World::new("host f in fargate");
            let register = format!(
                r#"as f RegisterContainerInstance {{"attributes":[{{"name":"longshore.task-network","value":"{link}"}},{{"name":"longshore.address","value":"{address}"}}]}}"#
            );
            world.ask(&register);
            let all = world.view();
            assert_eq!(
                all.instances().any(|it| it.reach().is_some()),
                reached,
                "{link} {address}"
            );
        }
    }

    #[test]
    fn gpus_are_shown_by_their_ids() {
        check(
            "cluster web",
            r#"RegisterContainerInstance {"cluster":"web","totalResources":[{"name":"GPU","type":"STRINGSET","stringSetValue":["gpu-1","gpu-2","gpu-1"]}]} -> containerInstance.registeredResources.4 containerInstance.remainingResources.4"#,
            expect![[r#"
                200 containerInstance.registeredResources.4={"name":"GPU","type":"STRINGSET","doubleValue":0.0,"longValue":0,"integerValue":0,"stringSetValue":["gpu-1","gpu-2"]} containerInstance.remainingResources.4={"name":"GPU","type":"STRINGSET","doubleValue":0.0,"longValue":0,"integerValue":0,"stringSetValue":["gpu-1","gpu-2"]}
                put instance reserved cpu=0 memory=0
            "#]],
        );
    }
}
