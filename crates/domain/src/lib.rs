//! Entities, the snapshot and the changes to it.
