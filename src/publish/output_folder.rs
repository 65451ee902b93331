//! The output folder: opening, publishing, repairing.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

#[cfg(test)]
use super::fault_injection::InjectedFault;
use super::folder_check::{ProtectedPath, check_output_folder};
use super::lock::{self, OnWait};
use super::manifest::{Entry, Manifest, seal, unseal};
use super::owned_paths::OwnedPaths;
use super::rename::{RenameStep, folder_of, folders_of, moves};
use super::rollback::Rollback;
use super::safe_path::{STATE_FOLDER, is_absent, remove, remove_unfinished, rename, write_atomically};
use super::stage::{OutputState, Stage};
use super::{ExistingFiles, Operation, PublishError, Refusal};
use crate::text::Fingerprint;

/// How to open an output folder.
#[derive(Clone, Debug)]
pub struct OpenOptions<'a> {
    /// The output folder; created if missing.
    pub out: &'a Path,
    /// Input folders that must not be overwritten.
    pub guarded: &'a [ProtectedPath],
    /// The user's home, which is refused.
    pub home: Option<&'a Path>,
    /// Fingerprint of program and edition: keys of others are dropped.
    pub fingerprint: Fingerprint,
}

/// The output folder, locked until dropped.
#[derive(Debug)]
pub struct OutputFolder {
    out: PathBuf,
    own: PathBuf,
    manifest: Arc<Manifest>,
    /// Outputs published ahead of the rest: the manifest still has what they replaced, and the intent names them.
    ahead: Arc<BTreeMap<Arc<str>, Entry>>,
    owned: OwnedPaths,
    whole: bool,
    state: FolderState,
    lock: File,
    #[cfg(test)]
    trouble: InjectedFault,
}

/// Identifies a state of a folder; changes with every publishing.
#[derive(Clone, Debug, Default)]
pub struct FolderState(Arc<()>);

impl PartialEq for FolderState {
    fn eq(&self, other: &FolderState) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// The result of publishing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Numbers of outputs.
    pub counts: WriteCounts,
    /// Outputs that were written or removed, in order of path.
    pub changed: Vec<Arc<str>>,
}

/// Numbers of outputs by what happened to them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteCounts {
    /// Written outputs.
    pub written: usize,
    /// Outputs that were already there.
    pub kept: usize,
    /// Removed outputs.
    pub removed: usize,
}

impl OutputFolder {
    /// Opens the folder: refuses a dangerous one, acquires the lock, finishes what a killed build left, and checks
    /// which outputs still exist.
    pub fn open(opening: &OpenOptions<'_>, waiting: &mut OnWait<'_>) -> Result<OutputFolder, Refusal> {
        let out = check_output_folder(opening.out, opening.guarded, opening.home)?;
        let own = out.join(STATE_FOLDER);
        fs::create_dir_all(&own).map_err(PublishError::at(&own, Operation::MakeFolder))?;
        let lock = lock::acquire(&out, &own, waiting)?;
        Stage::clear(&own)?;
        remove_unfinished(&own)?;

        let read = |name: &str| match fs::read(own.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(PublishError { path: own.join(name), doing: Operation::Read, cause }),
        };
        let kept = read("manifest")?.and_then(|bytes| Manifest::read(&bytes));
        let mut manifest = kept.unwrap_or_default();
        let (mut owned, listed) = read("owned")?.map(|bytes| OwnedPaths::read(&bytes)).unwrap_or_default();
        if !listed {
            // `owned` is lost or damaged. The manifest names the files, and folders are removed only if empty.
            let folders = manifest.entries.keys().flat_map(|path| folders_of(path)).map(Arc::from);
            owned.folders.extend(folders);
        }
        owned.files.extend(manifest.entries.keys().cloned());
        if manifest.fingerprint != opening.fingerprint {
            // The messages of the last build may be more than the readers of this edition may know.
            remove(&own.join("memory"))?;
            manifest = manifest.for_fingerprint(opening.fingerprint);
        }
        let intent = read("intent")?;
        if let Some(bytes) = &intent {
            // A build was killed between its first rename and its manifest: the content at these paths is unknown.
            let (intended, whole) = OwnedPaths::read(bytes);
            if whole {
                manifest.entries.retain(|path, _| !intended.files.contains(path));
            } else {
                manifest.entries.clear();
            }
            owned.add(intended);
        }
        let known = manifest.entries.len();
        let standing = standing(&out, manifest.entries)?;
        let whole = standing.len() == known && intent.is_none();
        let manifest = Arc::new(Manifest { fingerprint: manifest.fingerprint, entries: standing });
        let folder = OutputFolder {
            out,
            own,
            manifest,
            ahead: Arc::default(),
            owned,
            whole,
            state: FolderState::default(),
            lock,
            #[cfg(test)]
            trouble: InjectedFault::default(),
        };
        if intent.is_some() || (!listed && !folder.owned.files.is_empty()) {
            remove(&folder.own.join("memory"))?;
            folder.write_owned()?;
            folder.write_manifest(&folder.manifest)?;
            Rollback::new(&folder.own).clear()?;
            remove(&folder.own.join("intent"))?;
        }
        Ok(folder)
    }

