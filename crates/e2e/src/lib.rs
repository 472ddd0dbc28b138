//! Stories told with real parts: the `longshore` binary, Docker containers, and the clients that people use.
//!
//! Each story has a lab of its own, so they run side by side. Nothing here knows the product's crates: what a story cannot see
//! through a client, a container or a file of the data directory, a user cannot see either.
#![cfg(test)]
#![allow(clippy::unwrap_used, reason = "a story that cannot go on fails")]

mod docker;
mod engine;
mod lab;
mod machine;
mod network;
mod process;
mod stories;
