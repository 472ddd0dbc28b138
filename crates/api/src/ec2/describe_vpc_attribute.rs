//! DescribeVpcAttribute tells what the network does with names: what AWS's default VPC does.

use model::ec2::{AttributeBooleanValue, DescribeVpcAttributeRequest, DescribeVpcAttributeResult};
use wire::ApiError;

use super::place;
use super::select::not_dry;
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_vpc_attribute(
    cx: &Cx<'_>,
    input: DescribeVpcAttributeRequest,
) -> Result<Reply<DescribeVpcAttributeResult>, ApiError> {
    not_dry(input.dry_run)?;
    let vpc = input.vpc_id.unwrap_or_default();
    if vpc != place::vpc_id(cx.site) {
        let (code, text) = place::NO_VPC;
        return Err(ApiError::new(code, text(&vpc)));
    }
    let asked = input.attribute.unwrap_or_default();
    let value = |name: &str, value: bool| (asked == name).then_some(AttributeBooleanValue { value: Some(value) });
    Ok(Reply::new(DescribeVpcAttributeResult {
        enable_dns_hostnames: value("enableDnsHostnames", true),
        enable_dns_support: value("enableDnsSupport", true),
        enable_network_address_usage_metrics: value("enableNetworkAddressUsageMetrics", false),
        vpc_id: Some(vpc),
    }))
}
