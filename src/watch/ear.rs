//! Who hears changes.

use std::fmt::Debug;
use std::sync::Arc;

use super::{Cord, Hung};

/// Hears changes below folders and pulls the cord. It may miss some and says so when it knows.
pub(super) trait Ear: Debug + Send {
    /// Listens afresh to these folders, and no more to what it listened to before. It returns at once; the cord is told when
    /// everything is heard, or why nothing is. Folders that are not there are left out.
    fn listen(&mut self, folders: &Arc<[Hung]>, cord: Cord);
}

/// The ear for this system.
pub(super) fn of_this_system() -> Box<dyn Ear> {
    #[cfg(target_os = "linux")]
    return Box::new(super::inotify::Inotify::default());
    #[cfg(not(target_os = "linux"))]
    return Box::new(super::watcher::Watcher::default());
}
