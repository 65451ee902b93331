//! Who is connected, and who has to make room for others.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::Instant;

/// Somebody who is connected.
pub(super) struct Connection {
    /// Its signs of life.
    pub heartbeat: Arc<Heartbeat>,
    /// What is done for it.
    pub task: AbortHandle,
}

/// Signs of life of a connection.
pub(super) struct Heartbeat {
    /// When bytes last went either way.
    last: Mutex<Instant>,
    /// How many answers are being made or told to whoever listens: that is not idling.
    busy: AtomicUsize,
}

impl Heartbeat {
    /// Of a connection that has just been made.
    pub fn new() -> Arc<Heartbeat> {
        Arc::new(Heartbeat { last: Mutex::new(Instant::now()), busy: AtomicUsize::new(0) })
    }

    /// Bytes went either way.
    pub fn touch(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// When bytes last went either way; `None` while it is busy.
    fn last(&self) -> Option<Instant> {
        let is_busy = self.busy.load(Ordering::Relaxed) > 0;
        (!is_busy).then(|| *self.last.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A connection is busy as long as this lives.
pub(super) struct BusyGuard(Arc<Heartbeat>);

impl BusyGuard {
    /// From now on.
    pub fn new(heartbeat: &Arc<Heartbeat>) -> BusyGuard {
        heartbeat.busy.fetch_add(1, Ordering::Relaxed);
        BusyGuard(heartbeat.clone())
    }
}

impl Drop for BusyGuard {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
        self.0.touch();
    }
}

/// Forgets those who left; where nobody did, shows out who has been quiet for longest. Whether there is room now.
pub(super) fn make_room(connections: &mut Vec<Connection>, quiet: Duration) -> bool {
    let before = connections.len();
    connections.retain(|visitor| !visitor.task.is_finished());
    if connections.len() < before {
        return true;
    }
    let seen = connections.iter().enumerate().filter_map(|(at, visitor)| Some((visitor.heartbeat.last()?, at)));
    let Some((_, at)) = seen.filter(|(last, _)| last.elapsed() >= quiet).min() else { return false };
    connections.swap_remove(at).task.abort();
    true
}
