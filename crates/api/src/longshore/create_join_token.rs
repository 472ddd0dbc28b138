//! CreateJoinToken makes a token by which machines join one cluster, or the Fargate pool. It is shown this once.

use domain::host::Pool;
use domain::{ClusterName, JoinToken};
use model::longshore::{CreateJoinTokenRequest, CreateJoinTokenResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;
use crate::secrets;

/// Life of a token unless the caller says otherwise, and the longest there is.
const DEFAULT_LIFE_S: i32 = 60 * 60;
const MAX_LIFE_S: i32 = 30 * 24 * 60 * 60;
/// Machines that a token lets in unless the caller says otherwise, and the most.
const DEFAULT_USES: i32 = 1;
const MAX_USES: i32 = 10_000;
/// Most tokens that may be good at once.
const MAX_TOKENS: usize = 10_000;

pub fn create_join_token(
    cx: &Cx<'_>,
    input: CreateJoinTokenRequest,
) -> Result<Reply<CreateJoinTokenResponse>, ApiError> {
    let pool = match (input.fargate == Some(true), input.cluster.as_deref()) {
        (true, None) => Pool::Fargate,
        (true, Some(_)) => {
            return Err(invalid(
                "Give either a cluster or fargate: hosts of the Fargate pool serve every cluster.",
            ));
        }
        (false, name) => {
            let name = ClusterName::parse(name.unwrap_or(ClusterName::DEFAULT))
                .filter(|it| cx.view.cluster(it).is_some_and(|c| c.is_active()));
            Pool::Cluster(name.ok_or_else(|| ApiError::new("ClusterNotFoundException", "Cluster not found."))?)
        }
    };
    let life_s = input.expires_in_seconds.unwrap_or(DEFAULT_LIFE_S);
    if !(1..=MAX_LIFE_S).contains(&life_s) {
        return Err(invalid(format!("expiresInSeconds must be between 1 and {MAX_LIFE_S}.")));
    }
    let uses = input.uses.unwrap_or(DEFAULT_USES);
    if !(1..=MAX_USES).contains(&uses) {
        return Err(invalid(format!("uses must be between 1 and {MAX_USES}.")));
    }
    if cx.view.join_tokens().filter(|it| it.admits(cx.now)).count() >= MAX_TOKENS {
        return Err(invalid(format!(
            "There are {MAX_TOKENS} join tokens already. Revoke some: longshore token ls, longshore token revoke ID"
        )));
    }
    let token = format!("lsj-{:032x}{:032x}", cx.ids.next(), cx.ids.next());
    let expires_at = cx.now.plus_s(i64::from(life_s));
    let record = JoinToken::new(secrets::digest(&token), pool, expires_at, Some(uses.unsigned_abs()));
    let output = CreateJoinTokenResponse {
        token: Some(token),
        token_id: Some(record.id().to_owned()),
        expires_at: Some(record.expires_at),
    };
    Ok(Reply::new(output).put(record))
}

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new("InvalidParameterException", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, check};
    use expect_test::expect;

    #[test]
    fn a_token_is_for_one_pool_and_a_limited_time() {
        check(
            "",
            r#"CreateJoinToken {"fargate":true} -> expiresAt"#,
            expect![[r#"
                200 expiresAt=1700003600.123
                put join token
            "#]],
        );
        check(
            "",
            r#"CreateJoinToken {"fargate":true,"cluster":"default"}"#,
            expect![[r#"
                400 InvalidParameterException: Give either a cluster or fargate: hosts of the Fargate pool serve every cluster.
            "#]],
        );
        check(
            "",
            r#"CreateJoinToken {"cluster":"nope"}"#,
            expect![[r#"
                400 ClusterNotFoundException: Cluster not found.
            "#]],
        );
        check(
            "",
            r#"CreateJoinToken {"expiresInSeconds":0}"#,
            expect![[r#"
                400 InvalidParameterException: expiresInSeconds must be between 1 and 2592000.
            "#]],
        );
    }

    #[test]
    fn uses_and_the_number_of_tokens_are_limited() {
        for uses in [0, -1, 10_001] {
            check(
                "",
                &format!(r#"CreateJoinToken {{"uses":{uses}}}"#),
                expect![[r#"
                    400 InvalidParameterException: uses must be between 1 and 10000.
                "#]],
            );
        }
        let most = World::new("").with(|cx| {
            let mut view = cx.view.clone();
            for n in 0..super::MAX_TOKENS {
                let mut changes = domain::Changes::none();
                let digest = format!("{n:064x}");
                changes.put(JoinToken::new(digest, Pool::Fargate, cx.now.plus_s(1), Some(1)));
                view.apply(changes);
            }
            let cx = Cx {
                view: &view,
                ids: crate::Ids::new([9; 16]),
                ..*cx
            };
            create_join_token(&cx, CreateJoinTokenRequest::default()).err()
        });
        expect!["InvalidParameterException: There are 10000 join tokens already. Revoke some: longshore token ls, longshore token revoke ID"].assert_eq(&most.map(|it| it.to_string()).unwrap_or_default());
    }

    #[test]
    fn a_host_cannot_let_others_in() {
        check(
            "host f in fargate",
            r#"as f CreateJoinToken {"fargate":true}"#,
            expect![[r#"
                400 AccessDeniedException: This key is not authorized to perform: CreateJoinToken
            "#]],
        );
    }
}
