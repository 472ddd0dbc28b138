//! How an agent signs each frame: the headers of a signed HTTP request, an empty line, and the message as that request's body.

use wire::sigv4::Request;

/// The longest block of headers. A signature takes a third of it; the rest is for a session token.
const MAX_HEADERS: usize = 6 << 10;

/// A frame taken apart. Whether it is signed well is not known yet.
pub struct Signed<'a> {
    headers: Vec<(String, &'a str)>,
    length: String,
    pub body: &'a str,
}

impl<'a> Signed<'a> {
    pub fn parse(text: &'a str) -> Option<Self> {
        let (block, body) = text
            .split_once("\r\n\r\n")
            .filter(|(block, _)| block.len() <= MAX_HEADERS)?;
        let mut headers = Vec::new();
        for line in block.split("\r\n") {
            let (name, value) = line.split_once(':')?;
            headers.push((name.to_ascii_lowercase(), value.trim()));
        }
        Some(Self {
            headers,
            length: body.len().to_string(),
            body,
        })
    }

    /// Hands on the request that the signature is for: a GET of what the connection was opened with. An SDK may sign the length of the
    /// body, which it then leaves out of the block.
    pub fn with_request<T>(&self, path: &str, query: &str, f: impl FnOnce(&Request<'_>) -> T) -> T {
        let mut headers: Vec<(&str, &[u8])> = self.headers.iter().map(|(k, v)| (k.as_str(), v.as_bytes())).collect();
        if !headers.iter().any(|(name, _)| *name == "content-length") {
            headers.push(("content-length", self.length.as_bytes()));
        }
        f(&Request {
            method: "GET",
            path,
            query,
            headers: &headers,
            body: self.body.as_bytes(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::sigv4::{Claim, Scope, Signer, SigningKey, sign};
    use wire::time::Time;

    const NOW: Time = Time::from_millis(1_700_000_000_000);
    const QUERY: &str = "cluster=web&containerInstance=arn";

    fn framed(body: &str) -> String {
        let request = Request {
            method: "GET",
            path: "/tcs/ws",
            query: QUERY,
            headers: &[("host", b"here")],
            body: body.as_bytes(),
        };
        let signer = Signer {
            access_key_id: "AKID",
            secret_access_key: "secret",
            region: "us-east-1",
            service: "ecs",
        };
        let [(_, date), (_, authorization)] = sign(&request, &signer, NOW);
        format!("Authorization: {authorization}\r\nHost: here\r\nX-Amz-Date: {date}\r\n\r\n{body}")
    }

    fn holds(text: &str, query: &str) -> bool {
        let scope = Scope {
            date: "20231114".into(),
            region: "us-east-1".into(),
            service: "ecs".into(),
        };
        let key = SigningKey::derive("secret", &scope);
        let Some(signed) = Signed::parse(text) else {
            return false;
        };
        signed.with_request("/tcs/ws", query, |request| {
            Claim::read(request).is_ok_and(|claim| claim.verify(request, &key).is_ok())
        })
    }

    #[test]
    fn the_signature_covers_the_message_and_the_connections_query() {
        let text = framed(r#"{"type":"x"}"#);
        assert!(holds(&text, QUERY));
        assert!(!holds(&text, "cluster=web&containerInstance=other"));
        assert!(!holds(&text.replace(r#""x""#, r#""y""#), QUERY));
        assert!(!holds(r#"{"type":"x"}"#, QUERY));
        assert!(!holds(
            &format!("X-Long: {}\r\n\r\n{{}}", "x".repeat(MAX_HEADERS)),
            QUERY
        ));
    }
}
