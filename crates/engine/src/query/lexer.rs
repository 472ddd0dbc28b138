//! Tokens of the query language.

use super::Malformed;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// A bare word: a keyword, a subject or a value.
    Word(String),
    /// A value in quotes. Never a keyword.
    Quoted(String),
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    And,
    Or,
    Not,
    Equals,
    NotEquals,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Matches,
    NotMatches,
    End,
}

/// Reads one token after the other. Columns count characters from 1.
pub struct Lexer<'a> {
    rest: &'a str,
    column: usize,
}

const SYMBOLS: [(&str, Token); 19] = [
    ("==", Token::Equals),
    ("!=", Token::NotEquals),
    ("=~", Token::Matches),
    ("!~", Token::NotMatches),
    ("<=", Token::LessEqual),
    (">=", Token::GreaterEqual),
    ("&&", Token::And),
    ("||", Token::Or),
    ("<", Token::Less),
    (">", Token::Greater),
    ("(", Token::Open),
    (")", Token::Close),
    ("[", Token::OpenList),
    ("]", Token::CloseList),
    (",", Token::Comma),
    ("!", Token::Not),
    // Half of a symbol is no symbol; these are only here to be named in an error.
    ("=", Token::End),
    ("&", Token::End),
    ("|", Token::End),
];

impl<'a> Lexer<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, column: 1 }
    }

    /// Where the next token begins.
    pub fn column(&mut self) -> usize {
        let spaces = self.rest.len() - self.rest.trim_start().len();
        self.skip(spaces);
        self.column
    }

    pub fn next(&mut self) -> Result<Token, Malformed> {
        let at = self.column();
        let Some(first) = self.rest.chars().next() else {
            return Ok(Token::End);
        };
        if matches!(first, '"' | '\'') {
            return self.quoted(first);
        }
        if let Some((symbol, token)) = SYMBOLS.iter().find(|(symbol, _)| self.rest.starts_with(symbol)) {
            if *token == Token::End {
                return Err(Malformed {
                    at,
                    why: format!("unexpected '{symbol}'"),
                });
            }
            self.skip(symbol.len());
            return Ok(token.clone());
        }
        let ends = |c: char| c.is_whitespace() || "()[],=!<>&|~\"'".contains(c);
        let length = self.rest.find(ends).unwrap_or(self.rest.len());
        // A stray `~` is the one character that is neither of a word nor a symbol.
        Ok(Token::Word(self.take(length.max(first.len_utf8()))))
    }

    /// A regular expression: in quotes, or bare up to a space or the parenthesis that closes the expression around it.
    pub fn pattern(&mut self) -> Result<String, Malformed> {
        self.column();
        if let Some(quote @ ('"' | '\'')) = self.rest.chars().next() {
            return match self.quoted(quote)? {
                Token::Quoted(text) => Ok(text),
                _ => Ok(String::new()),
            };
        }
        let mut depth = 0usize;
        let mut length = self.rest.len();
        for (at, c) in self.rest.char_indices() {
            match c {
                '(' => depth += 1,
                ')' if depth > 0 => depth -= 1,
                ')' => length = at,
                c if c.is_whitespace() => length = at,
                _ => {}
            }
            if length == at {
                break;
            }
        }
        Ok(self.take(length))
    }

    fn quoted(&mut self, quote: char) -> Result<Token, Malformed> {
        let at = self.column;
        let inside = &self.rest[1..];
        let Some(length) = inside.find(quote) else {
            return Err(Malformed {
                at,
                why: format!("the quote {quote} is not closed"),
            });
        };
        let text = inside[..length].to_owned();
        self.skip(length + 2);
        Ok(Token::Quoted(text))
    }

    fn take(&mut self, bytes: usize) -> String {
        let text = self.rest[..bytes].to_owned();
        self.skip(bytes);
        text
    }

    fn skip(&mut self, bytes: usize) {
        let (gone, rest) = self.rest.split_at(bytes);
        self.column += gone.chars().count();
        self.rest = rest;
    }
}
