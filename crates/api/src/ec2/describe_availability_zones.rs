//! DescribeAvailabilityZones shows the zones of the region, and those that hosts say they are in.

use model::ec2::{AvailabilityZone, DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult};
use wire::ApiError;

use super::place;
use super::select::{Selection, not_dry, properties};
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_availability_zones(
    cx: &Cx<'_>,
    input: DescribeAvailabilityZonesRequest,
) -> Result<Reply<DescribeAvailabilityZonesResult>, ApiError> {
    not_dry(input.dry_run)?;
    let selection = Selection {
        ids: input.zone_names.or(input.zone_ids),
        missing: ("InvalidParameterValue", |id| {
            format!("Invalid availability zone: [{id}]")
        }),
        filters: input.filters,
        known: &[
            "group-name",
            "opt-in-status",
            "region-name",
            "state",
            "zone-id",
            "zone-name",
            "zone-type",
        ],
    };
    let region = &cx.site.region;
    let found = selection.of(place::zones(cx).into_iter(), |zone| {
        let facts = properties([
            ("group-name", region.clone()),
            ("opt-in-status", "opt-in-not-required".into()),
            ("region-name", region.clone()),
            ("state", "available".into()),
            ("zone-id", zone.clone()),
            ("zone-name", zone.clone()),
            ("zone-type", "availability-zone".into()),
        ]);
        (zone.clone(), facts)
    })?;
    let shown = |(_, zone): (String, String)| AvailabilityZone {
        opt_in_status: Some("opt-in-not-required".into()),
        region_name: Some(region.clone()),
        zone_id: Some(zone.clone()),
        zone_name: Some(zone),
        group_name: Some(region.clone()),
        network_border_group: Some(region.clone()),
        zone_type: Some("availability-zone".into()),
        state: Some("available".into()),
    };
    Ok(Reply::new(DescribeAvailabilityZonesResult {
        availability_zones: Some(found.items.into_iter().map(shown).collect()),
    }))
}
