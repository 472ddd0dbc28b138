//! AWS's protocols without IO.
//!
//! Requests become a neutral `Value`, are checked against the model's `Schema` and decoded into generated shapes; answers are
//! encoded from shapes straight into a `Sink`, of which there is one per protocol. A new protocol is a parser and a sink, never a
//! new shape. Signatures are verified over the bytes received.

pub mod error;
pub mod json;
pub mod pace;
pub mod query;
pub mod schema;
pub mod shape;
pub mod sigv4;
pub mod time;
pub mod validate;
pub mod value;
pub mod xml;

pub use error::ApiError;
pub use value::Value;
