//! UpdateContainerAgent asks for a newer agent. A host gets its agent with its Longshore, so there is never one to send.

use model::ecs::{UpdateContainerAgentRequest, UpdateContainerAgentResponse};
use wire::ApiError;

use super::{errors, resolve};
use crate::call::Reply;
use crate::cx::Cx;

pub fn update_container_agent(
    cx: &Cx<'_>,
    input: UpdateContainerAgentRequest,
) -> Result<Reply<UpdateContainerAgentResponse>, ApiError> {
    let cluster = resolve::active_cluster(cx, input.cluster.as_deref())?.name();
    let named = input.container_instance.unwrap_or_default();
    let instance = resolve::get_instance(cx, cluster, &named)?.ok_or_else(errors::instance_not_found)?;
    Err(match &instance.version_info.agent_version {
        None => ApiError::new(
            "MissingVersionException",
            "Amazon ECS is unable to determine the current version of the Amazon ECS container agent on the container instance and does not have enough information to proceed with an update.",
        ),
        Some(version) => ApiError::new(
            "NoUpdateAvailableException",
            format!(
                "There is no update available for this Amazon ECS container agent ({version}). Install a newer Longshore on the host instead."
            ),
        ),
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn there_is_never_an_update_to_send() {
        let world = "cluster web; host a in web";
        check(
            world,
            r#"UpdateContainerAgent {"cluster":"web","containerInstance":"$a"}"#,
            expect![[r#"
                400 MissingVersionException: Amazon ECS is unable to determine the current version of the Amazon ECS container agent on the container instance and does not have enough information to proceed with an update.
            "#]],
        );
        check(
            world,
            r#"RegisterContainerInstance {"cluster":"web","containerInstanceArn":"$a","totalResources":[{"name":"CPU","integerValue":4096}],"versionInfo":{"agentVersion":"1.0"}} ; UpdateContainerAgent {"cluster":"web","containerInstance":"$a"}"#,
            expect![[r#"
                400 NoUpdateAvailableException: There is no update available for this Amazon ECS container agent (1.0). Install a newer Longshore on the host instead.
            "#]],
        );
        check(
            world,
            r#"UpdateContainerAgent {"cluster":"web","containerInstance":"nope"}"#,
            expect![[r#"
                400 InvalidParameterException: The referenced container instance was not found.
            "#]],
        );
        check(
            world,
            r#"UpdateContainerAgent {"cluster":"web"}"#,
            expect![[r#"
            400 InvalidParameterException: 1 validation error detected: Value null at 'containerInstance' failed to satisfy constraint: Member must not be null
        "#]],
        );
    }
}
