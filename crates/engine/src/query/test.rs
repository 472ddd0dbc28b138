//! One test of an expression, and what it says of an instance.

use std::cmp::Ordering;
use std::fmt;

use wire::time::Time;

use super::Candidate;
use super::parser::Operator;

/// What is tested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    AgentConnected,
    AgentVersion,
    Attribute(String),
    Ec2InstanceId,
    RegisteredAt,
    RunningTasksCount,
    /// The groups of the tasks on the instance; a test holds if it holds of one.
    TaskGroup,
}

impl Subject {
    pub(super) fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "agentConnected" => Subject::AgentConnected,
            "agentVersion" => Subject::AgentVersion,
            "ec2InstanceId" => Subject::Ec2InstanceId,
            "registeredAt" => Subject::RegisteredAt,
            "runningTasksCount" => Subject::RunningTasksCount,
            "task:group" => Subject::TaskGroup,
            other => Subject::Attribute(other.strip_prefix("attribute:").filter(|it| !it.is_empty())?.into()),
        })
    }

    pub(super) fn allows(&self, operator: Operator) -> bool {
        let ordered = matches!(
            self,
            Subject::AgentVersion | Subject::RegisteredAt | Subject::RunningTasksCount
        );
        match operator {
            Operator::Compare(Comparison::Equal) => true,
            Operator::Compare(_) => ordered,
            Operator::In | Operator::Matches => !ordered,
            Operator::Exists => matches!(self, Subject::Attribute(_) | Subject::TaskGroup),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::AgentConnected => f.write_str("agentConnected"),
            Subject::AgentVersion => f.write_str("agentVersion"),
            Subject::Attribute(name) => write!(f, "attribute:{name}"),
            Subject::Ec2InstanceId => f.write_str("ec2InstanceId"),
            Subject::RegisteredAt => f.write_str("registeredAt"),
            Subject::RunningTasksCount => f.write_str("runningTasksCount"),
            Subject::TaskGroup => f.write_str("task:group"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Comparison {
    fn admits(self, order: Ordering) -> bool {
        match self {
            Comparison::Equal => order == Ordering::Equal,
            Comparison::Less => order == Ordering::Less,
            Comparison::LessEqual => order != Ordering::Greater,
            Comparison::Greater => order == Ordering::Greater,
            Comparison::GreaterEqual => order != Ordering::Less,
        }
    }
}

/// A value of an expression, in the type of its subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Text(String),
    Truth(bool),
    Count(u64),
    /// To the second.
    Moment(Time),
    /// The parts of a dotted version number.
    Version(Vec<u64>),
}

#[derive(Clone, Debug)]
pub(super) enum Condition {
    Exists,
    Compare(Comparison, Value),
    In(Vec<Value>),
    Matches(regex::Regex),
}

impl Condition {
    fn admits(&self, has: &Value) -> bool {
        match self {
            Condition::Exists => true,
            Condition::Compare(comparison, value) => comparison.admits(has.cmp(value)),
            Condition::In(values) => values.contains(has),
            Condition::Matches(regex) => match has {
                Value::Text(text) => regex.is_match(text),
                Value::Truth(truth) => regex.is_match(if *truth { "true" } else { "false" }),
                Value::Count(_) | Value::Moment(_) | Value::Version(_) => false,
            },
        }
    }

    /// As `admits`, without a copy of the text.
    fn admits_text(&self, has: &str) -> bool {
        match self {
            Condition::Exists => true,
            Condition::Compare(comparison, Value::Text(text)) => comparison.admits(has.cmp(text)),
            Condition::In(values) => values.iter().any(|it| matches!(it, Value::Text(text) if text == has)),
            Condition::Matches(regex) => regex.is_match(has),
            Condition::Compare(..) => false,
        }
    }
}

/// `subject operator value`.
#[derive(Clone, Debug)]
pub struct Test {
    pub subject: Subject,
    pub(super) condition: Condition,
    pub(super) negated: bool,
}

impl Test {
    pub fn holds(&self, of: Candidate<'_>) -> bool {
        self.admits(of) != self.negated
    }

    fn admits(&self, of: Candidate<'_>) -> bool {
        let (instance, condition) = (of.instance, &self.condition);
        match &self.subject {
            Subject::AgentConnected => condition.admits(&Value::Truth(instance.is_connected())),
            Subject::AgentVersion => {
                let parts = instance.version_info.agent_version.as_deref().and_then(version);
                parts.is_some_and(|it| condition.admits(&Value::Version(it)))
            }
            Subject::Attribute(name) => instance
                .attribute(name)
                .is_some_and(|it| condition.admits_text(it.value.as_deref().unwrap_or_default())),
            Subject::Ec2InstanceId => condition.admits_text(&instance.ec2_id()),
            Subject::RegisteredAt => {
                let millis = instance.registered_at.as_millis();
                condition.admits(&Value::Moment(Time::from_millis(millis - millis.rem_euclid(1000))))
            }
            Subject::RunningTasksCount => condition.admits(&Value::Count(of.running())),
            Subject::TaskGroup => of.has_group(|group| condition.admits_text(group)),
        }
    }
}

/// The parts of `1.2.3`, with or without a `v` before. Trailing zeros mean nothing: 1.2 is 1.2.0.
pub(super) fn version(text: &str) -> Option<Vec<u64>> {
    let parts = text
        .strip_prefix('v')
        .unwrap_or(text)
        .split('.')
        .map(|it| it.parse().ok());
    let mut parts = parts.collect::<Option<Vec<u64>>>()?;
    while parts.last() == Some(&0) {
        parts.pop();
    }
    Some(parts)
}
