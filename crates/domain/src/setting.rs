//! Account settings: what a principal, or the account by its root, has chosen.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSetting {
    /// ARN of whom it is for. The root's settings are everybody's default.
    pub principal: String,
    pub name: String,
    pub value: String,
}
