//! UpdateHost takes a host out of placement, or back in: what UpdateContainerInstancesState does, for hosts of the Fargate pool too.

use model::longshore::{UpdateHostRequest, UpdateHostResponse};
use wire::ApiError;

use super::hosts::{self, Machine};
use crate::call::Reply;
use crate::cx::Cx;

pub fn update_host(cx: &Cx<'_>, input: UpdateHostRequest) -> Result<Reply<UpdateHostResponse>, ApiError> {
    let machine = hosts::find(cx, input.host.as_deref().unwrap_or_default())?;
    let invalid = |message: String| ApiError::new("InvalidParameterException", message);
    let draining = match input.status.as_deref() {
        Some("ACTIVE") => false,
        Some("DRAINING") => true,
        _ => return Err(invalid("status should be one of [ACTIVE, DRAINING]".into())),
    };
    let mut instance = machine
        .instance
        .ok_or_else(|| invalid("The host has not registered yet: there is nothing to drain.".into()))?
        .clone();
    let moved = instance.set_draining(draining);
    let after = Machine {
        instance: Some(&instance),
        ..machine
    };
    let reply = Reply::new(UpdateHostResponse {
        host: Some(hosts::shown(cx, &after)),
    });
    Ok(if moved { reply.put(instance) } else { reply })
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "cluster web; fargate app; host f in fargate; task t1 in web on f RUNNING";
    const RUN: &str = r#"RunTask {"cluster":"web","taskDefinition":"app","launchType":"FARGATE","networkConfiguration":{"awsvpcConfiguration":{"subnets":["subnet-1"]}}} -> failures.0.reason failures.0.detail"#;

    #[test]
    fn a_draining_host_of_the_pool_keeps_its_tasks_and_gets_none() {
        check(
            WORLD,
            r#"UpdateHost {"host":"$f","status":"DRAINING"} -> host.name host.status host.runningTasksCount"#,
            expect![[r#"
                200 host.name="f" host.status="DRAINING" host.runningTasksCount=1
                put instance reserved cpu=256 memory=512
            "#]],
        );
        check(
            WORLD,
            &format!(r#"UpdateHost {{"host":"$f","status":"DRAINING"}} ; {RUN}"#),
            expect![[r#"
                200 failures.0.reason="RESOURCE:FARGATE" failures.0.detail="Capacity is unavailable at this time. Please try again later or in a different availability zone. No host of the Fargate pool has 256 CPU units and 512 MiB free: INACTIVE on 1."
                put decision wanted=1 placed=0 verdicts=1
            "#]],
        );
    }

    #[test]
    fn it_may_come_back_and_what_is_not_there_is_named() {
        check(
            WORLD,
            r#"UpdateHost {"host":"$f","status":"DRAINING"} ; UpdateHost {"host":"$f","status":"ACTIVE"} -> host.status"#,
            expect![[r#"
                200 host.status="ACTIVE"
                put instance reserved cpu=256 memory=512
            "#]],
        );
        check(
            WORLD,
            r#"UpdateHost {"host":"nope","status":"ACTIVE"}"#,
            expect![[r#"
                400 InvalidParameterException: There is no host nope.
            "#]],
        );
        check(
            WORLD,
            r#"UpdateHost {"host":"$f","status":"GONE"}"#,
            expect![[r#"
                400 InvalidParameterException: status should be one of [ACTIVE, DRAINING]
            "#]],
        );
    }
}
