//! Compare, apply, flush, tell.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use arc_swap::ArcSwap;
use domain::changes::MAX_RECORDS;
use domain::{Changes, Key, Rev, Snapshot};
use tokio::sync::watch;

use crate::log::{Log, LogError, Write};
use crate::record::{encode, key_text};

/// Commits waiting for the writer. A caller beyond these waits for room.
const QUEUE: usize = 4096;
/// Commits made durable by one flush.
const MAX_BATCH: usize = 1024;
/// Commits remembered for `next`. Who falls further behind is told to look at everything.
const HISTORY: usize = 4096;

/// The store has failed and will not come back: the process is about to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the store is closed")]
pub struct Unavailable;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// Something that the decision rests on has changed. Decide again on what is true now.
    #[error("what the decision rests on has changed")]
    Conflict,
    #[error("a commit of {0} records; {MAX_RECORDS} are allowed")]
    TooLarge(usize),
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// What one commit touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    pub rev: Rev,
    /// None where the listener has missed some: anything may have changed.
    pub keys: Option<Arc<[Key]>>,
}

pub struct Store {
    head: Mutex<Head>,
    durable: ArcSwap<Snapshot>,
    flushed: watch::Receiver<Rev>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

struct Head {
    snapshot: Snapshot,
    history: VecDeque<(Rev, Arc<[Key]>)>,
    /// None once the store is closed.
    queue: Option<SyncSender<Entry>>,
}

struct Entry {
    writes: Vec<Write>,
    after: Snapshot,
}

impl Store {
    /// Loads what the log holds and starts the writer. `fatal` is called when a flush has failed; it must not return to business.
    pub fn open(mut log: impl Log, fatal: impl FnOnce(LogError) + Send + 'static) -> Result<Arc<Self>, LogError> {
        let snapshot = log.load()?;
        let (queue, entries) = sync_channel(QUEUE);
        let (flushed, seen) = watch::channel(snapshot.rev());
        let store = Arc::new(Self {
            durable: ArcSwap::from_pointee(snapshot.clone()),
            head: Mutex::new(Head {
                snapshot,
                history: VecDeque::new(),
                queue: Some(queue),
            }),
            flushed: seen,
            writer: Mutex::new(None),
        });
        let shared = Arc::downgrade(&store);
        let write = move || {
            let publish = |snapshot: Snapshot| {
                let rev = snapshot.rev();
                if let Some(store) = shared.upgrade() {
                    store.durable.store(Arc::new(snapshot));
                }
                flushed.send_replace(rev);
            };
            if let Err(error) = run_writer(log, &entries, publish) {
                fatal(error);
            }
        };
        let thread = std::thread::Builder::new()
            .name("store".into())
            .spawn(write)
            .map_err(|e| LogError::Io(e.to_string()))?;
        *lock(&store.writer) = Some(thread);
        Ok(store)
    }

    /// The newest snapshot, whose last commits may not be durable yet. What is decided on it must not be told before it is.
    pub fn head(&self) -> Snapshot {
        lock(&self.head).snapshot.clone()
    }

    /// The newest snapshot of which all is durable.
    pub fn durable(&self) -> Arc<Snapshot> {
        self.durable.load_full()
    }

    /// Applies what was decided on the snapshot `base` and returns when it is durable.
    pub async fn commit(&self, base: Rev, changes: Changes) -> Result<Rev, CommitError> {
        let rev = self.apply(base, changes)?;
        self.settled(rev).await?;
        Ok(rev)
    }

    /// Returns when everything up to `rev` is durable.
    pub async fn settled(&self, rev: Rev) -> Result<(), Unavailable> {
        self.flushed
            .clone()
            .wait_for(|flushed| *flushed >= rev)
            .await
            .map(drop)
            .map_err(|_| Unavailable)
    }

    fn apply(&self, base: Rev, changes: Changes) -> Result<Rev, CommitError> {
        if changes.len() > MAX_RECORDS {
            return Err(CommitError::TooLarge(changes.len()));
        }
        let puts = changes.puts().iter().map(|it| Write {
            key: key_text(&it.key()),
            value: Some(encode(it)),
        });
        let deletes = changes.deletes().iter().map(|key| Write {
            key: key_text(key),
            value: None,
        });
        let writes: Vec<Write> = deletes.chain(puts).collect();
        let keys: Arc<[Key]> = changes
            .puts()
            .iter()
            .map(|it| it.key())
            .chain(changes.deletes().iter().cloned())
            .collect();

        let mut head = lock(&self.head);
        if !head.snapshot.allows(base, &changes) {
            return Err(CommitError::Conflict);
        }
        let queue = head.queue.clone().ok_or(Unavailable)?;
        let rev = head.snapshot.apply(changes);
        head.history.push_back((rev, keys));
        if head.history.len() > HISTORY {
            head.history.pop_front();
        }
        // Under the lock, so that entries stand in the queue in order of revision.
        queue
            .send(Entry {
                writes,
                after: head.snapshot.clone(),
            })
            .map_err(|_| Unavailable)?;
        Ok(rev)
    }

    /// The first durable commit after `after`; waits for it.
    pub async fn next(&self, after: Rev) -> Result<Commit, Unavailable> {
        self.settled(Rev(after.0 + 1)).await?;
        let flushed = *self.flushed.borrow();
        let head = lock(&self.head);
        let first = head.history.front().map(|(rev, _)| *rev);
        match first.filter(|first| first.0 <= after.0 + 1) {
            Some(first) => {
                let (rev, keys) = &head.history[(after.0 + 1 - first.0) as usize];
                Ok(Commit {
                    rev: *rev,
                    keys: Some(keys.clone()),
                })
            }
            None => Ok(Commit {
                rev: flushed,
                keys: None,
            }),
        }
    }

    /// Takes no more commits, flushes those taken, and lets go of the log.
    pub fn close(&self) {
        lock(&self.head).queue = None;
        if let Some(writer) = lock(&self.writer).take() {
            // A panic of the writer has been reported where it happened; there is nothing to add while closing.
            drop(writer.join());
        }
    }
}

/// Whoever panicked under a lock left whole values behind: each critical section changes them by single calls.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn run_writer(mut log: impl Log, entries: &Receiver<Entry>, publish: impl Fn(Snapshot)) -> Result<(), LogError> {
    while let Ok(first) = entries.recv() {
        let (mut writes, mut after) = (first.writes, first.after);
        for entry in entries.try_iter().take(MAX_BATCH - 1) {
            writes.extend(entry.writes);
            after = entry.after;
        }
        log.append(&writes, after.rev())?;
        publish(after);
    }
    Ok(())
}
