//! The server of this machine, as its data directory tells of it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::Credentials;

#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    #[error("no Longshore server has run with the data directory {path}\n  start one with: longshore up, or name another with --data-dir", path = .0.display())]
    Absent(PathBuf),
    #[error("{path}: {1}", path = .0.display())]
    Unreadable(PathBuf, String),
}

/// Root credentials and endpoint of a server whose data directory can be read.
pub struct LocalServer {
    pub credentials: Credentials,
    pub url: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct IdentityFile {
    region: String,
    access_key_id: String,
    secret_access_key: String,
}

impl LocalServer {
    pub fn read(data_dir: &Path) -> Result<Self, IdentityError> {
        let read = |name: &str| {
            let path = data_dir.join(name);
            std::fs::read_to_string(&path).map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound => IdentityError::Absent(data_dir.to_owned()),
                _ => IdentityError::Unreadable(path, error.to_string()),
            })
        };
        let text = read("identity.json")?;
        let file: IdentityFile = serde_json::from_str(&text)
            .map_err(|e| IdentityError::Unreadable(data_dir.join("identity.json"), e.to_string()))?;
        let credentials = Credentials {
            access_key_id: file.access_key_id,
            secret_access_key: file.secret_access_key,
            region: file.region,
        };
        Ok(Self {
            credentials,
            url: read("endpoint")?,
        })
    }
}
