//! What somebody else knows about each of many things, asked for no more often than once in a while however many want to hear it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use super::locked;

/// How old may be what was said.
const FRESH: Duration = Duration::from_secs(1);

/// Of those who want to hear the same at once one asks, and the others wait for what it is told.
pub struct Fresh<T>(Mutex<HashMap<String, Slot<T>>>);

type Slot<T> = Arc<tokio::sync::Mutex<Option<(Instant, T)>>>;

impl<T> Default for Fresh<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Fresh<T> {
    /// What was said last about it, if that is fresh, else what is said now.
    pub async fn get(&self, name: &str, ask: impl AsyncFnOnce() -> T) -> T {
        let slot = self.slot(name);
        let mut said = slot.lock().await;
        if let Some((at, it)) = &*said
            && at.elapsed() < FRESH
        {
            return it.clone();
        }
        let it = ask().await;
        *said = Some((Instant::now(), it.clone()));
        it
    }

    /// What is said next: where something was said just now, once that is no longer fresh.
    pub async fn next(&self, name: &str, ask: impl AsyncFnOnce() -> T) -> T {
        let last = self.slot(name).lock().await.as_ref().map(|(at, _)| *at);
        if let Some(at) = last {
            tokio::time::sleep_until(at + FRESH).await;
        }
        self.get(name, ask).await
    }

    fn slot(&self, name: &str) -> Slot<T> {
        locked(&self.0).entry(name.to_owned()).or_default().clone()
    }

    /// What was said last, however old. None while it is asked for.
    pub fn last(&self, name: &str) -> Option<T> {
        let all = locked(&self.0);
        let said = all.get(name)?.try_lock().ok()?;
        said.as_ref().map(|(_, it)| it.clone())
    }

    pub fn retain(&self, keep: impl Fn(&String) -> bool) {
        locked(&self.0).retain(|name, _| keep(name));
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures_util::future::join_all;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn however_many_want_to_hear_it_is_asked_for_once_a_second() {
        let (fresh, asked) = (Fresh::default(), Cell::new(0));
        let hear = async |name: &'static str| {
            let ask = async || {
                tokio::time::sleep(Duration::from_millis(300)).await;
                asked.set(asked.get() + 1);
                asked.get()
            };
            fresh.get(name, ask).await
        };
        assert_eq!(fresh.last("a"), None);
        assert_eq!(join_all((0..100).map(|_| hear("a"))).await, [1; 100]);
        tokio::time::sleep(FRESH - Duration::from_millis(1)).await;
        assert_eq!(hear("a").await, 1);
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert_eq!(join_all((0..100).map(|_| hear("a"))).await, [2; 100]);
        assert_eq!((hear("b").await, fresh.last("a")), (3, Some(2)));
        let next = || fresh.next("a", async || 4);
        assert_eq!(tokio::join!(next(), next(), next()), (4, 4, 4));
        fresh.retain(|name| name != "a");
        assert_eq!(fresh.last("a"), None);
    }
}
