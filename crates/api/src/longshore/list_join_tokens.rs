//! ListJoinTokens names the tokens that still let machines in. The tokens themselves are not known here.

use domain::host::Pool;
use model::longshore::{JoinToken, ListJoinTokensRequest, ListJoinTokensResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;

pub fn list_join_tokens(cx: &Cx<'_>, _input: ListJoinTokensRequest) -> Result<Reply<ListJoinTokensResponse>, ApiError> {
    let mut good: Vec<_> = cx.view.join_tokens().filter(|it| it.admits(cx.now)).collect();
    good.sort_by_key(|it| it.expires_at);
    Ok(Reply::new(ListJoinTokensResponse {
        tokens: Some(good.into_iter().map(shown).collect()),
    }))
}

fn shown(it: &domain::JoinToken) -> JoinToken {
    JoinToken {
        token_id: Some(it.id().to_owned()),
        cluster: match &it.pool {
            Pool::Cluster(name) => Some(name.to_string()),
            Pool::Fargate => None,
        },
        fargate: Some(it.pool == Pool::Fargate),
        expires_at: Some(it.expires_at),
        uses_left: it.uses_left.map(|left| left as i32),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn what_is_good_is_listed_and_the_soonest_end_comes_first() {
        check(
            "",
            r#"CreateJoinToken {"fargate":true,"uses":3} ; CreateJoinToken {"expiresInSeconds":60} ; CreateJoinToken {"expiresInSeconds":1} ; ListJoinTokens {}"#,
            expect![[r#"
                200 {"tokens":[{"tokenId":"e82c425c0eb8d7a7","cluster":"default","fargate":false,"expiresAt":1700000061.123,"usesLeft":1},{"tokenId":"5454e339ff02e894","fargate":true,"expiresAt":1700003600.123,"usesLeft":3}]}
            "#]],
        );
    }

    #[test]
    fn a_host_does_not_see_them() {
        check(
            "host f in fargate",
            "as f ListJoinTokens {}",
            expect![[r#"
            400 AccessDeniedException: This key is not authorized to perform: ListJoinTokens
        "#]],
        );
    }
}
