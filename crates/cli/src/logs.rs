//! `longshore logs`: a task's output, as it is or as it comes.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Result;
use client::{Client, escape};
use http_body_util::BodyExt;

use crate::{Connect, tasks};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// A task's id, the beginning of one, or its ARN
    task: String,
    #[arg(long, default_value = "default")]
    cluster: String,
    /// Which container, where the task has several
    #[arg(long)]
    container: Option<String>,
    /// Go on as more comes
    #[arg(long, short)]
    follow: bool,
    /// Only this many lines from the end
    #[arg(long)]
    tail: Option<u32>,
}

pub async fn run(args: &Args, connect: &Connect) -> Result<ExitCode> {
    let client = connect.client()?;
    let task = tasks::find(&client, &args.cluster, &args.task).await?;
    let wanted = Wanted {
        cluster: &args.cluster,
        task: tasks::id(&task),
        container: args.container.as_deref(),
        follow: args.follow,
        tail: args.tail,
    };
    stream(&client, &wanted, "").await?;
    Ok(ExitCode::SUCCESS)
}

pub struct Wanted<'a> {
    pub cluster: &'a str,
    pub task: &'a str,
    pub container: Option<&'a str>,
    pub follow: bool,
    pub tail: Option<u32>,
}

impl Wanted<'_> {
    fn path(&self) -> String {
        let mut path = format!(
            "/_longshore/logs?cluster={}&follow={}&task={}",
            escape(self.cluster),
            self.follow,
            escape(self.task)
        );
        if let Some(container) = self.container {
            path.push_str(&format!("&container={}", escape(container)));
        }
        if let Some(tail) = self.tail {
            path.push_str(&format!("&tail={tail}"));
        }
        path
    }
}

/// Writes output until it ends: each stream to its own, each line after `prefix`.
pub async fn stream(client: &Client, wanted: &Wanted<'_>, prefix: &str) -> Result<()> {
    let mut body = client.get(&wanted.path()).await?;
    let mut pieces = Pieces::default();
    let (mut out, mut err) = (Lines::new(prefix), Lines::new(prefix));
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data() {
            pieces.held.extend_from_slice(&data);
        }
        while let Some((source, bytes)) = pieces.next() {
            // A reader who has gone away ends the stream.
            let written = if source == 2 {
                err.write(&mut std::io::stderr(), &bytes)
            } else {
                out.write(&mut std::io::stdout(), &bytes)
            };
            if written.is_err() {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Cuts the stream back into pieces: a byte for the source, four for the length, and the bytes.
#[derive(Default)]
struct Pieces {
    held: Vec<u8>,
}

impl Pieces {
    fn next(&mut self) -> Option<(u8, Vec<u8>)> {
        let (head, rest) = self.held.split_at_checked(5)?;
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize;
        let piece = (head[0], rest.get(..length)?.to_vec());
        self.held.drain(..5 + length);
        Some(piece)
    }
}

/// Puts the prefix where a line begins.
struct Lines<'a> {
    prefix: &'a str,
    at_start: bool,
}

impl<'a> Lines<'a> {
    fn new(prefix: &'a str) -> Self {
        Self { prefix, at_start: true }
    }

    fn write(&mut self, to: &mut dyn Write, bytes: &[u8]) -> std::io::Result<()> {
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            if self.at_start {
                to.write_all(self.prefix.as_bytes())?;
            }
            to.write_all(line)?;
            self.at_start = line.ends_with(b"\n");
        }
        to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_out_whole_however_they_arrive() {
        let mut pieces = Pieces::default();
        let mut seen = Vec::new();
        for byte in [1, 0, 0, 0, 2, b'h', b'i', 2, 0, 0, 0, 0] {
            pieces.held.push(byte);
            seen.extend(pieces.next());
        }
        assert_eq!(seen, [(1, b"hi".to_vec()), (2, Vec::new())]);
    }

    #[test]
    fn whatever_a_container_is_called_it_is_asked_for_by_that_name() {
        let wanted = Wanted {
            cluster: "web",
            task: "7",
            container: Some("a b&tail=1"),
            follow: false,
            tail: None,
        };
        let expected = "/_longshore/logs?cluster=web&follow=false&task=7&container=a%20b%26tail%3D1";
        assert_eq!(wanted.path(), expected);
    }

    #[test]
    fn every_line_has_the_prefix_once() {
        let (mut lines, mut out) = (Lines::new("a | "), Vec::new());
        for piece in ["one\ntw", "o\n", "three"] {
            lines.write(&mut out, piece.as_bytes()).expect("a Vec takes every byte");
        }
        assert_eq!(String::from_utf8_lossy(&out), "a | one\na | two\na | three");
    }
}
