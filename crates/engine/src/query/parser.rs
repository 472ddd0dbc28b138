//! From text to expression, by recursive descent. `or` binds weakest, then `and`, then `not`.

use regex::RegexBuilder;
use wire::time::Time;

use super::lexer::{Lexer, Token};
use super::test::{Comparison, Condition, Subject, Test, Value};
use super::{Expression, MAX_LENGTH, Malformed};

/// Most parentheses and negations within each other.
const MAX_DEPTH: usize = 50;
/// Most bytes that a compiled regular expression may take.
const MAX_PATTERN_BYTES: usize = 1 << 18;

pub fn parse(text: &str) -> Result<Expression, Malformed> {
    if text.chars().count() > MAX_LENGTH {
        return Err(Malformed {
            at: MAX_LENGTH + 1,
            why: format!("an expression has at most {MAX_LENGTH} characters"),
        });
    }
    let mut parser = Parser::new(text)?;
    let whole = parser.any(0)?;
    match parser.next {
        Token::End => Ok(whole),
        _ => Err(parser.wrong("expected 'and', 'or' or the end")),
    }
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    next: Token,
    /// Where `next` begins.
    at: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Result<Self, Malformed> {
        let mut parser = Self {
            lexer: Lexer::new(text),
            next: Token::End,
            at: 1,
        };
        parser.advance()?;
        Ok(parser)
    }

    fn advance(&mut self) -> Result<Token, Malformed> {
        self.at = self.lexer.column();
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    fn wrong(&self, why: impl Into<String>) -> Malformed {
        Malformed {
            at: self.at,
            why: why.into(),
        }
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.next, Token::Word(it) if it.eq_ignore_ascii_case(word))
    }

    fn any(&mut self, depth: usize) -> Result<Expression, Malformed> {
        let mut list = vec![self.all(depth)?];
        while self.next == Token::Or || self.is_word("or") {
            self.advance()?;
            list.push(self.all(depth)?);
        }
        Ok(one_or(list, Expression::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Expression, Malformed> {
        let mut list = vec![self.unary(depth)?];
        while self.next == Token::And || self.is_word("and") {
            self.advance()?;
            list.push(self.unary(depth)?);
        }
        Ok(one_or(list, Expression::All))
    }

    fn unary(&mut self, depth: usize) -> Result<Expression, Malformed> {
        if depth > MAX_DEPTH {
            return Err(self.wrong(format!("more than {MAX_DEPTH} levels within each other")));
        }
        if self.next == Token::Not || self.is_word("not") {
            self.advance()?;
            return Ok(Expression::Not(Box::new(self.unary(depth + 1)?)));
        }
        if self.next != Token::Open {
            return self.test().map(Expression::Test);
        }
        self.advance()?;
        let inside = self.any(depth + 1)?;
        if self.next != Token::Close {
            return Err(self.wrong("expected ')'"));
        }
        self.advance()?;
        Ok(inside)
    }

    fn test(&mut self) -> Result<Test, Malformed> {
        let subject = match &self.next {
            Token::Word(word) => Subject::parse(word).ok_or_else(|| {
                self.wrong(format!(
                    "'{word}' is no subject: use agentConnected, agentVersion, attribute:NAME, ec2InstanceId, registeredAt, \
                     runningTasksCount or task:group"
                ))
            })?,
            _ => return Err(self.wrong("expected a subject, such as attribute:NAME or task:group")),
        };
        self.advance()?;
        let at = self.at;
        let (operator, negated) = self.operator()?;
        if !subject.allows(operator) {
            return Err(Malformed {
                at,
                why: format!("{subject} cannot be tested with {}", operator.symbol()),
            });
        }
        let condition = match operator {
            Operator::Exists => Condition::Exists,
            Operator::In => Condition::In(self.list(&subject)?),
            Operator::Matches => Condition::Matches(self.pattern()?),
            Operator::Compare(comparison) => Condition::Compare(comparison, self.value(&subject)?),
        };
        // A pattern is read in a mode of its own, so the token after the operator is only fetched here.
        Ok(Test {
            subject,
            condition,
            negated,
        })
    }

    /// The operator, consumed, and whether it is a negation. After `=~` the pattern is still unread.
    fn operator(&mut self) -> Result<(Operator, bool), Malformed> {
        use Comparison::{Equal, Greater, GreaterEqual, Less, LessEqual};
        let compare = Operator::Compare;
        let found = match &self.next {
            Token::Equals => (compare(Equal), false),
            Token::NotEquals => (compare(Equal), true),
            Token::Less => (compare(Less), false),
            Token::LessEqual => (compare(LessEqual), false),
            Token::Greater => (compare(Greater), false),
            Token::GreaterEqual => (compare(GreaterEqual), false),
            Token::Matches => (Operator::Matches, false),
            Token::NotMatches => (Operator::Matches, true),
            Token::Not => {
                self.advance()?;
                match &self.next {
                    Token::Word(word) if word == "in" => (Operator::In, true),
                    Token::Word(word) if word == "exists" => (Operator::Exists, true),
                    _ => return Err(self.wrong("expected 'in' or 'exists' after '!'")),
                }
            }
            Token::Word(word) => match word.as_str() {
                "equals" => (compare(Equal), false),
                "not_equals" => (compare(Equal), true),
                "less_than" => (compare(Less), false),
                "less_than_equal" => (compare(LessEqual), false),
                "greater_than" => (compare(Greater), false),
                "greater_than_equal" => (compare(GreaterEqual), false),
                "matches" => (Operator::Matches, false),
                "not_matches" => (Operator::Matches, true),
                "in" => (Operator::In, false),
                "not_in" => (Operator::In, true),
                "exists" => (Operator::Exists, false),
                "not_exists" => (Operator::Exists, true),
                other => return Err(self.wrong(format!("'{other}' is no operator"))),
            },
            _ => return Err(self.wrong("expected an operator, such as == or exists")),
        };
        if found.0 != Operator::Matches {
            self.advance()?;
        }
        Ok(found)
    }

    /// Everything from here to the next space, with `self.next` set to what follows it.
    fn pattern(&mut self) -> Result<regex::Regex, Malformed> {
        let at = self.lexer.column();
        let text = self.lexer.pattern()?;
        if text.is_empty() {
            return Err(Malformed {
                at,
                why: "expected a regular expression".into(),
            });
        }
        let whole = RegexBuilder::new(&format!("^(?:{text})$"))
            .size_limit(MAX_PATTERN_BYTES)
            .build();
        let regex = whole.map_err(|_| Malformed {
            at,
            why: format!("'{text}' is no regular expression that can be used here"),
        })?;
        self.advance()?;
        Ok(regex)
    }

    fn list(&mut self, subject: &Subject) -> Result<Vec<Value>, Malformed> {
        if self.next != Token::OpenList {
            return Err(self.wrong("expected a list, such as [a, b]"));
        }
        self.advance()?;
        let mut values = vec![self.value(subject)?];
        while self.next == Token::Comma {
            self.advance()?;
            values.push(self.value(subject)?);
        }
        if self.next != Token::CloseList {
            return Err(self.wrong("expected ',' or ']'"));
        }
        self.advance()?;
        Ok(values)
    }

    fn value(&mut self, subject: &Subject) -> Result<Value, Malformed> {
        let text = match &self.next {
            Token::Word(text) | Token::Quoted(text) => text.clone(),
            _ => return Err(self.wrong("expected a value")),
        };
        let value = match subject {
            Subject::AgentConnected => text.parse().ok().map(Value::Truth),
            Subject::RunningTasksCount => text.parse().ok().map(Value::Count),
            Subject::RegisteredAt => Time::parse_iso(&text).map(Value::Moment),
            Subject::AgentVersion => super::test::version(&text).map(Value::Version),
            Subject::Attribute(_) | Subject::Ec2InstanceId | Subject::TaskGroup => Some(Value::Text(text.clone())),
        };
        let value = value.ok_or_else(|| self.wrong(format!("'{text}' is no value that {subject} can have")))?;
        self.advance()?;
        Ok(value)
    }
}

fn one_or(mut list: Vec<Expression>, many: fn(Vec<Expression>) -> Expression) -> Expression {
    match list.pop() {
        Some(only) if list.is_empty() => only,
        Some(last) => {
            list.push(last);
            many(list)
        }
        None => many(list),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Compare(Comparison),
    In,
    Matches,
    Exists,
}

impl Operator {
    fn symbol(self) -> &'static str {
        match self {
            Operator::Compare(Comparison::Equal) => "== or !=",
            Operator::Compare(_) => "<, <=, > or >=",
            Operator::In => "in",
            Operator::Matches => "=~",
            Operator::Exists => "exists",
        }
    }
}
