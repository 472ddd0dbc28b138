//! What a request says of its own signature, and whether that holds.

use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::{ALGORITHM, Refusal, Request, Scope, SigningKey, canonical};
use crate::time::Time;

/// How far a caller's clock may be off, either way.
pub const MAX_SKEW_S: i64 = 15 * 60;
/// Longest life of a presigned URL: 7 days.
pub const MAX_PRESIGNED_S: i64 = 7 * 24 * 60 * 60;

#[derive(Clone, Debug)]
pub struct Claim {
    pub access_key_id: String,
    pub scope: Scope,
    pub session_token: Option<String>,
    signed_headers: Vec<String>,
    signature: String,
    time: Time,
    time_text: String,
    /// Seconds from `time`, where the request is a presigned URL.
    expires_s: Option<i64>,
}

impl Claim {
    /// Takes the claims from the `Authorization` header or, for a presigned URL, from the query.
    pub fn read(request: &Request<'_>) -> Result<Self, Refusal> {
        let fields = presigned_fields(request.query)?;
        let claim = match (request.header("authorization"), fields.is_empty()) {
            (None, true) => return Err(Refusal::Unsigned),
            (Some(_), false) => return Err(Refusal::malformed("The request is signed both by header and by query.")),
            (Some(value), true) => from_header(value, request)?,
            (None, false) => from_query(&fields)?,
        };
        claim.covers(request)?;
        Ok(claim)
    }

    /// What must be signed, is: the host, and every `x-amz-` header that arrived.
    fn covers(&self, request: &Request<'_>) -> Result<(), Refusal> {
        let signed = |name: &str| self.signed_headers.iter().any(|it| it == name);
        if !signed("host") || !(request.has_header("host")) {
            return Err(Refusal::malformed(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
            ));
        }
        if let Some((name, _)) = request
            .headers
            .iter()
            .find(|(name, _)| name.starts_with("x-amz-") && !signed(name))
        {
            return Err(Refusal::malformed(format!(
                "The header '{name}' is present but not signed."
            )));
        }
        Ok(())
    }

    /// Holds the claims to the clock and to where this server stands. Services in `global` may also be signed for us-east-1.
    pub fn check(&self, region: &str, global: bool, now: Time) -> Result<(), Refusal> {
        let scope = &self.scope;
        if scope.region != region && !(global && scope.region == "us-east-1") {
            return Err(Refusal::Scope(format!(
                "Credential should be scoped to a valid region, not '{}'. ",
                scope.region
            )));
        }
        if scope.date != self.time_text[..8] {
            return Err(Refusal::Scope(format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}', from '{}'.",
                scope.date,
                &self.time_text[..8],
                self.time_text
            )));
        }
        let (life_s, life) = match self.expires_s {
            Some(seconds) => (seconds, format!("{seconds} s")),
            None => (MAX_SKEW_S, "15 min.".to_owned()),
        };
        let (oldest, newest) = (now.plus_s(-life_s), now.plus_s(MAX_SKEW_S));
        if self.time < oldest {
            return Err(Refusal::Skewed(format!(
                "Signature expired: {} is now earlier than {} ({} - {life})",
                self.time_text,
                oldest.basic(),
                now.basic()
            )));
        }
        if self.time > newest {
            return Err(Refusal::Skewed(format!(
                "Signature not yet current: {} is still later than {} ({} + 15 min.)",
                self.time_text,
                newest.basic(),
                now.basic()
            )));
        }
        Ok(())
    }

    /// Computes the signature over what was received and compares in constant time.
    pub fn verify(&self, request: &Request<'_>, key: &SigningKey) -> Result<(), Refusal> {
        let payload = hex::encode(Sha256::digest(request.body));
        if let Some(claimed) = request.header("x-amz-content-sha256")
            && claimed != payload.as_bytes()
        {
            return Err(Refusal::Payload);
        }
        let signed: Vec<&str> = self.signed_headers.iter().map(String::as_str).collect();
        let canonical = canonical::request(request, &signed, &payload);
        let expected = hex::encode(key.signature(&self.time_text, &self.scope, &canonical));
        let equal: bool = expected.as_bytes().ct_eq(self.signature.as_bytes()).into();
        if equal { Ok(()) } else { Err(Refusal::Signature) }
    }
}

