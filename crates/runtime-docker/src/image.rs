//! Images: what is here is used; what is not is pulled.

use std::time::Duration;

use agent::runtime::RuntimeError;
use bollard::Docker;
use bollard::query_parameters::CreateImageOptionsBuilder;
use futures_util::StreamExt;

use crate::{status, text};

/// A pull that brings nothing for this long has failed.
const PULL_SILENCE: Duration = Duration::from_secs(60);
/// The longest a pull may take.
const PULL_TIME: Duration = Duration::from_secs(2 * 60 * 60);

/// Has the image here. Gives its digest, where a registry has given it one.
pub async fn ensure(docker: &Docker, image: &str) -> Result<Option<String>, RuntimeError> {
    if let Some(found) = digest(docker, image).await? {
        return Ok(found);
    }
    let pulled = tokio::time::timeout(PULL_TIME, pull(docker, image)).await;
    pulled.map_err(|_| failed("it took longer than two hours"))??;
    Ok(digest(docker, image).await?.flatten())
}

fn failed(cause: impl ToString) -> RuntimeError {
    RuntimeError::new("CannotPullContainerError", cause)
}

/// The digest of an image that is here; None where it is not.
async fn digest(docker: &Docker, image: &str) -> Result<Option<Option<String>>, RuntimeError> {
    match docker.inspect_image(image).await {
        Ok(found) => {
            let digests = found.repo_digests.unwrap_or_default();
            Ok(Some(
                digests
                    .first()
                    .and_then(|it| it.split_once('@'))
                    .map(|(_, digest)| digest.to_owned()),
            ))
        }
        Err(error) if status(&error) == Some(404) => Ok(None),
        Err(error) => Err(failed(text(&error))),
    }
}

async fn pull(docker: &Docker, image: &str) -> Result<(), RuntimeError> {
    let (name, tag) = name_and_tag(image);
    let options = CreateImageOptionsBuilder::new().from_image(name).tag(tag).build();
    let mut progress = Box::pin(docker.create_image(Some(options), None, None));
    loop {
        match tokio::time::timeout(PULL_SILENCE, progress.next()).await {
            Err(_) => {
                return Err(failed(format!(
                    "{image}: the registry was silent for {} s",
                    PULL_SILENCE.as_secs()
                )));
            }
            Ok(None) => return Ok(()),
            Ok(Some(Err(error))) => return Err(failed(text(&error))),
            Ok(Some(Ok(_))) => {}
        }
    }
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
