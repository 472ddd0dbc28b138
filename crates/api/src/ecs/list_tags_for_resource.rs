//! ListTagsForResource shows a resource's tags.

use model::ecs::{ListTagsForResourceRequest, ListTagsForResourceResponse};
use wire::ApiError;

use super::shape;
use super::tagged::Tagged;
use crate::call::Reply;
use crate::cx::Cx;

pub fn list_tags_for_resource(
    cx: &Cx<'_>,
    input: ListTagsForResourceRequest,
) -> Result<Reply<ListTagsForResourceResponse>, ApiError> {
    let resource = Tagged::resolve(cx, input.resource_arn.as_deref().unwrap_or_default())?;
    Ok(Reply::new(ListTagsForResourceResponse {
        tags: Some(shape::tags(resource.tags())),
    }))
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
    fn the_resource_must_be_there() {
        check(
            "",
            r#"ListTagsForResource {"resourceArn":"arn:aws:ecs:us-east-1:123456789012:cluster/web"}"#,
            expect![[r#"
                400 ClusterNotFoundException: Cluster not found.
            "#]],
        );
    }
}
