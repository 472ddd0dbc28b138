//! Images: whether a registry is asked for one, how often, and which go.
//!
//! `Pull` is one wish for one image, as a machine; `cleanup` decides what is removed. Neither does anything itself: `images` performs.

pub mod cleanup;

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::runtime::RuntimeError;

/// Attempts at what fails for a while only, as the stock agent makes them.
const ATTEMPTS: u32 = 5;
const FIRST_WAIT: Duration = Duration::from_millis(1100);
const MOST_WAIT: Duration = Duration::from_secs(5);

/// When a registry is asked, in the stock agent's words. An image that no registry has given is never looked for in one, but by `Always`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PullBehavior {
    /// Each time; a copy that is here serves where the registry does not.
    #[default]
    Default,
    /// Each time, and no task runs without.
    Always,
    /// Once for each image that is named.
    Once,
    /// Where there is no copy here.
    PreferCached,
}

/// An image that is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalImage {
    /// The runtime's own name for it, which no other image gets.
    pub id: String,
    /// What a registry calls it; None where it was made on this machine.
    pub digest: Option<String>,
}

/// Who is to remove an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Owner {
    Agent,
    /// It was here before this agent asked for it.
    Others,
}

/// Why an image could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It may well go better in a moment.
    Temporary,
    NoSuchImage,
    NotAllowed,
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullError {
    pub fault: Fault,
    pub cause: String,
}

impl PullError {
    /// From the runtime's words, which is all that it gives.
    pub fn of(image: &str, cause: String) -> Self {
        let told = without_names(image, &cause);
        let says = |words: &[&str]| words.iter().any(|it| told.contains(it));
        // The order matters: a refusal for too many requests speaks of denial, and one of denial says that nothing was found.
        let fault = if says(TEMPORARY) {
            Fault::Temporary
        } else if says(NOT_ALLOWED) {
            Fault::NotAllowed
        } else if says(NO_SUCH_IMAGE) {
            Fault::NoSuchImage
        } else {
            Fault::Other
        };
        Self { fault, cause }
    }
}

/// An image, a registry or a path may be called `timeout` or `geofence`, which says nothing of the fault.
fn without_names(image: &str, cause: &str) -> String {
    let image = image.to_lowercase();
    let name = image.split([':', '@']).next().unwrap_or_default();
    let cause = cause.to_lowercase();
    let is_name = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.contains('/') || bare.split([':', '@']).next() == Some(name)
    };
    let words = cause.split_whitespace().filter(|word| !is_name(word));
    words.collect::<Vec<_>>().join(" ")
}

impl From<PullError> for RuntimeError {
    fn from(error: PullError) -> Self {
        let name = match error.fault {
            Fault::NotAllowed => "CannotPullContainerAuthError",
            Fault::NoSuchImage => "CannotPullImageManifestError",
            Fault::Temporary | Fault::Other => "CannotPullContainerError",
        };
        RuntimeError::new(name, error.cause)
    }
}

const TEMPORARY: &[&str] = &[
    "toomanyrequests",
    "too many requests",
    "http status: 5",
    "http status code 5",
    "internal server error",
    "bad gateway",
    "service unavailable",
    "gateway timeout",
    "timeout",
    "timed out",
    "deadline exceeded",
    "connection reset",
    "connection refused",
    "broken pipe",
    "eof",
    "no such host",
    "temporary failure in name resolution",
    "server misbehaving",
    "network is unreachable",
    "no route to host",
    "was silent",
];
const NOT_ALLOWED: &[&str] = &[
    "unauthorized",
    "denied",
    "authentication required",
    "no basic auth credentials",
    "forbidden",
];
const NO_SUCH_IMAGE: &[&str] = &["manifest unknown", "not found", "name unknown", "name not known"];

/// What to do next for an image that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask the registry, after a while.
    Pull {
        after: Duration,
    },
    Done(Result<LocalImage, PullError>),
}

/// One wish for one image.
pub struct Pull {
    behavior: PullBehavior,
    /// Named by its content, so that a copy cannot be out of date.
    exact: bool,
    /// Whose it is, where this agent has asked for it before.
    known: Option<Owner>,
    /// It was here before anything was asked.
    was_here: bool,
    attempts: u32,
    local: Option<LocalImage>,
}

