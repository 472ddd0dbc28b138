//! Performs what `image` decides: one pull for all tasks that want the same image at once, and the removal of what nobody uses.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio::sync::{RwLock, Semaphore};

use crate::image::cleanup::{InUse, Ledger, Rules};
use crate::image::{LocalImage, Pull, PullBehavior, Step};
use crate::runtime::{Runtime, RuntimeError};
use crate::{AgentState, clock};

/// Images that are pulled at once. The others wait their turn.
const MAX_PULLS: usize = 16;

type Brought = Result<LocalImage, RuntimeError>;

pub struct Images<R> {
    runtime: Arc<R>,
    behavior: PullBehavior,
    /// Where the ledger is kept; None where nothing outlives the process.
    state: Option<Arc<AgentState>>,
    ledger: Mutex<Ledger>,
    ongoing: Mutex<HashMap<String, Shared<BoxFuture<'static, Brought>>>>,
    turns: Semaphore,
    /// Read while an image is looked for, written while one is removed: what was found is not gone a moment later.
    removing: RwLock<()>,
}

impl<R: Runtime> Images<R> {
    pub fn new(runtime: Arc<R>, behavior: PullBehavior, state: Option<Arc<AgentState>>) -> Arc<Self> {
        let ledger = state.as_ref().map(|it| it.images()).unwrap_or_default();
        Arc::new(Self {
            runtime,
            behavior,
            state,
            ledger: ledger.into(),
            ongoing: Mutex::default(),
            turns: Semaphore::new(MAX_PULLS),
            removing: RwLock::default(),
        })
    }

    /// Has the image here. Gives its digest, where a registry has given it one.
    pub async fn ensure(self: &Arc<Self>, image: &str) -> Result<Option<String>, RuntimeError> {
        let brought = {
            let mut ongoing = lock(&self.ongoing);
            let begin = || self.clone().begin(image.to_owned()).boxed().shared();
            ongoing.entry(image.to_owned()).or_insert_with(begin).clone()
        };
        Ok(brought.await?.digest)
    }

    async fn begin(self: Arc<Self>, image: String) -> Brought {
        let brought = self.bring(&image).await;
        lock(&self.ongoing).remove(&image);
        brought
    }

    async fn bring(&self, image: &str) -> Brought {
        let mut pull = Pull::new(image, self.behavior, lock(&self.ledger).owner(image));
        let found = {
            let _here = self.removing.read().await;
            lock(&self.ledger).used(image, clock::now_s());
            self.runtime.find_image(image).await?
        };
        let mut step = pull.found(found);
        loop {
            step = match step {
                Step::Pull { after } => {
                    if !after.is_zero() {
                        tokio::time::sleep(after).await;
                    }
                    self.ask(image, &mut pull).await?
                }
                Step::Done(outcome) => return Ok(outcome?),
            };
        }
    }

    async fn ask(&self, image: &str, pull: &mut Pull) -> Result<Step, RuntimeError> {
        let _turn = self.turns.acquire().await;
        if let Err(error) = self.runtime.pull_image(image).await {
            tracing::warn!(image, cause = error.cause, "an image could not be pulled");
            return Ok(pull.failed(error, clock::lot()));
        }
        let local = self.runtime.find_image(image).await?;
        if let Some(local) = &local {
            lock(&self.ledger).pulled(image, &local.id, pull.owner(), clock::now_s());
            self.keep();
        }
        Ok(pull.arrived(local))
    }

    /// Removes what the rules let go. `names` are the images of tasks that have not ended.
    pub async fn clean(&self, rules: Rules, names: BTreeSet<String>) {
        if self.behavior == PullBehavior::PreferCached {
            return;
        }
        let free = self.runtime.free_disk_percent().await;
        for _ in 0..rules.most {
            let _alone = self.removing.write().await;
            let ids = match self.runtime.images_in_use().await {
                Ok(ids) => ids,
                Err(error) => return tracing::warn!(%error, "it is not known which images are in use; none is removed"),
            };
            let in_use = InUse {
                ids,
                names: names.clone(),
            };
            let victims = lock(&self.ledger).victims(&in_use, &rules, free, clock::now_s());
            let Some(image) = victims.first() else { return };
            match self.runtime.remove_image(image).await {
                Ok(()) => tracing::info!(image, "an image that nothing used was removed"),
                Err(error) => tracing::warn!(image, %error, "an image could not be removed; it stays"),
            }
            lock(&self.ledger).forget(image);
            self.keep();
        }
    }

