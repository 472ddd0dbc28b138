//! The data directory: who this server is, and what it remembers.
//!
//! `identity.json` holds account, region, root access key and master key, readable by its owner only. `store.redb` holds the state. Both
//! belong to one running server.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use domain::Site;
use serde::{Deserialize, Serialize};
use store::{LogError, RedbLog};

use crate::clock;

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{path}: {cause}", path = .0.display(), cause = .1)]
    Io(PathBuf, std::io::Error),
    #[error("{path} is damaged: {cause}. Restore it from a backup; without its keys the state cannot be used.", path = .0.display(), cause = .1)]
    Damaged(PathBuf, String),
    #[error("{0} belongs to {1}, but {2} was asked for. Use another --data-dir for another account or region.", .path.display(), .found, .wanted)]
    OtherSite {
        path: PathBuf,
        found: String,
        wanted: String,
    },
    #[error("the account must have 12 digits, not {0:?}")]
    Account(String),
    #[error("{path}: {cause}", path = .0.display(), cause = .1)]
    Store(PathBuf, LogError),
}

/// Who this server is.
#[derive(Clone)]
pub struct Identity {
    pub site: Site,
    pub access_key_id: String,
    pub secret_access_key: String,
    pub master: [u8; 32],
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct IdentityFile {
    account: String,
    region: String,
    access_key_id: String,
    secret_access_key: String,
    master_key: String,
}

pub struct DataDir {
    path: PathBuf,
}

impl DataDir {
    /// Makes the directory if there is none yet.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
        made.map_err(|e| OpenError::Io(path.to_owned(), e))?;
        Ok(Self { path: path.to_owned() })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The state. Refused where another server has it open.
    pub fn store(&self) -> Result<RedbLog, OpenError> {
        let path = self.path.join("store.redb");
        // Made here, because the environment of tasks is in it and no other account of the machine may read that.
        let made = OpenOptions::new().append(true).create(true).mode(0o600).open(&path);
        made.map_err(|e| OpenError::Io(path.clone(), e))?;
        RedbLog::open(&path).map_err(|e| OpenError::Store(path, e))
    }

    /// The identity that is here, or a new one. What is asked for must agree with what is here.
    pub fn identity(&self, account: Option<&str>, region: Option<&str>) -> Result<Identity, OpenError> {
        let path = self.path.join("identity.json");
        match fs::read_to_string(&path) {
            Ok(text) => {
                let identity = parse(&text).map_err(|cause| OpenError::Damaged(path.clone(), cause))?;
                agrees(&path, account, &identity.site.account)?;
                agrees(&path, region, &identity.site.region)?;
                Ok(identity)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => self.new_identity(&path, account, region),
            Err(error) => Err(OpenError::Io(path, error)),
        }
    }

    fn new_identity(&self, path: &Path, account: Option<&str>, region: Option<&str>) -> Result<Identity, OpenError> {
        let account = account.unwrap_or("000000000000");
        if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
            return Err(OpenError::Account(account.to_owned()));
        }
        let file = IdentityFile {
            account: account.to_owned(),
            region: region.unwrap_or("us-east-1").to_owned(),
            access_key_id: format!("AKIA{}", &hex::encode_upper(clock::random::<8>())),
            secret_access_key: hex::encode(clock::random::<20>()),
            master_key: hex::encode(clock::random::<32>()),
        };
        let text = serde_json::to_string_pretty(&file).expect("plain strings are valid JSON");
        write_private(path, &text).map_err(|e| OpenError::Io(path.to_owned(), e))?;
        parse(&text).map_err(|cause| OpenError::Damaged(path.to_owned(), cause))
    }

    /// Leaves a note for commands on this machine: where the server listens.
    pub fn note_endpoint(&self, url: &str) -> Result<(), OpenError> {
        let path = self.path.join("endpoint");
        write_private(&path, url).map_err(|e| OpenError::Io(path, e))
    }
}

fn parse(text: &str) -> Result<Identity, String> {
    let file: IdentityFile = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let master = hex::decode(&file.master_key)
        .ok()
        .and_then(|bytes| bytes.try_into().ok());
    Ok(Identity {
        site: Site {
            account: file.account,
            region: file.region,
        },
        access_key_id: file.access_key_id,
        secret_access_key: file.secret_access_key,
        master: master.ok_or("masterKey is not 64 hex digits")?,
    })
}

fn agrees(path: &Path, wanted: Option<&str>, found: &str) -> Result<(), OpenError> {
    match wanted {
        Some(wanted) if wanted != found => Err(OpenError::OtherSite {
            path: path.to_owned(),
            found: found.to_owned(),
            wanted: wanted.to_owned(),
        }),
        _ => Ok(()),
    }
}

/// Whole or not at all, and for its owner only.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let draft = path.with_extension("new");
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    fs::File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn an_identity_is_made_once_and_nothing_is_readable_for_others() {
        let root = tempfile::tempdir().unwrap();
        let directory = DataDir::open(&root.path().join("data")).unwrap();
        let first = directory.identity(Some("111122223333"), None).unwrap();
        let again = directory.identity(None, Some("us-east-1")).unwrap();
        assert_eq!((first.access_key_id, first.master), (again.access_key_id, again.master));
        drop(directory.store().unwrap());
        for file in ["identity.json", "store.redb"] {
            let mode = fs::metadata(directory.path().join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }

    #[test]
    fn another_account_or_region_is_not_this_directorys() {
        let root = tempfile::tempdir().unwrap();
        let directory = DataDir::open(root.path()).unwrap();
        assert!(matches!(
            directory.identity(Some("12"), None),
            Err(OpenError::Account(_))
        ));
        directory.identity(None, Some("eu-west-1")).unwrap();
        assert!(matches!(
            directory.identity(None, Some("us-east-1")),
            Err(OpenError::OtherSite { .. })
        ));
    }
}
