//! Detects that a watched root was removed, moved or replaced.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{Duration, Instant};

use super::WatchedDir;

/// How often the roots are checked; that is one system call each. A missing root is found again by this, and a root whose
/// parent was moved: that causes no event at the root itself.
const INTERVAL: Duration = Duration::from_secs(1);

/// Identifies a directory: under the same path a disk may be mounted, a share reconnected, a directory created anew.
#[cfg(unix)]
type DirId = (u64, u64);
#[cfg(not(unix))]
type DirId = Option<std::time::SystemTime>;

#[cfg(unix)]
fn dir_id(metadata: &Metadata) -> DirId {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn dir_id(metadata: &Metadata) -> DirId {
    metadata.created().ok()
}

fn id_of(root: &Path) -> Option<DirId> {
    fs::symlink_metadata(root).ok().filter(Metadata::is_dir).map(|metadata| dir_id(&metadata))
}

/// The roots as of the last check.
#[derive(Debug)]
pub(super) struct Roots {
    ids: Vec<Option<DirId>>,
    checked: Instant,
}

impl Roots {
    /// Checks them now.
    pub(super) fn new(dirs: &[WatchedDir], now: Instant) -> Roots {
        Roots { ids: dirs.iter().map(|dir| id_of(&dir.root)).collect(), checked: now }
    }

    /// Checks them again; returns whether one was replaced, appeared or disappeared.
    pub(super) fn have_changed(&mut self, dirs: &[WatchedDir], now: Instant) -> bool {
        let fresh = Roots::new(dirs, now);
        let changed = fresh.ids != self.ids;
        *self = fresh;
        changed
    }

    /// When to check again.
    pub(super) fn due(&self) -> Instant {
        self.checked + INTERVAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Ignore;

    #[test]
    fn a_root_that_is_moved_or_replaced_is_detected() {
        let temp = tempfile::tempdir().expect("a temporary directory");
        let root = temp.path().join("档案");
        fs::create_dir(&root).expect("created");
        let dirs = [WatchedDir { root: root.clone(), ignore: Ignore::default() }];
        let now = Instant::now();
        let mut roots = Roots::new(&dirs, now);
        fs::write(root.join("客户.md"), "x").expect("written");
        assert!(!roots.have_changed(&dirs, now));
        fs::rename(&root, temp.path().join("旧")).expect("moved");
        assert!(roots.have_changed(&dirs, now));
        assert!(!roots.have_changed(&dirs, now), "reported once");
        assert_eq!(roots.due(), now + INTERVAL);
        fs::create_dir(&root).expect("created");
        assert!(roots.have_changed(&dirs, now));
        let other = temp.path().join("另一个");
        fs::create_dir(&other).expect("created");
        fs::rename(&other, &root).expect("moved over an empty directory");
        assert!(roots.have_changed(&dirs, now));
    }
}
