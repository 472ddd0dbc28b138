//! The AWS SDK for JavaScript: typed errors, waiters, paginators, dates, a clock that is wrong.

use crate::lab::{Lab, path};
use crate::machine;

#[test]
fn the_javascript_sdk_drives_a_task() {
    let lab = Lab::up();
    let script = lab.file("drive.js", include_str!("javascript.js"));
    let modules = machine::javascript();
    let out = lab.shell(&format!("NODE_PATH={} node {}", path(&modules), path(&script)));
    let told = String::from_utf8_lossy(&out.stderr);
    assert_eq!(String::from_utf8_lossy(&out.stdout), "driven\n", "{told}{}", lab.logs());
}