impl Pull {
    pub fn new(image: &str, behavior: PullBehavior, known: Option<Owner>) -> Self {
        Self {
            behavior,
            exact: image.contains("@sha256:"),
            known,
            was_here: false,
            attempts: 0,
            local: None,
        }
    }

    /// Before anything was asked: is it here?
    pub fn found(&mut self, local: Option<LocalImage>) -> Step {
        let Some(local) = local else {
            return self.ask(Duration::ZERO);
        };
        self.was_here = true;
        let made_here = local.digest.is_none();
        let serves = match self.behavior {
            PullBehavior::Default => made_here || self.exact,
            PullBehavior::Always => false,
            PullBehavior::Once => made_here || self.exact || self.known.is_some(),
            PullBehavior::PreferCached => true,
        };
        if serves {
            return Step::Done(Ok(local));
        }
        self.local = Some(local);
        self.ask(Duration::ZERO)
    }

    /// Whose the image is that the registry has given.
    pub fn owner(&self) -> Owner {
        let new = if self.was_here { Owner::Others } else { Owner::Agent };
        self.known.unwrap_or(new)
    }

    /// `chance` is below 256 and spreads many hosts' attempts.
    pub fn failed(&mut self, error: PullError, chance: u8) -> Step {
        match (self.behavior, self.local.take()) {
            // Waiting for a registry has no use where a copy will do.
            (PullBehavior::Default, Some(local)) => return Step::Done(Ok(local)),
            (_, local) => self.local = local,
        }
        if error.fault != Fault::Temporary || self.attempts >= ATTEMPTS {
            return Step::Done(Err(error));
        }
        let wait = (FIRST_WAIT * 2u32.pow(self.attempts - 1)).min(MOST_WAIT);
        self.ask(wait + wait * u32::from(chance) / 1024)
    }

    /// After the registry has given it: what is here now.
    pub fn arrived(&self, local: Option<LocalImage>) -> Step {
        Step::Done(local.ok_or_else(|| PullError {
            fault: Fault::Other,
            cause: "the image was pulled and is not here".into(),
        }))
    }

