//! Holds a request to the model: types, what is required, and the limits that the model states.

use std::fmt;

use crate::schema::{Field, Range, Schema};
use crate::shape::whole;
use crate::value::Value;

/// What is wrong with a request, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// A value of another type than the model's. AWS calls this a serialization error.
    Type {
        path: String,
        kind: &'static str,
        wanted: &'static str,
    },
    /// A value of the right type that breaks a constraint.
    Constraint {
        path: String,
        value: String,
        constraint: String,
    },
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Invalid::Type { path, kind, wanted } => write!(f, "{kind} can not be converted to {wanted} at '{path}'"),
            Invalid::Constraint {
                path,
                value,
                constraint,
            } => {
                write!(
                    f,
                    "1 validation error detected: Value {value} at '{path}' failed to satisfy constraint: Member must {constraint}"
                )
            }
        }
    }
}

/// Longest piece of a caller's value that an error repeats.
const MAX_QUOTED: usize = 128;

/// The first thing wrong with `value`, in the model's order of members.
pub fn check(schema: &'static Schema, value: &Value) -> Result<(), Invalid> {
    Walk { path: Vec::new() }.check(schema, value)
}

enum Step<'a> {
    Member(&'static str),
    /// Counted from 1, as AWS does.
    Item(usize),
    Key(&'a str),
}

struct Walk<'a> {
    path: Vec<Step<'a>>,
}

impl<'a> Walk<'a> {
    fn check(&mut self, schema: &'static Schema, value: &'a Value) -> Result<(), Invalid> {
        match (schema, value) {
            (Schema::Struct(fields), Value::Map(members)) => self.members(fields, members),
            (Schema::List { of, size }, Value::List(items)) => {
                self.range(*size, items.len() as i64, value, "have length")?;
                for (i, item) in items.iter().enumerate() {
                    self.step(Step::Item(i + 1), of, item)?;
                }
                Ok(())
            }
            (Schema::Map { of }, Value::Map(members)) => members
                .iter()
                .try_for_each(|(key, member)| self.step(Step::Key(key), of, member)),
            (Schema::Str { length, pattern }, Value::Str(text)) => {
                self.range(*length, text.chars().count() as i64, value, "have length")?;
                match pattern {
                    Some(it) if !it.matches(text) => {
                        self.broken(value, format!("satisfy regular expression pattern: {}", it.text))
                    }
                    _ => Ok(()),
                }
            }
            (Schema::Enum(allowed), Value::Str(text)) => {
                if allowed.contains(&text.as_str()) {
                    return Ok(());
                }
                self.broken(value, format!("satisfy enum value set: [{}]", allowed.join(", ")))
            }
            (Schema::Int(range), _) => match whole(value).filter(|n| i32::try_from(*n).is_ok()) {
                Some(number) => self.range(*range, number, value, "have value"),
                None => self.mistyped(value, "Integer"),
            },
            (Schema::Long(range), _) => match whole(value) {
                Some(number) => self.range(*range, number, value, "have value"),
                None => self.mistyped(value, "Long"),
            },
            (Schema::Double | Schema::Time, Value::Int(_) | Value::Double(_)) | (Schema::Bool, Value::Bool(_)) => {
                Ok(())
            }
            _ => self.mistyped(value, wanted(schema)),
        }
    }

