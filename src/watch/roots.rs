//! Whether the folders that a bell hangs on are still the ones it was hung on.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{Duration, Instant};

use super::Hung;

/// While one is gone it is looked for this often: a look at one name costs nothing.
const AGAIN: Duration = Duration::from_secs(1);

/// What tells a folder from another one of its name: elsewhere a disk is put in its place, a share comes back, a folder is
/// deleted and made again.
#[cfg(unix)]
type Which = (u64, u64);
#[cfg(not(unix))]
type Which = Option<std::time::SystemTime>;

#[cfg(unix)]
fn which(about: &Metadata) -> Which {
    use std::os::unix::fs::MetadataExt;
    (about.dev(), about.ino())
}

#[cfg(not(unix))]
fn which(about: &Metadata) -> Which {
    about.created().ok()
}

fn look(root: &Path) -> Option<Which> {
    fs::symlink_metadata(root).ok().filter(Metadata::is_dir).map(|about| which(&about))
}

/// The folders, as they were when they were last looked at.
#[derive(Debug)]
pub(super) struct Roots {
    known: Vec<Option<Which>>,
    last: Instant,
}

impl Roots {
    /// As they are now.
    pub(super) fn new(folders: &[Hung], now: Instant) -> Roots {
        Roots { known: folders.iter().map(|hung| look(&hung.root)).collect(), last: now }
    }

    /// Looks again; whether one is another than before, came, or went.
    pub(super) fn have_changed(&mut self, folders: &[Hung], now: Instant) -> bool {
        let seen = Roots::new(folders, now);
        let changed = seen.known != self.known;
        *self = seen;
        changed
    }

    /// When to look again of one's own accord.
    pub(super) fn due(&self) -> Option<Instant> {
        self.known.contains(&None).then(|| self.last + AGAIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Ignore;

    #[test]
    fn a_folder_goes_and_another_comes_in_its_place() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("档案");
        fs::create_dir(&root).expect("made");
        let folders = [Hung { root: root.clone(), leave_out: Ignore::default() }];
        let now = Instant::now();
        let mut roots = Roots::new(&folders, now);
        fs::write(root.join("客户.md"), "x").expect("written");
        assert!(!roots.have_changed(&folders, now));
        assert_eq!(roots.due(), None);
        fs::rename(&root, folder.path().join("旧")).expect("moved");
        assert!(roots.have_changed(&folders, now));
        assert!(!roots.have_changed(&folders, now), "told once");
        assert_eq!(roots.due(), Some(now + AGAIN));
        fs::create_dir(&root).expect("made");
        assert!(roots.have_changed(&folders, now));
        let other = folder.path().join("另一个");
        fs::create_dir(&other).expect("made");
        fs::rename(&other, &root).expect("put over an empty folder");
        assert!(roots.have_changed(&folders, now));
        assert_eq!(roots.due(), None);
    }
}
