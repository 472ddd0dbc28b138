//! DescribeAccountAttributes shows which VPC is the default, and that there is nothing else.

use model::ec2::{
    AccountAttribute, AccountAttributeValue, DescribeAccountAttributesRequest, DescribeAccountAttributesResult,
};
use wire::ApiError;

use super::place;
use super::select::not_dry;
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_account_attributes(
    cx: &Cx<'_>,
    input: DescribeAccountAttributesRequest,
) -> Result<Reply<DescribeAccountAttributesResult>, ApiError> {
    not_dry(input.dry_run)?;
    let all = [
        ("supported-platforms", "VPC".to_owned()),
        ("default-vpc", place::vpc_id(cx.site)),
        ("max-instances", MANY.to_owned()),
        ("vpc-max-security-groups-per-interface", "5".to_owned()),
        ("max-elastic-ips", "0".to_owned()),
        ("vpc-max-elastic-ips", "0".to_owned()),
    ];
    let asked_for = |name: &str| {
        input
            .attribute_names
            .as_ref()
            .is_none_or(|names| names.iter().any(|it| it == name))
    };
    let shown = all
        .into_iter()
        .filter(|(name, _)| asked_for(name))
        .map(|(name, value)| AccountAttribute {
            attribute_name: Some(name.into()),
            attribute_values: Some(vec![AccountAttributeValue {
                attribute_value: Some(value),
            }]),
        });
    Ok(Reply::new(DescribeAccountAttributesResult {
        account_attributes: Some(shown.collect()),
    }))
}

/// Container instances of a cluster.
const MANY: &str = "5000";

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn the_default_vpc_is_named() {
        check(
            "",
            r#"DescribeAccountAttributes {"AttributeName":["default-vpc"]}"#,
            expect![[r#"
                200 {"accountAttributeSet":[{"attributeName":"default-vpc","attributeValueSet":[{"attributeValue":"vpc-e753a4fd3f4b097f2"}]}]}
            "#]],
        );
        check(
            "",
            r#"DescribeAccountAttributes {} -> accountAttributeSet.0"#,
            expect![[r#"
                200 accountAttributeSet.0={"attributeName":"supported-platforms","attributeValueSet":[{"attributeValue":"VPC"}]}
            "#]],
        );
    }
}
