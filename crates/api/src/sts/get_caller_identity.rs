//! GetCallerIdentity names the caller's key. It needs no permission: every tool's first call.

use model::sts::{GetCallerIdentityRequest, GetCallerIdentityResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::{Caller, Cx};

pub fn get_caller_identity(
    cx: &Cx<'_>,
    _input: GetCallerIdentityRequest,
) -> Result<Reply<GetCallerIdentityResponse>, ApiError> {
    let site = cx.site;
    let (user_id, arn) = match cx.caller {
        Caller::Root | Caller::Anonymous => (site.account.clone(), site.root_arn()),
        Caller::Host { id, .. } => (
            format!("{}:{id}", site.account),
            format!(
                "arn:{}:iam::{}:user/longshore/host/{id}",
                site.partition(),
                site.account
            ),
        ),
    };
    Ok(Reply::new(GetCallerIdentityResponse {
        user_id: Some(user_id),
        account: Some(site.account.clone()),
        arn: Some(arn),
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn root_is_the_account_and_a_host_is_itself() {
        check(
            "",
            "GetCallerIdentity {}",
            expect![[r#"
                200 {"UserId":"123456789012","Account":"123456789012","Arn":"arn:aws:iam::123456789012:root"}
            "#]],
        );
        check(
            "host f in fargate",
            "as f GetCallerIdentity {} -> Account Arn",
            expect![[r#"
                200 Account="123456789012" Arn="arn:aws:iam::123456789012:user/longshore/host/0000000000000000000000000000b001"
            "#]],
        );
    }
}
