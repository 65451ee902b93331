//! What stood in the site before a publishing, kept beside it until the publishing is done, so that a machine that fails in the
//! middle leaves the old site and not half of each.
//!
//! Nothing is kept for a process that is killed: then the next build heals.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::safe_path::{is_absent, rename};
use super::{Operation, PublishError};

/// Where replaced and removed files wait, inside our own folder.
const PLACE: &str = "replaced";

/// Everything done to the site so far.
#[derive(Debug)]
pub(super) struct Rollback {
    root: PathBuf,
    done: Vec<RollbackStep>,
}

/// One thing that was done.
#[derive(Debug)]
enum RollbackStep {
    /// A file came where nothing was.
    Came(Arc<str>),
    /// A folder came where nothing was.
    CameFolder(Arc<str>),
    /// The file at this place was replaced or removed; it waits under the number of this step.
    Went(Arc<str>),
    /// An empty folder was removed.
    WentFolder(Arc<str>),
}

impl Rollback {
    /// Nothing is done yet. `own` is our folder.
    pub fn new(own: &Path) -> Rollback {
        Rollback { root: own.join(PLACE), done: Vec::new() }
    }

    /// Makes the folder where replaced files wait.
    pub fn begin(&self) -> Result<(), PublishError> {
        self.clear()?;
        fs::create_dir(&self.root).map_err(PublishError::at(&self.root, Operation::MakeFolder))
    }

    /// Removes what is kept no longer, or was left by a process that was killed.
    pub fn clear(&self) -> Result<(), PublishError> {
        gone(fs::remove_dir_all(&self.root)).map_err(PublishError::at(&self.root, Operation::Remove))
    }

    /// Keeps the file at `place`, which is about to be replaced; `false` when nothing stands there. It goes on standing there,
    /// so that a reader finds it until the new one takes its place.
    pub fn keep(&self, place: &Path) -> Result<bool, PublishError> {
        let kept = self.kept(self.done.len());
        match fs::hard_link(place, &kept) {
            Ok(()) => return Ok(true),
            Err(error) if is_absent(&error) => return Ok(false),
            Err(_) => {}
        }
        // Not every file system has hard links.
        match fs::copy(place, &kept) {
            Ok(_) => Ok(true),
            Err(error) if is_absent(&error) => Ok(false),
            Err(cause) => Err(PublishError { path: kept, doing: Operation::Write, cause }),
        }
    }

    /// The file at `path` was replaced; it was kept just before.
    pub fn record_removed(&mut self, path: &Arc<str>) {
        self.done.push(RollbackStep::Went(path.clone()));
    }

    /// These files and folders came where nothing was, the outermost folder first.
    pub fn record_created<'a>(
        &mut self,
        folders: impl IntoIterator<Item = &'a Arc<str>>,
        files: impl IntoIterator<Item = &'a Arc<str>>,
    ) {
        self.done.extend(folders.into_iter().cloned().map(RollbackStep::CameFolder));
        self.done.extend(files.into_iter().cloned().map(RollbackStep::Came));
    }

    /// Takes the file at `place` out of the site. Whatever is no file is not ours and stays.
    pub fn take(&mut self, path: &Arc<str>, place: &Path) -> Result<(), PublishError> {
        match fs::symlink_metadata(place) {
            Ok(about) if about.is_dir() => return Ok(()),
            Ok(_) => {}
            Err(error) if is_absent(&error) => return Ok(()),
            Err(cause) => return Err(PublishError { path: place.to_owned(), doing: Operation::Look, cause }),
        }
        rename(place, &self.kept(self.done.len()))?;
        self.done.push(RollbackStep::Went(path.clone()));
        Ok(())
    }

    /// An empty folder was removed.
    pub fn pruned(&mut self, folder: &Arc<str>) {
        self.done.push(RollbackStep::WentFolder(folder.clone()));
    }

    /// Makes the site at `out` what it was, as far as the machine lets us; whether it is.
    pub fn undo(&self, out: &Path) -> bool {
        let mut all = true;
        for (number, done) in self.done.iter().enumerate().rev() {
            let undone = match done {
                RollbackStep::Came(path) => gone(fs::remove_file(out.join(&**path))),
                RollbackStep::CameFolder(path) => match fs::remove_dir(out.join(&**path)) {
                    // Somebody put something of their own there meanwhile.
                    Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
                    done => gone(done),
                },
                RollbackStep::Went(path) => fs::rename(self.kept(number), out.join(&**path)),
                RollbackStep::WentFolder(path) => fs::create_dir(out.join(&**path)),
            };
            all &= undone.is_ok();
        }
        all
    }

    fn kept(&self, number: usize) -> PathBuf {
        self.root.join(number.to_string())
    }
}

fn gone(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if is_absent(&error) => Ok(()),
        done => done,
    }
}
