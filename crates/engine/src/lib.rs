//! Decisions over a snapshot.
//!
//! Each is a synchronous function of what is true and of arguments: no clock, no randomness, no IO, no memory between runs.
//! Placement says which host takes a task, and the query language which hosts are meant. Reconcilers look at the world, emit a bounded step and change nothing when run again.

pub mod interfaces;
pub mod orphans;
pub mod placement;
pub mod query;
pub mod reaping;
