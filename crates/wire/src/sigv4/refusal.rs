//! Why a signature is not accepted, and how AWS says so.

use crate::error::ApiError;
use crate::schema::Protocol;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No signature at all.
    Unsigned,
    /// The claims cannot be read, or leave something out.
    Malformed(String),
    /// For another region, service or day.
    Scope(String),
    /// For a service that nobody serves here.
    Unserved(String),
    /// The caller's clock and ours are too far apart, or the URL is too old.
    Skewed(String),
    UnknownKey,
    Signature,
    /// The body is not the one whose digest was signed.
    Payload,
}

impl Refusal {
    pub fn malformed(text: impl Into<String>) -> Self {
        Refusal::Malformed(text.into())
    }

    /// Query services have other codes for some of these, and answer 403.
    pub fn into_error(self, protocol: Protocol) -> ApiError {
        let query = protocol != Protocol::Json11;
        let mismatch = if query {
            "SignatureDoesNotMatch"
        } else {
            "InvalidSignatureException"
        };
        let unknown = if query {
            "InvalidClientTokenId"
        } else {
            "UnrecognizedClientException"
        };
        let unsigned = if query {
            "MissingAuthenticationToken"
        } else {
            "MissingAuthenticationTokenException"
        };
        let malformed = if query {
            "IncompleteSignature"
        } else {
            "IncompleteSignatureException"
        };
        let error = match self {
            Refusal::Unserved(service) => return ApiError::unserved(&service, protocol),
            Refusal::Unsigned => ApiError::new(unsigned, "Missing Authentication Token"),
            Refusal::Malformed(text) => ApiError::new(malformed, text),
            Refusal::Scope(text) | Refusal::Skewed(text) => ApiError::new(mismatch, text),
            Refusal::UnknownKey => ApiError::new(unknown, "The security token included in the request is invalid."),
            Refusal::Signature => ApiError::new(
                mismatch,
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key \
                 and signing method. Consult the service documentation for details.",
            ),
            Refusal::Payload => ApiError::new(
                mismatch,
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            ),
        };
        error.with_status(if query { 403 } else { 400 })
    }
}
