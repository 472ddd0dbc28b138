//! Values in a query.

/// Percent-encodes all but unreserved characters, which is what a signature's query wants.
pub fn escape(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes()
        .map(|b| {
            if plain(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_escaped_as_signatures_want_it() {
        assert_eq!(escape("arn:a/b c~"), "arn%3Aa%2Fb%20c~");
    }
}
