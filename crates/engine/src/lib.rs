//! Decisions over a snapshot.
