//! When work is left for what is more urgent.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::build::{Phase, Progress};

/// How soon it is seen while something waits.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Calls work off when one of these is set.
pub(super) struct PriorityProgress(pub Vec<Arc<AtomicBool>>);

impl PriorityProgress {
    /// Waits so long, unless it is called off. The flags are set by others, one of them by Ctrl-C, which can wake nobody: they are
    /// looked at.
    pub fn wait(&self, time: Duration) {
        let start = Instant::now();
        while start.elapsed() < time && !self.is_cancelled() {
            std::thread::sleep(POLL_INTERVAL.min(time));
        }
    }
}

impl Progress for PriorityProgress {
    fn begin(&self, _: Phase, _: usize) {}

    fn step(&self) {}

    fn is_cancelled(&self) -> bool {
        self.0.iter().any(|flag| flag.load(Ordering::Relaxed))
    }
}
