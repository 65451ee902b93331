//! What an ear pulls, and the waiting thread feels.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Why;
use super::burst::Burst;

/// The bell's end of the cord.
#[derive(Debug, Default)]
pub(super) struct Felt {
    state: Mutex<State>,
    woken: Condvar,
    pub(super) pressed: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
struct State {
    /// Which listening is the one that counts: an ear that was told to stop may still be saying something.
    turn: u64,
    burst: Burst,
    tidings: Tidings,
}

/// What an ear says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tidings {
    /// From now on it hears everything.
    pub(super) ready: bool,
    /// It may not have heard everything, and should listen afresh.
    pub(super) lost: bool,
    /// The same through a fault of the system.
    pub(super) fault: Option<String>,
    /// It hears nothing any more.
    pub(super) deaf: Option<Why>,
}

impl Tidings {
    fn are_none(&self) -> bool {
        *self == Tidings::default()
    }
}

impl Felt {
    fn lock(&self) -> MutexGuard<'_, State> {
        // What is inside is whole after every statement: a thread that broke down does no harm.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A cord for an ear that listens from now on; those given out before are cut.
    pub(super) fn cord(self: &Arc<Self>) -> Cord {
        let mut state = self.lock();
        state.turn += 1;
        state.tidings = Tidings::default();
        Cord { felt: self.clone(), turn: state.turn }
    }

    /// What the ear said of itself since it was last asked.
    pub(super) fn tidings(&self) -> Tidings {
        std::mem::take(&mut self.lock().tidings)
    }

    /// What was named, if that has settled, and whether that is not all; who was busy with less urgent work may go on.
    pub(super) fn settled(&self, now: Instant) -> Option<(BTreeSet<PathBuf>, bool)> {
        let mut state = self.lock();
        state.burst.due().filter(|due| *due <= now)?;
        self.pressed.store(false, Ordering::Release);
        Some(state.burst.take())
    }

    /// Waits until then, until something settles, or until the ear says something of itself.
    pub(super) fn rest(&self, now: Instant, until: Instant) {
        let state = self.lock();
        if state.tidings.are_none() {
            let until = state.burst.due().map_or(until, |due| due.min(until));
            let _ = self.woken.wait_timeout(state, until.saturating_duration_since(now));
        }
    }

    /// Waits until the ear says something of itself, or for so long.
    pub(super) fn rest_for_tidings(&self, patience: Duration) {
        let _ = self.woken.wait_timeout_while(self.lock(), patience, |state| state.tidings.are_none());
    }
}

/// The ear's end.
#[derive(Clone, Debug)]
pub(super) struct Cord {
    felt: Arc<Felt>,
    turn: u64,
}

impl Cord {
    /// Somebody changed this, or something in it.
    pub(super) fn hear(&self, path: PathBuf) {
        let mut state = self.felt.lock();
        // Whoever cut the cord looks at everything when the next one hears.
        if state.turn != self.turn {
            return;
        }
        self.felt.pressed.store(true, Ordering::Release);
        if state.burst.hear(path, Instant::now()) {
            self.felt.woken.notify_all();
        }
    }

    fn tell(&self, tell: impl FnOnce(&mut Tidings)) {
        let mut state = self.felt.lock();
        if state.turn == self.turn {
            tell(&mut state.tidings);
            self.felt.woken.notify_all();
        }
    }

    /// From now on everything is heard.
    pub(super) fn ready(&self) {
        self.tell(|tidings| tidings.ready = true);
    }

    /// Not everything may have been heard: the system threw events away, or the folder itself moved.
    pub(super) fn lost(&self) {
        self.tell(|tidings| tidings.lost = true);
    }

    /// The same through a fault, in the system's words.
    pub(super) fn fault(&self, words: String) {
        self.tell(|tidings| tidings.fault = Some(words));
    }

    /// Nothing is heard any more.
    pub(super) fn deaf(&self, why: Why) {
        self.tell(|tidings| tidings.deaf = Some(why));
    }
}
