//! In-memory inputs for tests, with their own clock.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use super::{FileStamp, Ignore, KeepGoing, Listing, Operation, Source, SourceError, SpecialFile, conflict_copies};

/// Time between two edits in nanoseconds, large enough for distinct time stamps.
const TICK: i128 = 10_000_000_000;

/// An input folder in memory.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<Arc<str>, (Arc<[u8]>, i128)>,
    odd: Vec<SpecialFile>,
    unreadable: BTreeSet<Arc<str>>,
    now: i128,
}

impl Memory {
    /// A folder with these files.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Memory {
        let mut memory = Memory::default();
        for (path, text) in files {
            memory.write(path, text);
        }
        memory.now += TICK;
        memory
    }

    /// Writes a file.
    pub fn write(&mut self, path: &str, bytes: impl AsRef<[u8]>) {
        self.now += TICK;
        self.files.insert(path.into(), (bytes.as_ref().into(), self.now));
    }

    /// Writes a file without advancing the clock, like an editor that saves twice within one tick.
    pub fn write_at_once(&mut self, path: &str, bytes: impl AsRef<[u8]>) {
        self.files.insert(path.into(), (bytes.as_ref().into(), self.now));
    }

    /// Removes a file; returns whether it existed.
    pub fn remove(&mut self, path: &str) -> bool {
        self.now += TICK;
        self.files.remove(path).is_some()
    }

    /// Advances the clock.
    pub fn advance_clock(&mut self) {
        self.now += TICK;
    }

    /// Adds a special file.
    pub fn put_special(&mut self, path: &str, what: &'static str) {
        self.odd.push(SpecialFile { path: path.into(), what });
        self.odd.sort_unstable();
    }

    /// Makes a file unreadable.
    pub fn deny(&mut self, path: &str) {
        self.unreadable.insert(path.into());
    }

    fn bytes(&self, path: &str) -> Result<Option<&Arc<[u8]>>, SourceError> {
        if self.unreadable.contains(path) {
            let cause = io::Error::from(io::ErrorKind::PermissionDenied);
            return Err(SourceError { path: path.into(), doing: Operation::Read, cause });
        }
        Ok(self.files.get(path).map(|(bytes, _)| bytes))
    }
}

impl Source for Memory {
    fn list_while(&self, leave_out: &Ignore, keep_going: &KeepGoing<'_>) -> Result<Option<Listing>, SourceError> {
        let left_out = |path: &str| {
            let parts = path.match_indices('/').map(|(at, _)| (&path[..at], true)).chain([(path, false)]);
            parts
                .into_iter()
                .any(|(part, is_folder)| leave_out.is_ignored(part, part.rsplit('/').next().unwrap_or(part), is_folder))
        };
        let files = self.files.iter().filter(|(path, _)| !left_out(path)).map(|(path, (bytes, mtime))| FileStamp {
            path: path.clone(),
            size: bytes.len() as u64,
            mtime: *mtime,
        });
        let mut listing = Listing { files: files.collect(), odd: self.odd.clone(), at: self.now };
        conflict_copies::detect_conflict_copies(&mut listing);
        Ok(keep_going().then_some(listing))
    }

    fn stamp(&self, path: &str) -> Result<Option<FileStamp>, SourceError> {
        self.bytes(path)?;
        let file = self.files.get_key_value(path);
        Ok(file.map(|(path, (bytes, mtime))| FileStamp { path: path.clone(), size: bytes.len() as u64, mtime: *mtime }))
    }

    fn read(&self, path: &str, most: usize) -> Result<Option<Vec<u8>>, SourceError> {
        Ok(self.bytes(path)?.map(|bytes| bytes[..bytes.len().min(most.saturating_add(1))].to_vec()))
    }

    fn open(&self, path: &str) -> Result<Option<Box<dyn io::Read + Send>>, SourceError> {
        Ok(self.bytes(path)?.map(|bytes| Box::new(io::Cursor::new(bytes.clone())) as Box<dyn io::Read + Send>))
    }

    fn display_path(&self, path: &str) -> String {
        path.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edit_changes_the_stamp() {
        let mut memory = Memory::new([("客户/a.md", "甲"), (".git/HEAD", "x")]);
        let before = memory.list(&Ignore::default()).expect("lists");
        assert_eq!(before.files.len(), 1);
        assert!(!before.files[0].is_racy(before.at));
        memory.write("客户/a.md", "乙");
        let after = memory.list(&Ignore::default()).expect("lists");
        assert_ne!(before.files, after.files);
        assert!(after.files[0].is_racy(after.at));
        memory.write_at_once("客户/a.md", "丙");
        assert_eq!(memory.list(&Ignore::default()).expect("lists").files, after.files);
    }
}
