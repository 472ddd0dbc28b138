//! How records look on disk: a version byte, then the entity as JSON.
//!
//! A field may be added with a default, and files written before still read. Any other change of an entity's form takes a new
//! version here and a reader for the old one. `goldens/` holds one record of each kind as it was first written.

use domain::{Key, Record};
use serde::de::DeserializeOwned;

/// Version of records written now.
const VERSION: u8 = b'1';

#[derive(Debug, thiserror::Error)]
#[error("the record {key} cannot be read: {cause}. It may have been written by a newer Longshore.")]
pub struct RecordError {
    pub key: String,
    pub cause: String,
}

/// `kind/name`, unique over all kinds.
pub fn key_text(key: &Key) -> String {
    match key {
        Key::Cluster(name) => format!("cluster/{name}"),
        Key::Family(name) => format!("family/{name}"),
        // Padded, so that the order of keys is the order of numbers.
        Key::Definition(id) => format!("definition/{}/{:010}", id.family, id.revision),
        Key::Host(id) => format!("host/{id}"),
        Key::JoinToken(digest) => format!("join-token/{digest}"),
        Key::Instance(id) => format!("instance/{id}"),
        Key::Task(id) => format!("task/{id}"),
        Key::RunToken(cluster, token) => format!("run-token/{cluster}/{token}"),
        Key::AccountSetting(principal, name) => format!("account-setting/{principal}/{name}"),
        Key::Decision(cluster, id) => format!("decision/{cluster}/{id:032x}"),
        Key::TaskNetwork => "task-network/0".into(),
    }
}

pub fn encode(record: &Record) -> Vec<u8> {
    let mut out = vec![VERSION];
    let written = match record {
        Record::Cluster(it) => serde_json::to_writer(&mut out, it),
        Record::Family(it) => serde_json::to_writer(&mut out, it),
        Record::Definition(it) => serde_json::to_writer(&mut out, it),
        Record::Host(it) => serde_json::to_writer(&mut out, it),
        Record::JoinToken(it) => serde_json::to_writer(&mut out, it),
        Record::Instance(it) => serde_json::to_writer(&mut out, it),
        Record::Task(it) => serde_json::to_writer(&mut out, it),
        Record::RunToken(it) => serde_json::to_writer(&mut out, it),
        Record::AccountSetting(it) => serde_json::to_writer(&mut out, it),
        Record::Decision(it) => serde_json::to_writer(&mut out, it),
        Record::TaskNetwork(it) => serde_json::to_writer(&mut out, it),
    };
    written.expect("entities have only string keys, and a Vec takes every byte");
    out
}

pub fn decode(key: &str, bytes: &[u8]) -> Result<Record, RecordError> {
    let fail = |cause: String| RecordError {
        key: key.to_owned(),
        cause,
    };
    let (version, body) = bytes.split_first().ok_or_else(|| fail("it is empty".into()))?;
    if *version != VERSION {
        return Err(fail(format!("version {:?} is not known", char::from(*version))));
    }
    let kind = key.split('/').next().unwrap_or_default();
    let record = match kind {
        "cluster" => parse(body).map(Record::Cluster),
        "family" => parse(body).map(Record::Family),
        "definition" => parse(body).map(Record::Definition),
        "host" => parse(body).map(Record::Host),
        "join-token" => parse(body).map(Record::JoinToken),
        "instance" => parse(body).map(Record::Instance),
        "task" => parse(body).map(Record::Task),
        "run-token" => parse(body).map(Record::RunToken),
        "account-setting" => parse(body).map(Record::AccountSetting),
        "decision" => parse(body).map(Record::Decision),
        "task-network" => parse(body).map(Record::TaskNetwork),
        other => Err(format!("the kind {other:?} is not known")),
    };
    record.map_err(fail)
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use domain::Task;
    use domain::resources::Resources;
    use domain::task::{Container, Made};

    use super::*;
    use crate::conformance::one_of_each;

    /// `UPDATE_GOLDENS=1` writes those that do not exist; one that exists is never changed by a test.
    #[test]
    fn records_written_before_still_read() {
        let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("goldens");
        for record in one_of_each() {
            let key = key_text(&record.key());
            let path = directory.join(format!("v1-{}.json", key.split('/').next().unwrap()));
            if std::env::var_os("UPDATE_GOLDENS").is_some() && !path.exists() {
                std::fs::write(&path, encode(&record)).unwrap();
            }
            let golden = std::fs::read(&path).unwrap_or_else(|_| panic!("no golden at {}", path.display()));
            assert_eq!(decode(&key, &golden).unwrap(), record, "{}", path.display());
        }
    }

    #[test]
    fn gpus_that_are_taken_stay_taken() {
        let records = one_of_each();
        let instance = records.iter().find_map(|it| match it {
            Record::Instance(it) => Some(it.clone()),
            _ => None,
        });
        let task = records.iter().find_map(|it| match it {
            Record::Task(it) => Some(it.clone()),
            _ => None,
        });
        let (mut instance, task) = (instance.unwrap(), task.unwrap());
        instance.gpu_ids = vec!["GPU-a".into(), "GPU-b".into()];
        let one = Resources {
            gpus: 1,
            ..Resources::default()
        };
        let main = Container::new(1, Made::simple("main", "app:1")).with_gpus(instance.reserve(&one));
        let task = Task::new(task.id(), task.origin().clone(), vec![main], None);
        let records = [Record::from(instance), task.into()];
        let [Record::Instance(mut instance), Record::Task(task)] =
            records.map(|it| decode(&key_text(&it.key()), &encode(&it)).unwrap())
        else {
            panic!("they are of other kinds now");
        };
        assert_eq!(task.containers()[0].gpu_ids(), ["GPU-a"]);
        assert!(instance.free_gpu_ids().eq(["GPU-b"]));
        instance.release(&task);
        assert!(instance.free_gpu_ids().eq(["GPU-a", "GPU-b"]));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (key, bytes) in [
            ("task/1", &b"2{}"[..]),
            ("task/1", b""),
            ("task/1", b"1{"),
            ("moon/1", b"1{}"),
        ] {
            let error = decode(key, bytes).unwrap_err().to_string();
            assert!(error.contains(key) && error.contains("newer Longshore"), "{error}");
        }
    }
}
