//! Polls directories that are being edited, where the system sends no events: more often than a full scan could run.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::{WatchedDir, watched_dir};

/// The shortest interval.
pub(super) const INTERVAL: Duration = Duration::from_secs(2);
/// The interval is at least this many times what polling costs.
const COST_FACTOR: u32 = 20;
/// A directory is polled for this long after its last change.
const MAX_AGE: Duration = Duration::from_secs(600);
/// At most this many directories are polled.
const MAX_DIRS: usize = 16;
/// When more directories than this changed at once, nobody edits in them: a branch was switched, or this is the first scan.
const BULK_CHANGE: usize = 64;

/// The entries of a directory: size, modification time, and whether it is a directory.
type Listing = BTreeMap<OsString, (u64, Option<SystemTime>, bool)>;

/// The directories being edited, the most recently changed first.
#[derive(Debug)]
pub(super) struct PollSet {
    dirs: Vec<(PathBuf, Instant, Listing)>,
    last: Instant,
    cost: Duration,
}

impl PollSet {
    /// An empty set.
    pub(super) fn new(now: Instant) -> PollSet {
        PollSet { dirs: Vec::new(), last: now, cost: Duration::ZERO }
    }

    /// Adds directories in which the caller found changes.
    pub(super) fn add(&mut self, changed: &[PathBuf], now: Instant) {
        if changed.len() > BULK_CHANGE {
            return;
        }
        for dir in changed {
            self.dirs.retain(|(polled, ..)| polled != dir);
            self.dirs.push((dir.clone(), now, list(dir)));
        }
        self.dirs.sort_by(|(a, a_at, _), (b, b_at, _)| b_at.cmp(a_at).then_with(|| a.cmp(b)));
        self.dirs.truncate(MAX_DIRS);
    }

    /// When the next poll is due, if there is anything to poll.
    pub(super) fn due(&self) -> Option<Instant> {
        (!self.dirs.is_empty()).then(|| self.last + INTERVAL.max(self.cost.saturating_mul(COST_FACTOR)))
    }

    /// Lists the directories; returns the paths that changed since the last time.
    pub(super) fn scan(&mut self, watched: &[WatchedDir], now: Instant) -> Vec<PathBuf> {
        self.dirs.retain(|(_, at, _)| now <= *at + MAX_AGE);
        let start = Instant::now();
        let mut changed = Vec::new();
        for (dir, at, before) in &mut self.dirs {
            let after = list(dir);
            let new = after.iter().filter(|(name, entry)| before.get(*name) != Some(entry)).map(|(name, _)| name);
            let removed = before.keys().filter(|name| !after.contains_key(*name));
            let paths = new.chain(removed).map(|name| dir.join(name));
            let is_dir = |path: &Path| {
                let name = path.file_name()?;
                Some(after.get(name).or_else(|| before.get(name))?.2)
            };
            let count = changed.len();
            changed.extend(paths.filter(|path| watched_dir::includes(watched, path, is_dir(path))));
            if changed.len() > count {
                *at = now;
            }
            *before = after;
        }
        (self.last, self.cost) = (now, start.elapsed());
        changed
    }
}

/// The entries of a directory; none if it cannot be read.
fn list(dir: &Path) -> Listing {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let entries = entries.filter_map(|entry| {
        let metadata = entry.metadata().ok()?;
        // The time of a directory changes with ignored files in it, too.
        let time = metadata.modified().ok().filter(|_| !metadata.is_dir());
        Some((entry.file_name(), (if metadata.is_dir() { 0 } else { metadata.len() }, time, metadata.is_dir())))
    });
    entries.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Ignore;

    #[test]
    fn reports_changed_entries_only() {
        let temp = tempfile::tempdir().expect("a temporary directory");
        let root = temp.path().to_owned();
        let watched = [WatchedDir { root: root.clone(), ignore: Ignore::default() }];
        let at = |name: &str| root.join("拜访").join(name);
        fs::create_dir(root.join("拜访")).expect("created");
        for name in ["甲.md", "乙.md", "丙.md"] {
            fs::write(at(name), "x").expect("written");
        }
        let start = Instant::now();
        let mut poll = PollSet::new(start);
        assert_eq!(poll.due(), None);
        poll.add(&[root.join("拜访")], start);
        assert_eq!(poll.due(), Some(start + INTERVAL));
        assert!(poll.scan(&watched, start).is_empty());
        fs::write(at("甲.md"), "xy").expect("written");
        fs::remove_file(at("丙.md")).expect("removed");
        fs::write(at("丁.md"), "x").expect("written");
        fs::create_dir(at("附件")).expect("created");
        fs::write(at("4913"), "x").expect("written");
        let mut changed = poll.scan(&watched, start + INTERVAL);
        changed.sort();
        let mut expected = ["甲.md", "丙.md", "丁.md", "附件"].map(at);
        expected.sort();
        assert_eq!(changed, expected);
        fs::remove_file(at("4913")).expect("removed");
        assert!(poll.scan(&watched, start + INTERVAL).is_empty());
        assert!(poll.scan(&watched, start + INTERVAL + MAX_AGE).is_empty());
        assert!(poll.scan(&watched, start + INTERVAL * 2 + MAX_AGE).is_empty());
        assert_eq!(poll.due(), None, "not polled after the maximum age");
    }

    #[test]
    fn the_number_of_directories_is_limited() {
        let now = Instant::now();
        let mut poll = PollSet::new(now);
        let dirs = |count: usize| (0..count).map(|number| number.to_string().into()).collect::<Vec<PathBuf>>();
        poll.add(&dirs(BULK_CHANGE + 1), now);
        assert_eq!(poll.due(), None);
        poll.add(&dirs(BULK_CHANGE), now);
        assert_eq!(poll.dirs.len(), MAX_DIRS);
    }
}
