//! DescribeNetworkInterfaces shows the interfaces of tasks that have an address of their own.

use std::net::Ipv4Addr;

use domain::Task;
use domain::task::{Attachment, AttachmentStatus, Exposure};
use model::ec2::{
    DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult, NetworkInterface, NetworkInterfaceAssociation,
    NetworkInterfaceAttachment, NetworkInterfacePrivateIpAddress,
};
use wire::ApiError;

use super::place;
use super::select::{Selection, not_dry, page, properties};
use crate::call::Reply;
use crate::cx::Cx;
use crate::ecs::shape::interface_id;

pub fn describe_network_interfaces(
    cx: &Cx<'_>,
    input: DescribeNetworkInterfacesRequest,
) -> Result<Reply<DescribeNetworkInterfacesResult>, ApiError> {
    not_dry(input.dry_run)?;
    let selection = Selection {
        ids: input.network_interface_ids,
        missing: ("InvalidNetworkInterfaceID.NotFound", |id| {
            format!("The networkInterface ID '{id}' does not exist")
        }),
        filters: input.filters,
        known: &[
            "addresses.association.public-ip",
            "addresses.private-ip-address",
            "association.public-ip",
            "attachment.attachment-id",
            "attachment.device-index",
            "attachment.instance-id",
            "attachment.status",
            "availability-zone",
            "description",
            "group-id",
            "group-name",
            "interface-type",
            "mac-address",
            "network-interface-id",
            "owner-id",
            "private-dns-name",
            "private-ip-address",
            "requester-managed",
            "source-dest-check",
            "status",
            "subnet-id",
            "vpc-id",
            "tag-key",
            "tag-value",
        ],
    };
    let found = selection.of(attached(cx), |(task, attachment, address)| {
        (interface_id(attachment.id), facts(cx, task, attachment, *address))
    })?;
    let page = page(
        cx,
        "DescribeNetworkInterfaces",
        input.max_results,
        input.next_token.as_deref(),
        found,
    )?;
    let interfaces = page
        .items
        .into_iter()
        .map(|(task, attachment, address)| shown(cx, task, attachment, address));
    Ok(Reply::new(DescribeNetworkInterfacesResult {
        network_interfaces: Some(interfaces.collect()),
        next_token: page.next_token,
    }))
}

/// Tasks that have an address now.
fn attached<'a>(cx: &Cx<'a>) -> impl Iterator<Item = (&'a Task, &'a Attachment, Ipv4Addr)> {
    let clusters = cx.view.clusters();
    let tasks = clusters.flat_map(|cluster| cx.view.unfinished_tasks_in(cluster.name()));
    tasks.filter_map(|task| {
        let attachment = task.attachment()?;
        Some((task, attachment, attachment.address()?))
    })
}

/// What its filters see of an interface.
fn facts(cx: &Cx<'_>, task: &Task, attachment: &Attachment, address: Ipv4Addr) -> Vec<(String, String)> {
    let mut facts = properties([
        ("addresses.private-ip-address", address.to_string()),
        ("attachment.attachment-id", attachment_id(attachment)),
        ("attachment.device-index", "1".into()),
        ("attachment.status", attachment_status(attachment.status()).into()),
        ("availability-zone", task.origin().zone.to_string()),
        ("description", description(cx, task, attachment)),
        ("group-id", place::group_id(cx.site)),
        ("group-name", place::GROUP_NAME.into()),
        ("interface-type", "interface".into()),
        (
            "mac-address",
            attachment.mac().map(|it| it.to_string()).unwrap_or_default(),
        ),
        ("network-interface-id", interface_id(attachment.id)),
        ("owner-id", cx.site.account.clone()),
        ("private-dns-name", place::private_dns_name(cx.site, address)),
        ("private-ip-address", address.to_string()),
        ("requester-managed", "true".into()),
        ("source-dest-check", "true".into()),
        ("status", "in-use".into()),
        ("subnet-id", attachment.subnet_id().to_owned()),
        ("vpc-id", place::vpc_id(cx.site)),
    ]);
    if attachment.exposure() == Exposure::Public {
        facts.extend(properties([
            ("addresses.association.public-ip", address.to_string()),
            ("association.public-ip", address.to_string()),
        ]));
    }
    facts
}

fn attachment_status(it: AttachmentStatus) -> &'static str {
    match it {
        AttachmentStatus::Precreated | AttachmentStatus::Created | AttachmentStatus::Attaching => "attaching",
        AttachmentStatus::Attached => "attached",
        AttachmentStatus::Detached | AttachmentStatus::Deleted => "detached",
    }
}

/// AWS names the attachment in it, and clients find the task by that.
fn description(cx: &Cx<'_>, task: &Task, it: &Attachment) -> String {
    cx.site.attachment_arn(task.cluster(), it.id)
}

fn attachment_id(it: &Attachment) -> String {
    interface_id(it.id).replace("eni-", "eni-attach-")
}

fn shown(cx: &Cx<'_>, task: &Task, it: &Attachment, address: Ipv4Addr) -> NetworkInterface {
    // The task's own address is what others reach it by; there is no other.
    let association = (it.exposure() == Exposure::Public).then(|| NetworkInterfaceAssociation {
        public_ip: Some(address.to_string()),
    });
    let private = NetworkInterfacePrivateIpAddress {
        association: association.clone(),
        primary: Some(true),
        private_ip_address: Some(address.to_string()),
    };
    NetworkInterface {
        association,
        attachment: Some(NetworkInterfaceAttachment {
            attach_time: Some(task.origin().created),
            attachment_id: Some(attachment_id(it)),
            delete_on_termination: Some(true),
            device_index: Some(1),
            instance_owner_id: Some(cx.site.account.clone()),
            status: Some(attachment_status(it.status()).into()),
        }),
        availability_zone: Some(task.origin().zone.to_string()),
        description: Some(description(cx, task, it)),
        groups: Some(vec![place::group(cx.site)]),
        interface_type: Some("interface".into()),
        mac_address: it.mac().map(|mac| mac.to_string()),
        network_interface_id: Some(interface_id(it.id)),
        owner_id: Some(cx.site.account.clone()),
        private_dns_name: Some(place::private_dns_name(cx.site, address)),
        private_ip_address: Some(address.to_string()),
        private_ip_addresses: Some(vec![private]),
        requester_managed: Some(true),
        source_dest_check: Some(true),
        status: Some("in-use".into()),
        subnet_id: Some(it.subnet_id().to_owned()),
        tag_set: Some(Vec::new()),
        vpc_id: Some(place::vpc_id(cx.site)),
    }
}
