//! The cluster query language: which container instances are meant, as in `attribute:ecs.instance-type =~ t2.* and not(task:group == db)`.
//!
//! An expression is parsed once, in time linear in its length, and then asked of each instance. A test whose operator is a negation
//! is the opposite of the test without it: an instance that lacks an attribute is "not equal" to any value of it.

mod lexer;
mod parser;
mod test;

use std::fmt;

use domain::task::Stage;
use domain::{Instance, Snapshot};

pub use test::{Subject, Test};

/// Longest expression, in characters.
pub const MAX_LENGTH: usize = 2000;

/// A parsed expression.
#[derive(Clone, Debug)]
pub enum Expression {
    Any(Vec<Expression>),
    All(Vec<Expression>),
    Not(Box<Expression>),
    Test(Test),
}

/// Why a text is no expression, and the character, counted from 1, at which it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    pub at: usize,
    pub why: String,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (at character {})", self.why, self.at)
    }
}

/// An instance as an expression sees it.
#[derive(Clone, Copy)]
pub struct Candidate<'a> {
    pub view: &'a Snapshot,
    pub instance: &'a Instance,
    /// Group of tasks that a plan has already put there, though the snapshot does not know them.
    pub planned: Option<&'a str>,
}

impl Candidate<'_> {
    fn running(&self) -> u64 {
        let tasks = self.view.tasks_on(self.instance.id());
        tasks.filter(|it| it.last() == Stage::Running).count() as u64
    }

    fn has_group(&self, matches: impl Fn(&str) -> bool) -> bool {
        self.planned.is_some_and(&matches)
            || self
                .view
                .tasks_on(self.instance.id())
                .any(|it| matches(&it.origin().group))
    }
}

impl Expression {
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        parser::parse(text)
    }

    pub fn holds(&self, of: Candidate<'_>) -> bool {
        match self {
            Expression::Any(list) => list.iter().any(|it| it.holds(of)),
            Expression::All(list) => list.iter().all(|it| it.holds(of)),
            Expression::Not(it) => !it.holds(of),
            Expression::Test(test) => test.holds(of),
        }
    }

    /// Whether tasks that are placed can change what it says of an instance.
    pub fn sees_tasks(&self) -> bool {
        match self {
            Expression::Any(list) | Expression::All(list) => list.iter().any(Expression::sees_tasks),
            Expression::Not(it) => it.sees_tasks(),
            Expression::Test(test) => matches!(test.subject, Subject::TaskGroup | Subject::RunningTasksCount),
        }
    }
}

#[cfg(test)]
mod tests;
