//! DescribeInstances shows the hosts that users own, one reservation each.

use model::ec2::{DescribeInstancesRequest, DescribeInstancesResult, Instance, InstanceState, Placement, Reservation};
use wire::ApiError;

use super::place;
use super::select::{Selection, not_dry, of_tags, page, properties};
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_instances(
    cx: &Cx<'_>,
    input: DescribeInstancesRequest,
) -> Result<Reply<DescribeInstancesResult>, ApiError> {
    not_dry(input.dry_run)?;
    let selection = Selection {
        ids: input.instance_ids,
        missing: ("InvalidInstanceID.NotFound", |id| {
            format!("The instance ID '{id}' does not exist")
        }),
        filters: input.filters,
        known: &[
            "architecture",
            "availability-zone",
            "image-id",
            "instance-id",
            "instance-lifecycle",
            "instance-state-code",
            "instance-state-name",
            "instance-type",
            "instance.group-id",
            "instance.group-name",
            "ip-address",
            "key-name",
            "owner-id",
            "private-dns-name",
            "private-ip-address",
            "reservation-id",
            "root-device-type",
            "subnet-id",
            "vpc-id",
            "tag-key",
            "tag-value",
        ],
    };
    let found = selection.of(place::hosts(cx.view), |it| (it.ec2_id(), facts(cx, it)))?;
    let page = page(
        cx,
        "DescribeInstances",
        input.max_results,
        input.next_token.as_deref(),
        found,
    )?;
    let reservation = |it: &domain::Instance| Reservation {
        groups: Some(Vec::new()),
        instances: Some(vec![shown(cx, it)]),
        owner_id: Some(cx.site.account.clone()),
        reservation_id: Some(reservation_id(it)),
    };
    Ok(Reply::new(DescribeInstancesResult {
        reservations: Some(page.items.into_iter().map(reservation).collect()),
        next_token: page.next_token,
    }))
}

/// What its filters see of a host.
fn facts(cx: &Cx<'_>, it: &domain::Instance) -> Vec<(String, String)> {
    let zone = place::zone_of(cx.site, it);
    let mut facts = properties([
        ("architecture", place::architecture(it).into()),
        ("availability-zone", zone.clone()),
        ("instance-id", it.ec2_id()),
        ("instance-state-code", RUNNING.0.to_string()),
        ("instance-state-name", RUNNING.1.into()),
        ("instance-type", place::instance_type(it)),
        ("instance.group-id", place::group_id(cx.site)),
        ("instance.group-name", place::GROUP_NAME.into()),
        ("owner-id", cx.site.account.clone()),
        ("reservation-id", reservation_id(it)),
        ("root-device-type", ROOT_DEVICE.into()),
        ("subnet-id", place::subnet_id(cx.site, &zone)),
        ("vpc-id", place::vpc_id(cx.site)),
    ]);
    facts.extend(image_id(it).map(|id| ("image-id".to_owned(), id)));
    if let Some(address) = place::host_address(it) {
        facts.extend(properties([
            ("private-dns-name", place::private_dns_name(cx.site, address)),
            ("private-ip-address", address.to_string()),
        ]));
    }
    facts.extend(of_tags(&it.tags));
    facts
}

/// A host that is known is one that runs.
const RUNNING: (i32, &str) = (16, "running");
const ROOT_DEVICE: &str = "ebs";

fn image_id(it: &domain::Instance) -> Option<String> {
    it.attribute("ecs.ami-id").and_then(|it| it.value.clone())
}

fn reservation_id(it: &domain::Instance) -> String {
    it.ec2_id().replace("i-", "r-")
}

fn shown(cx: &Cx<'_>, it: &domain::Instance) -> Instance {
    let zone = place::zone_of(cx.site, it);
    let address = place::host_address(it);
    Instance {
        architecture: Some(place::architecture(it).into()),
        network_interfaces: Some(Vec::new()),
        root_device_type: Some(ROOT_DEVICE.into()),
        security_groups: Some(vec![place::group(cx.site)]),
        tags: Some(place::tags(&it.tags)),
        instance_id: Some(it.ec2_id()),
        image_id: image_id(it),
        state: Some(InstanceState {
            code: Some(RUNNING.0),
            name: Some(RUNNING.1.into()),
        }),
        private_dns_name: address.map(|it| place::private_dns_name(cx.site, it)),
        private_ip_address: address.map(|it| it.to_string()),
        instance_type: Some(place::instance_type(it)),
        launch_time: Some(it.registered_at),
        placement: Some(Placement {
            availability_zone: Some(zone.clone()),
            tenancy: Some("default".into()),
        }),
        subnet_id: Some(place::subnet_id(cx.site, &zone)),
        vpc_id: Some(place::vpc_id(cx.site)),
    }
}
