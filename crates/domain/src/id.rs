//! Names and ids. Each is parsed once, at the door; holding one is proof that it is well formed.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Letters, digits, `-` and `_`, 1 to 255 of them: AWS's rule for clusters, families and services.
pub fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 255
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// A cluster's name, unique in the account and region.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClusterName(Arc<str>);

impl ClusterName {
    pub const DEFAULT: &'static str = "default";

    pub fn parse(text: &str) -> Option<Self> {
        is_name(text).then(|| Self(text.into()))
    }

    pub fn default_cluster() -> Self {
        Self(Self::DEFAULT.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClusterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One revision of a task definition family. Revisions count from 1 and are never used twice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DefinitionId {
    pub family: Arc<str>,
    pub revision: u32,
}

impl fmt::Display for DefinitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.family, self.revision)
    }
}

/// An id of 128 bits, written as 32 lower-case hex digits.
macro_rules! hex_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            pub const fn new(bits: u128) -> Self {
                Self(bits)
            }

            pub fn parse(text: &str) -> Option<Self> {
                let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
                if text.len() != 32 || !text.bytes().all(lower_hex) {
                    return None;
                }
                u128::from_str_radix(text, 16).ok().map(Self)
            }

            pub const fn bits(self) -> u128 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(from)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom("an id is 32 lower-case hex digits"))
            }
        }
    };
}

hex_id!(
    /// A task.
    TaskId
);
hex_id!(
    /// A container instance: a host's record in a cluster, or in the Fargate pool.
    InstanceId
);
hex_id!(
    /// A machine admitted by a join token.
    HostId
);

/// 128 bits in the dashed form that AWS uses for containers, attachments and requests.
pub fn uuid(bits: u128) -> String {
    let hex = format!("{bits:032x}");
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_aws_characters_and_length() {
        assert!(is_name("web-1_A"));
        assert!(is_name(&"x".repeat(255)));
        for bad in ["", "a b", "a/b", "é", &"x".repeat(256)] {
            assert!(!is_name(bad), "{bad:?}");
        }
    }

    #[test]
    fn an_id_is_32_lower_case_hex_digits_and_nothing_else() {
        let id = TaskId::new(0xab);
        assert_eq!(TaskId::parse(&id.to_string()), Some(id));
        for bad in [
            "",
            "ab",
            "+00000000000000000000000000000ab",
            "000000000000000000000000000000AB",
        ] {
            assert_eq!(TaskId::parse(bad), None, "{bad:?}");
        }
    }
}
