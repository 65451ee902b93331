//! The staging area: finished outputs wait beside the site until all are ready.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::manifest::{Entry, Manifest};
use super::safe_path::{STATE_FOLDER, is_safe};
use super::{Operation, PublishError, Refusal};
use crate::route::Url;
use crate::text::{Fingerprint, Fingerprinter};

/// What happens to an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutputState {
    /// Its key is unchanged: it was not rendered.
    Kept,
    /// It was rendered, and its bytes equal the published ones.
    Same,
    /// It is in the staging folder.
    Staged,
}

/// A site being built. Threads add outputs while the old site remains; dropped without publishing, it leaves nothing
/// behind.
#[derive(Debug)]
pub struct Stage {
    root: PathBuf,
    before: Arc<Manifest>,
    /// The published outputs that the manifest does not have yet.
    ahead: Arc<BTreeMap<Arc<str>, Entry>>,
    /// In a change of a published site: the outputs that were planned again; those not added to the stage are removed.
    /// `None` for a full build.
    forgotten: Option<Mutex<BTreeSet<Arc<str>>>>,
    outputs: Mutex<BTreeMap<Arc<str>, (OutputState, Entry)>>,
    /// Folders already created in the staging area.
    folders: Mutex<BTreeSet<Box<str>>>,
    pub(super) leave: bool,
}

impl Stage {
    /// An empty stage for the folder at `out` with the published outputs `before`.
    pub(super) fn new(
        out: &Path,
        before: Arc<Manifest>,
        ahead: Arc<BTreeMap<Arc<str>, Entry>>,
        forgotten: Option<BTreeSet<Arc<str>>>,
    ) -> Result<Stage, PublishError> {
        let root = Stage::clear(&out.join(STATE_FOLDER))?;
        Ok(Stage {
            root,
            before,
            ahead,
            forgotten: forgotten.map(Mutex::new),
            outputs: Mutex::default(),
            folders: Mutex::default(),
            leave: false,
        })
    }

    /// Removes what a killed process left in the state folder; returns the path of the next stage.
    pub(super) fn clear(own: &Path) -> Result<PathBuf, PublishError> {
        let root = own.join("staging");
        match fs::remove_dir_all(&root) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
                Err(PublishError { path: root, doing: Operation::Remove, cause })
            }
            _ => Ok(root),
        }
    }

    /// Whether an output with this key is already published; then it remains and need not be rendered.
    pub fn keep_if_current(&self, url: &Url, key: Fingerprint) -> Result<bool, Refusal> {
        match self.existing_entry(url) {
            Some(entry) if entry.key == Some(key) => self.record(url, OutputState::Kept, *entry).map(|()| true),
            _ => Ok(false),
        }
    }

    /// Adds an output; bytes that are already published are not written again.
    pub fn put(&self, url: &Url, key: Fingerprint, bytes: &[u8]) -> Result<(), Refusal> {
        let entry = Entry { key: Some(key), content: Fingerprint::of(bytes), size: bytes.len() as u64 };
        if self.is_current(url, &entry) {
            return self.record(url, OutputState::Same, entry);
        }
        self.record(url, OutputState::Staged, entry)?;
        let (path, mut file) = self.create(url)?;
        Ok(file.write_all(bytes).map_err(PublishError::at(path, Operation::Write))?)
    }

    /// Adds a copy of what `from` reads. `source` is its path for error messages.
    pub fn copy(&self, url: &Url, key: Fingerprint, from: &mut dyn Read, source: &Path) -> Result<(), Refusal> {
        // The address is reserved before anything is written.
        self.record(url, OutputState::Staged, Entry { key: Some(key), content: Fingerprint::default(), size: 0 })?;
        let (path, mut file) = self.create(url)?;
        let mut content = Fingerprinter::new();
        let (mut size, mut buffer) = (0, vec![0; 256 * 1024]);
        loop {
            let read = match from.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(cause) => return Err(PublishError { path: source.to_owned(), doing: Operation::Read, cause }.into()),
            };
            size += read as u64;
            let written = content.write_all(&buffer[..read]).and_then(|()| file.write_all(&buffer[..read]));
            written.map_err(PublishError::at(&path, Operation::Write))?;
        }
        let entry = Entry { key: Some(key), content: content.finish(), size };
        let fate = if self.is_current(url, &entry) {
            drop(file);
            fs::remove_file(&path).map_err(PublishError::at(&path, Operation::Remove))?;
            OutputState::Same
        } else {
            OutputState::Staged
        };
        lock(&self.outputs).insert(url.0.clone(), (fate, entry));
        Ok(())
    }

    /// Marks outputs as planned again: those not added to the stage will be removed.
    pub fn mark_replanned<'a>(&self, urls: impl IntoIterator<Item = &'a Url>) {
        if let Some(forgotten) = &self.forgotten {
            lock(forgotten).extend(urls.into_iter().map(|url| url.0.clone()));
        }
    }

    /// The outputs that were planned again; `None` for a full build.
    pub(super) fn forgotten(&self) -> Option<BTreeSet<Arc<str>>> {
        self.forgotten.as_ref().map(|forgotten| std::mem::take(&mut *lock(forgotten)))
    }

    fn existing_entry(&self, url: &Url) -> Option<&Entry> {
        self.ahead.get(&url.0).or_else(|| self.before.entries.get(&url.0))
    }

    fn is_current(&self, url: &Url, entry: &Entry) -> bool {
        self.existing_entry(url).is_some_and(|before| before.content == entry.content && before.size == entry.size)
    }

    fn record(&self, url: &Url, fate: OutputState, entry: Entry) -> Result<(), Refusal> {
        if !is_safe(url.as_str()) {
            return Err(Refusal::Unsafe(url.clone()));
        }
        match lock(&self.outputs).insert(url.0.clone(), (fate, entry)) {
            None => Ok(()),
            Some(_) => Err(Refusal::Twice(url.clone())),
        }
    }

    fn create(&self, url: &Url) -> Result<(PathBuf, File), PublishError> {
        let path = self.root.join(url.as_str());
        let below = url.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        if !lock(&self.folders).contains(below) {
            let folder = self.root.join(below);
            fs::create_dir_all(&folder).map_err(PublishError::at(&folder, Operation::MakeFolder))?;
            lock(&self.folders).insert(below.into());
        }
        let file = File::create(&path).map_err(PublishError::at(&path, Operation::Write))?;
        Ok((path, file))
    }

    /// The path of a staged output.
    pub(super) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// All outputs in order of path.
    pub(super) fn outputs(&self) -> MutexGuard<'_, BTreeMap<Arc<str>, (OutputState, Entry)>> {
        lock(&self.outputs)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.leave {
            // What cannot be removed now is removed by the next build.
            let _ = fs::remove_dir_all(&self.root);
        }
    }
}

/// A thread that panicked while holding the lock had either finished its single insertion or not begun it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
