//! The model's tables, as generated code states them. Recursive shapes are statics that name each other.

/// How a service speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    Json11,
    Query,
    /// Query as EC2 has it: lists are not wrapped, and answers and errors have other frames.
    Ec2,
}

#[derive(Debug)]
pub struct Service {
    /// As in `ecs`; also the service part of a signature's scope.
    pub signing_name: &'static str,
    /// What comes before the dot in `X-Amz-Target`.
    pub target_prefix: &'static str,
    /// As in `2014-11-13`.
    pub version: &'static str,
    /// Of answers in XML; empty for others.
    pub xml_namespace: &'static str,
    pub protocol: Protocol,
    /// In order of name.
    pub operations: &'static [Operation],
}

impl Service {
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        let at = self.operations.binary_search_by(|it| it.name.cmp(name)).ok()?;
        Some(&self.operations[at])
    }
}

#[derive(Debug)]
pub struct Operation {
    pub name: &'static str,
    pub input: &'static Schema,
    /// Codes of the errors that the model lists for it.
    pub errors: &'static [&'static str],
}

#[derive(Debug)]
pub enum Schema {
    Struct(&'static [Field]),
    List {
        of: &'static Schema,
        size: Range,
    },
    Map {
        of: &'static Schema,
    },
    Str {
        length: Range,
        pattern: Option<&'static Pattern>,
    },
    Enum(&'static [&'static str]),
    Int(Range),
    Long(Range),
    Double,
    Bool,
    Time,
}

#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub required: bool,
    pub schema: &'static Schema,
}

/// Both ends are allowed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub min: Option<i64>,
    pub max: Option<i64>,
}

impl Range {
    pub const ANY: Range = Range { min: None, max: None };
}

/// A pattern of the one form that the models use: characters of a class, repeated.
#[derive(Debug, PartialEq)]
pub struct Pattern {
    /// As the model writes it, for the error's text.
    pub text: &'static str,
    pub ranges: &'static [(char, char)],
    /// `\p{L}`, `\p{N}`, `\p{Z}`.
    pub letters: bool,
    pub numbers: bool,
    pub separators: bool,
    /// `+` rather than `*`.
    pub one_or_more: bool,
}

impl Pattern {
    pub fn matches(&self, text: &str) -> bool {
        (!self.one_or_more || !text.is_empty()) && text.chars().all(|c| self.allows(c))
    }

    fn allows(&self, c: char) -> bool {
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&c))
            || (self.letters && c.is_alphabetic())
            || (self.numbers && c.is_numeric())
            || (self.separators && c.is_whitespace() && !c.is_control())
    }
}
