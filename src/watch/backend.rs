//! The interface of what receives events from the system.

use std::fmt::Debug;
use std::sync::Arc;

use super::WatchedDir;
use super::signal::EventSender;

/// Receives events of the system and sends them on. It may lose some, and says so when it knows.
pub(super) trait Backend: Debug + Send {
    /// Watches these directories and no longer the previous ones. Returns at once; `events` is told when all directories are
    /// watched, or why they are not. Directories that do not exist are skipped.
    fn start(&mut self, dirs: &Arc<[WatchedDir]>, events: EventSender);
}
