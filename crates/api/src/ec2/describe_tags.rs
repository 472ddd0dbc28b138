//! DescribeTags shows the tags of instances, one by one.

use model::ec2::{DescribeTagsRequest, DescribeTagsResult, TagDescription};
use wire::ApiError;

use super::place;
use super::select::{Selection, not_dry, page, properties};
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_tags(cx: &Cx<'_>, input: DescribeTagsRequest) -> Result<Reply<DescribeTagsResult>, ApiError> {
    not_dry(input.dry_run)?;
    let selection = Selection {
        ids: None,
        missing: ("InvalidParameterValue", str::to_owned),
        filters: input.filters,
        known: &["key", "resource-id", "resource-type", "value"],
    };
    let tags = place::hosts(cx.view).flat_map(|it| it.tags.iter().map(|tag| (it.ec2_id(), tag)));
    let found = selection.of(tags, |(id, tag)| {
        let facts = properties([
            ("key", tag.key.clone()),
            ("resource-id", id.clone()),
            ("resource-type", "instance".into()),
            ("value", tag.value.clone()),
        ]);
        (format!("{id} {}", tag.key), facts)
    })?;
    let page = page(
        cx,
        "DescribeTags",
        input.max_results,
        input.next_token.as_deref(),
        found,
    )?;
    let shown = |(id, tag): (String, &domain::tags::Tag)| TagDescription {
        key: Some(tag.key.clone()),
        resource_id: Some(id),
        resource_type: Some("instance".into()),
        value: Some(tag.value.clone()),
    };
    Ok(Reply::new(DescribeTagsResult {
        tags: Some(page.items.into_iter().map(shown).collect()),
        next_token: page.next_token,
    }))
}
