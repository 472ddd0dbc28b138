//! The secret from which the ids in metadata addresses are made: 128 bits for each container, the same after a restart, and not to be
//! guessed by whoever knows the task.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of an id.
const ID: usize = 16;

/// Drawn once for each agent and kept with its state.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The id under which a container asks about itself.
    pub fn endpoint_id(&self, task_arn: &str, container: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        // Neither an ARN nor a container's name has a line's end in it.
        mac.update(format!("{task_arn}\n{container}").as_bytes());
        hex::encode(&mac.finalize().into_bytes()[..ID])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_container_has_an_id_of_its_own_that_stays() {
        let key = Key::new([7; 32]);
        let id = key.endpoint_id("arn:task/a", "main");
        assert_eq!(id.len(), 32);
        assert_eq!(id, Key::new([7; 32]).endpoint_id("arn:task/a", "main"));
        for other in [
            key.endpoint_id("arn:task/a", "side"),
            key.endpoint_id("arn:task/b", "main"),
            Key::new([8; 32]).endpoint_id("arn:task/a", "main"),
        ] {
            assert_ne!(id, other);
        }
    }
}
