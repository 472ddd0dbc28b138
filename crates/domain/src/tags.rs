//! A resource's tags, in the order in which they were given.

use serde::{Deserialize, Serialize};

/// One key and its value. Checked against AWS's rules before it gets here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    pub key: String,
    pub value: String,
}

pub type Tags = Vec<Tag>;
