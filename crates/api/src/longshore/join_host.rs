//! JoinHost exchanges a join token for a host's own key. The token is the proof; there is no signature yet to check.

use domain::host::Pool;
use domain::{Host, HostId};
use model::longshore::{JoinHostRequest, JoinHostResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;
use crate::secrets;

const MAX_HOST_NAME: usize = 255;

pub fn join_host(cx: &Cx<'_>, input: JoinHostRequest) -> Result<Reply<JoinHostResponse>, ApiError> {
    let digest = secrets::digest(input.token.as_deref().unwrap_or_default());
    // The same for each, so that nobody learns from it whether a token was good once.
    let token = cx.view.join_token(&digest).filter(|it| it.admits(cx.now));
    let token = token.ok_or_else(|| {
        ApiError::new(
            "AccessDeniedException",
            "The join token is unknown, expired, used up or revoked. Make a new one on the server with: longshore token",
        )
    })?;
    let name = input.host_name.unwrap_or_default();
    if name.is_empty() || name.len() > MAX_HOST_NAME || name.chars().any(char::is_control) {
        return Err(ApiError::new(
            "InvalidParameterException",
            format!("hostName must have 1 to {MAX_HOST_NAME} printable characters."),
        ));
    }
    let mut task_network = cx.view.task_network();
    let network = task_network.take(|it| !cx.view.is_taken(it)).ok_or_else(|| {
        let (cidr, most) = (task_network.cidr(), task_network.hosts());
        ApiError::new(
            "ClientException",
            format!(
                "The task network {cidr} has no room for more than {most} hosts. Remove some with: longshore host rm"
            ),
        )
    })?;

    let host = Host::new(HostId::new(cx.ids.next()), name, token.pool.clone(), network, cx.now);
    let output = JoinHostResponse {
        host_id: Some(host.id().to_string()),
        access_key_id: Some(secrets::host_key_id(host.id(), host.key())),
        secret_access_key: Some(cx.secrets.host_secret(host.id(), host.key())),
        region: Some(cx.site.region.clone()),
        cluster: match &host.pool {
            Pool::Cluster(name) => Some(name.to_string()),
            Pool::Fargate => None,
        },
        fargate: Some(host.pool == Pool::Fargate),
        task_network: Some(network.to_string()),
    };
    let mut token = token.clone();
    token.spend();
    Ok(Reply::new(output).put(token).put(task_network).put(host))
}

#[cfg(test)]
mod tests {
    use crate::testing::{World, check};
    use expect_test::expect;

    #[test]
    fn a_token_of_ones_own_making_opens_nothing() {
        check(
            "",
            r#"as nobody JoinHost {"token":"lsj-00","hostName":"a"}"#,
            expect![[r#"
                400 AccessDeniedException: The join token is unknown, expired, used up or revoked. Make a new one on the server with: longshore token
            "#]],
        );
    }

    #[test]
    fn each_host_gets_a_key_and_a_network_of_its_own() {
        let world = World::new("");
        let token = world
            .ask(r#"CreateJoinToken {"fargate":true,"uses":2}"#)
            .get("token")
            .expect("a token");
        let join = |name: &str| {
            world.ask(&format!(
                r#"as nobody JoinHost {{"token":{token},"hostName":"{name}"}}"#
            ))
        };
        let (a, b) = (join("a"), join("b"));
        assert_eq!(a.get("taskNetwork").as_deref(), Some("\"10.64.0.0/24\""));
        assert_eq!(b.get("taskNetwork").as_deref(), Some("\"10.64.1.0/24\""));
        assert_ne!(a.get("secretAccessKey"), b.get("secretAccessKey"));
        assert_eq!(a.get("fargate").as_deref(), Some("true"));
        expect![[r#"
            400 AccessDeniedException: The join token is unknown, expired, used up or revoked. Make a new one on the server with: longshore token
        "#]].assert_eq(&join("c").show(None));
    }
}
