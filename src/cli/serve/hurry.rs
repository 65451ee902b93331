//! When work is left for what is more urgent.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::build::{Phase, Watch};

/// How soon it is seen while something waits.
const BLINK: Duration = Duration::from_millis(5);

/// Calls work off when one of these is set.
pub(super) struct Hurry(pub Vec<Arc<AtomicBool>>);

impl Hurry {
    /// Waits so long, unless it is called off. The flags are set by others, one of them by Ctrl-C, which can wake nobody: they are
    /// looked at.
    pub fn wait(&self, time: Duration) {
        let start = Instant::now();
        while start.elapsed() < time && !self.is_called_off() {
            std::thread::sleep(BLINK.min(time));
        }
    }
}

impl Watch for Hurry {
    fn begin(&self, _: Phase, _: usize) {}

    fn step(&self) {}

    fn is_called_off(&self) -> bool {
        self.0.iter().any(|flag| flag.load(Ordering::Relaxed))
    }
}
