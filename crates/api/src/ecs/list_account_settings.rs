//! ListAccountSettings shows what was chosen or, when asked for what is in effect, every setting.

use model::ecs::{ListAccountSettingsRequest, ListAccountSettingsResponse, Setting};
use wire::ApiError;

use super::{account_settings, errors};
use crate::call::Reply;
use crate::cx::Cx;
use crate::page::Paging;

pub fn list_account_settings(
    cx: &Cx<'_>,
    input: ListAccountSettingsRequest,
) -> Result<Reply<ListAccountSettingsResponse>, ApiError> {
    if let Some(name) = &input.name {
        account_settings::find(name)?;
    }
    if input.value.is_some() && input.name.is_none() {
        return Err(errors::invalid("You must specify a setting name to filter by value."));
    }
    let principal = account_settings::principal(cx, input.principal_arn.as_deref())?;
    let effective = input.effective_settings == Some(true);
    let question = format!(
        "ListAccountSettings {principal} {:?} {:?} {effective}",
        input.name, input.value
    );
    let paging = Paging {
        question: &question,
        max_results: input.max_results,
        most: 10,
        next_token: input.next_token.as_deref(),
    };
    let after = paging.after(cx)?;

    let value_of = |known: &account_settings::Known| match effective {
        true => Some(account_settings::effective(cx.view, cx.site, &principal, known).to_owned()),
        false => cx
            .view
            .account_setting(&principal, known.name)
            .map(|it| it.value.clone()),
    };
    let settings = account_settings::ALL
        .iter()
        .filter(|known| after.as_deref().is_none_or(|last| known.name > last))
        .filter(|known| input.name.as_deref().is_none_or(|name| known.name == name))
        .filter_map(|known| Some((known.name, value_of(known)?)))
        .filter(|(_, value)| input.value.as_ref().is_none_or(|wanted| value == wanted));
    let page = paging.cut(cx, settings, |(name, _)| (*name).to_owned())?;
    let shown = |(name, value): (&str, String)| -> Setting { account_settings::shown(name, value, principal.clone()) };
    Ok(Reply::new(ListAccountSettingsResponse {
        settings: Some(page.items.into_iter().map(shown).collect()),
        next_token: page.next_token,
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn only_what_was_chosen_is_listed_unless_all_is_asked_for() {
        let chosen = r#"PutAccountSetting {"name":"containerInsights","value":"enabled"} ; "#;
        check(
            "",
            &format!("{chosen}ListAccountSettings {{}}"),
            expect![[r#"
            200 {"settings":[{"name":"containerInsights","value":"enabled","principalArn":"arn:aws:iam::123456789012:root","type":"user"}]}
        "#]],
        );
        check(
            "",
            &format!(r#"{chosen}ListAccountSettings {{"effectiveSettings":true,"maxResults":2}} -> settings"#),
            expect![[r#"
                200 settings=[{"name":"awsvpcTrunking","value":"disabled","principalArn":"arn:aws:iam::123456789012:root","type":"user"},{"name":"containerInsights","value":"enabled","principalArn":"arn:aws:iam::123456789012:root","type":"user"}]
            "#]],
        );
        check(
            "",
            &format!(
                r#"{chosen}ListAccountSettings {{"effectiveSettings":true,"name":"containerInsights","value":"enabled","principalArn":"arn:aws:iam::123456789012:user/ann"}}"#
            ),
            expect![[r#"
                200 {"settings":[{"name":"containerInsights","value":"enabled","principalArn":"arn:aws:iam::123456789012:user/ann","type":"user"}]}
            "#]],
        );
    }

    #[test]
    fn a_value_needs_its_name() {
        check(
            "",
            r#"ListAccountSettings {"value":"enabled"}"#,
            expect![[r#"
            400 InvalidParameterException: You must specify a setting name to filter by value.
        "#]],
        );
        check(
            "",
            r#"ListAccountSettings {"nextToken":"x"}"#,
            expect![[r#"
            400 InvalidParameterException: Invalid token. The nextToken is not one that this list gave.
        "#]],
        );
    }
}
