//! AWS Signature Version 4, over the bytes as they crossed the wire.
//!
//! Verifying has three steps, so that a server can look up and cache between them: `Claim::read` takes the signature's claims
//! apart, `Claim::check` holds them to the clock and to this server, `Claim::verify` computes the signature again. `sign` is the
//! client's side. All of them share one canonical form of a request.

mod canonical;
mod claim;
mod refusal;

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::time::Time;

pub use claim::{Claim, MAX_PRESIGNED_S, MAX_SKEW_S};
pub use refusal::Refusal;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// A request as received, or as it is about to be sent.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub method: &'a str,
    /// Percent-encoded, as on the request line.
    pub path: &'a str,
    /// Without the question mark; empty where there is none.
    pub query: &'a str,
    /// Names in lower case, in the order received.
    pub headers: &'a [(&'a str, &'a [u8])],
    pub body: &'a [u8],
}

impl<'a> Request<'a> {
    fn header(&self, name: &str) -> Option<&'a [u8]> {
        self.headers
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    }

    fn has_header(&self, name: &str) -> bool {
        self.header(name).is_some()
    }
}

/// What a signature holds good for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    /// As in `20261124`.
    pub date: String,
    pub region: String,
    pub service: String,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/aws4_request", self.date, self.region, self.service)
    }
}

/// A secret key narrowed to one scope. Costs four HMACs to derive, so a server does well to keep it for the day.
#[derive(Clone)]
pub struct SigningKey([u8; 32]);

impl SigningKey {
    pub fn derive(secret: &str, scope: &Scope) -> Self {
        let date = hmac(format!("AWS4{secret}").as_bytes(), scope.date.as_bytes());
        let region = hmac(&date, scope.region.as_bytes());
        let service = hmac(&region, scope.service.as_bytes());
        Self(hmac(&service, b"aws4_request"))
    }

    fn signature(&self, time: &str, scope: &Scope, canonical_request: &str) -> [u8; 32] {
        let digest = hex::encode(Sha256::digest(canonical_request.as_bytes()));
        hmac(&self.0, format!("{ALGORITHM}\n{time}\n{scope}\n{digest}").as_bytes())
    }
}

/// Keys do not belong in logs.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey")
    }
}

fn hmac(key: &[u8], data: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(data);
    mac.finalize().into_bytes().into()
}

/// Who signs, and for what.
#[derive(Clone, Copy)]
pub struct Signer<'a> {
    pub access_key_id: &'a str,
    pub secret_access_key: &'a str,
    pub region: &'a str,
    pub service: &'a str,
}

/// The headers that make `request` a signed one: `x-amz-date` and `authorization`. All of its headers are signed, so leave out
/// those that change on the way.
pub fn sign(request: &Request<'_>, signer: &Signer<'_>, now: Time) -> [(&'static str, String); 2] {
    let time = now.basic();
    let scope = Scope {
        date: time[..8].to_owned(),
        region: signer.region.to_owned(),
        service: signer.service.to_owned(),
    };
    let mut headers = request.headers.to_vec();
    headers.push(("x-amz-date", time.as_bytes()));
    let signed = canonical::names(&headers);
    let whole = Request {
        headers: &headers,
        ..*request
    };
    let payload = hex::encode(Sha256::digest(request.body));
    let canonical = canonical::request(&whole, &signed, &payload);
    let key = SigningKey::derive(signer.secret_access_key, &scope);
    let signature = hex::encode(key.signature(&time, &scope, &canonical));
    let authorization = format!(
        "{ALGORITHM} Credential={}/{scope}, SignedHeaders={}, Signature={signature}",
        signer.access_key_id,
        signed.join(";")
    );
    [("x-amz-date", time), ("authorization", authorization)]
}

#[cfg(test)]
mod tests;
