//! UntagResource takes tags off a resource. Keys that it does not have are passed over.

use model::ecs::{UntagResourceRequest, UntagResourceResponse};
use wire::ApiError;

use super::tagged::Tagged;
use super::{errors, tags};
use crate::call::Reply;
use crate::cx::Cx;

pub fn untag_resource(cx: &Cx<'_>, input: UntagResourceRequest) -> Result<Reply<UntagResourceResponse>, ApiError> {
    let resource = Tagged::resolve(cx, input.resource_arn.as_deref().unwrap_or_default())?;
    let keys = input.tag_keys.unwrap_or_default();
    if let Some(reserved) = keys.iter().find(|it| tags::is_reserved(it)) {
        return Err(errors::invalid(format!(
            "Tag keys cannot start with 'aws:', which is reserved: {reserved}"
        )));
    }
    let kept: Vec<_> = resource
        .tags()
        .iter()
        .filter(|it| !keys.contains(&it.key))
        .cloned()
        .collect();
    let reply = Reply::new(UntagResourceResponse::default());
    if kept.len() == resource.tags().len() {
        return Ok(reply);
    }
    Ok(reply.put(resource.with_tags(kept)))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const ARN: &str = "arn:aws:ecs:us-east-1:123456789012:cluster/web";

    #[test]
    fn only_what_is_named_goes() {
        let tag = format!(
            r#"TagResource {{"resourceArn":"{ARN}","tags":[{{"key":"a","value":"1"}},{{"key":"b","value":"2"}}]}}"#
        );
        let untag = format!(r#"UntagResource {{"resourceArn":"{ARN}","tagKeys":["a","never"]}}"#);
        let list = format!(r#"ListTagsForResource {{"resourceArn":"{ARN}"}}"#);
        check(
            "cluster web",
            &format!("{tag} ; {untag} ; {list}"),
            expect![[r#"
            200 {"tags":[{"key":"b","value":"2"}]}
        "#]],
        );
    }

    #[test]
    fn a_key_that_is_not_there_changes_nothing() {
        let untag = format!(r#"UntagResource {{"resourceArn":"{ARN}","tagKeys":["never"]}}"#);
        check(
            "cluster web",
            &untag,
            expect![[r#"
            200 {}
        "#]],
        );
    }
}
