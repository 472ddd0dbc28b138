//! Settings of clusters.

use domain::cluster::ContainerInsights;
use domain::site::Arn;
use model::ecs::{ClusterConfiguration, ClusterServiceConnectDefaultsRequest, ClusterSetting};
use wire::{ApiError, json};

use super::{account_settings, errors};
use crate::cx::Cx;
use crate::secrets;

const INSIGHTS: &str = "containerInsights";
/// Cloud Map's limits on names and ids of namespaces, and the digits that it gives an id.
const MAX_NAMESPACE: usize = 1024;
const MAX_NAMESPACE_ID: usize = 61;
const NAMESPACE_ID: usize = 16;

/// The account's choice for clusters that make none.
pub fn insights_of_account(cx: &Cx<'_>) -> ClusterSetting {
    ClusterSetting {
        name: Some(INSIGHTS.into()),
        value: Some(account_settings::of_account(cx.view, cx.site, INSIGHTS).into()),
    }
}

/// What the settings make of `before`.
pub fn insights(settings: &[ClusterSetting], before: ContainerInsights) -> Result<ContainerInsights, ApiError> {
    let mut insights = before;
    for setting in settings {
        insights = match setting.value.as_deref() {
            Some("enabled") => ContainerInsights::Enabled,
            Some("disabled") => ContainerInsights::Disabled,
            Some("enhanced") => ContainerInsights::Enhanced,
            other => {
                let given = other.unwrap_or_default();
                return Err(errors::invalid(format!(
                    "Invalid setting value '{given}': use enabled, disabled or enhanced."
                )));
            }
        };
    }
    Ok(insights)
}

/// A configuration as it is kept, if it is complete.
pub fn configuration(given: &ClusterConfiguration) -> Result<String, ApiError> {
    let exec = given.execute_command_configuration.as_ref();
    if exec.is_some_and(|it| it.logging.as_deref() == Some("OVERRIDE") && it.log_configuration.is_none()) {
        return Err(errors::invalid(
            "A logConfiguration must be specified when the execute command logging is OVERRIDE.",
        ));
    }
    Ok(json::to_string(given))
}

/// The namespace for services that name none, as an ARN. None where the caller gives an empty name, which takes it away.
pub fn namespace(cx: &Cx<'_>, given: &ClusterServiceConnectDefaultsRequest) -> Result<Option<String>, ApiError> {
    let given = given.namespace.as_deref().unwrap_or_default();
    if given.is_empty() {
        return Ok(None);
    }
    let Some(arn) = Arn::parse(given) else {
        return named_namespace(cx, given).map(Some);
    };
    if arn.account != cx.site.account {
        return Err(errors::foreign_account(arn.account, &cx.site.account));
    }
    if arn.region != cx.site.region {
        return Err(errors::foreign_region(arn.region, &cx.site.region));
    }
    let id = arn.path("namespace").and_then(|it| it.strip_prefix("ns-"));
    let lower = |b: u8| b.is_ascii_digit() || b.is_ascii_lowercase();
    let is_id = |it: &str| (1..=MAX_NAMESPACE_ID).contains(&it.len()) && it.bytes().all(lower);
    match arn.service == "servicediscovery" && id.is_some_and(is_id) {
        true => Ok(Some(given.to_owned())),
        false => Err(errors::namespace_not_found()),
    }
}

/// An HTTP namespace comes into being when it is first named, and is the same one whenever it is named again.
fn named_namespace(cx: &Cx<'_>, name: &str) -> Result<String, ApiError> {
    if name.len() > MAX_NAMESPACE || !name.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(errors::invalid(format!(
            "Invalid namespace name: use 1 to {MAX_NAMESPACE} printable ASCII characters without spaces."
        )));
    }
    let site = &cx.site;
    let id = &secrets::digest(name)[..NAMESPACE_ID];
    Ok(format!(
        "arn:{}:servicediscovery:{}:{}:namespace/ns-{id}",
        site.partition(),
        site.region,
        site.account
    ))
}
