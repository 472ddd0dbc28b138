//! Settings of clusters.

use domain::cluster::ContainerInsights;
use model::ecs::{ClusterConfiguration, ClusterSetting};
use wire::{ApiError, json};

use super::{account_settings, errors};
use crate::cx::Cx;

const INSIGHTS: &str = "containerInsights";

/// The account's choice for clusters that make none.
pub fn insights_of_account(cx: &Cx<'_>) -> ClusterSetting {
    ClusterSetting {
        name: Some(INSIGHTS.into()),
        value: Some(account_settings::of_account(cx, INSIGHTS)),
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

/// Refuses the first of the cluster's fields that is given and would do nothing.
pub fn refuse_what_cannot_act(fields: &[(&str, bool)]) -> Result<(), ApiError> {
    match fields.iter().find(|(_, given)| *given) {
        Some((field, _)) => Err(errors::client(format!(
            "{field} is not supported by Longshore yet. Leave it out."
        ))),
        None => Ok(()),
    }
}
