//! Events from the backend's threads to the thread that waits for changes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::PollReason;
use super::debounce::Debouncer;

/// What a backend reports.
#[derive(Debug)]
pub(super) enum Event {
    /// This path changed, or something below it.
    Changed(PathBuf),
    /// From now on all changes are reported.
    Ready,
    /// Changes may be missing, and the backend must be restarted: the event queue overflowed, or a root was moved.
    Lost,
    /// The same because of this error of the system.
    Fault(String),
    /// From now on nothing is reported.
    Unavailable(PollReason),
}

/// The receiving end.
#[derive(Debug, Default)]
pub(super) struct EventReceiver {
    state: Mutex<State>,
    wakeup: Condvar,
    pub(super) pending: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
struct State {
    /// Number of the present sender: a stopped backend may still send.
    generation: u64,
    debouncer: Debouncer,
    status: BackendStatus,
}

/// What the backend reported about itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BackendStatus {
    pub(super) ready: bool,
    pub(super) lost: bool,
    pub(super) fault: Option<String>,
    pub(super) unavailable: Option<PollReason>,
}

impl BackendStatus {
    fn is_empty(&self) -> bool {
        *self == BackendStatus::default()
    }
}

impl EventReceiver {
    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is valid after every statement, so a panic of another thread does no harm.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A sender for a backend that is started now. Events of earlier senders are ignored from now on.
    pub(super) fn new_sender(self: &Arc<Self>) -> EventSender {
        let mut state = self.lock();
        state.generation += 1;
        state.status = BackendStatus::default();
        EventSender { receiver: self.clone(), generation: state.generation }
    }

    /// What the backend reported about itself since the last call.
    pub(super) fn take_status(&self) -> BackendStatus {
        std::mem::take(&mut self.lock().status)
    }

    /// The changed paths and whether there were more than could be kept, if no more events are expected; clears `pending`.
    pub(super) fn take_settled(&self, now: Instant) -> Option<(BTreeSet<PathBuf>, bool)> {
        let mut state = self.lock();
        state.debouncer.due().filter(|due| *due <= now)?;
        self.pending.store(false, Ordering::Release);
        Some(state.debouncer.take())
    }

    /// Sleeps until `until`, until changes are ready, or until the backend reports about itself.
    pub(super) fn sleep(&self, now: Instant, until: Instant) {
        let state = self.lock();
        if state.status.is_empty() {
            let until = state.debouncer.due().map_or(until, |due| due.min(until));
            let _ = self.wakeup.wait_timeout(state, until.saturating_duration_since(now));
        }
    }

    /// Sleeps until the backend reports about itself, at most this long.
    pub(super) fn wait_for_status(&self, timeout: Duration) {
        let _ = self.wakeup.wait_timeout_while(self.lock(), timeout, |state| state.status.is_empty());
    }
}

/// The sending end.
#[derive(Clone, Debug)]
pub(super) struct EventSender {
    receiver: Arc<EventReceiver>,
    generation: u64,
}

impl EventSender {
    /// Sends an event, unless another backend was started in the meantime: a full scan follows when that one is ready.
    pub(super) fn send(&self, event: Event) {
        let mut state = self.receiver.lock();
        if state.generation != self.generation {
            return;
        }
        let wakes = match event {
            Event::Changed(path) => {
                self.receiver.pending.store(true, Ordering::Release);
                state.debouncer.add(path, Instant::now())
            }
            Event::Ready => {
                state.status.ready = true;
                true
            }
            Event::Lost => {
                state.status.lost = true;
                true
            }
            Event::Fault(text) => {
                state.status.fault = Some(text);
                true
            }
            Event::Unavailable(reason) => {
                state.status.unavailable = Some(reason);
                true
            }
        };
        if wakes {
            self.receiver.wakeup.notify_all();
        }
    }
}
