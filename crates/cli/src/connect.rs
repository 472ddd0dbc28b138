//! Which server a command talks to: the one that the environment names, as for every AWS client, else this machine's own.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use client::{Client, Credentials, Endpoint, LocalServer};
use wire::time::Time;

#[derive(Clone, Debug, clap::Args)]
pub struct Connect {
    /// Where the server keeps its state and keys [default: /var/lib/longshore for root, else ~/.local/share/longshore]
    #[arg(long, global = true, env = "LONGSHORE_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// Authority that signed the server's certificate, as a PEM file
    #[arg(long, global = true)]
    pub ca_cert: Option<PathBuf>,
}

pub fn default_data_dir() -> PathBuf {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    match home {
        Some(home) if *home != *"/root" && *home != *"/" => home.join(".local/share/longshore"),
        _ => PathBuf::from("/var/lib/longshore"),
    }
}

impl Connect {
    pub fn data_dir(&self) -> PathBuf {
        self.data_dir.clone().unwrap_or_else(default_data_dir)
    }

    pub fn local(&self) -> Result<LocalServer> {
        Ok(LocalServer::read(&self.data_dir())?)
    }

    /// A data directory that is named wins over the environment.
    pub fn client(&self) -> Result<Client> {
        let (url, credentials) = match (&self.data_dir, std::env::var("AWS_ENDPOINT_URL")) {
            (None, Ok(url)) => (url, from_environment()?),
            (Some(_), _) | (None, Err(_)) => {
                let local = self.local()?;
                (local.url, local.credentials)
            }
        };
        let endpoint = Endpoint::parse(&url, self.ca_cert.as_deref())?;
        Ok(Client::new(endpoint, Some(credentials), now))
    }
}

fn from_environment() -> Result<Credentials> {
    let variable = |name: &str| {
        std::env::var(name).with_context(|| {
            format!("AWS_ENDPOINT_URL is set but {name} is not\n  set all of them with: eval \"$(longshore env)\"")
        })
    };
    if std::env::var("AWS_SESSION_TOKEN").is_ok_and(|it| !it.is_empty()) {
        bail!(
            "AWS_SESSION_TOKEN is set, but Longshore gives out no temporary credentials yet\n  unset it, or name the server with --data-dir"
        );
    }
    Ok(Credentials {
        access_key_id: variable("AWS_ACCESS_KEY_ID")?,
        secret_access_key: variable("AWS_SECRET_ACCESS_KEY")?,
        region: variable("AWS_REGION").or_else(|_| variable("AWS_DEFAULT_REGION"))?,
    })
}

pub fn now() -> Time {
    #[expect(clippy::disallowed_methods, reason = "signatures carry the time")]
    let now = SystemTime::now();
    Time::from_millis(
        now.duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_millis()
            .try_into()
            .unwrap_or(i64::MAX),
    )
}
