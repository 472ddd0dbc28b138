//! From values to typed shapes, and from shapes to bytes of whatever protocol.

use std::collections::BTreeMap;

use crate::time::Time;
use crate::value::Value;

/// Takes a shape apart while it is encoded. One implementation per protocol.
pub trait Sink {
    fn begin_struct(&mut self);
    fn field(&mut self, name: &'static str);
    fn end_struct(&mut self);
    fn begin_list(&mut self);
    fn item(&mut self);
    fn end_list(&mut self);
    fn begin_map(&mut self);
    fn key(&mut self, key: &str);
    fn end_map(&mut self);
    fn str(&mut self, text: &str);
    fn int(&mut self, number: i64);
    fn double(&mut self, number: f64);
    fn bool(&mut self, truth: bool);
    fn time(&mut self, time: Time);
}

/// A value does not have the type that the model says. `validate::check` finds all of these first, with the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What the value is.
    pub kind: &'static str,
    /// What the model wants.
    pub wanted: &'static str,
}

/// A type of the model. Implemented by `shape!` for structures.
pub trait Shape: Sized {
    fn decode(value: Value) -> Result<Self, Mismatch>;
    fn encode(&self, to: &mut dyn Sink);
}

/// Something to encode, of whatever shape.
pub trait Encode {
    fn encode_to(&self, sink: &mut dyn Sink);
}

impl<T: Shape> Encode for T {
    fn encode_to(&self, sink: &mut dyn Sink) {
        self.encode(sink);
    }
}

fn mismatch<T>(value: &Value, wanted: &'static str) -> Result<T, Mismatch> {
    Err(Mismatch {
        kind: value.kind(),
        wanted,
    })
}

/// An absent member and an explicit null are the same.
pub fn decode_member<T: Shape>(value: Value) -> Result<Option<T>, Mismatch> {
    if value == Value::Null {
        Ok(None)
    } else {
        T::decode(value).map(Some)
    }
}

impl Shape for String {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Str(text) => Ok(text),
            other => mismatch(&other, "String"),
        }
    }

    fn encode(&self, to: &mut dyn Sink) {
        to.str(self);
    }
}

impl Shape for bool {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Bool(truth) => Ok(truth),
            other => mismatch(&other, "Boolean"),
        }
    }

    fn encode(&self, to: &mut dyn Sink) {
        to.bool(*self);
    }
}

/// The whole number that a value is, if it is one. 3.0 is 3 to every client that writes JSON.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) => Some(*number),
        Value::Double(number) if number.fract() == 0.0 && number.abs() < 9e15 => Some(*number as i64),
        _ => None,
    }
}

impl Shape for i64 {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        whole(&value).map_or_else(|| mismatch(&value, "Long"), Ok)
    }

    fn encode(&self, to: &mut dyn Sink) {
        to.int(*self);
    }
}

impl Shape for i32 {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        let number = whole(&value).and_then(|n| i32::try_from(n).ok());
        number.map_or_else(|| mismatch(&value, "Integer"), Ok)
    }

    fn encode(&self, to: &mut dyn Sink) {
        to.int(i64::from(*self));
    }
}

impl Shape for f64 {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Double(number) => Ok(number),
            Value::Int(number) => Ok(number as f64),
            other => mismatch(&other, "Double"),
        }
    }

    fn encode(&self, to: &mut dyn Sink) {
        to.double(*self);
    }
}

impl Shape for Time {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Double(seconds) => Ok(Time::from_epoch_seconds(seconds)),
            Value::Int(seconds) => Ok(Time::from_millis(0).plus_s(seconds)),
            other => mismatch(&other, "Timestamp"),
        }
    }

    fn encode(&self, to: &mut dyn Sink) {
        to.time(*self);
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::List(items) => items.into_iter().map(T::decode).collect(),
            other => mismatch(&other, "List"),
        }
    }

    fn encode(&self, to: &mut dyn Sink) {
        to.begin_list();
        for item in self {
            to.item();
            item.encode(to);
        }
        to.end_list();
    }
}

impl<T: Shape> Shape for BTreeMap<String, T> {
    fn decode(value: Value) -> Result<Self, Mismatch> {
        match value {
            Value::Map(members) => members.into_iter().map(|(k, v)| Ok((k, T::decode(v)?))).collect(),
            other => mismatch(&other, "Map"),
        }
    }

    fn encode(&self, to: &mut dyn Sink) {
        to.begin_map();
        for (key, value) in self {
            to.key(key);
            value.encode(to);
        }
        to.end_map();
    }
}

/// One structure of the model: the Rust type, how it decodes and encodes, and its schema. Every member is optional, because
/// what is required is the schema's business.
#[macro_export]
macro_rules! shape {
    ($name:ident $schema:ident { $($field:ident $wire:literal $ty:ty, $of:expr $(, $required:ident)?;)* }) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name {
            $(pub $field: Option<$ty>,)*
        }

        pub static $schema: $crate::schema::Schema = $crate::schema::Schema::Struct(&[
            $($crate::schema::Field { name: $wire, required: $crate::required!($($required)?), schema: $of },)*
        ]);

        impl $crate::shape::Shape for $name {
            fn decode(value: $crate::value::Value) -> Result<Self, $crate::shape::Mismatch> {
                #[allow(unused_mut)]
                let mut it = Self::default();
                let kind = value.kind();
                let $crate::value::Value::Map(members) = value else {
                    return Err($crate::shape::Mismatch { kind, wanted: "Structure" });
                };
                #[allow(clippy::match_single_binding, unused_variables)]
                for (name, member) in members {
                    match name.as_str() {
                        $($wire => it.$field = $crate::shape::decode_member(member)?,)*
                        _ => {}
                    }
                }
                Ok(it)
            }

            fn encode(&self, to: &mut dyn $crate::shape::Sink) {
                to.begin_struct();
                $(if let Some(member) = &self.$field {
                    to.field($wire);
                    $crate::shape::Shape::encode(member, to);
                })*
                to.end_struct();
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! required {
    () => {
        false
    };
    (required) => {
        true
    };
}
