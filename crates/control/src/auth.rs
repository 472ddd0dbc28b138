//! From a signature to a caller.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use api::secrets::parse_host_key_id;
use api::{Caller, Service};
use domain::{Changes, HostId};
use wire::pace::Paces;
use wire::sigv4::{Claim, Refusal, Request, Scope, SigningKey};
use wire::time::Time;

use crate::limits::{HOST_CALLS, HOST_CALLS_PER_S, MAX_CACHED_KEYS, MAX_COUNTED_HOSTS};
use crate::{Control, clock};

/// A secret that fits no key: unknown keys are verified against it, so that they take as long as known ones.
const NOBODYS_SECRET: &str = "nobody has this secret";

/// The service that agents sign all their messages for.
const AGENTS_SIGN_FOR: &str = "ecs";

/// The root key, and signing keys that were derived before.
pub struct Keys {
    root_id: String,
    root_secret: String,
    derived: Mutex<HashMap<(String, Scope), SigningKey>>,
    /// Of hosts. An administrator may call as often as they like.
    paces: Mutex<Paces<HostId>>,
}

impl Keys {
    pub fn new(root_id: String, root_secret: String) -> Self {
        Self {
            root_id,
            root_secret,
            derived: Mutex::default(),
            paces: Mutex::new(Paces::new(HOST_CALLS, HOST_CALLS_PER_S, MAX_COUNTED_HOSTS)),
        }
    }

    /// Counts a call of this caller's. False where it is one too many.
    fn allows(&self, caller: &Caller, now: Time) -> bool {
        match caller {
            Caller::Host { id, .. } => {
                let mut paces = self.paces.lock().unwrap_or_else(PoisonError::into_inner);
                paces.allows(*id, now)
            }
            Caller::Root | Caller::Anonymous => true,
        }
    }

    fn signing_key(&self, id: &str, secret: &str, scope: &Scope) -> SigningKey {
        let mut derived = self.derived.lock().unwrap_or_else(PoisonError::into_inner);
        let name = (id.to_owned(), scope.clone());
        if let Some(key) = derived.get(&name) {
            return key.clone();
        }
        // Scopes change once a day, so starting over now and then costs nothing.
        if derived.len() >= MAX_CACHED_KEYS {
            derived.clear();
        }
        derived
            .entry(name)
            .or_insert_with(|| SigningKey::derive(secret, scope))
            .clone()
    }
}

impl Control {
    /// The service that a request is signed for and who signs it.
    pub async fn authenticate(
        &self,
        request: &Request<'_>,
    ) -> Result<(&'static Service, Caller), (Option<&'static Service>, Refusal)> {
        let claim = Claim::read(request).map_err(|refusal| (None, refusal))?;
        let signing_name = claim.scope.service.as_str();
        let service = api::service(|it| it.signing_name == signing_name)
            .ok_or_else(|| (None, Refusal::Unserved(signing_name.to_owned())))?;
        let caller = self
            .verify(&claim, request)
            .map_err(|refusal| (Some(service), refusal))?;
        if let Caller::Host { id, key } = caller {
            self.note_key_use(id, key).await;
        }
        Ok((service, caller))
    }

    /// Counts one call of a caller who is known. False where it is one too many.
    pub fn allows(&self, caller: &Caller) -> bool {
        self.keys.allows(caller, clock::now())
    }

    /// Who signs a message within a connection that was authenticated when it was opened.
    pub fn verify_now(&self, request: &Request<'_>) -> Option<Caller> {
        let claim = Claim::read(request)
            .ok()
            .filter(|it| it.scope.service == AGENTS_SIGN_FOR)?;
        self.verify(&claim, request).ok()
    }

    fn verify(&self, claim: &Claim, request: &Request<'_>) -> Result<Caller, Refusal> {
        let global = claim.scope.service == "sts";
        claim.check(&self.site.region, global, clock::now())?;
        let id = claim.access_key_id.as_str();
        // No temporary credentials exist yet, so a session token can only be a mistake.
        let known = self.caller_of(id).filter(|_| claim.session_token.is_none());
        let key = match &known {
            Some((_, secret)) => self.keys.signing_key(id, secret, &claim.scope),
            None => SigningKey::derive(NOBODYS_SECRET, &claim.scope),
        };
        let verdict = claim.verify(request, &key);
        match known {
            Some((caller, _)) => verdict.map(|()| caller),
            None => Err(Refusal::UnknownKey),
        }
    }

    fn caller_of(&self, id: &str) -> Option<(Caller, String)> {
        if id == self.keys.root_id {
            return Some((Caller::Root, self.keys.root_secret.clone()));
        }
        let (host, key) = parse_host_key_id(id)?;
        self.store.durable().host(host).filter(|it| it.accepts_key(key))?;
        Some((Caller::Host { id: host, key }, self.secrets.host_secret(host, key)))
    }

    /// The first use of a host's next key ends the one before.
    async fn note_key_use(&self, id: HostId, key: u32) {
        if self.store.durable().host(id).is_none_or(|it| it.key() == key) {
            return;
        }
        let noted = self.change(|view, _| {
            let mut host = view.host(id)?.clone();
            let mut changes = Changes::none();
            if host.use_key(key) {
                changes.put(host);
            }
            Some(((), changes))
        });
        if let Err(error) = noted.await {
            tracing::warn!(host = %id, %error, "the use of a new key could not be noted; the old key stays valid");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new("AKIA".into(), "secret".into())
    }

    #[test]
    fn a_host_may_say_so_much_whatever_its_keys_and_an_administrator_all() {
        let (keys, now) = (keys(), Time::from_millis(1_700_000_000_000));
        let host = |id, key| Caller::Host {
            id: HostId::new(id),
            key,
        };
        let flood = (0..5000).filter(|n| keys.allows(&host(1, n % 2), now)).count();
        assert_eq!(flood, HOST_CALLS as usize);
        assert!(keys.allows(&host(2, 1), now));
        let second = (0..5000).filter(|_| keys.allows(&host(1, 1), now.plus_s(1))).count();
        assert_eq!(second, HOST_CALLS_PER_S as usize);
        assert!((0..5000).all(|_| keys.allows(&Caller::Root, now)));
    }

    #[test]
    fn derived_keys_that_are_kept_are_limited() {
        let keys = keys();
        for n in 0..=MAX_CACHED_KEYS {
            let scope = Scope {
                date: "20261124".into(),
                region: n.to_string(),
                service: "ecs".into(),
            };
            keys.signing_key("AKIA", "secret", &scope);
            assert!(keys.derived.lock().is_ok_and(|it| it.len() <= MAX_CACHED_KEYS));
        }
    }
}
