//! Cancels a rebuild when something more urgent is waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::build::{Phase, Progress};

/// Polling interval for the flags.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Cancels when one of these flags is set.
pub(super) struct CancelFlags(pub Vec<Arc<AtomicBool>>);

impl CancelFlags {
    /// Waits unless cancelled. The flags are polled, because a signal handler cannot wake a thread.
    pub fn wait(&self, time: Duration) {
        let start = Instant::now();
        while start.elapsed() < time && !self.is_cancelled() {
            std::thread::sleep(POLL_INTERVAL.min(time));
        }
    }
}

impl Progress for CancelFlags {
    fn begin(&self, _: Phase, _: usize) {}

    fn step(&self) {}

    fn is_cancelled(&self) -> bool {
        self.0.iter().any(|flag| flag.load(Ordering::Relaxed))
    }
}
