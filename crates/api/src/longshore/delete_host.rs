//! DeleteHost ends a host: its instance is deregistered, its key opens nothing any more, and its part of the task
//! network is free again when containers that outlived it must be gone.

use model::longshore::{DeleteHostRequest, DeleteHostResponse};
use wire::ApiError;

use super::hosts::{self, Machine};
use crate::call::Reply;
use crate::cx::Cx;

pub fn delete_host(cx: &Cx<'_>, input: DeleteHostRequest) -> Result<Reply<DeleteHostResponse>, ApiError> {
    let machine = hosts::find(cx, input.host.as_deref().unwrap_or_default())?;
    let busy = machine
        .instance
        .is_some_and(|it| cx.view.tasks_on(it.id()).next().is_some());
    if busy && input.force != Some(true) {
        return Err(ApiError::new(
            "InvalidParameterException",
            "The host has tasks. Stop them first, or give them up with force.",
        ));
    }
    let mut instance = machine.instance.cloned();
    if let Some(instance) = &mut instance {
        instance.deregister();
    }
    let after = Machine {
        instance: instance.as_ref(),
        ..machine
    };
    let reply = Reply::new(DeleteHostResponse {
        host: Some(hosts::shown(cx, &after)),
    });
    let mut host = machine.host.cloned();
    if let Some(host) = &mut host {
        host.leave(cx.now);
    }
    Ok(reply.put_all(instance).put_all(host))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    const BUSY: &str = "host f in fargate; task t1 in default on f RUNNING";

    #[test]
    fn a_host_with_tasks_goes_only_by_force() {
        check(
            BUSY,
            r#"DeleteHost {"host":"$f"}"#,
            expect![[r#"
                400 InvalidParameterException: The host has tasks. Stop them first, or give them up with force.
            "#]],
        );
        check(
            BUSY,
            r#"DeleteHost {"host":"$f","force":true} -> host.name host.status"#,
            expect![[r#"
                200 host.name="f" host.status="INACTIVE"
                put instance reserved cpu=256 memory=512
                put host f
            "#]],
        );
    }

    #[test]
    fn its_key_is_void_and_it_is_shown_no_more() {
        let world = World::new("host f in fargate");
        world.ask(r#"DeleteHost {"host":"$f"}"#);
        assert!(world.view().hosts().all(|it| !it.accepts_key(1)));
        assert_eq!(world.ask("ListHosts {}").list("hosts").len(), 0);
        check(
            "host f in fargate",
            r#"DeleteHost {"host":"$f"} ; DeleteHost {"host":"$f"}"#,
            expect![[r#"
                400 InvalidParameterException: There is no host 0000000000000000000000000000a001.
            "#]],
        );
    }
}
