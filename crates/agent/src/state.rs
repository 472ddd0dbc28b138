//! What the agent remembers across its own death: who it is, and each task that the server may still want to hear of.
//!
//! One file each, written whole or not at all. Keys are readable by their owner only. The directory belongs to one agent.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use model::acs;
use serde::{Deserialize, Serialize};
use wire::json;
use wire::shape::Shape;

use crate::image::cleanup::Ledger;
use crate::metadata::key::Key;
use crate::task::Memory;

#[derive(Debug, thiserror::Error)]
pub enum StateError {
    #[error("another agent uses {path}\n  give each agent a --data-dir of its own", path = .0.display())]
    InUse(PathBuf),
    #[error("{path}: {1}", path = .0.display())]
    Io(PathBuf, std::io::Error),
    #[error("{path} cannot be read: {1}\n  to join anew, remove it and give a join token", path = .0.display())]
    Damaged(PathBuf, String),
}

impl StateError {
    /// Whether it may go by itself, when something else is removed.
    pub fn is_for_want_of_room(&self) -> bool {
        use std::io::ErrorKind;
        match self {
            StateError::Io(_, error) => matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded),
            StateError::InUse(_) | StateError::Damaged(..) => false,
        }
    }
}

/// Who this agent is to the server.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    pub host_id: String,
    pub access_key_id: String,
    pub secret_access_key: String,
    pub region: String,
    /// None for a host of the Fargate pool.
    pub cluster: Option<String>,
    pub task_network: String,
    /// None until the server has registered this host.
    pub instance_arn: Option<String>,
}

/// What must not go back from one start to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// Raised at each start: which of two connections is newer.
    pub epoch: u64,
    /// The highest number of a manifest that was heeded.
    pub sequence: i64,
}

#[derive(Serialize, Deserialize)]
struct TaskFile {
    /// Of this file's form.
    version: u32,
    /// As the server sent it, in JSON.
    task: String,
    memory: Memory,
}

const TASK_FILE_VERSION: u32 = 1;
const JOIN_NONCE: &str = "join.nonce";

pub struct AgentState {
    path: PathBuf,
    /// Locked for as long as the agent lives; the kernel lets go of it when the agent dies.
    _lock: File,
}

