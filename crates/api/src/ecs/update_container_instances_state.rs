//! UpdateContainerInstancesState takes instances out of placement, and back in. What runs on them runs on.

use domain::instance::Status;
use model::ecs::{Failure, UpdateContainerInstancesStateRequest, UpdateContainerInstancesStateResponse};
use wire::ApiError;

use super::{errors, resolve, shape};
use crate::call::Reply;
use crate::cx::Cx;

/// Most instances in one call.
const MAX_INSTANCES: usize = 10;

pub fn update_container_instances_state(
    cx: &Cx<'_>,
    input: UpdateContainerInstancesStateRequest,
) -> Result<Reply<UpdateContainerInstancesStateResponse>, ApiError> {
    let cluster = resolve::active_cluster(cx, input.cluster.as_deref())?.name();
    let status = match input.status.as_deref() {
        Some("ACTIVE") => Status::Active,
        Some("DRAINING") => Status::Draining,
        _ => {
            return Err(errors::invalid(
                "Container instance status should be one of [ACTIVE, DRAINING]",
            ));
        }
    };
    let given = input.container_instances.unwrap_or_default();
    if given.is_empty() {
        return Err(errors::invalid("Container instance cannot be empty."));
    }
    if given.len() > MAX_INSTANCES {
        return Err(errors::invalid(format!(
            "Container instances cannot have more than {MAX_INSTANCES} entries."
        )));
    }
    let (mut shown, mut failures, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for name in given {
        let instance = resolve::get_instance(cx, cluster, &name)?;
        let reason = match instance.map(|it| it.status()) {
            None => "MISSING",
            Some(Status::Inactive) => "INACTIVE",
            Some(Status::Active | Status::Draining) => "",
        };
        let Some(mut instance) = instance.filter(|_| reason.is_empty()).cloned() else {
            failures.push(Failure {
                arn: Some(shape::instance_arn(cx, cluster, name)),
                reason: Some(reason.into()),
                detail: None,
            });
            continue;
        };
        let moved = instance.set_draining(status == Status::Draining);
        shown.push(shape::instance(cx, &instance, false));
        if moved {
            changed.push(instance);
        }
    }
    let output = UpdateContainerInstancesStateResponse {
        container_instances: Some(shown),
        failures: Some(failures),
    };
    Ok(Reply::new(output).put_all(changed))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "cluster web; host a in web; family app; task t1 in web on a RUNNING";
    const DRAIN: &str =
        r#"UpdateContainerInstancesState {"cluster":"web","containerInstances":["$a"],"status":"DRAINING"}"#;

    #[test]
    fn a_draining_instance_keeps_its_tasks_and_gets_none() {
        check(
            WORLD,
            &format!("{DRAIN} -> containerInstances.0.status containerInstances.0.runningTasksCount failures"),
            expect![[r#"
                200 containerInstances.0.status="DRAINING" containerInstances.0.runningTasksCount=1 failures=[]
                put instance reserved cpu=256 memory=512
            "#]],
        );
        check(
            WORLD,
            &format!(r#"{DRAIN} ; RunTask {{"cluster":"web","taskDefinition":"app"}} -> tasks failures.0.reason"#),
            expect![[r#"
                200 tasks=[] failures.0.reason="INACTIVE"
                put decision wanted=1 placed=0 verdicts=1
            "#]],
        );
    }

    #[test]
    fn it_may_come_back() {
        check(
            WORLD,
            &format!(
                r#"{DRAIN} ; UpdateContainerInstancesState {{"cluster":"web","containerInstances":["$a"],"status":"ACTIVE"}} ; RunTask {{"cluster":"web","taskDefinition":"app"}} -> failures"#
            ),
            expect![[r#"
                200 failures=[]
                put instance reserved cpu=512 memory=1024
                put task Pending desired=Running
            "#]],
        );
    }

    #[test]
    fn what_is_not_there_is_a_failure_and_another_status_is_refused() {
        check(
            WORLD,
            r#"UpdateContainerInstancesState {"cluster":"web","containerInstances":["none"],"status":"DRAINING"}"#,
            expect![[r#"
                200 {"containerInstances":[],"failures":[{"arn":"arn:aws:ecs:us-east-1:123456789012:container-instance/web/none","reason":"MISSING"}]}
            "#]],
        );
        check(
            WORLD,
            r#"UpdateContainerInstancesState {"cluster":"web","containerInstances":["$a"],"status":"REGISTERING"}"#,
            expect![[r#"
                400 InvalidParameterException: Container instance status should be one of [ACTIVE, DRAINING]
            "#]],
        );
    }
}
