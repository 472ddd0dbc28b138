//! ReportTaskNetwork tells which address a host has given to one of its tasks. The agent protocol has no word for that.

use std::net::Ipv4Addr;

use domain::task::{Mac, Stage};
use model::longshore::{ReportTaskNetworkRequest, ReportTaskNetworkResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;
use crate::ecs::{report, resolve};

pub fn report_task_network(
    cx: &Cx<'_>,
    input: ReportTaskNetworkRequest,
) -> Result<Reply<ReportTaskNetworkResponse>, ApiError> {
    let before = resolve::task_of_agent(cx, input.task_arn.as_deref())?;
    let address: Ipv4Addr = input.private_ipv4_address.unwrap_or_default().parse().map_err(|_| {
        ApiError::new(
            "InvalidParameterException",
            "privateIpv4Address must be an IPv4 address.",
        )
    })?;
    let mac = input.mac_address.as_deref().and_then(Mac::parse);
    let mut task = before.clone();
    task.connect(cx.now);
    task.attach(address, mac);
    task.advance(Stage::Pending, cx.now);
    Ok(report::settled(cx, before, task, ReportTaskNetworkResponse {}))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    const WORLD: &str = "host f in fargate; task t1 in default on f";
    const SHOW: &str = r#"DescribeTasks {"tasks":["$t1"]} -> tasks.0.lastStatus tasks.0.attachments.0.status tasks.0.attachments.0.details tasks.0.containers.0.networkInterfaces"#;

    #[test]
    fn the_address_shows_in_attachment_and_containers() {
        let says = r#"as f ReportTaskNetwork {"taskArn":"$t1","attachmentArn":"x","privateIpv4Address":"10.88.0.7","macAddress":"02:42:0a:58:00:07"}"#;
        check(
            WORLD,
            &format!("{says} ; {SHOW}"),
            expect![[r#"
                200 tasks.0.lastStatus="PENDING" tasks.0.attachments.0.status="ATTACHED" tasks.0.attachments.0.details=[{"name":"subnetId","value":"subnet-1"},{"name":"networkInterfaceId","value":"eni-0000000000000e002"},{"name":"macAddress","value":"02:42:0a:58:00:07"},{"name":"privateDnsName","value":"ip-10-88-0-7.ec2.internal"},{"name":"privateIPv4Address","value":"10.88.0.7"}] tasks.0.containers.0.networkInterfaces=[{"attachmentId":"00000000-0000-0000-0000-00000000e002","privateIpv4Address":"10.88.0.7"}]
            "#]],
        );
    }

    #[test]
    fn an_address_must_be_one() {
        check(
            WORLD,
            r#"as f ReportTaskNetwork {"taskArn":"$t1","attachmentArn":"x","privateIpv4Address":"here"}"#,
            expect![[r#"
                400 InvalidParameterException: privateIpv4Address must be an IPv4 address.
            "#]],
        );
    }
}
