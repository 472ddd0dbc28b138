//! PutAccountSetting chooses for one principal.

use model::ecs::{PutAccountSettingRequest, PutAccountSettingResponse};
use wire::ApiError;

use super::account_settings;
use crate::call::Reply;
use crate::cx::Cx;

pub fn put_account_setting(
    cx: &Cx<'_>,
    input: PutAccountSettingRequest,
) -> Result<Reply<PutAccountSettingResponse>, ApiError> {
    let principal = account_settings::principal(cx, input.principal_arn.as_deref())?;
    let (name, value) = (input.name.unwrap_or_default(), input.value.unwrap_or_default());
    let setting = account_settings::chosen(cx, &name, &value, principal)?;
    let output = PutAccountSettingResponse {
        setting: Some(account_settings::shown_choice(&setting)),
    };
    Ok(Reply::new(output).put(setting))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn a_setting_is_kept_for_whom_it_is() {
        check(
            "",
            r#"PutAccountSetting {"name":"containerInsights","value":"enhanced"}"#,
            expect![[r#"
                200 {"setting":{"name":"containerInsights","value":"enhanced","principalArn":"arn:aws:iam::123456789012:root","type":"user"}}
                put account setting containerInsights=enhanced
            "#]],
        );
        check(
            "",
            r#"PutAccountSetting {"name":"awsvpcTrunking","value":"enabled","principalArn":"arn:aws:iam::123456789012:user/ann"}"#,
            expect![[r#"
                200 {"setting":{"name":"awsvpcTrunking","value":"enabled","principalArn":"arn:aws:iam::123456789012:user/ann","type":"user"}}
                put account setting awsvpcTrunking=enabled
            "#]],
        );
        check(
            "",
            r#"PutAccountSettingDefault {"name":"fargateTaskRetirementWaitPeriod","value":"14"}"#,
            expect![[r#"
                200 {"setting":{"name":"fargateTaskRetirementWaitPeriod","value":"14","principalArn":"arn:aws:iam::123456789012:root","type":"user"}}
                put account setting fargateTaskRetirementWaitPeriod=14
            "#]],
        );
    }

    #[test]
    fn other_names_values_and_principals_are_refused() {
        check(
            "",
            r#"PutAccountSetting {"name":"x","value":"enabled"}"#,
            expect![[r#"
                400 InvalidParameterException: 1 validation error detected: Value 'x' at 'name' failed to satisfy constraint: Member must satisfy enum value set: [serviceLongArnFormat, taskLongArnFormat, containerInstanceLongArnFormat, awsvpcTrunking, containerInsights, fargateFIPSMode, tagResourceAuthorization, fargateTaskRetirementWaitPeriod, guardDutyActivate, defaultLogDriverMode, fargateEventWindows]
            "#]],
        );
        check(
            "",
            r#"PutAccountSetting {"name":"containerInsights","value":"on"}"#,
            expect![[r#"
                400 InvalidParameterException: Invalid value 'on' for setting containerInsights. It should be one of [disabled, enabled, enhanced]
            "#]],
        );
        check(
            "",
            r#"PutAccountSetting {"name":"guardDutyActivate","value":"on"}"#,
            expect![[r#"
                400 InvalidParameterException: guardDutyActivate is managed by AWS and cannot be changed.
            "#]],
        );
        check(
            "",
            r#"PutAccountSetting {"name":"awsvpcTrunking","value":"enabled","principalArn":"arn:aws:iam::999999999999:user/ann"}"#,
            expect![[r#"
                400 InvalidParameterException: The principal 'arn:aws:iam::999999999999:user/ann' is invalid. Use the ARN of a user, a role or the root of account 123456789012.
            "#]],
        );
        check(
            "",
            r#"PutAccountSettingDefault {"value":"enabled"}"#,
            expect![[r#"
            400 InvalidParameterException: 1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null
        "#]],
        );
    }

    #[test]
    fn long_arns_stay_and_retirement_is_the_accounts() {
        check(
            "",
            r#"PutAccountSetting {"name":"taskLongArnFormat","value":"disabled"}"#,
            expect![[r#"
                400 InvalidParameterException: You can no longer disable Long Arn settings
            "#]],
        );
        check(
            "",
            r#"PutAccountSetting {"name":"fargateTaskRetirementWaitPeriod","value":"14","principalArn":"arn:aws:iam::123456789012:user/me"}"#,
            expect![[r#"
                400 InvalidParameterException: fargateTaskRetirementWaitPeriod can only be set for the root user of the account.
            "#]],
        );
        check(
            "",
            r#"PutAccountSetting {"name":"fargateTaskRetirementWaitPeriod","value":"14"} -> setting.value"#,
            expect![[r#"
                200 setting.value="14"
                put account setting fargateTaskRetirementWaitPeriod=14
            "#]],
        );
    }
}