    fn ask(&mut self, after: Duration) -> Step {
        self.attempts += 1;
        Step::Pull { after }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(digest: Option<&str>) -> Option<LocalImage> {
        Some(LocalImage {
            id: "sha256:1".into(),
            digest: digest.map(str::to_owned),
        })
    }

    const NOW: Step = Step::Pull { after: Duration::ZERO };

    /// Is the registry asked for an image that is here?
    fn asks(image: &str, behavior: PullBehavior, known: Option<Owner>, digest: Option<&str>) -> bool {
        Pull::new(image, behavior, known).found(local(digest)) == NOW
    }

    #[test]
    fn an_image_made_here_needs_no_registry_unless_always_is_said() {
        use PullBehavior::{Always, Default, Once, PreferCached};
        assert_eq!(
            [Default, Always, Once, PreferCached].map(|it| asks("web:1", it, None, None)),
            [false, true, false, false]
        );
    }

    #[test]
    fn an_image_of_a_registrys_is_asked_for_as_the_behavior_says() {
        use PullBehavior::{Always, Default, Once, PreferCached};
        let known =
            |known| [Default, Always, Once, PreferCached].map(|it| asks("r/web:1", it, known, Some("sha256:a")));
        assert_eq!(known(None), [true, true, true, false]);
        assert_eq!(known(Some(Owner::Others)), [true, true, false, false]);
        assert!(
            !asks("r/web@sha256:a", Default, None, Some("sha256:a")),
            "a digest does not move"
        );
        for behavior in [Default, Always, Once, PreferCached] {
            assert_eq!(
                Pull::new("r/web", behavior, Some(Owner::Agent)).found(None),
                NOW,
                "it is not here"
            );
        }
    }

    fn fails(pull: &mut Pull, cause: &str) -> Step {
        pull.failed(PullError::of("r/web:1", cause.into()), 0)
    }

    #[test]
    fn what_fails_for_a_while_is_tried_five_times_with_longer_and_longer_waits() {
        let mut pull = Pull::new("r/web", PullBehavior::Default, None);
        pull.found(None);
        let mut waits = Vec::new();
        while let Step::Pull { after } = fails(&mut pull, "received unexpected HTTP status: 503 Service Unavailable") {
            waits.push(after.as_millis());
        }
        assert_eq!(waits, [1100, 2200, 4400, 5000]);
        let most = pull_after(255);
        assert!(
            most > Duration::from_millis(1100) && most < Duration::from_millis(1400),
            "{most:?}"
        );
    }

    fn pull_after(chance: u8) -> Duration {
        let mut pull = Pull::new("r/web", PullBehavior::Default, None);
        pull.found(None);
        match pull.failed(PullError::of("r/web", "EOF".into()), chance) {
            Step::Pull { after } => after,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_engines_words_tell_what_may_be_tried_again() {
        for (words, fault) in [
            (
                "toomanyrequests: You have reached your pull rate limit. denied",
                Fault::Temporary,
            ),
            (
                "Get \"https://r/v2/\": dial tcp: lookup r: no such host",
                Fault::Temporary,
            ),
            (
                "Get \"https://r/v2/\": net/http: TLS handshake timeout",
                Fault::Temporary,
            ),
            (
                "read tcp 1.2.3.4:5->6.7.8.9:443: read: connection reset by peer",
                Fault::Temporary,
            ),
            ("unexpected EOF", Fault::Temporary),
            (
                "received unexpected HTTP status: 500 Internal Server Error",
                Fault::Temporary,
            ),
            (
                "manifest for r/web:2 not found: manifest unknown: manifest unknown",
                Fault::NoSuchImage,
            ),
            (
                "pull access denied for web, repository does not exist or may require 'docker login'",
                Fault::NotAllowed,
            ),
            ("unauthorized: authentication required", Fault::NotAllowed),
            ("no basic auth credentials", Fault::NotAllowed),
            ("invalid reference format", Fault::Other),
            ("failed to register layer: no space left on device", Fault::Other),
        ] {
            assert_eq!(PullError::of("r/web:2", words.into()).fault, fault, "{words}");
        }
    }

    #[test]
    fn what_will_not_change_is_not_tried_again() {
        let mut pull = Pull::new("r/web:2", PullBehavior::Default, None);
        pull.found(None);
        let Step::Done(Err(error)) = fails(&mut pull, "manifest unknown") else {
            panic!("it is over")
        };
        assert_eq!(
            RuntimeError::from(error).to_string(),
            "CannotPullImageManifestError: manifest unknown"
        );
    }

    #[test]
    fn what_was_here_before_is_not_the_agents() {
        let owner = |known, here: Option<LocalImage>| {
            let mut pull = Pull::new("r/web:1", PullBehavior::Default, known);
            pull.found(here);
            pull.owner()
        };
        let here = || local(Some("sha256:a"));
        assert_eq!(owner(None, None), Owner::Agent);
        assert_eq!(owner(None, here()), Owner::Others);
        assert_eq!(owner(Some(Owner::Agent), here()), Owner::Agent);
        assert_eq!(owner(Some(Owner::Others), None), Owner::Others);
    }

    #[test]
    fn a_name_says_nothing_of_the_fault() {
        for (image, words) in [
            ("r/geofence:1", "manifest for r/geofence:1 not found: manifest unknown"),
            (
                "timeout",
                "manifest for timeout:latest not found: manifest unknown: manifest unknown",
            ),
            ("r/denied", "manifest for r/denied:latest not found"),
        ] {
            assert_eq!(PullError::of(image, words.into()).fault, Fault::NoSuchImage, "{image}");
        }
    }

    #[test]
    fn a_copy_serves_by_default_where_the_registry_does_not() {
        let over = |behavior, cause: &str| {
            let mut pull = Pull::new("r/web:1", behavior, None);
            pull.found(local(Some("sha256:a")));
            fails(&mut pull, cause)
        };
        let copy = Step::Done(Ok(local(Some("sha256:a")).expect("it is here")));
        assert_eq!(over(PullBehavior::Default, "connection refused"), copy);
        assert_eq!(over(PullBehavior::Default, "manifest unknown"), copy);
        assert!(matches!(
            over(PullBehavior::Always, "manifest unknown"),
            Step::Done(Err(_))
        ));
        assert!(matches!(
            over(PullBehavior::Once, "connection refused"),
            Step::Pull { .. }
        ));
    }
}
