//! The one network there is, in EC2's terms. Ids follow from the site, so they are the same after every restart.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use domain::host::Pool;
use domain::instance::Status;
use domain::{Instance, InstanceId, Site, Snapshot};
use model::ec2;

use crate::cx::Cx;
use crate::secrets;

/// Zones that are there without a host.
const ZONES: [char; 3] = ['a', 'b', 'c'];

pub const GROUP_NAME: &str = "default";

/// How a VPC is refused that is not the one there is.
pub const NO_VPC: (&str, fn(&str) -> String) = ("InvalidVpcID.NotFound", |id| {
    format!("The vpc ID '{id}' does not exist")
});

fn id(site: &Site, kind: &str, of: &str) -> String {
    let digest = secrets::digest(&format!("{} {} {kind} {of}", site.account, site.region));
    format!("{kind}-{}", &digest[..17])
}

pub fn vpc_id(site: &Site) -> String {
    id(site, "vpc", "")
}

pub fn group_id(site: &Site) -> String {
    id(site, "sg", "")
}

pub fn subnet_id(site: &Site, zone: &str) -> String {
    id(site, "subnet", zone)
}

/// The task network. Each host has a part of it, whatever its zone, so each zone's subnet is the whole.
pub fn cidr(cx: &Cx<'_>) -> String {
    cx.view.task_network().cidr().to_string()
}

/// The region's zones, and those that hosts say they are in.
pub fn zones(cx: &Cx<'_>) -> BTreeSet<String> {
    let usual = ZONES.iter().map(|letter| format!("{}{letter}", cx.site.region));
    let of_hosts = cx
        .view
        .instances()
        .map(|it| it.zone().to_owned())
        .filter(|it| !it.is_empty());
    usual.chain(of_hosts).collect()
}

/// The zones that have a host of the pool.
pub fn hosted_zones(cx: &Cx<'_>, pool: &Pool) -> BTreeSet<String> {
    let first = |zone| {
        let mut hosts = cx.view.instances_round(pool, &zone, InstanceId::new(0));
        hosts.find(|it| it.status() != Status::Inactive)
    };
    let zones = cx.view.zones_of(pool).into_iter();
    zones.filter_map(first).map(|it| zone_of(cx.site, it)).collect()
}

/// A host that names none is in the region's first.
pub fn zone_of(site: &Site, it: &Instance) -> String {
    match it.zone() {
        "" => site.default_zone(),
        zone => zone.to_owned(),
    }
}

/// The address under which other hosts reach it, unless only it itself does.
pub fn host_address(it: &Instance) -> Option<Ipv4Addr> {
    let told = it.attribute(Instance::ADDRESS).and_then(|it| it.value.as_deref())?;
    told.parse::<Ipv4Addr>().ok().filter(|it| !it.is_loopback())
}

/// Hosts that users own. Those of the Fargate pool are nobody's business.
pub fn hosts(view: &Snapshot) -> impl Iterator<Item = &Instance> {
    view.instances()
        .filter(|it| matches!(it.pool(), Pool::Cluster(_)) && it.status() != Status::Inactive)
}

pub fn instance_type(it: &Instance) -> String {
    let named = it.attribute("ecs.instance-type").and_then(|it| it.value.clone());
    named.unwrap_or_else(|| "longshore.host".into())
}

pub fn architecture(it: &Instance) -> &'static str {
    let has = it.attribute("ecs.cpu-architecture").and_then(|it| it.value.as_deref());
    if has == Some("arm64") { "arm64" } else { "x86_64" }
}

pub fn group(site: &Site) -> ec2::GroupIdentifier {
    ec2::GroupIdentifier {
        group_id: Some(group_id(site)),
        group_name: Some(GROUP_NAME.into()),
    }
}

pub fn tags(tags: &[domain::tags::Tag]) -> Vec<ec2::Tag> {
    let each = tags.iter().map(|tag| ec2::Tag {
        key: Some(tag.key.clone()),
        value: Some(tag.value.clone()),
    });
    each.collect()
}

/// As EC2 names an address in the network: its first region has a domain of its own.
pub fn private_dns_name(site: &Site, address: Ipv4Addr) -> String {
    let [a, b, c, d] = address.octets();
    match site.region.as_str() {
        "us-east-1" => format!("ip-{a}-{b}-{c}-{d}.ec2.internal"),
        region => format!("ip-{a}-{b}-{c}-{d}.{region}.compute.internal"),
    }
}
