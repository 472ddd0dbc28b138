//! One operation per file: `(cx, input) → (output, changes)`.
//!
//! An operation is a pure function of the snapshot in its `Cx`. It resolves what its input names, checks, changes copies of
//! entities and replies; the shell commits the changes, or runs the operation again on a newer snapshot. `acs` and `tcs` hold the server's
//! half of the agent protocol as machines of the same purity. Wire shapes and our entities meet in `shape.rs` files only.

pub mod acs;
mod call;
mod cx;
pub mod ec2;
pub mod ecs;
pub mod longshore;
mod page;
pub mod secrets;
pub mod sts;
pub mod tcs;
#[cfg(test)]
mod testing;

pub use call::{Access, Answer, Call, Handler, Reply, Service, run, service};
pub use cx::{Caller, Cx, Ids};
