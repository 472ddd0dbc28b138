//! PutAccountSettingDefault chooses for all principals that have not chosen themselves.

use model::ecs::{PutAccountSettingDefaultRequest, PutAccountSettingDefaultResponse};
use wire::ApiError;

use super::account_settings;
use crate::call::Reply;
use crate::cx::Cx;

pub fn put_account_setting_default(
    cx: &Cx<'_>,
    input: PutAccountSettingDefaultRequest,
) -> Result<Reply<PutAccountSettingDefaultResponse>, ApiError> {
    let (name, value) = (input.name.unwrap_or_default(), input.value.unwrap_or_default());
    let setting = account_settings::chosen(cx, &name, &value, cx.site.root_arn())?;
    let output = PutAccountSettingDefaultResponse {
        setting: Some(account_settings::shown_choice(&setting)),
    };
    Ok(Reply::new(output).put(setting))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn new_clusters_follow_the_default() {
        check(
            "",
            r#"PutAccountSettingDefault {"name":"containerInsights","value":"enhanced"} ; CreateCluster {"clusterName":"web"} -> cluster.settings"#,
            expect![[r#"
                200 cluster.settings=[{"name":"containerInsights","value":"enhanced"}]
                put cluster web
            "#]],
        );
    }

    #[test]
    fn a_name_and_a_known_value_are_needed() {
        check(
            "",
            r#"PutAccountSettingDefault {"name":"awsvpcTrunking","value":"on"}"#,
            expect![[r#"
                400 InvalidParameterException: Invalid value 'on' for setting awsvpcTrunking. It should be one of [disabled, enabled]
            "#]],
        );
    }
}
