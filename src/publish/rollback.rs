//! Keeps the files that publishing replaces until it is finished, so that a failing machine leaves the old site and not
//! a mixture.
//!
//! This does not cover a killed process: the next build repairs its output.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::safe_path::{is_absent, rename};
use super::{Operation, PublishError};

/// Where replaced and removed files are kept, inside the state folder.
const REPLACED_FOLDER: &str = "replaced";

/// All changes made to the site so far.
#[derive(Debug)]
pub(super) struct Rollback {
    root: PathBuf,
    done: Vec<RollbackStep>,
}

/// One change.
#[derive(Debug)]
enum RollbackStep {
    /// A file was created.
    FileCreated(Arc<str>),
    /// A folder was created.
    FolderCreated(Arc<str>),
    /// A file was replaced or removed; it is kept under the number of this step.
    FileReplaced(Arc<str>),
    /// An empty folder was removed.
    FolderDeleted(Arc<str>),
}

impl Rollback {
    /// No changes yet. `own` is the state folder.
    pub fn new(own: &Path) -> Rollback {
        Rollback { root: own.join(REPLACED_FOLDER), done: Vec::new() }
    }

    /// Creates the folder for replaced files.
    pub fn begin(&self) -> Result<(), PublishError> {
        self.clear()?;
        fs::create_dir(&self.root).map_err(PublishError::at(&self.root, Operation::MakeFolder))
    }

    /// Removes the kept files, including those left by a killed process.
    pub fn clear(&self) -> Result<(), PublishError> {
        ignore_absent(fs::remove_dir_all(&self.root)).map_err(PublishError::at(&self.root, Operation::Remove))
    }

    /// Keeps the file at `place`, which is about to be replaced; `false` if there is none. The file also remains in
    /// place, so that readers find it until the new one replaces it.
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

    /// Records that the file at `path` was replaced; it was kept before.
    pub fn record_removed(&mut self, path: &Arc<str>) {
        self.done.push(RollbackStep::FileReplaced(path.clone()));
    }

    /// Records that files and folders were created, the outermost folder first.
    pub fn record_created<'a>(
        &mut self,
        folders: impl IntoIterator<Item = &'a Arc<str>>,
        files: impl IntoIterator<Item = &'a Arc<str>>,
    ) {
        self.done.extend(folders.into_iter().cloned().map(RollbackStep::FolderCreated));
        self.done.extend(files.into_iter().cloned().map(RollbackStep::FileCreated));
    }

    /// Removes the file at `place` from the site. Anything but a file is not ours and remains.
    pub fn remove(&mut self, path: &Arc<str>, place: &Path) -> Result<(), PublishError> {
        match fs::symlink_metadata(place) {
            Ok(about) if about.is_dir() => return Ok(()),
            Ok(_) => {}
            Err(error) if is_absent(&error) => return Ok(()),
            Err(cause) => return Err(PublishError { path: place.to_owned(), doing: Operation::Look, cause }),
        }
        rename(place, &self.kept(self.done.len()))?;
        self.done.push(RollbackStep::FileReplaced(path.clone()));
        Ok(())
    }

    /// Records that an empty folder was removed.
    pub fn record_folder_removed(&mut self, folder: &Arc<str>) {
        self.done.push(RollbackStep::FolderDeleted(folder.clone()));
    }

    /// Restores the site at `out` as far as the machine allows; returns whether it is restored.
    pub fn roll_back(&self, out: &Path) -> bool {
        let mut all = true;
        for (number, done) in self.done.iter().enumerate().rev() {
            let undone = match done {
                RollbackStep::FileCreated(path) => ignore_absent(fs::remove_file(out.join(&**path))),
                RollbackStep::FolderCreated(path) => match fs::remove_dir(out.join(&**path)) {
                    // A user put a file there meanwhile.
                    Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
                    done => ignore_absent(done),
                },
                RollbackStep::FileReplaced(path) => fs::rename(self.kept(number), out.join(&**path)),
                RollbackStep::FolderDeleted(path) => fs::create_dir(out.join(&**path)),
            };
            all &= undone.is_ok();
        }
        all
    }

    fn kept(&self, number: usize) -> PathBuf {
        self.root.join(number.to_string())
    }
}

fn ignore_absent(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if is_absent(&error) => Ok(()),
        done => done,
    }
}
