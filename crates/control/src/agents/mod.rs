//! Agents' connections: the shell around `api::acs::Session`.
//!
//! An instance has one live session, which has the instance's seat. A new connection takes the seat only from the one that it has proven
//! to be newer than, or has found dead, so that of two that come at once one is turned away. Taking the seat ends the old session, whose
//! end then changes nothing. Sessions are woken by commits and by their own clocks, and read what is to be said from the durable snapshot.

mod admit;
mod connection;

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use api::acs::Proof;
use domain::InstanceId;
use model::acs::LogStreamMessage;
use tokio::sync::{Notify, Semaphore, mpsc, oneshot};
use wire::time::Time;

use crate::clock;
use crate::limits::{AGENT_QUEUE, FRESH_S, MAX_ADMISSIONS, PROBE_TIME};

pub use admit::{connect, owned_instance, refused};

/// Live sessions by instance.
pub struct Agents {
    live: Mutex<Live>,
    /// Sessions that may open or end in the store at once; the others wait in order.
    admissions: Semaphore,
    seats: AtomicU64,
    /// The last session has ended.
    empty: Notify,
}

#[derive(Default)]
struct Live {
    lines: HashMap<InstanceId, Arc<Line>>,
    /// The server is ending: nobody is seated any more.
    closing: bool,
}

/// How the rest of the server reaches one session.
pub struct Line {
    seat: u64,
    proof: Option<Proof>,
    heard_at: AtomicI64,
    /// There may be something new to say.
    wake: Notify,
    /// Another session has taken over, or the server is ending.
    end: Notify,
    asks: mpsc::Sender<Asked>,
}

/// What a session is asked to say. Each session has room for many, so each is small.
enum Asked {
    Logs(Box<LogStreamMessage>),
    /// Whether its agent is there; the answer is given when it is heard.
    Alive(oneshot::Sender<()>),
}

impl Default for Agents {
    fn default() -> Self {
        Self {
            live: Mutex::default(),
            admissions: Semaphore::new(MAX_ADMISSIONS),
            seats: AtomicU64::default(),
            empty: Notify::new(),
        }
    }
}

impl Agents {
    fn lock(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn line(&self, id: InstanceId) -> Option<Arc<Line>> {
        self.lock().lines.get(&id).cloned()
    }

    pub fn any(&self) -> bool {
        !self.lock().lines.is_empty()
    }

    /// Makes a session look.
    pub fn wake(&self, id: InstanceId) {
        if let Some(line) = self.line(id) {
            line.wake.notify_one();
        }
    }

    pub fn wake_all(&self) {
        self.lock().lines.values().for_each(|line| line.wake.notify_one());
    }

    pub fn end(&self, id: InstanceId) {
        if let Some(line) = self.line(id) {
            line.end.notify_one();
        }
    }

    /// Ends all sessions and returns when they are over. No new one begins.
    pub async fn close(&self) {
        {
            let mut live = self.lock();
            live.closing = true;
            live.lines.values().for_each(|line| line.end.notify_one());
        }
        while self.any() {
            self.empty.notified().await;
        }
    }

    /// Asks an agent for logs. False where none is connected, or it has too much to do.
    pub fn ask_logs(&self, id: InstanceId, wanted: LogStreamMessage) -> bool {
        let line = self.line(id);
        line.is_some_and(|line| line.asks.try_send(Asked::Logs(Box::new(wanted))).is_ok())
    }

    /// A line that has no seat yet, and where its session hears what it is asked.
    fn new_line(&self, proof: Option<Proof>, now: Time) -> (Arc<Line>, mpsc::Receiver<Asked>) {
        let (asks, asked) = mpsc::channel(AGENT_QUEUE);
        let line = Line {
            seat: self.seats.fetch_add(1, Ordering::Relaxed) + 1,
            proof,
            heard_at: AtomicI64::new(now.as_millis()),
            wake: Notify::new(),
            end: Notify::new(),
            asks,
        };
        (Arc::new(line), asked)
    }

    /// Seats a line in place of the one that it was admitted against. False where another was quicker.
    fn sit(&self, id: InstanceId, line: &Arc<Line>, against: Option<u64>) -> bool {
        let mut live = self.lock();
        if live.closing || live.lines.get(&id).map(|it| it.seat) != against {
            return false;
        }
        if let Some(old) = live.lines.insert(id, line.clone()) {
            old.end.notify_one();
        }
        true
    }

    fn has_seat(&self, id: InstanceId, seat: u64) -> bool {
        self.lock().lines.get(&id).is_some_and(|it| it.seat == seat)
    }

    fn leave(&self, id: InstanceId, seat: u64) {
        let mut live = self.lock();
        if live.lines.get(&id).is_some_and(|it| it.seat == seat) {
            live.lines.remove(&id);
        }
        if live.lines.is_empty() {
            self.empty.notify_one();
        }
    }
}

impl Line {
    fn heard(&self, now: Time) {
        self.heard_at.store(now.as_millis(), Ordering::Relaxed);
    }

    /// Whether its agent is there: it was heard just now, or answers a heartbeat.
    async fn is_alive(&self) -> bool {
        if self.asks.is_closed() {
            return false;
        }
        let heard_at = Time::from_millis(self.heard_at.load(Ordering::Relaxed));
        if (0..FRESH_S * 1000).contains(&clock::now().since(heard_at)) {
            return true;
        }
        let (tell, told) = oneshot::channel();
        // A full queue is that of a session that is stuck in a write to nobody.
        self.asks.try_send(Asked::Alive(tell)).is_ok()
            && matches!(tokio::time::timeout(PROBE_TIME, told).await, Ok(Ok(())))
    }
}

#[cfg(test)]
mod tests;
