//! Keys that follow from the data directory's one master key, so that no secret of a host or a token is stored.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::HostId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Begins the access key id of every host.
const HOST_KEY_PREFIX: &str = "LSHOST";
/// Bytes of a page token's seal.
const SEAL_BYTES: usize = 16;

pub struct Secrets {
    master: [u8; 32],
}

impl Secrets {
    pub fn new(master: [u8; 32]) -> Self {
        Self { master }
    }

    fn derive(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.master).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(data);
        mac.finalize().into_bytes().into()
    }

    /// The secret of a host's key number `key`.
    pub fn host_secret(&self, host: HostId, key: u32) -> String {
        URL_SAFE_NO_PAD.encode(self.derive("host-key", host_key_id(host, key).as_bytes()))
    }

    /// Who a machine becomes that joins by this token and names itself by this secret: always the same.
    pub fn host_id(&self, token: &str, nonce: &str) -> HostId {
        let derived = self.derive("host-id", format!("{token} {nonce}").as_bytes());
        HostId::new(u128::from_be_bytes(
            derived[..16].try_into().expect("a derived key has 32 bytes"),
        ))
    }

    /// Makes `text` opaque and unforgeable. `bound_to` must be the same when it is opened.
    pub fn seal(&self, bound_to: &str, text: &str) -> String {
        let mut bytes = self.derive(bound_to, text.as_bytes())[..SEAL_BYTES].to_vec();
        bytes.extend(text.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What was sealed, or None where it was not sealed by us for `bound_to`.
    pub fn open(&self, bound_to: &str, sealed: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (seal, text) = bytes.split_at_checked(SEAL_BYTES)?;
        let genuine: bool = self.derive(bound_to, text)[..SEAL_BYTES].ct_eq(seal).into();
        if genuine {
            String::from_utf8(text.to_vec()).ok()
        } else {
            None
        }
    }
}

/// Keys do not belong in logs.
impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")
    }
}

/// `LSHOST<host id>.<number>`: says whose it is without a look-up.
pub fn host_key_id(host: HostId, key: u32) -> String {
    format!("{HOST_KEY_PREFIX}{host}.{key}")
}

/// Reads what `host_key_id` writes.
pub fn parse_host_key_id(text: &str) -> Option<(HostId, u32)> {
    let (host, key) = text.strip_prefix(HOST_KEY_PREFIX)?.split_once('.')?;
    Some((HostId::parse(host)?, key.parse().ok()?))
}

/// What is stored of a join token.
pub fn digest(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_holds_for_its_text_its_purpose_and_its_key() {
        let ours = Secrets::new([1; 32]);
        let sealed = ours.seal("ListTasks", "last=7");
        assert_eq!(ours.open("ListTasks", &sealed).as_deref(), Some("last=7"));
        assert_eq!(ours.open("ListClusters", &sealed), None);
        assert_eq!(Secrets::new([2; 32]).open("ListTasks", &sealed), None);
        for forged in ["", "AAAA", "!!", &sealed[1..]] {
            assert_eq!(ours.open("ListTasks", forged), None, "{forged}");
        }
    }

    #[test]
    fn a_host_follows_from_token_nonce_and_key() {
        let of = |key, token, nonce| Secrets::new([key; 32]).host_id(token, nonce);
        assert_eq!(of(1, "t", "n"), of(1, "t", "n"));
        for other in [of(2, "t", "n"), of(1, "u", "n"), of(1, "t", "m")] {
            assert_ne!(of(1, "t", "n"), other);
        }
    }

    #[test]
    fn a_host_key_id_reads_back() {
        let host = HostId::new(5);
        assert_eq!(parse_host_key_id(&host_key_id(host, 3)), Some((host, 3)));
        assert_eq!(parse_host_key_id("AKIA123"), None);
    }
}