fn from_header(value: &[u8], request: &Request<'_>) -> Result<Claim, Refusal> {
    let text = std::str::from_utf8(value).map_err(|_| Refusal::malformed("The Authorization header is not text."))?;
    let rest = text
        .strip_prefix(ALGORITHM)
        .ok_or_else(|| Refusal::malformed(format!("Authorization header requires the algorithm '{ALGORITHM}'.")))?;
    let part = |name: &str| {
        let found = rest
            .split(',')
            .filter_map(|it| it.trim().split_once('='))
            .find(|(key, _)| *key == name);
        found
            .map(|(_, value)| value)
            .ok_or_else(|| Refusal::malformed(format!("Authorization header requires '{name}' parameter.")))
    };
    let time = request
        .header("x-amz-date")
        .and_then(|it| std::str::from_utf8(it).ok())
        .ok_or_else(|| Refusal::malformed("Authorization header requires existence of a 'X-Amz-Date' header."))?;
    let token = request
        .header("x-amz-security-token")
        .and_then(|it| std::str::from_utf8(it).ok());
    assemble(
        part("Credential")?,
        part("SignedHeaders")?,
        part("Signature")?,
        time,
        token,
        None,
    )
}

type Fields = Vec<(String, String)>;

/// The `X-Amz-` fields of a query; empty where it carries no signature. The name's case is part of the name, so another spelling of
/// one, or a second of the same, is a way to hide something.
fn presigned_fields(query: &str) -> Result<Fields, Refusal> {
    let mut fields = Fields::new();
    for field in query.split('&') {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let (name, value) = (decode(name), decode(value));
        if !name.to_ascii_lowercase().starts_with("x-amz-") {
            continue;
        }
        if fields.iter().any(|(other, _)| other.eq_ignore_ascii_case(&name)) {
            return Err(Refusal::malformed(format!("The query field '{name}' appears twice.")));
        }
        fields.push((name, value));
    }
    let signed = fields
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("x-amz-signature") || name.eq_ignore_ascii_case("x-amz-algorithm"));
    Ok(if signed { fields } else { Fields::new() })
}

fn from_query(fields: &Fields) -> Result<Claim, Refusal> {
    let optional = |name: &str| {
        fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    let field = |name: &str| {
        optional(name).ok_or_else(|| Refusal::malformed(format!("AWS query-string parameters must include '{name}'.")))
    };
    if field("X-Amz-Algorithm")? != ALGORITHM {
        return Err(Refusal::malformed(format!("X-Amz-Algorithm must be '{ALGORITHM}'.")));
    }
    let expires = field("X-Amz-Expires")?
        .parse::<i64>()
        .ok()
        .filter(|s| (1..=MAX_PRESIGNED_S).contains(s));
    let expires = expires
        .ok_or_else(|| Refusal::malformed(format!("X-Amz-Expires must be a number from 1 to {MAX_PRESIGNED_S}.")))?;
    assemble(
        field("X-Amz-Credential")?,
        field("X-Amz-SignedHeaders")?,
        field("X-Amz-Signature")?,
        field("X-Amz-Date")?,
        optional("X-Amz-Security-Token"),
        Some(expires),
    )
}

fn assemble(
    credential: &str,
    signed_headers: &str,
    signature: &str,
    time_text: &str,
    token: Option<&str>,
    expires_s: Option<i64>,
) -> Result<Claim, Refusal> {
    let parts: Vec<&str> = credential.split('/').collect();
    let &[access_key_id, date, region, service, terminator] = parts.as_slice() else {
        return Err(Refusal::malformed(format!(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '{credential}'"
        )));
    };
    if terminator != "aws4_request" {
        return Err(Refusal::Scope(format!(
            "Credential should be scoped with a valid terminator: 'aws4_request', not '{terminator}'."
        )));
    }
    let time = Time::parse_basic(time_text).ok_or_else(|| {
        Refusal::malformed(format!(
            "Date must be in ISO-8601 'basic format'. Got '{time_text}'. See http://en.wikipedia.org/wiki/ISO_8601"
        ))
    })?;
    Ok(Claim {
        access_key_id: access_key_id.to_owned(),
        scope: Scope {
            date: date.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
        },
        session_token: token.map(str::to_owned),
        signed_headers: signed_headers.split(';').map(str::to_owned).collect(),
        signature: signature.to_owned(),
        time,
        time_text: time_text.to_owned(),
        expires_s,
    })
}
