//! JoinHost exchanges a join token for a host's own key. The token is the proof; there is no signature yet to check.
//!
//! The answer may be lost on its way. A machine that brings a secret of its own, the nonce, asks again with the same and is the same host,
//! counted once: who it is follows from token and nonce, so neither is stored.

use domain::host::Pool;
use domain::{Host, HostId, JoinToken};
use model::longshore::{JoinHostRequest, JoinHostResponse};
use wire::ApiError;

use crate::call::Reply;
use crate::cx::Cx;
use crate::secrets;

const MAX_HOST_NAME: usize = 255;
/// Characters of a nonce, so that nobody finds one by trying.
const NONCE: std::ops::RangeInclusive<usize> = 32..=128;

pub fn join_host(cx: &Cx<'_>, input: JoinHostRequest) -> Result<Reply<JoinHostResponse>, ApiError> {
    let name = input.host_name.unwrap_or_default();
    if name.is_empty() || name.len() > MAX_HOST_NAME || name.chars().any(char::is_control) {
        return Err(invalid(format!(
            "hostName must have 1 to {MAX_HOST_NAME} printable characters."
        )));
    }
    if input.nonce.as_ref().is_some_and(|it| !NONCE.contains(&it.len())) {
        let (least, most) = (NONCE.start(), NONCE.end());
        return Err(invalid(format!("nonce must have {least} to {most} characters.")));
    }
    let secret = input.token.unwrap_or_default();
    let token = cx.view.join_token(&secrets::digest(&secret)).ok_or_else(not_admitted)?;
    let id = match &input.nonce {
        Some(nonce) => cx.secrets.host_id(&secret, nonce),
        None => HostId::new(cx.ids.next()),
    };
    if let Some(host) = cx.view.host(id) {
        return again(cx, token, host);
    }
    if !token.admits(cx.now) {
        return Err(not_admitted());
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

    let host = Host::new(id, name, token.pool.clone(), network, cx.now);
    let mut token = token.clone();
    token.spend();
    Ok(Reply::new(answer(cx, &host)).put(token).put(task_network).put(host))
}

/// The answer of before, for a host that may not have heard it. One that has registered has, so what it joined by opens nothing more.
fn again(cx: &Cx<'_>, token: &JoinToken, host: &Host) -> Result<Reply<JoinHostResponse>, ApiError> {
    let has_registered = cx.view.instance_of_host(host.id()).is_some();
    if has_registered || host.left_at().is_some() || !token.readmits(cx.now) {
        return Err(not_admitted());
    }
    Ok(Reply::new(answer(cx, host)))
}

fn answer(cx: &Cx<'_>, host: &Host) -> JoinHostResponse {
    JoinHostResponse {
        host_id: Some(host.id().to_string()),
        access_key_id: Some(secrets::host_key_id(host.id(), host.key())),
        secret_access_key: Some(cx.secrets.host_secret(host.id(), host.key())),
        region: Some(cx.site.region.clone()),
        cluster: match &host.pool {
            Pool::Cluster(name) => Some(name.to_string()),
            Pool::Fargate => None,
        },
        fargate: Some(host.pool == Pool::Fargate),
        task_network: Some(host.network.to_string()),
    }
}

/// The same for each reason, so that nobody learns from it whether a token was good once.
fn not_admitted() -> ApiError {
    ApiError::new(
        "AccessDeniedException",
        "The join token is unknown, expired, used up or revoked. Make a new one on the server with: longshore token",
    )
}

fn invalid(message: String) -> ApiError {
    ApiError::new("InvalidParameterException", message)
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

    const NONCE: &str = "00112233445566778899aabbccddeeff";

    /// A world with a token, how a machine joins by it, and how it is revoked.
    fn joining(uses: u32) -> (World, impl Fn(&str, &str) -> String, String) {
        let world = World::new("cluster web");
        let made = world.ask(&format!(r#"CreateJoinToken {{"cluster":"web","uses":{uses}}}"#));
        let token = made.get("token").expect("a token");
        let revoke = format!(
            r#"RevokeJoinToken {{"tokenId":{}}}"#,
            made.get("tokenId").expect("an id")
        );
        let join = move |name: &str, nonce: &str| {
            format!(r#"as nobody JoinHost {{"token":{token},"hostName":"{name}","nonce":"{nonce}"}}"#)
        };
        (world, join, revoke)
    }

    #[test]
    fn a_host_that_asks_again_is_the_same_and_is_counted_once() {
        let (world, join, _) = joining(1);
        let first = world.ask(&join("a", NONCE));
        let again = world.ask(&join("a", NONCE));
        assert!(first.get("secretAccessKey").is_some());
        for field in ["hostId", "accessKeyId", "secretAccessKey", "cluster", "taskNetwork"] {
            assert_eq!(again.get(field), first.get(field), "{field}");
        }
        assert_eq!(again.show(Some("fargate")), "200 fargate=false\n", "nothing is changed");
        assert_eq!(world.ask("ListHosts {}").list("hosts").len(), 1);
    }

    #[test]
    fn another_nonce_is_another_host_as_far_as_the_token_goes() {
        let (world, join, _) = joining(2);
        let other = NONCE.replace('0', "f");
        let ids = [NONCE, &other, NONCE].map(|it| world.ask(&join("a", it)).get("hostId").expect("an id"));
        assert_ne!(ids[0], ids[1]);
        assert_eq!(ids[0], ids[2], "though the token is used up");
        let third = world.ask(&join("a", &NONCE.replace('1', "e")));
        assert!(
            third.show(None).starts_with("400 AccessDeniedException"),
            "{}",
            third.show(None)
        );
    }

    #[test]
    fn what_a_host_joined_by_opens_nothing_once_it_has_its_key_or_the_token_is_revoked() {
        let refused = |world: &World, call: &str| {
            let said = world.ask(call).show(None);
            assert!(said.starts_with("400 AccessDeniedException: The join token"), "{said}");
        };
        let (world, join, _) = joining(1);
        let host = world.ask(&join("a", NONCE)).get("hostId").expect("an id");
        let register = format!(
            r#"as {} RegisterContainerInstance {{"cluster":"web","totalResources":[]}}"#,
            host.trim_matches('"')
        );
        assert!(world.ask(&register).get("containerInstance").is_some());
        refused(&world, &join("a", NONCE));

        let (world, join, revoke) = joining(1);
        world.ask(&join("a", NONCE));
        assert_eq!(world.ask(&revoke).show(None), "200 {}\nput join token\n");
        refused(&world, &join("a", NONCE));
    }

    #[test]
    fn a_nonce_that_could_be_guessed_is_refused() {
        for nonce in ["", "0123", &"0".repeat(129)] {
            let (world, join, _) = joining(1);
            expect![[r#"
                400 InvalidParameterException: nonce must have 32 to 128 characters.
            "#]]
            .assert_eq(&world.ask(&join("a", nonce)).show(None));
        }
    }
}
