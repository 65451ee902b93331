//! The folders that Linux is asked to tell about, each by the number it gave.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Bound;
use std::os::fd::OwnedFd;
use std::path::Path;
use std::sync::Arc;

use rustix::fs::inotify::{self, CreateFlags, WatchFlags};
use rustix::io::Errno;

use super::{Hung, Why, hung};

/// What is told of a folder: that something in it was written, came, went, or may be read by others than before. Not that
/// something was opened or read: the program reads the whole archive itself, and opens every folder at every look.
const CHANGES: WatchFlags = WatchFlags::MODIFY
    .union(WatchFlags::CLOSE_WRITE)
    .union(WatchFlags::ATTRIB)
    .union(WatchFlags::CREATE)
    .union(WatchFlags::DELETE)
    .union(WatchFlags::MOVED_FROM)
    .union(WatchFlags::MOVED_TO)
    .union(WatchFlags::EXCL_UNLINK);
/// What is told of a root and of all folders that it lies in: that it goes.
const GOES: WatchFlags = WatchFlags::DELETE_SELF.union(WatchFlags::MOVE_SELF);
/// A folder, not a link to one; and what is told of it already is told on.
const ADDS: WatchFlags = WatchFlags::ONLYDIR.union(WatchFlags::DONT_FOLLOW).union(WatchFlags::MASK_ADD);

/// The folders, by number and by path.
#[derive(Debug)]
pub(super) struct Posts {
    queue: Arc<OwnedFd>,
    by_number: BTreeMap<i32, Arc<Path>>,
    by_path: BTreeMap<Arc<Path>, i32>,
}

impl Posts {
    /// None yet.
    pub(super) fn new() -> Result<Posts, Why> {
        let queue = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).map_err(refused)?;
        Ok(Posts { queue: Arc::new(queue), by_number: BTreeMap::new(), by_path: BTreeMap::new() })
    }

    /// Where events come from.
    pub(super) fn queue(&self) -> Arc<OwnedFd> {
        self.queue.clone()
    }

    /// The folder of a number.
    pub(super) fn folder(&self, number: i32) -> Option<&Arc<Path>> {
        self.by_number.get(&number)
    }

    /// Asks to be told when the root goes, or anything that it lies in.
    pub(super) fn ask_about_going(&mut self, root: &Path) -> Result<(), Why> {
        root.ancestors().try_for_each(|folder| self.ask(folder, GOES).map(drop))
    }

    /// Asks to be told about a folder and all below it that count. A folder is asked about before it is listed: what comes into
    /// it in between is told or listed. It stops half way when `stop` says so.
    pub(super) fn ask_about_all(&mut self, top: &Path, folders: &[Hung], stop: &dyn Fn() -> bool) -> Result<(), Why> {
        let mut ahead = vec![top.to_owned()];
        while let Some(folder) = ahead.pop() {
            if stop() {
                break;
            }
            if !self.ask(&folder, CHANGES)? {
                continue;
            }
            let mut list = || -> io::Result<()> {
                for entry in fs::read_dir(&folder)? {
                    let entry = entry?;
                    if entry.file_type()?.is_dir() && hung::counts(folders, &entry.path(), Some(true)) {
                        ahead.push(entry.path());
                    }
                }
                Ok(())
            };
            match list() {
                Ok(()) => {}
                Err(cause) if Errno::from_io_error(&cause).is_some_and(is_not_for_us) => {}
                Err(cause) => return Err(Why::Refused(cause.to_string())),
            }
        }
        Ok(())
    }

    /// Whether it is asked about.
    pub(super) fn know(&self, folder: &Path) -> bool {
        self.by_path.contains_key(folder)
    }

    /// Asks to be told about one folder; whether there is one that may be read.
    fn ask(&mut self, folder: &Path, what: WatchFlags) -> Result<bool, Why> {
        let number = match inotify::add_watch(&self.queue, folder, what | ADDS) {
            Ok(number) => number,
            Err(cause) if is_not_for_us(cause) => return Ok(false),
            Err(Errno::NOSPC) => return Err(Why::TooMany),
            Err(cause) => return Err(refused(cause)),
        };
        if self.by_number.get(&number).is_some_and(|known| **known == *folder) {
            return Ok(true);
        }
        let folder: Arc<Path> = folder.into();
        // The same folder under another name, or another one under the same.
        if let Some(old) = self.by_number.insert(number, folder.clone()) {
            self.by_path.remove(&old);
        }
        if let Some(old) = self.by_path.insert(folder, number) {
            self.by_number.remove(&old);
        }
        Ok(true)
    }

    /// A folder is no longer where it was: nothing is told any more of it and of all below it.
    pub(super) fn leave(&mut self, top: &Path) {
        let below = self.by_path.range::<Path, _>((Bound::Included(top), Bound::Unbounded));
        let gone: Vec<(Arc<Path>, i32)> =
            below.take_while(|(folder, _)| folder.starts_with(top)).map(|(folder, number)| (folder.clone(), *number)).collect();
        for (folder, number) in gone {
            // Of a deleted one the system has done so by itself.
            let _ = inotify::remove_watch(&self.queue, number);
            self.by_path.remove(&folder);
            self.by_number.remove(&number);
        }
    }

    /// The system tells nothing more under this number.
    pub(super) fn forget(&mut self, number: i32) {
        if let Some(folder) = self.by_number.remove(&number)
            && self.by_path.get(&folder) == Some(&number)
        {
            self.by_path.remove(&folder);
        }
    }
}

/// What went away, is no folder any more, or is closed to us: the look at the archive says so, and if it opens, that is told.
fn is_not_for_us(cause: Errno) -> bool {
    matches!(cause, Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::ACCESS | Errno::PERM)
}

fn refused(cause: Errno) -> Why {
    Why::Refused(io::Error::from(cause).to_string())
}