    /// Path of the folder.
    pub fn path(&self) -> &Path {
        &self.out
    }

    /// Whether the folder still exists and is ours: a user may have removed it while it was open.
    pub fn is_there(&self) -> bool {
        lock::is_same_file(&self.lock, &self.own.join("lock"))
    }

    /// Whether all published outputs still exist unchanged.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// The published outputs.
    pub fn standing(&self) -> ExistingFiles {
        ExistingFiles(self.manifest.clone())
    }

    /// The current state. What is known about the outputs of one state says nothing about another.
    pub fn state(&self) -> FolderState {
        self.state.clone()
    }

    /// Begins a full build: outputs not added to the stage are removed.
    pub fn stage(&self) -> Result<Stage, PublishError> {
        Stage::new(&self.out, self.manifest.clone(), self.ahead.clone(), None)
    }

    /// Begins a partial build: outputs not mentioned remain.
    pub fn stage_changes(&self) -> Result<Stage, PublishError> {
        Stage::new(&self.out, self.manifest.clone(), self.ahead.clone(), Some(BTreeSet::new()))
    }

    /// The stored state of the last build.
    pub fn load_build_state(&self) -> Option<Vec<u8>> {
        let bytes = fs::read(self.own.join("memory")).ok()?;
        unseal(&bytes).map(<[u8]>::to_vec)
    }

    /// Stores the state of a build until the next publishing. Losing it costs time only.
    pub fn save_build_state(&self, bytes: &[u8]) -> Result<(), PublishError> {
        write_atomically(&self.own.join("memory"), &seal(bytes))
    }

    /// Makes the folder equal the stage: writes the intent; renames assets, then pages, then exports; removes outdated
    /// outputs; writes the manifest. All checks happen before the first change.
    pub fn publish(&mut self, mut stage: Stage) -> Result<Published, Refusal> {
        let outputs = std::mem::take(&mut *stage.outputs());
        let forgotten = stage.forgotten();
        let gone: Vec<Arc<str>> = match &forgotten {
            None => self.owned.files.iter().filter(|path| !outputs.contains_key(*path)).cloned().collect(),
            Some(forgotten) => forgotten
                .iter()
                .filter(|path| !outputs.contains_key(*path) && self.owned.files.contains(*path))
                .cloned()
                .collect(),
        };
        let fresh = staged_paths(&outputs);
        let said = outputs.iter().map(|(path, (_, entry))| (path.clone(), *entry));
        let entries = || match forgotten {
            None => said.collect(),
            Some(_) => {
                let mut entries = self.manifest.entries.clone();
                for path in &gone {
                    entries.remove(path);
                }
                entries.extend(self.ahead.iter().map(|(path, entry)| (path.clone(), *entry)));
                entries.extend(said);
                entries
            }
        };
        // Independent of each other, over tens of thousands of outputs.
        let (moves, entries) = rayon::join(|| moves(&self.out, &self.owned, &fresh), entries);
        let moves = moves?;
        let counts = WriteCounts { written: fresh.len(), kept: entries.len() - fresh.len(), removed: gone.len() };
        let manifest = Manifest { fingerprint: self.manifest.fingerprint, entries };
        let mut changed: Vec<Arc<str>> = fresh.into_iter().chain(&gone).cloned().collect();
        changed.sort();

        let done = self.change(&stage, &moves, &gone, manifest);
        // A test that simulates a killed process keeps what the process left.
        stage.leave = self.is_stopped();
        done?;
        self.state = FolderState::default();
        Ok(Published { counts, changed })
    }

