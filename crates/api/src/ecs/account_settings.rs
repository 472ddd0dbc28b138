//! Account settings: the names there are, what each may be set to, and what it is where nobody has set it.

use domain::{AccountSetting, Site, Snapshot};
use model::ecs::Setting;
use wire::ApiError;

use super::errors;
use crate::cx::{Caller, Cx};

/// A setting that AWS knows.
pub struct Known {
    pub name: &'static str,
    /// The first is the default.
    pub values: &'static [&'static str],
    /// Shown, and set by nobody.
    read_only: bool,
}

const fn known(name: &'static str, values: &'static [&'static str]) -> Known {
    Known {
        name,
        values,
        read_only: false,
    }
}

const OFF: &[&str] = &["disabled", "enabled"];
const ON: &[&str] = &["enabled", "disabled"];
/// Concerns all tasks of the account, whoever ran them.
const RETIREMENT: &str = "fargateTaskRetirementWaitPeriod";

/// How the logs of containers that do not say are delivered.
pub const LOG_MODE: &str = "defaultLogDriverMode";

/// In order of name.
pub static ALL: [Known; 12] = [
    known("awsvpcTrunking", OFF),
    known("containerInsights", &["disabled", "enabled", "enhanced"]),
    known("containerInstanceLongArnFormat", ON),
    known(LOG_MODE, &["non-blocking", "blocking"]),
    known("dualStackIPv6", OFF),
    known("fargateEventWindows", OFF),
    known("fargateFIPSMode", OFF),
    known(RETIREMENT, &["7", "0", "14"]),
    Known {
        name: "guardDutyActivate",
        values: &["off", "on"],
        read_only: true,
    },
    known("serviceLongArnFormat", ON),
    known("tagResourceAuthorization", &["off", "on"]),
    known("taskLongArnFormat", ON),
];

pub fn find(name: &str) -> Result<&'static Known, ApiError> {
    ALL.iter().find(|it| it.name == name).ok_or_else(|| {
        let names: Vec<_> = ALL.iter().map(|it| it.name).collect();
        errors::invalid(format!("{name} should be one of [{}]", names.join(", ")))
    })
}

/// A setting of `name` for `principal`, if it may be so.
pub fn chosen(cx: &Cx<'_>, name: &str, value: &str, principal: String) -> Result<AccountSetting, ApiError> {
    let known = find(name)?;
    if known.read_only {
        return Err(errors::invalid(format!(
            "{name} is managed by AWS and cannot be changed."
        )));
    }
    if known.name.ends_with("LongArnFormat") && value == "disabled" {
        return Err(errors::invalid("You can no longer disable Long Arn settings"));
    }
    if known.name == RETIREMENT && principal != cx.site.root_arn() {
        return Err(errors::invalid(format!(
            "{RETIREMENT} can only be set for the root user of the account."
        )));
    }
    if !known.values.contains(&value) {
        return Err(errors::invalid(format!(
            "Invalid value '{value}' for setting {name}. It should be one of [{}]",
            known.values.join(", ")
        )));
    }
    Ok(AccountSetting {
        principal,
        name: name.into(),
        value: value.into(),
    })
}

/// Whom a call is about: the principal it names, else the caller.
pub fn principal(cx: &Cx<'_>, named: Option<&str>) -> Result<String, ApiError> {
    let root = cx.site.root_arn();
    let Some(named) = named.filter(|it| !it.is_empty() && **it != *root) else {
        return Ok(root);
    };
    let of_account = format!("arn:aws:iam::{}:", cx.site.account);
    let kind = named.strip_prefix(&of_account).and_then(|it| it.split_once('/'));
    match (cx.caller, kind) {
        (Caller::Root, Some(("user" | "role", name))) if !name.is_empty() => Ok(named.to_owned()),
        (Caller::Root, _) => Err(errors::invalid(format!(
            "The principal '{named}' is invalid. Use the ARN of a user, a role or the root of account {}.",
            cx.site.account
        ))),
        _ => Err(errors::access_denied(
            "Only the root user can change the settings of another principal.",
        )),
    }
}

/// What holds for `principal`: its own choice, else the account's, else the service's.
pub fn effective<'a>(view: &'a Snapshot, site: &Site, principal: &str, known: &Known) -> &'a str {
    let set_by = |principal: &str| view.account_setting(principal, known.name);
    let set = set_by(principal).or_else(|| set_by(&site.root_arn()));
    set.map_or(known.values[0], |it| &it.value)
}

/// What holds for new things of the account.
pub fn of_account<'a>(view: &'a Snapshot, site: &Site, name: &str) -> &'a str {
    let known = ALL.iter().find(|it| it.name == name);
    known.map_or("", |it| effective(view, site, &site.root_arn(), it))
}

/// A choice as the answer to it shows it.
pub fn shown_choice(it: &AccountSetting) -> Setting {
    shown(&it.name, it.value.clone(), it.principal.clone())
}

pub fn shown(name: &str, value: String, principal: String) -> Setting {
    let managed = ALL.iter().any(|it| it.name == name && it.read_only);
    Setting {
        name: Some(name.into()),
        value: Some(value),
        principal_arn: Some(principal),
        r#type: Some(if managed { "aws_managed" } else { "user" }.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_are_those_of_the_model_in_order() {
        let names: Vec<_> = ALL.iter().map(|it| it.name).collect();
        assert!(names.is_sorted());
        for known in &ALL {
            let input = model::ecs::PutAccountSettingRequest {
                name: Some(known.name.into()),
                value: Some(known.values[0].into()),
                ..Default::default()
            };
            let operation = model::ecs::API.operation("PutAccountSetting").expect("in the model");
            let value = wire::json::parse(wire::json::to_string(&input).as_bytes()).expect("JSON");
            // One that only newer documentation has is not in the model, and so cannot be named by a client.
            let unknown = wire::validate::check(operation.input, &value).is_err();
            assert_eq!(unknown, known.name == "dualStackIPv6", "{}", known.name);
        }
    }
}
