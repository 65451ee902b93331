//! Folders that are being worked in, where the system does not tell: the bell looks at them itself, more often than anybody
//! could look at everything.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::{Hung, hung};

/// How often.
pub(super) const EVERY: Duration = Duration::from_secs(2);
/// Looking at them takes no more than this share of the time.
const SHARE: u32 = 20;
/// So long after its last change a folder is one that is being worked in,
const RECENT: Duration = Duration::from_secs(600);
/// and so many of them are looked at.
const MOST: usize = 16;
/// Where more folders changed at once, nobody works in them: a branch was switched, or everything was read for the first time.
const CROWD: usize = 64;

/// What is in a folder: of each name its length and time, and whether it is a folder.
type Seen = BTreeMap<OsString, (u64, Option<SystemTime>, bool)>;

/// The folders, the most recent first.
#[derive(Debug)]
pub(super) struct Active {
    folders: Vec<(PathBuf, Instant, Seen)>,
    last: Instant,
    cost: Duration,
}

impl Active {
    /// None yet.
    pub(super) fn new(now: Instant) -> Active {
        Active { folders: Vec::new(), last: now, cost: Duration::ZERO }
    }

    /// Something changed in these, and was looked at.
    pub(super) fn note(&mut self, changed: &[PathBuf], now: Instant) {
        if changed.len() > CROWD {
            return;
        }
        for folder in changed {
            self.folders.retain(|(known, ..)| known != folder);
            self.folders.push((folder.clone(), now, see(folder)));
        }
        self.folders.sort_by(|(a, a_at, _), (b, b_at, _)| b_at.cmp(a_at).then_with(|| a.cmp(b)));
        self.folders.truncate(MOST);
    }

    /// When to look at them, if there are any.
    pub(super) fn due(&self) -> Option<Instant> {
        (!self.folders.is_empty()).then(|| self.last + EVERY.max(self.cost.saturating_mul(SHARE)))
    }

    /// Looks at them; what changed in them since they were looked at last.
    pub(super) fn look(&mut self, hung: &[Hung], now: Instant) -> Vec<PathBuf> {
        self.folders.retain(|(_, at, _)| now <= *at + RECENT);
        let began = Instant::now();
        let mut changed = Vec::new();
        for (folder, at, before) in &mut self.folders {
            let seen = see(folder);
            let others = seen.iter().filter(|(name, about)| before.get(*name) != Some(about)).map(|(name, _)| name);
            let gone = before.keys().filter(|name| !seen.contains_key(*name));
            let paths = others.chain(gone).map(|name| folder.join(name));
            let is_folder = |path: &Path| {
                let name = path.file_name()?;
                Some(seen.get(name).or_else(|| before.get(name))?.2)
            };
            let known = changed.len();
            changed.extend(paths.filter(|path| hung::counts(hung, path, is_folder(path))));
            if changed.len() > known {
                *at = now;
            }
            *before = seen;
        }
        (self.last, self.cost) = (now, began.elapsed());
        changed
    }
}

/// What is in a folder; nothing where it cannot be read.
fn see(folder: &Path) -> Seen {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let about = entries.filter_map(|entry| {
        let about = entry.metadata().ok()?;
        // A folder's time changes with droppings.
        let time = about.modified().ok().filter(|_| !about.is_dir());
        Some((entry.file_name(), (if about.is_dir() { 0 } else { about.len() }, time, about.is_dir())))
    });
    about.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Ignore;

    #[test]
    fn what_changed_in_them_is_named_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().to_owned();
        let hung = [Hung { root: root.clone(), leave_out: Ignore::default() }];
        let at = |name: &str| root.join("拜访").join(name);
        fs::create_dir(root.join("拜访")).expect("made");
        for name in ["甲.md", "乙.md", "丙.md"] {
            fs::write(at(name), "x").expect("written");
        }
        let start = Instant::now();
        let mut active = Active::new(start);
        assert_eq!(active.due(), None);
        active.note(&[root.join("拜访")], start);
        assert_eq!(active.due(), Some(start + EVERY));
        assert!(active.look(&hung, start).is_empty());
        fs::write(at("甲.md"), "xy").expect("written");
        fs::remove_file(at("丙.md")).expect("removed");
        fs::write(at("丁.md"), "x").expect("written");
        fs::create_dir(at("附件")).expect("made");
        fs::write(at("4913"), "x").expect("written");
        let mut changed = active.look(&hung, start + EVERY);
        changed.sort();
        let mut wanted = ["甲.md", "丙.md", "丁.md", "附件"].map(at);
        wanted.sort();
        assert_eq!(changed, wanted);
        fs::remove_file(at("4913")).expect("removed");
        assert!(active.look(&hung, start + EVERY).is_empty());
        assert!(active.look(&hung, start + EVERY + RECENT).is_empty());
        assert!(active.look(&hung, start + EVERY * 2 + RECENT).is_empty());
        assert_eq!(active.due(), None, "nobody has worked there for long");
    }

    #[test]
    fn there_are_not_too_many() {
        let now = Instant::now();
        let mut active = Active::new(now);
        let folders = |count: usize| (0..count).map(|number| number.to_string().into()).collect::<Vec<PathBuf>>();
        active.note(&folders(CROWD + 1), now);
        assert_eq!(active.due(), None);
        active.note(&folders(CROWD), now);
        assert_eq!(active.folders.len(), MOST);
    }
}