    /// What is lost here is only that an image is not removed.
    fn keep(&self) {
        let ledger = lock(&self.ledger).clone();
        if let Some(Err(error)) = self.state.as_ref().map(|it| it.put_images(&ledger)) {
            tracing::warn!(%error, "which images were pulled is not on disk");
        }
    }
}

fn lock<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::fake::FakeRuntime;
    use crate::image::{Owner, PullError};

    fn images(behavior: PullBehavior) -> (Arc<FakeRuntime>, Arc<Images<FakeRuntime>>) {
        let runtime = Arc::new(FakeRuntime::default());
        (runtime.clone(), Images::new(runtime, behavior, None))
    }

    #[tokio::test(start_paused = true)]
    async fn tasks_that_want_the_same_image_at_once_share_its_pull() {
        let (runtime, images) = images(PullBehavior::Default);
        runtime.publish("r/web:1");
        let all = futures_util::future::join_all((0..20).map(|_| images.ensure("r/web:1"))).await;
        assert!(all.iter().all(|it| it.as_ref().unwrap().is_some()));
        assert_eq!(runtime.pulls("r/web:1"), 1);
        images.ensure("r/web:1").await.unwrap();
        assert_eq!(
            runtime.pulls("r/web:1"),
            2,
            "a later task asks whether the tag has moved"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn so_many_images_are_pulled_at_once_and_the_others_wait() {
        let (runtime, images) = images(PullBehavior::Default);
        let names: Vec<String> = (0..100).map(|n| format!("r/web:{n}")).collect();
        names.iter().for_each(|it| runtime.publish(it));
        let all = futures_util::future::join_all(names.iter().map(|it| images.ensure(it))).await;
        assert!(all.iter().all(Result::is_ok));
        assert_eq!(runtime.most_pulls_at_once(), MAX_PULLS);
    }

    #[tokio::test(start_paused = true)]
    async fn a_registry_that_fails_for_a_while_is_asked_again() {
        let (runtime, images) = images(PullBehavior::Default);
        runtime.publish("r/web:1");
        runtime.fail_pulls("r/web:1", vec![PullError::of("r/web:1", "unexpected EOF".into()); 4]);
        images.ensure("r/web:1").await.unwrap();
        assert_eq!(runtime.pulls("r/web:1"), 5);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failed_pull_is_told_to_all_and_the_next_wish_tries_anew() {
        let (runtime, images) = images(PullBehavior::Default);
        runtime.publish("r/web:1");
        runtime.fail_pulls("r/web:1", vec![PullError::of("r/web:1", "manifest unknown".into())]);
        let (one, two) = tokio::join!(images.ensure("r/web:1"), images.ensure("r/web:1"));
        assert_eq!(one.unwrap_err().name, "CannotPullImageManifestError");
        assert_eq!(two.unwrap_err().name, "CannotPullImageManifestError");
        images.ensure("r/web:1").await.unwrap();
    }

    const AT_ONCE: Rules = Rules {
        interval_s: 1,
        minimum_age_s: 0,
        most: 5,
        free_percent: 10,
    };

    #[tokio::test(start_paused = true)]
    async fn what_was_pulled_is_remembered_over_a_restart_and_removed_when_it_has_lain_long_enough() {
        let root = tempfile::tempdir().unwrap();
        let runtime = Arc::new(FakeRuntime::default());
        runtime.publish("r/web:1");
        {
            let state = Arc::new(AgentState::open(root.path()).unwrap());
            let images = Images::new(runtime.clone(), PullBehavior::Default, Some(state));
            images.ensure("r/web:1").await.unwrap();
            images.clean(AT_ONCE, BTreeSet::new()).await;
            assert!(runtime.has_image("r/web:1"), "it is fresh");
        }
        let state = Arc::new(AgentState::open(root.path()).unwrap());
        let images = Images::new(runtime.clone(), PullBehavior::Default, Some(state));
        let now_s = clock::now_s();
        lock(&images.ledger).used("r/web:1", now_s - 3600);
        let wanted: BTreeSet<String> = ["r/web:1".to_owned()].into();
        images.clean(AT_ONCE, wanted).await;
        assert!(runtime.has_image("r/web:1"), "a task wants it");
        lock(&images.ledger).pulled("r/web:1", "id", Owner::Agent, now_s - 3600);
        images.clean(AT_ONCE, BTreeSet::new()).await;
        assert!(!runtime.has_image("r/web:1"));
    }
}
