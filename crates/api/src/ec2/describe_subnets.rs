//! DescribeSubnets shows a default subnet for each zone.

use model::ec2::{DescribeSubnetsRequest, DescribeSubnetsResult, Subnet};
use wire::ApiError;

use super::place;
use super::select::{Selection, not_dry, page, properties};
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_subnets(cx: &Cx<'_>, input: DescribeSubnetsRequest) -> Result<Reply<DescribeSubnetsResult>, ApiError> {
    not_dry(input.dry_run)?;
    let selection = Selection {
        ids: input.subnet_ids,
        missing: ("InvalidSubnetID.NotFound", |id| {
            format!("The subnet ID '{id}' does not exist")
        }),
        filters: input.filters,
        known: &[
            "availability-zone",
            "availability-zone-id",
            "availabilityZone",
            "cidr",
            "cidr-block",
            "cidrBlock",
            "default-for-az",
            "defaultForAz",
            "map-public-ip-on-launch",
            "owner-id",
            "state",
            "subnet-arn",
            "subnet-id",
            "vpc-id",
            "tag-key",
            "tag-value",
        ],
    };
    let found = selection.of(place::zones(cx).into_iter(), |zone| {
        let id = place::subnet_id(cx.site, zone);
        let facts = properties([
            ("availability-zone", zone.clone()),
            ("availability-zone-id", zone.clone()),
            ("availabilityZone", zone.clone()),
            ("cidr", place::cidr(cx)),
            ("cidr-block", place::cidr(cx)),
            ("cidrBlock", place::cidr(cx)),
            ("default-for-az", "true".into()),
            ("defaultForAz", "true".into()),
            ("map-public-ip-on-launch", "false".into()),
            ("owner-id", cx.site.account.clone()),
            ("state", "available".into()),
            ("subnet-arn", arn(cx, &id)),
            ("subnet-id", id.clone()),
            ("vpc-id", place::vpc_id(cx.site)),
        ]);
        (id, facts)
    })?;
    let page = page(
        cx,
        "DescribeSubnets",
        input.max_results,
        input.next_token.as_deref(),
        found,
    )?;
    Ok(Reply::new(DescribeSubnetsResult {
        subnets: Some(page.items.into_iter().map(|zone| shown(cx, zone)).collect()),
        next_token: page.next_token,
    }))
}

fn arn(cx: &Cx<'_>, id: &str) -> String {
    let site = cx.site;
    format!(
        "arn:{}:ec2:{}:{}:subnet/{id}",
        site.partition(),
        site.region,
        site.account
    )
}

fn shown(cx: &Cx<'_>, zone: String) -> Subnet {
    // Without its first and last.
    let addresses = cx.view.task_network().cidr().size() - 2;
    let id = place::subnet_id(cx.site, &zone);
    Subnet {
        availability_zone_id: Some(zone.clone()),
        owner_id: Some(cx.site.account.clone()),
        assign_ipv6_address_on_creation: Some(false),
        tags: Some(Vec::new()),
        subnet_arn: Some(arn(cx, &id)),
        subnet_id: Some(id),
        state: Some("available".into()),
        vpc_id: Some(place::vpc_id(cx.site)),
        cidr_block: Some(place::cidr(cx)),
        available_ip_address_count: i32::try_from(addresses).ok(),
        availability_zone: Some(zone),
        default_for_az: Some(true),
        map_public_ip_on_launch: Some(false),
    }
}
