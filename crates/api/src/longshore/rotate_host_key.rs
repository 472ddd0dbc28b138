//! RotateHostKey gives a host its next key. The current one dies when the next is first used.

use model::longshore::{RotateHostKeyRequest, RotateHostKeyResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::{Caller, Cx};
use crate::secrets;

pub fn rotate_host_key(cx: &Cx<'_>, _input: RotateHostKeyRequest) -> Result<Reply<RotateHostKeyResponse>, ApiError> {
    let host = match cx.caller {
        Caller::Host { id, .. } => cx.view.host(*id).filter(|it| it.left_at().is_none()),
        Caller::Root | Caller::Anonymous => None,
    };
    let mut host = host
        .ok_or_else(|| {
            ApiError::new(
                "AccessDeniedException",
                "Only a host can rotate its key, signing with the current one.",
            )
        })?
        .clone();
    let key = host.issue_next_key();
    let output = RotateHostKeyResponse {
        access_key_id: Some(secrets::host_key_id(host.id(), key)),
        secret_access_key: Some(cx.secrets.host_secret(host.id(), key)),
    };
    Ok(Reply::new(output).put(host))
}

#[cfg(test)]
mod tests {
    use crate::testing::check;
    use expect_test::expect;

    #[test]
    fn asked_twice_it_is_the_same_next_key() {
        let world = "host f in fargate";
        check(
            world,
            "as f RotateHostKey {} -> accessKeyId",
            expect![[r#"
                200 accessKeyId="LSHOST0000000000000000000000000000b001.2"
                put host f
            "#]],
        );
        check(
            world,
            "as f RotateHostKey {} ; as f RotateHostKey {} -> accessKeyId",
            expect![[r#"
                200 accessKeyId="LSHOST0000000000000000000000000000b001.2"
                put host f
            "#]],
        );
        check(
            world,
            "RotateHostKey {}",
            expect![[r#"
                400 AccessDeniedException: Only a host can rotate its key, signing with the current one.
            "#]],
        );
    }
}
