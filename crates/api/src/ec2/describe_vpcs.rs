//! DescribeVpcs shows the one network there is.

use model::ec2::{DescribeVpcsRequest, DescribeVpcsResult, Vpc, VpcCidrBlockAssociation, VpcCidrBlockState};
use wire::ApiError;

use super::place;
use super::select::{Selection, not_dry, page, properties};
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_vpcs(cx: &Cx<'_>, input: DescribeVpcsRequest) -> Result<Reply<DescribeVpcsResult>, ApiError> {
    not_dry(input.dry_run)?;
    let selection = Selection {
        ids: input.vpc_ids,
        missing: place::NO_VPC,
        filters: input.filters,
        known: &[
            "cidr",
            "cidr-block-association.cidr-block",
            "cidr-block-association.state",
            "dhcp-options-id",
            "is-default",
            "isDefault",
            "owner-id",
            "state",
            "vpc-id",
            "tag-key",
            "tag-value",
        ],
    };
    let found = selection.of([place::vpc_id(cx.site)].into_iter(), |id| {
        let facts = properties([
            ("cidr", place::cidr(cx)),
            ("cidr-block-association.cidr-block", place::cidr(cx)),
            ("cidr-block-association.state", "associated".into()),
            ("dhcp-options-id", "default".into()),
            ("is-default", "true".into()),
            ("isDefault", "true".into()),
            ("owner-id", cx.site.account.clone()),
            ("state", "available".into()),
            ("vpc-id", id.clone()),
        ]);
        (id.clone(), facts)
    })?;
    let page = page(
        cx,
        "DescribeVpcs",
        input.max_results,
        input.next_token.as_deref(),
        found,
    )?;
    let block = VpcCidrBlockAssociation {
        association_id: Some(place::vpc_id(cx.site).replace("vpc-", "vpc-cidr-assoc-")),
        cidr_block: Some(place::cidr(cx)),
        cidr_block_state: Some(VpcCidrBlockState {
            state: Some("associated".into()),
            ..Default::default()
        }),
    };
    let shown = |id: String| Vpc {
        owner_id: Some(cx.site.account.clone()),
        instance_tenancy: Some("default".into()),
        cidr_block_association_set: Some(vec![block.clone()]),
        is_default: Some(true),
        tags: Some(Vec::new()),
        dhcp_options_id: Some("default".into()),
        vpc_id: Some(id),
        state: Some("available".into()),
        cidr_block: Some(place::cidr(cx)),
    };
    Ok(Reply::new(DescribeVpcsResult {
        vpcs: Some(page.items.into_iter().map(shown).collect()),
        next_token: page.next_token,
    }))
}
