#![allow(clippy::unwrap_used)]

use super::*;
use crate::Value;
use crate::schema::Protocol;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// When the requests in `botocore.json` were signed: 2026-11-24T08:30:00Z.
const THEN: Time = Time::from_millis(1_795_509_000_000);

fn text<'a>(it: &'a Value, name: &str) -> &'a str {
    it.get(name).and_then(Value::as_str).unwrap()
}

/// Runs `judge` over each request that botocore signed.
fn each_recorded(mut judge: impl FnMut(&str, Request<'_>)) {
    let Value::List(cases) = serde_json::from_str(include_str!("botocore.json")).unwrap() else {
        panic!("a list")
    };
    for case in &cases {
        let Some(Value::List(pairs)) = case.get("headers") else {
            panic!("headers")
        };
        let headers: Vec<(&str, &[u8])> = pairs
            .iter()
            .map(|pair| match pair {
                Value::List(it) => (it[0].as_str().unwrap(), it[1].as_str().unwrap().as_bytes()),
                _ => panic!("a pair"),
            })
            .collect();
        let request = Request {
            method: text(case, "method"),
            path: text(case, "path"),
            query: text(case, "query"),
            headers: &headers,
            body: text(case, "body").as_bytes(),
        };
        judge(text(case, "name"), request);
    }
    assert!(cases.len() >= 8);
}

fn judge(request: &Request<'_>, secret: &str, now: Time) -> Result<(), Refusal> {
    let claim = Claim::read(request)?;
    claim.check("us-east-1", false, now)?;
    claim.verify(request, &SigningKey::derive(secret, &claim.scope))
}

#[test]
fn what_botocore_signs_is_accepted() {
    each_recorded(|name, request| assert_eq!(judge(&request, SECRET, THEN), Ok(()), "{name}"));
}

#[test]
fn any_change_to_a_signed_request_is_noticed() {
    each_recorded(|name, request| {
        let mismatch = Err(Refusal::Signature);
        assert_eq!(
            judge(
                &Request {
                    body: b"{ }",
                    ..request
                },
                SECRET,
                THEN
            ),
            mismatch,
            "{name}"
        );
        assert_eq!(
            judge(
                &Request {
                    method: "PUT",
                    ..request
                },
                SECRET,
                THEN
            ),
            mismatch,
            "{name}"
        );
        assert_eq!(
            judge(
                &Request {
                    path: "/other",
                    ..request
                },
                SECRET,
                THEN
            ),
            mismatch,
            "{name}"
        );
        let more = format!("{}&z=1", request.query);
        assert_eq!(
            judge(
                &Request {
                    query: &more,
                    ..request
                },
                SECRET,
                THEN
            ),
            mismatch,
            "{name}"
        );
        assert_eq!(judge(&request, "another secret", THEN), mismatch, "{name}");
    });
}

fn signed_with(
    headers: &[(&'static str, &'static str)],
    change: impl Fn(&str, String) -> String,
) -> Result<(), Refusal> {
    let mut list: Vec<(&str, &[u8])> = vec![("host", b"h")];
    let bare = Request {
        method: "POST",
        path: "/",
        query: "",
        headers: &list.clone(),
        body: b"{}",
    };
    let signer = Signer {
        access_key_id: "AKID",
        secret_access_key: SECRET,
        region: "us-east-1",
        service: "ecs",
    };
    let signed = sign(&bare, &signer, THEN).map(|(name, value)| (name, change(name, value)));
    list.extend(signed.iter().map(|(name, value)| (*name, value.as_bytes())));
    list.extend(headers.iter().map(|(name, value)| (*name, value.as_bytes())));
    judge(&Request { headers: &list, ..bare }, SECRET, THEN)
}

#[test]
fn our_own_signature_is_accepted_and_only_as_it_was_made() {
    assert_eq!(signed_with(&[], |_, value| value), Ok(()));
    assert_eq!(
        signed_with(&[("accept", "unsigned headers may come along")], |_, value| value),
        Ok(())
    );
    let says = |result: Result<(), Refusal>, part: &str| {
        let error = result.unwrap_err().into_error(Protocol::Json11);
        assert!(error.to_string().contains(part), "{error}");
    };
    let swap = |from: &'static str, to: &'static str| move |_: &str, value: String| value.replace(from, to);
    says(
        signed_with(&[("x-amz-target", "T")], |_, v| v),
        "IncompleteSignatureException: The header 'x-amz-target' is present but not signed",
    );
    says(
        signed_with(&[("x-amz-date", "20261124T083001Z")], |_, v| v),
        "InvalidSignatureException: The request signature",
    );
    says(
        signed_with(&[], swap("us-east-1", "eu-west-1")),
        "InvalidSignatureException: Credential should be scoped to a valid region, not 'eu-west-1'",
    );
    says(
        signed_with(&[], swap("aws4_request", "aws5_request")),
        "valid terminator",
    );
    says(
        signed_with(&[], swap("AKID/20261124", "AKID/20261123")),
        "Date in Credential scope does not match",
    );
    says(
        signed_with(&[], swap("host;", "")),
        "'Host' or ':authority' must be a 'SignedHeader'",
    );
    says(
        signed_with(&[], swap("AKID/", "")),
        "exactly 5 slash-delimited elements",
    );
    says(
        signed_with(&[], swap("Signature=", "Sig=")),
        "requires 'Signature' parameter",
    );
    says(
        signed_with(&[], swap("AWS4-HMAC-SHA256", "AWS4-HMAC-SHA1")),
        "requires the algorithm",
    );
    says(
        signed_with(&[], swap("20261124T083000Z", "yesterday")),
        "ISO-8601 'basic format'",
    );
}

#[test]
fn the_clock_may_be_fifteen_minutes_off_and_no_more() {
    each_recorded(|name, request| {
        if name == "presigned" {
            return;
        }
        for (skew_s, fine) in [(900, true), (-900, true), (901, false), (-901, false)] {
            let result = judge(&request, SECRET, THEN.plus_s(skew_s));
            assert_eq!(result.is_ok(), fine, "{name} {skew_s}: {result:?}");
        }
    });
}

#[test]
fn a_presigned_url_lives_as_long_as_it_says() {
    each_recorded(|name, request| {
        if name != "presigned" {
            return;
        }
        assert_eq!(judge(&request, SECRET, THEN.plus_s(60)), Ok(()));
        assert!(matches!(
            judge(&request, SECRET, THEN.plus_s(61)),
            Err(Refusal::Skewed(_))
        ));
        for expires in ["0", "-1", "604801", "x"] {
            let query = request
                .query
                .replace("X-Amz-Expires=60", &format!("X-Amz-Expires={expires}"));
            let result = judge(
                &Request {
                    query: &query,
                    ..request
                },
                SECRET,
                THEN,
            );
            assert!(matches!(result, Err(Refusal::Malformed(_))), "{expires}: {result:?}");
        }
        let twice = format!("{}&x-amz-expires=9", request.query);
        assert!(matches!(
            judge(
                &Request {
                    query: &twice,
                    ..request
                },
                SECRET,
                THEN
            ),
            Err(Refusal::Malformed(_))
        ));
    });
}

#[test]
fn no_signature_and_two_signatures_are_both_refused() {
    let headers: Vec<(&str, &[u8])> = vec![("host", b"h")];
    let bare = Request {
        method: "POST",
        path: "/",
        query: "",
        headers: &headers,
        body: b"",
    };
    assert_eq!(judge(&bare, SECRET, THEN), Err(Refusal::Unsigned));
    each_recorded(|name, request| {
        if name == "json" {
            let both = Request {
                query: "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00",
                ..request
            };
            assert!(matches!(judge(&both, SECRET, THEN), Err(Refusal::Malformed(_))));
        }
    });
}

#[test]
fn a_body_that_is_not_the_declared_one_is_refused() {
    for declared in ["UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "00"] {
        let list: Vec<(&str, &[u8])> = vec![("host", b"h"), ("x-amz-content-sha256", declared.as_bytes())];
        let bare = Request {
            method: "POST",
            path: "/",
            query: "",
            headers: &list,
            body: b"{}",
        };
        let signer = Signer {
            access_key_id: "AKID",
            secret_access_key: SECRET,
            region: "us-east-1",
            service: "ecs",
        };
        let signed = sign(&bare, &signer, THEN);
        let mut all = list.clone();
        all.extend(signed.iter().map(|(name, value)| (*name, value.as_bytes())));
        assert_eq!(
            judge(&Request { headers: &all, ..bare }, SECRET, THEN),
            Err(Refusal::Payload),
            "{declared}"
        );
    }
}

/// The stock agent's SDK writes a space in a query as a plus, and signs it as what it stands for.
#[test]
fn a_plus_in_a_query_is_signed_as_a_space() {
    let sent = |query: &'static str| Request {
        method: "GET",
        path: "/ws",
        query,
        headers: &[("host", b"here")],
        body: b"",
    };
    let signer = Signer {
        access_key_id: "AKID",
        secret_access_key: SECRET,
        region: "us-east-1",
        service: "ecs",
    };
    let [date, authorization] = sign(&sent("v=Docker%3A%201"), &signer, THEN);
    let headers: [(&str, &[u8]); 3] = [
        ("host", b"here"),
        (date.0, date.1.as_bytes()),
        (authorization.0, authorization.1.as_bytes()),
    ];
    let received = |query| Request {
        headers: &headers,
        ..sent(query)
    };
    assert_eq!(judge(&received("v=Docker%3A+1"), SECRET, THEN), Ok(()));
    assert_eq!(
        judge(&received("v=Docker%3A%2B1"), SECRET, THEN),
        Err(Refusal::Signature)
    );
}
