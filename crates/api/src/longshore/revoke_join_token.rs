//! RevokeJoinToken ends a join token before its time. Hosts that it let in stay.

use model::longshore::{RevokeJoinTokenRequest, RevokeJoinTokenResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;

pub fn revoke_join_token(
    cx: &Cx<'_>,
    input: RevokeJoinTokenRequest,
) -> Result<Reply<RevokeJoinTokenResponse>, ApiError> {
    let id = input.token_id.unwrap_or_default();
    let mut good = cx.view.join_tokens().filter(|it| it.readmits(cx.now));
    let token = good.find(|it| it.id() == id).ok_or_else(|| {
        ApiError::new(
            "InvalidParameterException",
            format!("There is no join token '{id}'. See: longshore token ls"),
        )
    })?;
    let mut token = token.clone();
    token.revoke();
    Ok(Reply::new(RevokeJoinTokenResponse {}).put(token))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    #[test]
    fn a_revoked_token_lets_nobody_in() {
        let world = World::new("");
        let made = world.ask(r#"CreateJoinToken {"fargate":true}"#);
        let (token, id) = (made.get("token").expect("a token"), made.get("tokenId").expect("an id"));
        let revoke = format!(r#"RevokeJoinToken {{"tokenId":{id}}}"#);
        expect![[r#"
            200 {}
            put join token
        "#]]
        .assert_eq(&world.ask(&revoke).show(None));
        let join = format!(r#"as nobody JoinHost {{"token":{token},"hostName":"a"}}"#);
        expect![[r#"
            400 AccessDeniedException: The join token is unknown, expired, used up or revoked. Make a new one on the server with: longshore token
        "#]].assert_eq(&world.ask(&join).show(None));
        assert!(world.ask("ListJoinTokens {}").list("tokens").is_empty());
    }

    #[test]
    fn one_that_is_not_there_is_named_and_only_the_root_key_may() {
        check(
            "",
            r#"RevokeJoinToken {"tokenId":"0123456789abcdef"}"#,
            expect![[r#"
            400 InvalidParameterException: There is no join token '0123456789abcdef'. See: longshore token ls
        "#]],
        );
        check(
            "host f in fargate",
            r#"as f RevokeJoinToken {"tokenId":"0123456789abcdef"}"#,
            expect![[r#"
                400 AccessDeniedException: This key is not authorized to perform: RevokeJoinToken
            "#]],
        );
    }
}
