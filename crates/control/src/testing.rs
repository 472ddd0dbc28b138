//! A server without a listener, for tests of its parts.

use std::sync::Arc;

use domain::{Changes, Record, Site};
use store::{Log, MemoryLog, Store};

use crate::{Control, Identity, Options};

pub async fn control() -> Arc<Control> {
    control_on(MemoryLog::default()).await
}

pub async fn control_on(log: impl Log) -> Arc<Control> {
    let identity = Identity {
        site: Site {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        },
        access_key_id: "AKIA".into(),
        secret_access_key: "secret".into(),
        master: [7; 32],
    };
    let store = Store::open(log, |error| panic!("{error}")).expect("an empty log is read");
    let control = Control::open(&identity, store, Options::default()).await;
    control.expect("an empty store takes a cluster")
}

pub async fn put(control: &Control, record: impl Into<Record>) {
    let mut changes = Changes::none();
    changes.put(record);
    let rev = control.store.head().rev();
    control.store.commit(rev, changes).await.expect("nobody else writes");
}
