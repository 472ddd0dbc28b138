//! What a request says, before the model has judged it.

/// The union of what AWS's protocols can carry. Timestamps arrive as numbers or text, whichever the protocol has.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Double(f64),
    Str(String),
    List(Vec<Value>),
    /// In the order received; no name twice.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The member `name`, where this is a map that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Map(members) => members.iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// `get`, where nothing else of it is wanted any more.
    pub fn into_member(self, name: &str) -> Option<Value> {
        match self {
            Value::Map(members) => members.into_iter().find(|(key, _)| key == name).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The kind in the words of AWS's deserializer.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "NULL_VALUE",
            Value::Bool(true) => "TRUE_VALUE",
            Value::Bool(false) => "FALSE_VALUE",
            Value::Int(_) | Value::Double(_) => "NUMBER_VALUE",
            Value::Str(_) => "STRING_VALUE",
            Value::List(_) => "START_ARRAY",
            Value::Map(_) => "START_OBJECT",
        }
    }
}
