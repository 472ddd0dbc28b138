//! DeregisterContainerInstance takes a host out of its cluster, and ends its key. With `force`, its tasks are given up.

use model::ecs::{DeregisterContainerInstanceRequest, DeregisterContainerInstanceResponse};
use wire::ApiError;

use super::{errors, resolve, shape};
use crate::call::Reply;
use crate::cx::{Caller, Cx};

pub fn deregister_container_instance(
    cx: &Cx<'_>,
    input: DeregisterContainerInstanceRequest,
) -> Result<Reply<DeregisterContainerInstanceResponse>, ApiError> {
    let given = input.container_instance.unwrap_or_default();
    let mut instance = match cx.caller {
        Caller::Host { .. } => resolve::instance_of_agent(cx, &given)?,
        Caller::Root | Caller::Anonymous => {
            let cluster = resolve::active_cluster(cx, input.cluster.as_deref())?;
            resolve::get_instance(cx, cluster.name(), &given)?.ok_or_else(errors::instance_not_found)?
        }
    }
    .clone();
    if input.force != Some(true) && cx.view.tasks_on(instance.id()).next().is_some() {
        return Err(errors::invalid("Found running tasks on the instance."));
    }
    let changed = instance.deregister();
    let reply = Reply::new(DeregisterContainerInstanceResponse {
        container_instance: Some(shape::instance(cx, &instance, true)),
    });
    if !changed {
        return Ok(reply);
    }
    let mut host = instance.host.and_then(|id| cx.view.host(id)).cloned();
    let left = host.as_mut().is_some_and(|it| it.leave(cx.now));
    Ok(reply.put(instance).put_all(host.filter(|_| left)))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    const BUSY: &str = "cluster web; host a in web; task t1 in web on a RUNNING";

    #[test]
    fn a_busy_instance_goes_only_by_force() {
        check(
            BUSY,
            r#"DeregisterContainerInstance {"cluster":"web","containerInstance":"$a"}"#,
            expect![[r#"
                400 InvalidParameterException: Found running tasks on the instance.
            "#]],
        );
        check(
            BUSY,
            r#"DeregisterContainerInstance {"cluster":"web","containerInstance":"$a","force":true} -> containerInstance.status containerInstance.agentConnected"#,
            expect![[r#"
                200 containerInstance.status="INACTIVE" containerInstance.agentConnected=false
                put instance reserved cpu=256 memory=512
                put host a
            "#]],
        );
    }

    #[test]
    fn the_hosts_key_dies_with_it() {
        let world = World::new("cluster web; host a in web");
        world.ask(r#"DeregisterContainerInstance {"cluster":"web","containerInstance":"$a"}"#);
        assert!(
            world
                .view()
                .hosts()
                .all(|it| it.left_at().is_some() && !it.accepts_key(1))
        );
        // Calls that were let in a moment before are held to it too.
        let late = |call: &str| world.ask(call).show(None);
        expect![[r#"
            400 AccessDeniedException: This host has not joined.
        "#]]
        .assert_eq(&late(r#"as a RegisterContainerInstance {}"#));
        expect![[r#"
            400 AccessDeniedException: Only a host can rotate its key, signing with the current one.
        "#]]
        .assert_eq(&late("as a RotateHostKey {}"));
    }

    #[test]
    fn its_tasks_are_ended_by_the_reconciler() {
        check(
            BUSY,
            r#"DeregisterContainerInstance {"cluster":"web","containerInstance":"$a","force":true} ; orphans $a ; DescribeTasks {"cluster":"web","tasks":["$t1"]} -> tasks.0.lastStatus tasks.0.stopCode tasks.0.stoppedReason"#,
            expect![[r#"
                200 tasks.0.lastStatus="STOPPED" tasks.0.stopCode="TerminationNotice" tasks.0.stoppedReason="Container instance 0000000000000000000000000000a001 was deregistered."
            "#]],
        );
    }
}