    /// Publishes outputs of [`OutputFolder::stage_changes`] ahead of the rest of the site: the same steps, but the
    /// manifest is not written and the intent remains. A process that dies before the next [`OutputFolder::publish`]
    /// leaves whole files, none of which the next build trusts.
    pub fn publish_ahead(&mut self, mut stage: Stage) -> Result<Published, Refusal> {
        let outputs = std::mem::take(&mut *stage.outputs());
        let fresh = staged_paths(&outputs);
        let moves = moves(&self.out, &self.owned, &fresh)?;
        let counts = WriteCounts { written: fresh.len(), kept: outputs.len() - fresh.len(), removed: 0 };
        let changed = fresh.into_iter().cloned().collect();
        let done = self.change_ahead(&stage, &moves);
        stage.leave = self.is_stopped();
        done?;
        let ahead = Arc::make_mut(&mut self.ahead);
        ahead.extend(
            outputs.into_iter().filter(|(_, (fate, _))| *fate != OutputState::Kept).map(|(path, (_, entry))| (path, entry)),
        );
        self.state = FolderState::default();
        Ok(Published { counts, changed })
    }

    fn change_ahead(&mut self, stage: &Stage, moves: &[RenameStep]) -> Result<(), PublishError> {
        if moves.is_empty() {
            return Ok(());
        }
        let intent = self.write_intent(moves, &[])?;
        let mut undo = Rollback::new(&self.own);
        let done = self.fault_step().and_then(|()| undo.begin()).and_then(|()| self.put_in_place(stage, moves, &mut undo));
        if let Err(fault) = done {
            self.take_back(&undo, intent);
            return Err(fault);
        }
        self.owned.add(intent);
        let _ = self.fault_step().and_then(|()| undo.clear());
        Ok(())
    }

    /// Writes the paths about to be changed to disk, including those published ahead.
    fn write_intent(&self, moves: &[RenameStep], gone: &[Arc<str>]) -> Result<OwnedPaths, PublishError> {
        self.fault_step()?;
        remove(&self.own.join("memory"))?;
        let moved = moves.iter().flat_map(|step| &step.files);
        let intent = OwnedPaths {
            files: moved.chain(gone).chain(self.ahead.keys()).cloned().collect(),
            folders: moves.iter().flat_map(|step| &step.folders).cloned().collect(),
        };
        self.fault_step()?;
        write_atomically(&self.own.join("intent"), intent.write().as_bytes())?;
        Ok(intent)
    }

    /// Rolls back; where that fails, no changed path is trusted any more.
    fn take_back(&mut self, undo: &Rollback, intent: OwnedPaths) {
        if self.is_stopped() {
            return;
        }
        if self.fault_step().is_ok() && undo.roll_back(&self.out) {
            // Outputs published ahead remain in the intent.
            let _ = undo.clear().and_then(|()| match self.ahead.is_empty() {
                true => remove(&self.own.join("intent")),
                false => self.write_intent(&[], &[]).map(drop),
            });
        } else {
            self.whole = false;
            let mut standing = Manifest::clone(&self.manifest);
            standing.entries.retain(|path, _| !intent.files.contains(path));
            self.manifest = Arc::new(standing);
            self.ahead = Arc::default();
            self.owned.add(intent);
        }
        self.state = FolderState::default();
    }

    /// Performs the changes or rolls them back. The manifest decides: once written, the site is the new one, and
    /// remaining clean-up is left to the next build.
    fn change(
        &mut self,
        stage: &Stage,
        moves: &[RenameStep],
        gone: &[Arc<str>],
        manifest: Manifest,
    ) -> Result<(), PublishError> {
        if moves.is_empty() && gone.is_empty() {
            if manifest != *self.manifest {
                self.write_manifest(&manifest)?;
                self.manifest = Arc::new(manifest);
            }
            if !self.ahead.is_empty() {
                self.ahead = Arc::default();
                let _ = self.remove_leftovers(&Rollback::new(&self.own));
            }
            self.whole = true;
            return Ok(());
        }
        let intent = self.write_intent(moves, gone)?;
        let mut owned = self.owned.clone();
        owned.add(intent.clone());
        let mut undo = Rollback::new(&self.own);
        if let Err(fault) = self.carry_out(stage, moves, gone, &manifest, &mut owned, &mut undo) {
            self.take_back(&undo, intent);
            return Err(fault);
        }
        self.manifest = Arc::new(manifest);
        self.ahead = Arc::default();
        self.owned = owned;
        self.whole = true;
        let _ = self.remove_leftovers(&undo);
        Ok(())
    }

