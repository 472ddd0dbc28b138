//! Credentials of tasks' roles.

use domain::{InstanceId, Site, Snapshot};
use model::acs;

/// One message for each role of each task on the instance. There are none: no role sessions are issued yet, and a definition with a task
/// role is refused when it is to run.
pub fn of_tasks(_view: &Snapshot, _site: &Site, _instance: InstanceId) -> Vec<acs::IAMRoleCredentialsMessage> {
    Vec::new()
}
