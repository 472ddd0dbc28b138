//! DescribeSecurityGroups shows the default group. Groups are named by tasks and do not act.

use model::ec2::{
    DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult, IpPermission, IpRange, SecurityGroup, UserIdGroupPair,
};
use wire::ApiError;

use super::place;
use super::select::{Selection, invalid, not_dry, page, properties};
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_security_groups(
    cx: &Cx<'_>,
    input: DescribeSecurityGroupsRequest,
) -> Result<Reply<DescribeSecurityGroupsResult>, ApiError> {
    not_dry(input.dry_run)?;
    if let Some(name) = input
        .group_names
        .iter()
        .flatten()
        .find(|name| *name != place::GROUP_NAME)
    {
        return Err(ApiError::new(
            "InvalidGroup.NotFound",
            format!(
                "The security group '{name}' does not exist in default VPC '{}'",
                place::vpc_id(cx.site)
            ),
        ));
    }
    if input.max_results.is_some() && input.group_ids.is_some() {
        return Err(invalid(
            "The parameter GroupIds cannot be used with the parameter MaxResults",
        ));
    }
    let selection = Selection {
        ids: input.group_ids,
        missing: ("InvalidGroup.NotFound", |id| {
            format!("The security group '{id}' does not exist")
        }),
        filters: input.filters,
        known: &[
            "description",
            "group-id",
            "group-name",
            "owner-id",
            "vpc-id",
            "tag-key",
            "tag-value",
        ],
    };
    let found = selection.of([place::group_id(cx.site)].into_iter(), |id| {
        let facts = properties([
            ("description", DESCRIPTION.into()),
            ("group-id", id.clone()),
            ("group-name", place::GROUP_NAME.into()),
            ("owner-id", cx.site.account.clone()),
            ("vpc-id", place::vpc_id(cx.site)),
        ]);
        (id.clone(), facts)
    })?;
    let page = page(
        cx,
        "DescribeSecurityGroups",
        input.max_results,
        input.next_token.as_deref(),
        found,
    )?;
    Ok(Reply::new(DescribeSecurityGroupsResult {
        security_groups: Some(page.items.into_iter().map(|id| shown(cx, id)).collect()),
        next_token: page.next_token,
    }))
}

const DESCRIPTION: &str = "default VPC security group";

/// As AWS makes it: members reach each other, and everything is reached from it.
fn shown(cx: &Cx<'_>, id: String) -> SecurityGroup {
    let site = cx.site;
    let from_members = IpPermission {
        ip_protocol: Some("-1".into()),
        user_id_group_pairs: Some(vec![UserIdGroupPair {
            group_id: Some(id.clone()),
            user_id: Some(site.account.clone()),
        }]),
        ip_ranges: Some(Vec::new()),
    };
    let to_all = IpPermission {
        ip_protocol: Some("-1".into()),
        user_id_group_pairs: Some(Vec::new()),
        ip_ranges: Some(vec![IpRange {
            cidr_ip: Some("0.0.0.0/0".into()),
        }]),
    };
    SecurityGroup {
        security_group_arn: Some(format!(
            "arn:{}:ec2:{}:{}:security-group/{id}",
            site.partition(),
            site.region,
            site.account
        )),
        group_id: Some(id),
        ip_permissions_egress: Some(vec![to_all]),
        tags: Some(Vec::new()),
        vpc_id: Some(place::vpc_id(site)),
        owner_id: Some(site.account.clone()),
        group_name: Some(place::GROUP_NAME.into()),
        description: Some(DESCRIPTION.into()),
        ip_permissions: Some(vec![from_members]),
    }
}
