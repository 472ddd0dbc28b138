//! DeleteAccountSetting takes a choice back: what holds then is the default.

use domain::Key;
use model::ecs::{DeleteAccountSettingRequest, DeleteAccountSettingResponse};
use wire::ApiError;

use super::account_settings;
use crate::call::Reply;
use crate::cx::Cx;

pub fn delete_account_setting(
    cx: &Cx<'_>,
    input: DeleteAccountSettingRequest,
) -> Result<Reply<DeleteAccountSettingResponse>, ApiError> {
    let known = account_settings::find(input.name.as_deref().unwrap_or_default())?;
    let principal = account_settings::principal(cx, input.principal_arn.as_deref())?;
    let root = cx.site.root_arn();
    let set_by_account = cx.view.account_setting(&root, known.name).filter(|_| principal != root);
    let left = set_by_account.map_or_else(|| known.values[0].to_owned(), |it| it.value.clone());
    let set = cx.view.account_setting(&principal, known.name);
    let gone = set.map(|it| Key::AccountSetting(it.principal.clone(), it.name.clone()));
    let output = DeleteAccountSettingResponse {
        setting: Some(account_settings::shown(known.name, left, principal)),
    };
    Ok(Reply::new(output).delete_all(gone))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn what_holds_then_is_the_default() {
        check(
            "",
            r#"PutAccountSetting {"name":"defaultLogDriverMode","value":"blocking"} ; DeleteAccountSetting {"name":"defaultLogDriverMode"} ; ListAccountSettings {}"#,
            expect![[r#"
                200 {"settings":[]}
            "#]],
        );
        check(
            "",
            r#"DeleteAccountSetting {"name":"containerInsights"}"#,
            expect![[r#"
                200 {"setting":{"name":"containerInsights","value":"disabled","principalArn":"arn:aws:iam::123456789012:root","type":"user"}}
            "#]],
        );
        check(
            "",
            r#"PutAccountSettingDefault {"name":"awsvpcTrunking","value":"enabled"} ; DeleteAccountSetting {"name":"awsvpcTrunking","principalArn":"arn:aws:iam::123456789012:user/ann"}"#,
            expect![[r#"
                200 {"setting":{"name":"awsvpcTrunking","value":"enabled","principalArn":"arn:aws:iam::123456789012:user/ann","type":"user"}}
            "#]],
        );
    }
}