    fn carry_out(
        &self,
        stage: &Stage,
        moves: &[RenameStep],
        gone: &[Arc<str>],
        manifest: &Manifest,
        owned: &mut OwnedPaths,
        undo: &mut Rollback,
    ) -> Result<(), PublishError> {
        self.fault_step()?;
        undo.begin()?;
        self.put_in_place(stage, moves, undo)?;
        for path in gone {
            self.fault_step()?;
            undo.remove(path, &self.out.join(&**path))?;
            owned.files.remove(path);
        }
        self.prune(manifest, owned, undo)?;
        self.write_manifest(manifest)
    }

    fn put_in_place(&self, stage: &Stage, moves: &[RenameStep], undo: &mut Rollback) -> Result<(), PublishError> {
        for step in moves {
            let place = self.out.join(&*step.path);
            let kept = step.folders.is_empty() && undo.keep(&place)?;
            self.fault_step()?;
            rename(&stage.path(&step.path), &place)?;
            if kept {
                undo.record_removed(&step.path);
            } else {
                undo.record_created(&step.folders, &step.files);
            }
        }
        Ok(())
    }

    /// Clean-up after the manifest is written.
    fn remove_leftovers(&self, undo: &Rollback) -> Result<(), PublishError> {
        self.write_owned()?;
        self.fault_step()?;
        undo.clear()?;
        self.fault_step()?;
        remove(&self.own.join("intent"))
    }

    fn write_owned(&self) -> Result<(), PublishError> {
        self.fault_step()?;
        write_atomically(&self.own.join("owned"), self.owned.write().as_bytes())
    }

    fn write_manifest(&self, manifest: &Manifest) -> Result<(), PublishError> {
        self.fault_step()?;
        write_atomically(&self.own.join("manifest"), &manifest.write())
    }

    /// Removes our folders that no output needs; one with other files in it remains.
    fn prune(&self, manifest: &Manifest, owned: &mut OwnedPaths, undo: &mut Rollback) -> Result<(), PublishError> {
        let mut needed: BTreeSet<&str> = BTreeSet::new();
        let mut before = "";
        for path in manifest.entries.keys() {
            // Consecutive paths are mostly in the same folder.
            if std::mem::replace(&mut before, folder_of(path)) != folder_of(path) {
                needed.extend(folders_of(path));
            }
        }
        let idle: Vec<Arc<str>> = owned.folders.iter().rev().filter(|folder| !needed.contains(&***folder)).cloned().collect();
        for folder in idle {
            self.fault_step()?;
            let path = self.out.join(&*folder);
            match fs::remove_dir(&path) {
                Ok(()) => undo.record_folder_removed(&folder),
                Err(error) if is_absent(&error) => {}
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => continue,
                Err(cause) => return Err(PublishError { path, doing: Operation::Remove, cause }),
            }
            owned.folders.remove(&folder);
        }
        Ok(())
    }

    /// A step at which a test may inject a fault.
    fn fault_step(&self) -> Result<(), PublishError> {
        #[cfg(test)]
        if self.trouble.triggers() {
            let cause = io::Error::other("trouble");
            return Err(PublishError { path: self.out.clone(), doing: Operation::Look, cause });
        }
        Ok(())
    }

    /// Whether a test simulates a killed process.
    fn is_stopped(&self) -> bool {
        #[cfg(test)]
        return self.trouble.is_kill();
        #[cfg(not(test))]
        false
    }
}

/// The staged paths.
fn staged_paths(outputs: &BTreeMap<Arc<str>, (OutputState, Entry)>) -> Vec<&Arc<str>> {
    outputs.iter().filter(|(_, (fate, _))| *fate == OutputState::Staged).map(|(path, _)| path).collect()
}

/// The entries whose file exists with the size it was published with.
fn standing(out: &Path, entries: BTreeMap<Arc<str>, Entry>) -> Result<BTreeMap<Arc<str>, Entry>, PublishError> {
    let entries: Vec<(Arc<str>, Entry)> = entries.into_iter().collect();
    let stands: Vec<bool> = entries
        .par_iter()
        .with_min_len(64)
        .map(|(path, entry)| {
            let path = out.join(&**path);
            match fs::symlink_metadata(&path) {
                Ok(about) => Ok(about.is_file() && about.len() == entry.size),
                Err(error) if is_absent(&error) => Ok(false),
                Err(cause) => Err(PublishError { path, doing: Operation::Look, cause }),
            }
        })
        .collect::<Result<_, _>>()?;
    Ok(entries.into_iter().zip(stands).filter(|(_, stands)| *stands).map(|(entry, _)| entry).collect())
}
