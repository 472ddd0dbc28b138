//! Ids that a container runtime gives, in less room than their text: most are 64 hex digits, and there can be a million.

use std::fmt;

use serde::{Deserialize, Serialize};

const DIGEST: &str = "sha256:";

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub(super) enum Hex {
    /// 64 lower-case digits.
    Plain([u8; 32]),
    /// The same after `sha256:`.
    Digest([u8; 32]),
    /// Whatever else a runtime may call it.
    Text(Box<str>),
}

impl From<String> for Hex {
    fn from(text: String) -> Self {
        let digest = text.strip_prefix(DIGEST).and_then(bytes).map(Hex::Digest);
        digest
            .or_else(|| bytes(&text).map(Hex::Plain))
            .unwrap_or_else(|| Hex::Text(text.into()))
    }
}

impl From<Hex> for String {
    fn from(it: Hex) -> Self {
        it.to_string()
    }
}

fn bytes(text: &str) -> Option<[u8; 32]> {
    let mut all = [0; 32];
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != all.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in all.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(all)
}

/// Upper case is not taken: it would come back as lower.
fn digit(it: u8) -> Option<u8> {
    match it {
        b'0'..=b'9' => Some(it - b'0'),
        b'a'..=b'f' => Some(it - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let (prefix, bytes) = match self {
            Hex::Plain(bytes) => ("", bytes),
            Hex::Digest(bytes) => (DIGEST, bytes),
            Hex::Text(text) => return f.write_str(text),
        };
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        f.write_str(prefix)?;
        f.write_str(std::str::from_utf8(&text).expect("hex digits are ASCII"))
    }
}

impl fmt::Debug for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_as_it_was() {
        let digits = "0123456789abcdef".repeat(4);
        let compact = |text: &str| !matches!(Hex::from(text.to_owned()), Hex::Text(_));
        for (text, is_compact) in [
            (digits.clone(), true),
            (format!("sha256:{digits}"), true),
            (format!("sha512:{digits}"), false),
            (digits.to_uppercase(), false),
            (digits[1..].to_owned(), false),
            (format!("{digits}0"), false),
            (format!("é{}", &digits[2..]), false),
            (String::new(), false),
        ] {
            assert_eq!(Hex::from(text.clone()).to_string(), text);
            assert_eq!(compact(&text), is_compact, "{text}");
        }
    }
}