    fn members(&mut self, fields: &'static [Field], members: &'a [(String, Value)]) -> Result<(), Invalid> {
        for field in fields {
            let given = members
                .iter()
                .find(|(name, _)| name == field.name)
                .map(|(_, value)| value);
            match given {
                Some(value) if *value != Value::Null => self.step(Step::Member(field.name), field.schema, value)?,
                _ if field.required => {
                    self.path.push(Step::Member(field.name));
                    return self.broken(&Value::Null, "not be null".into());
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn step(&mut self, step: Step<'a>, schema: &'static Schema, value: &'a Value) -> Result<(), Invalid> {
        self.path.push(step);
        self.check(schema, value)?;
        self.path.pop();
        Ok(())
    }

    fn range(&self, range: Range, number: i64, value: &Value, what: &str) -> Result<(), Invalid> {
        if let Some(min) = range.min.filter(|min| number < *min) {
            return self.broken(value, format!("{what} greater than or equal to {min}"));
        }
        if let Some(max) = range.max.filter(|max| number > *max) {
            return self.broken(value, format!("{what} less than or equal to {max}"));
        }
        Ok(())
    }

    fn broken(&self, value: &Value, constraint: String) -> Result<(), Invalid> {
        Err(Invalid::Constraint {
            path: self.path(),
            value: quoted(value),
            constraint,
        })
    }

    fn mistyped(&self, value: &Value, wanted: &'static str) -> Result<(), Invalid> {
        Err(Invalid::Type {
            path: self.path(),
            kind: value.kind(),
            wanted,
        })
    }

    fn path(&self) -> String {
        let mut text = String::new();
        for step in &self.path {
            if !text.is_empty() {
                text.push('.');
            }
            match step {
                Step::Member(name) => text.push_str(name),
                Step::Item(number) => text.push_str(&format!("{number}.member")),
                Step::Key(key) => text.extend(key.chars().take(MAX_QUOTED)),
            }
        }
        text
    }
}

fn quoted(value: &Value) -> String {
    match value {
        Value::Str(text) => format!("'{}'", text.chars().take(MAX_QUOTED).collect::<String>()),
        Value::Int(number) => format!("'{number}'"),
        Value::Double(number) => format!("'{number}'"),
        Value::Bool(truth) => format!("'{truth}'"),
        Value::Null => "null".into(),
        Value::List(items) => format!("'[{} items]'", items.len()),
        Value::Map(members) => format!("'{{{} members}}'", members.len()),
    }
}

fn wanted(schema: &Schema) -> &'static str {
    match schema {
        Schema::Struct(_) => "Structure",
        Schema::List { .. } => "List",
        Schema::Map { .. } => "Map",
        Schema::Str { .. } | Schema::Enum(_) => "String",
        Schema::Int(_) => "Integer",
        Schema::Long(_) => "Long",
        Schema::Double => "Double",
        Schema::Bool => "Boolean",
        Schema::Time => "Timestamp",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;
    use crate::schema::Pattern;

    static KEY: Schema = Schema::Str {
        length: Range {
            min: Some(1),
            max: Some(4),
        },
        pattern: Some(&WORD),
    };
    static WORD: Pattern = Pattern {
        text: "[a-z]*",
        ranges: &[('a', 'z')],
        letters: false,
        numbers: false,
        separators: false,
        one_or_more: false,
    };
    static ITEM: Schema = Schema::Struct(&[Field {
        name: "key",
        required: true,
        schema: &KEY,
    }]);
    static ITEMS: Schema = Schema::List {
        of: &ITEM,
        size: Range {
            min: None,
            max: Some(2),
        },
    };
    static PORT: Schema = Schema::Int(Range {
        min: Some(0),
        max: Some(65535),
    });
    static MODE: Schema = Schema::Enum(&["a", "b"]);
    static ALL: Schema = Schema::Struct(&[
        Field {
            name: "items",
            required: false,
            schema: &ITEMS,
        },
        Field {
            name: "port",
            required: false,
            schema: &PORT,
        },
        Field {
            name: "mode",
            required: false,
            schema: &MODE,
        },
    ]);

    fn verdict(body: &str) -> String {
        let value = json::parse(body.as_bytes()).expect("the test writes JSON");
        check(&ALL, &value).map_or_else(|e| e.to_string(), |()| "fine".into())
    }

    #[test]
    fn null_and_unknown_members_are_as_good_as_absent() {
        assert_eq!(verdict(r#"{"items":null,"port":null,"other":{"x":1}}"#), "fine");
        assert_eq!(verdict(r#"{"items":[{"key":"ab"}],"port":65535.0,"mode":"b"}"#), "fine");
    }

    #[test]
    fn each_constraint_is_named_with_the_place_and_the_value() {
        let broken = |body, text: &str| assert!(verdict(body).ends_with(text), "{}", verdict(body));
        broken(
            r#"{"items":[{}]}"#,
            "Value null at 'items.1.member.key' failed to satisfy constraint: Member must not be null",
        );
        broken(
            r#"{"items":[{"key":""}]}"#,
            "Member must have length greater than or equal to 1",
        );
        broken(
            r#"{"items":[{"key":"abcde"}]}"#,
            "Member must have length less than or equal to 4",
        );
        broken(
            r#"{"items":[{"key":"a1"}]}"#,
            "Member must satisfy regular expression pattern: [a-z]*",
        );
        broken(
            r#"{"items":[{"key":"a"},{"key":"a"},{"key":"a"}]}"#,
            "Value '[3 items]' at 'items' failed to satisfy constraint: Member must have length less than or equal to 2",
        );
        broken(
            r#"{"port":65536}"#,
            "Value '65536' at 'port' failed to satisfy constraint: Member must have value less than or equal to 65535",
        );
        broken(r#"{"mode":"c"}"#, "Member must satisfy enum value set: [a, b]");
    }

    #[test]
    fn another_type_is_an_error_of_its_own_kind() {
        assert_eq!(
            verdict(r#"{"port":"80"}"#),
            "STRING_VALUE can not be converted to Integer at 'port'"
        );
        assert_eq!(
            verdict(r#"{"port":1.5}"#),
            "NUMBER_VALUE can not be converted to Integer at 'port'"
        );
        assert_eq!(
            verdict(r#"{"port":99999999999}"#),
            "NUMBER_VALUE can not be converted to Integer at 'port'"
        );
        assert_eq!(
            verdict(r#"{"items":{}}"#),
            "START_OBJECT can not be converted to List at 'items'"
        );
        assert_eq!(
            verdict(r#"{"mode":true}"#),
            "TRUE_VALUE can not be converted to String at 'mode'"
        );
    }
}