impl AgentState {
    pub fn open(path: &Path) -> Result<Self, StateError> {
        let io = |e| StateError::Io(path.to_owned(), e);
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(path.join("tasks"))
            .map_err(io)?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(path.join("lock"))
            .map_err(io)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: path.to_owned(),
                _lock: lock,
            }),
            Err(fs::TryLockError::WouldBlock) => Err(StateError::InUse(path.to_owned())),
            Err(fs::TryLockError::Error(e)) => Err(io(e)),
        }
    }

    pub fn identity(&self) -> Result<Option<Identity>, StateError> {
        let path = self.path.join("identity.json");
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes)
                .map(Some)
                .map_err(|e| StateError::Damaged(path, e.to_string())),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(StateError::Io(path, e)),
        }
    }

    pub fn put_identity(&self, identity: &Identity) -> Result<(), StateError> {
        let bytes = serde_json::to_vec_pretty(identity).expect("plain strings are valid JSON");
        self.write("identity.json".as_ref(), &bytes)
    }

    /// Begins the next epoch. It is never below the clock's, so that it goes up even where the file was lost.
    pub fn begin_epoch(&self, now_s: i64) -> Result<Progress, StateError> {
        let path = self.path.join("progress.json");
        let last: Progress = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Progress::default(),
            Err(e) => return Err(StateError::Io(path, e)),
        };
        let progress = Progress {
            epoch: (last.epoch + 1).max(now_s.max(0).unsigned_abs()),
            ..last
        };
        self.put_progress(progress)?;
        Ok(progress)
    }

    pub fn put_progress(&self, progress: Progress) -> Result<(), StateError> {
        let bytes = serde_json::to_vec(&progress).expect("plain numbers are valid JSON");
        self.write("progress.json".as_ref(), &bytes)
    }

    /// From which the addresses of metadata are made; drawn at the first start.
    pub fn metadata_key(&self) -> Result<Key, StateError> {
        let path = self.path.join("metadata.key");
        match fs::read(&path) {
            Ok(bytes) => match <[u8; 32]>::try_from(bytes) {
                Ok(bytes) => return Ok(Key::new(bytes)),
                // Containers that run keep the addresses they were given; these answer no more.
                Err(_) => tracing::error!(path = %path.display(), "the key of metadata is damaged; a new one is drawn"),
            },
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(StateError::Io(path, e)),
        }
        let bytes = random(&path)?;
        self.write("metadata.key".as_ref(), &bytes)?;
        Ok(Key::new(bytes))
    }

    /// The secret that this host joins by beside its token. Drawn once, so that a join whose answer was lost is asked for again as the
    /// same host's.
    pub fn join_nonce(&self) -> Result<String, StateError> {
        let path = self.path.join(JOIN_NONCE);
        match fs::read_to_string(&path) {
            Ok(text) => return Ok(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(StateError::Io(path, e)),
        }
        let nonce = hex::encode(random(&path)?);
        self.write(JOIN_NONCE.as_ref(), nonce.as_bytes())?;
        Ok(nonce)
    }

    /// The host has joined. What is left of the secret opens nothing once it has registered.
    pub fn forget_join_nonce(&self) {
        self.remove(JOIN_NONCE.as_ref());
    }

    /// The images that were pulled. One that is not remembered is not removed, so a damaged list does no harm.
    pub fn images(&self) -> Ledger {
        let bytes = fs::read(self.path.join("images.json")).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    pub fn put_images(&self, ledger: &Ledger) -> Result<(), StateError> {
        let bytes = serde_json::to_vec(ledger).expect("a ledger has only string keys");
        self.write("images.json".as_ref(), &bytes)
    }

    /// Whether the machine was started since this was last noted. `boot` is the kernel's name for this run of it.
    pub fn is_another_boot(&self, boot: &str) -> bool {
        fs::read_to_string(self.path.join("boot")).is_ok_and(|noted| noted.trim() != boot)
    }

    pub fn put_boot(&self, boot: &str) -> Result<(), StateError> {
        self.write("boot".as_ref(), boot.as_bytes())
    }

    /// Every task that is remembered. A file that cannot be read is set aside: one bad task must not stop the others.
    pub fn tasks(&self) -> Result<Vec<(acs::Task, Memory)>, StateError> {
        let directory = self.path.join("tasks");
        let mut tasks = Vec::new();
        for entry in fs::read_dir(&directory).map_err(|e| StateError::Io(directory.clone(), e))? {
            let path = entry.map_err(|e| StateError::Io(directory.clone(), e))?.path();
            if path.extension().is_none_or(|it| it != "json") {
                continue;
            }
            match read_task(&path) {
                Ok(task) => tasks.push(task),
                Err(cause) => {
                    tracing::error!(path = %path.display(), cause, "a task's memory cannot be read; it is set aside");
                    fs::rename(&path, path.with_extension("damaged")).map_err(|e| StateError::Io(path, e))?;
                }
            }
        }
        Ok(tasks)
    }

    pub fn put_task(&self, id: &str, task: &acs::Task, memory: &Memory) -> Result<(), StateError> {
        let file = TaskFile {
            version: TASK_FILE_VERSION,
            task: json::to_string(task),
            memory: memory.clone(),
        };
        let bytes = serde_json::to_vec(&file).expect("a memory has only string keys");
        self.write(&Path::new("tasks").join(format!("{id}.json")), &bytes)
    }

    pub fn remove_task(&self, id: &str) {
        self.remove(&Path::new("tasks").join(format!("{id}.json")));
    }

    fn remove(&self, name: &Path) {
        let path = self.path.join(name);
        if let Err(error) = fs::remove_file(&path)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(path = %path.display(), %error, "a file that is not needed any more could not be removed");
        }
    }

    fn write(&self, name: &Path, bytes: &[u8]) -> Result<(), StateError> {
        let path = self.path.join(name);
        let draft = path.with_extension("new");
        let written = || {
            let mut file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&draft)?;
            file.write_all(bytes)?;
            file.sync_data()?;
            fs::rename(&draft, &path)?;
            // Else the new name may be lost with the power, and with it a task that was acknowledged, or the only key that is left.
            File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
        };
        written().map_err(|e| StateError::Io(path.clone(), e))
    }
}

