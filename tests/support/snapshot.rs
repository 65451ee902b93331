//! A site as it stands on the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Every file of a site by path, without what the program keeps for itself; and every folder, by path with a `/`.
#[derive(Clone, Debug, Default)]
pub struct SiteSnapshot(pub BTreeMap<String, FileState>);

/// A file, or nothing but a name for a folder.
#[derive(Clone, Debug)]
pub struct FileState {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// When it was written, and which file of the disk it is.
    touched: (SystemTime, u64),
}

impl SiteSnapshot {
    /// The site at `out`; empty when there is no such folder. Nobody works in it meanwhile.
    pub fn read(out: &Path) -> SiteSnapshot {
        SiteSnapshot::try_read(out).expect("nothing goes while it is looked at")
    }

    /// The site at `out` while somebody works in it; none when something went while it was looked at.
    pub fn try_read(out: &Path) -> Option<SiteSnapshot> {
        let mut tree = SiteSnapshot::default();
        let walk = walkdir::WalkDir::new(out).min_depth(1).into_iter();
        for entry in walk.filter_entry(|entry| entry.file_name() != ".kedang").flatten() {
            let path = entry.path().strip_prefix(out).expect("below it").to_string_lossy().into_owned();
            if entry.file_type().is_dir() {
                tree.0.insert(path + "/", FileState { bytes: Vec::new(), touched: (SystemTime::UNIX_EPOCH, 0) });
                continue;
            }
            let about = entry.metadata().ok()?;
            let bytes = std::fs::read(entry.path()).ok()?;
            tree.0.insert(path, FileState { bytes, touched: (about.modified().expect("has a time"), inode(&about)) });
        }
        Some(tree)
    }

    /// The files that are new or have other bytes than before.
    pub fn changed(&self, before: &SiteSnapshot) -> BTreeSet<&str> {
        self.files(|path, leaf| before.0.get(path).is_none_or(|old| old.bytes != leaf.bytes))
    }

    /// The files that somebody wrote since, whatever they wrote.
    pub fn rewritten(&self, before: &SiteSnapshot) -> BTreeSet<&str> {
        self.files(|path, leaf| before.0.get(path).is_none_or(|old| old.touched != leaf.touched))
    }

    /// The files that are gone since.
    pub fn removed<'a>(&self, before: &'a SiteSnapshot) -> BTreeSet<&'a str> {
        before.files(|path, _| !self.0.contains_key(path))
    }

    fn files(&self, wanted: impl Fn(&str, &FileState) -> bool) -> BTreeSet<&str> {
        let files = self.0.iter().filter(|(path, leaf)| !path.ends_with('/') && wanted(path, leaf));
        files.map(|(path, _)| path.as_str()).collect()
    }

    /// Where this tree is not the other one; empty when they are the same, byte for byte and folder for folder.
    pub fn diff(&self, other: &SiteSnapshot) -> String {
        let paths: BTreeSet<&String> = self.0.keys().chain(other.0.keys()).collect();
        let mut said = String::new();
        for path in paths {
            let line = match (self.0.get(path), other.0.get(path)) {
                (Some(_), None) => format!("  + {path}\n"),
                (None, Some(_)) => format!("  - {path}\n"),
                (Some(one), Some(two)) if one.bytes != two.bytes => {
                    format!(
                        "  {path}\n    is      {}\n    and not {}\n",
                        first_difference(&one.bytes, &two.bytes),
                        first_difference(&two.bytes, &one.bytes)
                    )
                }
                _ => continue,
            };
            said.push_str(&line);
        }
        said
    }
}

/// The first place where two texts part.
fn first_difference(text: &[u8], other: &[u8]) -> String {
    let at = text.iter().zip(other).take_while(|(one, two)| one == two).count();
    let piece = &text[at.saturating_sub(60)..text.len().min(at + 60)];
    String::from_utf8_lossy(piece).replace('\n', "␊")
}

fn inode(about: &std::fs::Metadata) -> u64 {
    #[cfg(unix)]
    {
        std::os::unix::fs::MetadataExt::ino(about)
    }
    #[cfg(not(unix))]
    {
        about.len()
    }
}

/// What the program keeps for itself in `out`, by name.
pub fn state_files(out: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(out.join(".kedang")).map(|entries| entries.flatten().collect::<Vec<_>>());
    let mut names: Vec<String> =
        entries.unwrap_or_default().iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Makes a folder hold these files and no others; a file that has these bytes already is left alone. A time is set where
/// one is given.
pub fn write_files<'a>(folder: &Path, files: impl IntoIterator<Item = (&'a str, &'a [u8], Option<SystemTime>)>) {
    let mut wanted = BTreeSet::new();
    for (path, bytes, time) in files {
        let path = folder.join(path);
        wanted.extend(path.ancestors().take_while(|above| *above != folder).map(Path::to_owned));
        let there = std::fs::metadata(&path).and_then(|about| about.modified()).ok();
        if there.is_some() && (time.is_none() || there == time) && std::fs::read(&path).is_ok_and(|there| there == bytes) {
            continue;
        }
        std::fs::create_dir_all(path.parent().expect("lies in one")).expect("a folder can be made");
        std::fs::write(&path, bytes).expect("a file can be written");
        if let Some(time) = time {
            std::fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(time)).expect("has a time");
        }
    }
    let there: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .min_depth(1)
        .contents_first(true)
        .into_iter()
        .flatten()
        .map(|entry| entry.into_path())
        .collect();
    for path in there.iter().filter(|path| !wanted.contains(*path)) {
        let removed = if path.is_dir() { std::fs::remove_dir(path) } else { std::fs::remove_file(path) };
        removed.expect("can be removed");
    }
}

/// Copies a folder with all that is in it.
pub fn copy_all(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().flatten() {
        let to = to.join(entry.path().strip_prefix(from).expect("below it"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&to).expect("made");
        } else {
            std::fs::copy(entry.path(), &to).expect("copied");
        }
    }
}
