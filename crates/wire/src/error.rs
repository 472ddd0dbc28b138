//! What a refused call is told.

use std::borrow::Cow;

use crate::json;
use crate::schema::Protocol;
use crate::value::Value;

/// An AWS error: a code for programs, a text for people.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    pub code: Cow<'static, str>,
    pub message: String,
    /// HTTP status.
    pub status: u16,
    /// Further members that the code's shape has, as `resourceIds` of a ConflictException.
    pub extra: Vec<(&'static str, Value)>,
}

impl ApiError {
    /// The caller's fault: 400.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            status: 400,
            extra: Vec::new(),
        }
    }

    /// Ours: 500.
    pub fn server(message: impl Into<String>) -> Self {
        Self::new("ServerException", message).with_status(500)
    }

    /// A service that is not here, by the name the caller has for it. The signature is not to blame, whatever it is.
    pub fn unserved(service: &str, protocol: Protocol) -> Self {
        let code = match protocol {
            Protocol::Json11 => "UnknownOperationException",
            Protocol::Query | Protocol::Ec2 => "InvalidAction",
        };
        Self::new(
            code,
            format!("Longshore does not serve '{service}' yet. See docs/compatibility.md for what is."),
        )
    }

    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub fn with(mut self, member: &'static str, value: Value) -> Self {
        self.extra.push((member, value));
        self
    }

    /// The body in JSON 1.1.
    pub fn to_json(&self) -> String {
        let mut members = vec![
            ("__type".to_owned(), Value::Str(self.code.to_string())),
            ("message".to_owned(), Value::Str(self.message.clone())),
        ];
        members.extend(
            self.extra
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone())),
        );
        json::write_value(&Value::Map(members))
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_carries_its_type_and_further_members() {
        let error = ApiError::new("ConflictException", "no \"way\"")
            .with("resourceIds", Value::List(vec![Value::Str("a".into())]));
        assert_eq!(
            error.to_json(),
            r#"{"__type":"ConflictException","message":"no \"way\"","resourceIds":["a"]}"#
        );
    }
}
