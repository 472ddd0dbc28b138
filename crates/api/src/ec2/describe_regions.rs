//! DescribeRegions shows the region that this Longshore is.

use model::ec2::{DescribeRegionsRequest, DescribeRegionsResult, Region};
use wire::ApiError;

use super::select::{Selection, not_dry, properties};
use crate::call::Reply;
use crate::cx::Cx;

pub fn describe_regions(cx: &Cx<'_>, input: DescribeRegionsRequest) -> Result<Reply<DescribeRegionsResult>, ApiError> {
    not_dry(input.dry_run)?;
    let selection = Selection {
        ids: input.region_names,
        missing: ("InvalidParameterValue", |id| format!("Invalid region: [{id}]")),
        filters: input.filters,
        known: &["endpoint", "opt-in-status", "region-name"],
    };
    let found = selection.of([cx.site.region.clone()].into_iter(), |region| {
        let facts = properties([
            ("endpoint", cx.endpoint.to_owned()),
            ("opt-in-status", "opt-in-not-required".into()),
            ("region-name", region.clone()),
        ]);
        (region.clone(), facts)
    })?;
    let shown = |(_, region): (String, String)| Region {
        opt_in_status: Some("opt-in-not-required".into()),
        region_name: Some(region),
        endpoint: Some(cx.endpoint.to_owned()),
    };
    Ok(Reply::new(DescribeRegionsResult {
        regions: Some(found.items.into_iter().map(shown).collect()),
    }))
}
