//! Tables for people, JSON for programs, and one place that knows which of them is wanted.

use std::io::{IsTerminal, Write};

use clap::ValueEnum;
use comfy_table::{Table, TableStyle};
use wire::json;
use wire::shape::Encode;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Output {
    #[default]
    Table,
    Json,
}

/// Columns without lines between them.
pub fn table(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table
        .load_style(TableStyle::new())
        .set_header(header.to_vec())
        .add_rows(rows);
    let lines: Vec<String> = table.to_string().lines().map(|line| line.trim().to_owned()).collect();
    lines.join("\n")
}

/// A shape as the API gives it.
pub fn print_json(it: &dyn Encode) {
    say(&json::to_string(it));
}

/// A line of the command's answer. A reader who has gone away is no reason to fail.
pub fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}

/// A line about the command's progress, which is not part of its answer.
pub fn note(mark: &str, line: &str) {
    let (on, off) = if std::io::stderr().is_terminal() {
        ("\x1b[32m", "\x1b[0m")
    } else {
        ("", "")
    };
    drop(writeln!(std::io::stderr(), "{on}{mark}{off} {line}"));
}
