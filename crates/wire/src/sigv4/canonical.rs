//! The one spelling of a request that both sides sign.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::Request;

/// Everything but RFC 3986's unreserved characters is encoded.
const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const STRICT_PATH: &AsciiSet = &STRICT.remove(b'/');

/// The canonical request. `payload` is the body's SHA-256 in hex.
pub fn request(request: &Request<'_>, signed: &[&str], payload: &str) -> String {
    let mut out = String::with_capacity(512);
    out.push_str(request.method);
    out.push('\n');
    out.push_str(&path(request.path));
    out.push('\n');
    out.push_str(&query(request.query));
    out.push('\n');
    for name in signed {
        header(&mut out, name, request);
    }
    out.push('\n');
    out.push_str(&signed.join(";"));
    out.push('\n');
    out.push_str(payload);
    out
}

/// Names of headers, sorted, each once.
pub fn names<'a>(headers: &[(&'a str, &[u8])]) -> Vec<&'a str> {
    let mut names: Vec<_> = headers.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Without empty and relative segments, and encoded once more: every service but S3 signs paths so.
fn path(raw: &str) -> Cow<'_, str> {
    if raw == "/" || raw.is_empty() {
        return Cow::Borrowed("/");
    }
    let mut kept: Vec<&str> = Vec::new();
    for segment in raw.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            other => kept.push(other),
        }
    }
    let slash = if raw.ends_with('/') && !kept.is_empty() {
        "/"
    } else {
        ""
    };
    let joined = format!("/{}{slash}", kept.join("/"));
    Cow::Owned(utf8_percent_encode(&joined, STRICT_PATH).to_string())
}

/// Fields in order of encoded name and value, each decoded as a form's is and strictly encoded again. The signature itself is left out.
fn query(raw: &str) -> String {
    if raw.is_empty() {
        return String::new();
    }
    let strict = |text: &str| {
        let spaced = text.replace('+', "%20");
        let bytes: Cow<'_, [u8]> = percent_decode_str(&spaced).into();
        percent_encoding::percent_encode(&bytes, STRICT).to_string()
    };
    let mut fields: Vec<(String, String)> = raw
        .split('&')
        .filter(|field| !field.is_empty())
        .map(|field| field.split_once('=').unwrap_or((field, "")))
        .map(|(name, value)| (strict(name), strict(value)))
        .filter(|(name, _)| name != "X-Amz-Signature")
        .collect();
    fields.sort_unstable();
    fields
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("&")
}

/// `name:value`, with repeated headers joined by commas and runs of spaces drawn together.
fn header(out: &mut String, name: &str, request: &Request<'_>) {
    out.push_str(name);
    let mut separator = ':';
    for (_, value) in request.headers.iter().filter(|(key, _)| *key == name) {
        out.push(separator);
        separator = ',';
        let text = String::from_utf8_lossy(value);
        let mut words = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty());
        out.push_str(words.next().unwrap_or_default());
        for word in words {
            out.push(' ');
            out.push_str(word);
        }
    }
    if separator == ':' {
        out.push(':');
    }
    out.push('\n');
}
