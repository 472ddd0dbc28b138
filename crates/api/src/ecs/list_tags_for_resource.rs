//! ListTagsForResource shows a resource's tags. A host may ask for those of its own instance and tasks, which its tasks are told of.

use domain::Instance;
use model::ecs::{ListTagsForResourceRequest, ListTagsForResourceResponse};
use wire::ApiError;

use super::tagged::Tagged;
use super::{errors, resolve, shape};
use crate::call::Reply;
use crate::cx::{Caller, Cx};

pub fn list_tags_for_resource(
    cx: &Cx<'_>,
    input: ListTagsForResourceRequest,
) -> Result<Reply<ListTagsForResourceResponse>, ApiError> {
    let resource = Tagged::resolve(cx, input.resource_arn.as_deref().unwrap_or_default()).map_err(in_its_codes)?;
    match cx.caller {
        Caller::Root => {}
        Caller::Host { .. } | Caller::Anonymous => resolve::may_speak_for(cx, of_host(cx, &resource)?)?,
    }
    Ok(Reply::new(ListTagsForResourceResponse {
        tags: Some(shape::tags(resource.tags())),
    }))
}

/// This operation alone of its kind has no code for a resource that is not there.
fn in_its_codes(error: ApiError) -> ApiError {
    match error == errors::resource_not_found() {
        true => errors::invalid(error.message),
        false => error,
    }
}

/// The instance whose agent may ask.
fn of_host<'a>(cx: &Cx<'a>, resource: &'a Tagged) -> Result<&'a Instance, ApiError> {
    let denied = || errors::access_denied("This key may read the tags of its own instance and tasks alone.");
    match resource {
        Tagged::Instance(instance) => Ok(instance),
        Tagged::Task(task) => cx.view.instance(task.instance()).ok_or_else(denied),
        Tagged::Cluster(_) | Tagged::Definition(_) => Err(denied()),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn a_resource_without_tags_has_an_empty_list() {
        check(
            "cluster web",
            r#"ListTagsForResource {"resourceArn":"arn:aws:ecs:us-east-1:123456789012:cluster/web"}"#,
            expect![[r#"
                200 {"tags":[]}
            "#]],
        );
    }

    #[test]
    fn a_host_reads_the_tags_of_what_is_its_own() {
        let world = "cluster web; host a in web; host b in web; task t1 in web on a RUNNING";
        let of = |caller: &str, resource: &str| {
            let arn = format!("arn:aws:ecs:us-east-1:123456789012:{resource}");
            format!(r#"as {caller} ListTagsForResource {{"resourceArn":"{arn}"}}"#)
        };
        for resource in ["task/web/$t1", "container-instance/web/$a"] {
            check(
                world,
                &of("a", resource),
                expect![[r#"
                200 {"tags":[]}
            "#]],
            );
            check(
                world,
                &of("b", resource),
                expect![[r#"
                400 AccessDeniedException: This key belongs to another container instance.
            "#]],
            );
        }
        check(
            world,
            &of("a", "cluster/web"),
            expect![[r#"
            400 AccessDeniedException: This key may read the tags of its own instance and tasks alone.
        "#]],
        );
    }

    #[test]
    fn the_resource_must_be_there() {
        check(
            "",
            r#"ListTagsForResource {"resourceArn":"arn:aws:ecs:us-east-1:123456789012:cluster/web"}"#,
            expect![[r#"
                400 ClusterNotFoundException: Cluster not found.
            "#]],
        );
    }

    #[test]
    fn what_is_gone_is_told_in_words_that_clients_know() {
        check(
            "cluster web",
            r#"DeleteCluster {"cluster":"web"} ; ListTagsForResource {"resourceArn":"arn:aws:ecs:us-east-1:123456789012:cluster/web"}"#,
            expect![[r#"
                400 InvalidParameterException: The specified cluster is inactive. Specify an active cluster and try again.
            "#]],
        );
        check(
            "",
            r#"ListTagsForResource {"resourceArn":"arn:aws:ecs:us-east-1:123456789012:task-definition/app:1"}"#,
            expect![[r#"
                400 InvalidParameterException: The specified resource could not be found.
            "#]],
        );
    }
}
