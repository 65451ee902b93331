//! When work is left for what is more urgent.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::workshop::{Phase, Watch};

/// Calls work off when one of these is set.
pub(super) struct Hurry(pub Vec<Arc<AtomicBool>>);

impl Watch for Hurry {
    fn begin(&self, _: Phase, _: usize) {}

    fn step(&self) {}

    fn is_called_off(&self) -> bool {
        self.0.iter().any(|flag| flag.load(Ordering::Relaxed))
    }
}