fn random(path: &Path) -> Result<[u8; 32], StateError> {
    let mut bytes = [0; 32];
    let failed = |e: getrandom::Error| StateError::Io(path.to_owned(), std::io::Error::other(e.to_string()));
    getrandom::fill(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn read_task(path: &Path) -> Result<(acs::Task, Memory), String> {
    let bytes = fs::read(path).map_err(|e| e.to_string())?;
    let file: TaskFile = serde_json::from_slice(&bytes).map_err(|e| e.to_string())?;
    if file.version != TASK_FILE_VERSION {
        return Err(format!("version {} is not known", file.version));
    }
    let value = json::parse(file.task.as_bytes()).map_err(|e| e.0)?;
    let task = acs::Task::decode(value).map_err(|e| format!("{e:?}"))?;
    Ok((task, file.memory))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_directory_has_one_agent() {
        let root = tempfile::tempdir().unwrap();
        let held = AgentState::open(root.path()).unwrap();
        assert!(matches!(AgentState::open(root.path()), Err(StateError::InUse(_))));
        drop(held);
        assert!(AgentState::open(root.path()).is_ok());
    }

    #[test]
    fn each_start_is_a_higher_epoch_whatever_the_clock_says() {
        let root = tempfile::tempdir().unwrap();
        let state = AgentState::open(root.path()).unwrap();
        assert_eq!(state.begin_epoch(1000).unwrap().epoch, 1000);
        let second = state.begin_epoch(5).unwrap();
        assert_eq!(second.epoch, 1001);
        state.put_progress(Progress { sequence: 7, ..second }).unwrap();
        assert_eq!(
            state.begin_epoch(5).unwrap(),
            Progress {
                epoch: 1002,
                sequence: 7
            }
        );
        fs::write(root.path().join("progress.json"), "{").unwrap();
        assert_eq!(
            state.begin_epoch(2000).unwrap(),
            Progress {
                epoch: 2000,
                sequence: 0
            }
        );
    }

    #[test]
    fn the_key_of_metadata_is_drawn_once() {
        let root = tempfile::tempdir().unwrap();
        let id = || {
            let state = AgentState::open(root.path()).unwrap();
            state.metadata_key().unwrap().endpoint_id("arn", "main")
        };
        let first = id();
        assert_eq!(first, id());
        fs::write(root.path().join("metadata.key"), "short").unwrap();
        assert_ne!(first, id());
    }

    #[test]
    fn the_secret_to_join_by_is_drawn_once_for_its_owner_alone_until_the_host_has_joined() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let nonce = || AgentState::open(root.path()).unwrap().join_nonce().unwrap();
        let first = nonce();
        assert_eq!((first.len(), &first), (64, &nonce()));
        let mode = fs::metadata(root.path().join(JOIN_NONCE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        AgentState::open(root.path()).unwrap().forget_join_nonce();
        assert_ne!(first, nonce());
    }

    #[test]
    fn a_damaged_task_is_set_aside_and_the_others_are_read() {
        let root = tempfile::tempdir().unwrap();
        let state = AgentState::open(root.path()).unwrap();
        let task = crate::task::TaskMachine::new(&crate::fake::payload("1", &["main"])).unwrap();
        state
            .put_task("1", &crate::fake::payload("1", &["main"]), task.memory())
            .unwrap();
        fs::write(root.path().join("tasks/2.json"), "{").unwrap();
        let tasks = state.tasks().unwrap();
        assert_eq!(tasks.len(), 1);
        assert_eq!(tasks[0].1, *task.memory());
        assert!(root.path().join("tasks/2.damaged").exists());
    }
}
