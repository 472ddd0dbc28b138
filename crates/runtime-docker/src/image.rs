//! Images, as the engine has them. When one is pulled or removed is decided elsewhere.

use std::collections::BTreeSet;
use std::time::Duration;

use agent::image::{LocalImage, PullError};
use agent::runtime::RuntimeError;
use bollard::Docker;
use bollard::query_parameters::{CreateImageOptionsBuilder, ListContainersOptionsBuilder, RemoveImageOptionsBuilder};
use futures_util::StreamExt;

use crate::{status, text};

/// A pull that brings nothing for this long has failed.
const PULL_SILENCE: Duration = Duration::from_secs(60);
/// The longest a pull may take.
const PULL_TIME: Duration = Duration::from_secs(2 * 60 * 60);

pub async fn find(docker: &Docker, image: &str) -> Result<Option<LocalImage>, RuntimeError> {
    match docker.inspect_image(image).await {
        Ok(found) => {
            let digests = found.repo_digests.unwrap_or_default();
            let digest = digests.first().and_then(|it| it.split_once('@'));
            Ok(Some(LocalImage {
                id: found.id.unwrap_or_default(),
                digest: digest.map(|(_, digest)| digest.to_owned()),
            }))
        }
        Err(error) if status(&error) == Some(404) => Ok(None),
        Err(error) => Err(RuntimeError::new("CannotPullContainerError", text(&error))),
    }
}

pub async fn pull(docker: &Docker, image: &str) -> Result<(), PullError> {
    let pulled = tokio::time::timeout(PULL_TIME, bring(docker, image)).await;
    pulled.unwrap_or_else(|_| Err(PullError::of(image, "it took longer than two hours".into())))
}

async fn bring(docker: &Docker, image: &str) -> Result<(), PullError> {
    let (name, tag) = name_and_tag(image);
    let options = CreateImageOptionsBuilder::new().from_image(name).tag(tag).build();
    let mut progress = Box::pin(docker.create_image(Some(options), None, None));
    loop {
        match tokio::time::timeout(PULL_SILENCE, progress.next()).await {
            Err(_) => {
                let silence = PULL_SILENCE.as_secs();
                return Err(PullError::of(image, format!("the registry was silent for {silence} s")));
            }
            Ok(None) => return Ok(()),
            Ok(Some(Err(error))) => return Err(PullError::of(image, text(&error))),
            Ok(Some(Ok(_))) => {}
        }
    }
}

/// Takes the name off it; the engine keeps what a container or another name needs.
pub async fn remove(docker: &Docker, image: &str) -> Result<(), RuntimeError> {
    let options = RemoveImageOptionsBuilder::new().force(false).build();
    match docker.remove_image(image, Some(options), None).await {
        Err(error) if status(&error) != Some(404) => Err(RuntimeError::new("CannotRemoveImageError", text(&error))),
        Ok(_) | Err(_) => Ok(()),
    }
}

pub async fn in_use(docker: &Docker) -> Result<BTreeSet<String>, RuntimeError> {
    let options = ListContainersOptionsBuilder::new().all(true).build();
    let all = docker.list_containers(Some(options)).await;
    let all = all.map_err(|e| RuntimeError::new("CannotListContainersError", text(&e)))?;
    Ok(all.into_iter().filter_map(|it| it.image_id).collect())
}

/// What is free of the file system with the engine's data, in percent. It may be on another machine's disk, or not to be seen from here.
pub async fn free_disk_percent(docker: &Docker) -> Option<u8> {
    let root = docker.info().await.ok()?.docker_root_dir?;
    let it = rustix::fs::statvfs(root).ok()?;
    u8::try_from(it.f_bavail.saturating_mul(100).checked_div(it.f_blocks)?).ok()
}

/// Without a tag the engine would pull all there are.
fn name_and_tag(image: &str) -> (&str, &str) {
    if let Some((name, digest)) = image.split_once('@') {
        return (name, digest);
    }
    match image.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => (name, tag),
        _ => (image, "latest"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_no_tag() {
        assert_eq!(name_and_tag("web"), ("web", "latest"));
        assert_eq!(name_and_tag("web:1"), ("web", "1"));
        assert_eq!(name_and_tag("localhost:5000/web"), ("localhost:5000/web", "latest"));
        assert_eq!(name_and_tag("localhost:5000/web:1"), ("localhost:5000/web", "1"));
        assert_eq!(name_and_tag("web@sha256:ab"), ("web", "sha256:ab"));
    }
}
