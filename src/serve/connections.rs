//! Open connections, and which one is closed to make room.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::Instant;

/// An open connection.
pub(super) struct Connection {
    /// Its activity.
    pub heartbeat: Arc<Activity>,
    /// The task that serves it.
    pub task: AbortHandle,
}

/// Activity of a connection.
pub(super) struct Activity {
    /// Time of the last transfer.
    last: Mutex<Instant>,
    /// Number of responses in progress, event streams included: such a connection is not idle.
    busy: AtomicUsize,
}

impl Activity {
    /// For a new connection.
    pub fn new() -> Arc<Activity> {
        Arc::new(Activity { last: Mutex::new(Instant::now()), busy: AtomicUsize::new(0) })
    }

    /// Records a transfer.
    pub fn touch(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Time of the last transfer; `None` while busy.
    fn last(&self) -> Option<Instant> {
        let is_busy = self.busy.load(Ordering::Relaxed) > 0;
        (!is_busy).then(|| *self.last.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Marks a connection as busy until dropped.
pub(super) struct BusyGuard(Arc<Activity>);

impl BusyGuard {
    /// Marks it as busy.
    pub fn new(heartbeat: &Arc<Activity>) -> BusyGuard {
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

/// Removes closed connections; if there are none, closes the one idle for longest. Returns whether there is room.
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
