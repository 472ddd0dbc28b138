//! Query requests: form fields whose dotted names spell out structures and lists.

use percent_encoding::percent_decode_str;

use crate::schema::{Protocol, Schema};
use crate::value::Value;

/// Most fields of one request.
const MAX_FIELDS: usize = 1000;

/// A form's fields in order. None where it is not a form: bad UTF-8, or too many fields.
pub fn fields(form: &str) -> Option<Vec<(String, String)>> {
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_decode_str(&spaced).decode_utf8().ok().map(|it| it.into_owned())
    };
    let parts: Vec<&str> = form.split('&').filter(|part| !part.is_empty()).collect();
    if parts.len() > MAX_FIELDS {
        return None;
    }
    let field = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        Some((decode(name)?, decode(value)?))
    };
    parts.into_iter().map(field).collect()
}

/// The input that `fields` spell, shaped as the schema says. Text that is no number stays text, for validation to refuse.
pub fn input(protocol: Protocol, schema: &'static Schema, fields: &[(String, String)]) -> Value {
    let before_number = if protocol == Protocol::Ec2 { "" } else { "member." };
    read(schema, "", before_number, fields).unwrap_or(Value::Map(Vec::new()))
}

/// `before_number` stands between a list's name and the number of an item.
fn read(schema: &'static Schema, prefix: &str, before_number: &str, fields: &[(String, String)]) -> Option<Value> {
    let under = |name: &str| {
        if prefix.is_empty() {
            name.to_owned()
        } else {
            format!("{prefix}.{name}")
        }
    };
    match schema {
        Schema::Struct(members) => {
            let members: Vec<_> = members
                .iter()
                .filter_map(|it| {
                    Some((
                        it.name.to_owned(),
                        read(it.schema, &under(it.name), before_number, fields)?,
                    ))
                })
                .collect();
            (prefix.is_empty() || !members.is_empty()).then_some(Value::Map(members))
        }
        Schema::List { of, .. } => {
            let items: Vec<_> = (1..=MAX_FIELDS)
                .map_while(|n| read(of, &under(&format!("{before_number}{n}")), before_number, fields))
                .collect();
            (!items.is_empty()).then_some(Value::List(items))
        }
        Schema::Map { of } => {
            let entry = |n: usize| {
                let key = text(&under(&format!("entry.{n}.key")), fields)?;
                Some((
                    key.to_owned(),
                    read(of, &under(&format!("entry.{n}.value")), before_number, fields)?,
                ))
            };
            let members: Vec<_> = (1..=MAX_FIELDS).map_while(entry).collect();
            (!members.is_empty()).then_some(Value::Map(members))
        }
        Schema::Str { .. } | Schema::Enum(_) => text(prefix, fields).map(|it| Value::Str(it.to_owned())),
        Schema::Int(_) | Schema::Long(_) => {
            text(prefix, fields).map(|it| it.parse().map_or_else(|_| Value::Str(it.to_owned()), Value::Int))
        }
        Schema::Double | Schema::Time => {
            text(prefix, fields).map(|it| it.parse().map_or_else(|_| Value::Str(it.to_owned()), Value::Double))
        }
        Schema::Bool => text(prefix, fields).map(|it| match it {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            other => Value::Str(other.to_owned()),
        }),
    }
}

fn text<'a>(name: &str, fields: &'a [(String, String)]) -> Option<&'a str> {
    fields
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::schema::{Field, Range};

    static TEXT: Schema = Schema::Str {
        length: Range::ANY,
        pattern: None,
    };
    static NUMBER: Schema = Schema::Int(Range::ANY);
    static TAG: Schema = Schema::Struct(&[Field {
        name: "Key",
        required: true,
        schema: &TEXT,
    }]);
    static TAGS: Schema = Schema::List {
        of: &TAG,
        size: Range::ANY,
    };
    static INPUT: Schema = Schema::Struct(&[
        Field {
            name: "Tags",
            required: false,
            schema: &TAGS,
        },
        Field {
            name: "Max",
            required: false,
            schema: &NUMBER,
        },
    ]);

    fn reads(form: &str) -> Option<String> {
        Some(json::write_value(&input(Protocol::Query, &INPUT, &fields(form)?)))
    }

    #[test]
    fn ec2_numbers_items_right_after_the_name() {
        let fields = fields("Tags.1.Key=a&Tags.2.Key=b").expect("a form");
        let read = json::write_value(&input(Protocol::Ec2, &INPUT, &fields));
        assert_eq!(read, r#"{"Tags":[{"Key":"a"},{"Key":"b"}]}"#);
    }

    #[test]
    fn dotted_names_become_structures_and_lists() {
        let form = "Action=X&Tags.member.1.Key=a%20b&Tags.member.2.Key=c+d&Max=3";
        assert_eq!(
            reads(form).as_deref(),
            Some(r#"{"Tags":[{"Key":"a b"},{"Key":"c d"}],"Max":3}"#)
        );
        assert_eq!(reads("").as_deref(), Some("{}"));
        assert_eq!(reads("Max=x").as_deref(), Some(r#"{"Max":"x"}"#));
    }

    #[test]
    fn what_is_no_form_is_refused() {
        assert_eq!(reads("a=%ff"), None);
        assert_eq!(reads(&"a=1&".repeat(MAX_FIELDS + 1)), None);
    }
}
