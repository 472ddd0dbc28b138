//! DescribeContainerInstances shows instances of a cluster by id or ARN.

use model::ecs::{ContainerInstance, DescribeContainerInstancesRequest, DescribeContainerInstancesResponse, Failure};
use wire::ApiError;

use super::{errors, resolve, shape, tags};
use crate::call::Reply;
use crate::cx::Cx;

/// Most instances in one call.
const MAX_INSTANCES: usize = 100;

pub fn describe_container_instances(
    cx: &Cx<'_>,
    input: DescribeContainerInstancesRequest,
) -> Result<Reply<DescribeContainerInstancesResponse>, ApiError> {
    let cluster = resolve::cluster(cx, input.cluster.as_deref())?.name();
    let given = input.container_instances.unwrap_or_default();
    if given.is_empty() {
        return Err(errors::invalid("Container instance cannot be empty."));
    }
    if given.len() > MAX_INSTANCES {
        return Err(errors::invalid(format!(
            "Container instances cannot have more than {MAX_INSTANCES} entries."
        )));
    }
    let with_tags = tags::asked(input.include.as_deref());
    let with_health = input
        .include
        .iter()
        .flatten()
        .any(|it| it == "CONTAINER_INSTANCE_HEALTH");

    let (mut instances, mut failures) = (Vec::new(), Vec::new());
    for name in given {
        match resolve::get_instance(cx, cluster, &name)? {
            Some(instance) => instances.push(ContainerInstance {
                health_status: with_health.then(|| shape::instance_health(instance)),
                ..shape::instance(cx, instance, with_tags)
            }),
            None => {
                failures.push(Failure {
                    arn: Some(shape::instance_arn(cx, cluster, name)),
                    reason: Some("MISSING".into()),
                    detail: None,
                });
            }
        }
    }
    Ok(Reply::new(DescribeContainerInstancesResponse {
        container_instances: Some(instances),
        failures: Some(failures),
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn remaining_is_registered_less_what_tasks_hold() {
        check(
            "cluster web; host a in web cpu=1024 memory=2048; task t1 in web on a RUNNING",
            r#"DescribeContainerInstances {"cluster":"web","containerInstances":["$a"]}"#,
            expect![[r#"
                200 {"containerInstances":[{"containerInstanceArn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/0000000000000000000000000000a001","ec2InstanceId":"i-0000000000000a001","version":3,"versionInfo":{},"remainingResources":[{"name":"CPU","type":"INTEGER","doubleValue":0.0,"longValue":0,"integerValue":768},{"name":"MEMORY","type":"INTEGER","doubleValue":0.0,"longValue":0,"integerValue":1536},{"name":"PORTS","type":"STRINGSET","doubleValue":0.0,"longValue":0,"integerValue":0,"stringSetValue":[]},{"name":"PORTS_UDP","type":"STRINGSET","doubleValue":0.0,"longValue":0,"integerValue":0,"stringSetValue":[]}],"registeredResources":[{"name":"CPU","type":"INTEGER","doubleValue":0.0,"longValue":0,"integerValue":1024},{"name":"MEMORY","type":"INTEGER","doubleValue":0.0,"longValue":0,"integerValue":2048},{"name":"PORTS","type":"STRINGSET","doubleValue":0.0,"longValue":0,"integerValue":0,"stringSetValue":[]},{"name":"PORTS_UDP","type":"STRINGSET","doubleValue":0.0,"longValue":0,"integerValue":0,"stringSetValue":[]}],"status":"ACTIVE","agentConnected":true,"runningTasksCount":1,"pendingTasksCount":0,"attributes":[{"name":"com.amazonaws.ecs.capability.docker-remote-api.1.18"},{"name":"com.amazonaws.ecs.capability.docker-remote-api.1.21"},{"name":"ecs.capability.task-cpu-mem-limit"},{"name":"ecs.capability.container-ordering"}],"registeredAt":0.000,"attachments":[],"tags":[]}],"failures":[]}
            "#]],
        );
    }

    #[test]
    fn hosts_of_the_fargate_pool_are_nobodys_to_see() {
        check(
            "host f in fargate",
            r#"DescribeContainerInstances {"containerInstances":["$f"]} -> containerInstances failures.0.reason"#,
            expect![[r#"
                200 containerInstances=[] failures.0.reason="MISSING"
            "#]],
        );
        check(
            "",
            r#"DescribeContainerInstances {"containerInstances":[]}"#,
            expect![[r#"
                400 InvalidParameterException: Container instance cannot be empty.
            "#]],
        );
    }

    #[test]
    fn health_is_shown_when_asked_for() {
        check(
            "cluster web; host a in web",
            r#"DescribeContainerInstances {"cluster":"web","containerInstances":["$a"],"include":["CONTAINER_INSTANCE_HEALTH"]} -> containerInstances.0.healthStatus"#,
            expect![[r#"
                200 containerInstances.0.healthStatus={"overallStatus":"INSUFFICIENT_DATA","details":[]}
            "#]],
        );
    }
}
