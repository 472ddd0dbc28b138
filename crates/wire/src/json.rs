//! JSON 1.1: bytes to `Value`, shapes to bytes.

use std::collections::HashSet;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::shape::{Encode, Sink};
use crate::time::Time;
use crate::value::Value;

/// Deepest nesting that is read. AWS's own shapes are less than a quarter as deep.
pub const MAX_DEPTH: usize = 64;
/// Up to so many members a new name is compared with each of them. With as few as AWS's shapes have, that is faster than hashing.
const FEW_MEMBERS: usize = 16;

/// Why a body is no JSON object, in words for the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed(pub String);

/// Reads a request's body. No body at all is an empty request, as AWS takes it.
pub fn parse(body: &[u8]) -> Result<Value, Malformed> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Value::Map(Vec::new()));
    }
    if depth(body) > MAX_DEPTH {
        return Err(Malformed(format!("nested deeper than {MAX_DEPTH} levels")));
    }
    match serde_json::from_slice::<Value>(body) {
        Ok(value @ Value::Map(_)) => Ok(value),
        Ok(other) => Err(Malformed(format!(
            "Start of structure or map found where not expected: {}",
            other.kind()
        ))),
        Err(error) => Err(Malformed(error.to_string())),
    }
}

/// The deepest nesting of brackets outside strings. Counted first, so that the reader's recursion is bounded.
fn depth(body: &[u8]) -> usize {
    let (mut now, mut most, mut in_string, mut escaped) = (0usize, 0, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                now += 1;
                most = most.max(now);
            }
            b'}' | b']' if !in_string => now = now.saturating_sub(1),
            _ => {}
        }
    }
    most
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Int(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(i64::try_from(number).map_or(Value::Double(number as f64), Value::Int))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Double(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Str(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Str(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map: Vec<(String, Value)> = Vec::new();
        let mut seen = HashSet::new();
        while let Some((name, value)) = members.next_entry::<String, Value>()? {
            if map.len() == FEW_MEMBERS {
                seen.extend(map.iter().map(|(name, _)| name.clone()));
            }
            let known = match map.len() {
                0..FEW_MEMBERS => map.iter().any(|(other, _)| *other == name),
                _ => !seen.insert(name.clone()),
            };
            if known {
                return Err(de::Error::custom(format_args!("the member {name:?} appears twice")));
            }
            map.push((name, value));
        }
        Ok(Value::Map(map))
    }
}

/// A shape as JSON 1.1.
pub fn write(it: &dyn Encode) -> Vec<u8> {
    let mut writer = Writer::default();
    it.encode_to(&mut writer);
    writer.out
}

/// `write`, as text.
pub fn to_string(it: &dyn Encode) -> String {
    String::from_utf8(write(it)).expect("the writer only copies whole strings and ASCII")
}

/// A `Value` as JSON, with members in the order given.
pub fn write_value(value: &Value) -> String {
    let mut writer = Writer::default();
    writer.value(value);
    String::from_utf8(writer.out).expect("the writer only copies whole strings and ASCII")
}

#[derive(Default)]
struct Writer {
    out: Vec<u8>,
}

impl Writer {
    /// A comma, unless this is the first in its brackets. A bracket inside a string is followed by a quote, so the last byte tells.
    fn comma(&mut self) {
        if !matches!(self.out.last(), Some(b'{' | b'[')) {
            self.out.push(b',');
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.out.extend(b"null"),
            Value::Bool(truth) => self.bool(*truth),
            Value::Int(number) => self.int(*number),
            Value::Double(number) => self.double(*number),
            Value::Str(text) => self.str(text),
            Value::List(items) => {
                self.begin_list();
                for item in items {
                    self.item();
                    self.value(item);
                }
                self.end_list();
            }
            Value::Map(members) => {
                self.begin_map();
                for (key, member) in members {
                    self.key(key);
                    self.value(member);
                }
                self.end_map();
            }
        }
    }
}

impl Sink for Writer {
    fn begin_struct(&mut self) {
        self.out.push(b'{');
    }

    fn field(&mut self, name: &'static str) {
        self.comma();
        self.out.push(b'"');
        self.out.extend(name.as_bytes());
        self.out.extend(b"\":");
    }

    fn end_struct(&mut self) {
        self.out.push(b'}');
    }

    fn begin_list(&mut self) {
        self.out.push(b'[');
    }

    fn item(&mut self) {
        self.comma();
    }

    fn end_list(&mut self) {
        self.out.push(b']');
    }

    fn begin_map(&mut self) {
        self.out.push(b'{');
    }

    fn key(&mut self, key: &str) {
        self.comma();
        self.str(key);
        self.out.push(b':');
    }

    fn end_map(&mut self) {
        self.out.push(b'}');
    }

    fn str(&mut self, text: &str) {
        serde_json::to_writer(&mut self.out, text).expect("a string is always valid JSON, and a Vec takes every byte");
    }

    fn int(&mut self, number: i64) {
        self.out.extend(itoa::Buffer::new().format(number).as_bytes());
    }

    fn double(&mut self, number: f64) {
        // JSON has no NaN; the model's doubles are counts and shares, where absence of a number is zero.
        let number = if number.is_finite() { number } else { 0.0 };
        serde_json::to_writer(&mut self.out, &number)
            .expect("a finite number is always valid JSON, and a Vec takes every byte");
    }

    fn bool(&mut self, truth: bool) {
        self.out.extend(if truth { &b"true"[..] } else { b"false" });
    }

    fn time(&mut self, time: Time) {
        let millis = time.as_millis();
        self.int(millis.div_euclid(1000));
        self.out.extend(format!(".{:03}", millis.rem_euclid(1000)).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_body_is_an_empty_request() {
        assert_eq!(parse(b" \n"), Ok(Value::Map(vec![])));
    }

    #[test]
    fn what_is_no_object_is_refused_with_a_reason() {
        for bad in [
            "[]",
            "1",
            "\"x\"",
            "null",
            "{",
            "{\"a\":}",
            "{\"a\":1}x",
            "{'a':1}",
            "{\"a\":1,\"a\":2}",
            "{\"a\":\"\u{1}\"}",
        ] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(parse(b"{\"a\":\"\xff\"}").is_err(), "invalid UTF-8");
    }

    #[test]
    fn nesting_is_bounded_before_it_is_followed() {
        let nested = |n: usize| format!("{{\"a\":{}{}}}", "[".repeat(n), "]".repeat(n));
        assert!(parse(nested(MAX_DEPTH - 1).as_bytes()).is_ok());
        assert!(parse(nested(MAX_DEPTH).as_bytes()).unwrap_err().0.contains("deeper"));
        assert!(parse(nested(1_000_000).as_bytes()).is_err());
        let brackets_in_text = format!("{{\"a\":\"{}\"}}", "[".repeat(1000));
        assert!(parse(brackets_in_text.as_bytes()).is_ok());
    }

    #[test]
    fn no_member_appears_twice_however_many_there_are() {
        for n in [1, FEW_MEMBERS - 1, FEW_MEMBERS, FEW_MEMBERS + 1, 100] {
            let members: Vec<String> = (0..n).map(|at| format!("\"m{at}\":{at}")).collect();
            let members = members.join(",");
            assert!(parse(format!("{{{members}}}").as_bytes()).is_ok(), "{n}");
            for again in [0, n - 1] {
                let twice = format!("{{{members},\"m{again}\":0}}");
                assert!(
                    parse(twice.as_bytes()).unwrap_err().0.contains("twice"),
                    "{again} of {n}"
                );
            }
        }
    }

    #[test]
    fn a_time_is_seconds_with_milliseconds() {
        assert_eq!(to_string(&Time::from_millis(1_700_000_000_007)), "1700000000.007");
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Int),
            ".{0,12}".prop_map(Value::Str),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
                prop::collection::btree_map(".{0,6}", inner, 0..4).prop_map(|m| Value::Map(m.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(value in any_value()) {
            let whole = Value::Map(vec![("x".into(), value)]);
            prop_assert_eq!(parse(write_value(&whole).as_bytes()), Ok(whole));
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..256)) {
            let _ = parse(&bytes);
        }
    }
}
