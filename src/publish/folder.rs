//! The output folder: opened, published to, healed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::lock::{self, Waiting};
use super::manifest::{Entry, Manifest, seal, unseal};
use super::owned::Owned;
use super::place::{Guarded, examine};
use super::safe::{OWN, is_absent, remove, remove_unfinished, rename, write_whole};
use super::stage::{Fate, Stage};
#[cfg(test)]
use super::trouble::Trouble;
use super::undo::Undo;
use super::{Doing, Fault, Refusal, Standing};
use crate::text::Fingerprint;

/// What is opened, and for what.
#[derive(Clone, Debug)]
pub struct Opening<'a> {
    /// The output folder. It is made when it is missing.
    pub out: &'a Path,
    /// What is read and must not be written over.
    pub guarded: &'a [Guarded],
    /// The user's home, which is refused.
    pub home: Option<&'a Path>,
    /// Program and edition: keys made by another are forgotten.
    pub print: Fingerprint,
}

/// The output folder, locked until dropped.
#[derive(Debug)]
pub struct Folder {
    out: PathBuf,
    own: PathBuf,
    manifest: Arc<Manifest>,
    /// Outputs that were published ahead of the rest: the manifest still has what they replaced, and the intent names them.
    ahead: Arc<BTreeMap<Arc<str>, Entry>>,
    owned: Owned,
    whole: bool,
    state: State,
    lock: File,
    #[cfg(test)]
    trouble: Trouble,
}

/// Which state of which folder: another one after every publishing.
#[derive(Clone, Debug, Default)]
pub struct State(Arc<()>);

impl PartialEq for State {
    fn eq(&self, other: &State) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// A publishing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// What it did.
    pub counts: Written,
    /// The outputs that were put in place or removed, in order of path.
    pub changed: Vec<Arc<str>>,
}

/// What a publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Outputs whose bytes were put in place.
    pub written: usize,
    /// Outputs that stood there already.
    pub kept: usize,
    /// Outputs of last time that were removed.
    pub removed: usize,
}

impl Folder {
    /// Opens the folder: refuses a dangerous one, takes the lock, finishes what a killed build left half done, and looks
    /// which outputs still stand.
    pub fn open(opening: &Opening<'_>, waiting: &mut Waiting<'_>) -> Result<Folder, Refusal> {
        let out = examine(opening.out, opening.guarded, opening.home)?;
        let own = out.join(OWN);
        fs::create_dir_all(&own).map_err(Fault::at(&own, Doing::MakeFolder))?;
        let lock = lock::take(&out, &own, waiting)?;
        Stage::clear(&own)?;
        remove_unfinished(&own)?;

        let read = |name: &str| match fs::read(own.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(Fault { path: own.join(name), doing: Doing::Read, cause }),
        };
        let kept = read("manifest")?.and_then(|bytes| Manifest::read(&bytes));
        let mut manifest = kept.unwrap_or_default();
        let (mut owned, listed) = read("owned")?.map(|bytes| Owned::read(&bytes)).unwrap_or_default();
        if !listed {
            // The list is lost or damaged. The manifest names the files, and their folders are removed only when empty.
            let folders = manifest.entries.keys().flat_map(|path| folders_of(path)).map(Arc::from);
            owned.folders.extend(folders);
        }
        owned.files.extend(manifest.entries.keys().cloned());
        if manifest.print != opening.print {
            // What the last build said may be more than the readers of this edition may know.
            remove(&own.join("memory"))?;
            manifest = manifest.for_print(opening.print);
        }
        let intent = read("intent")?;
        if let Some(bytes) = &intent {
            // A build was killed between its first rename and its manifest: nobody knows which bytes stand at these paths.
            let (intended, whole) = Owned::read(bytes);
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
        let manifest = Arc::new(Manifest { print: manifest.print, entries: standing });
        let folder = Folder {
            out,
            own,
            manifest,
            ahead: Arc::default(),
            owned,
            whole,
            state: State::default(),
            lock,
            #[cfg(test)]
            trouble: Trouble::default(),
        };
        if intent.is_some() || (!listed && !folder.owned.files.is_empty()) {
            remove(&folder.own.join("memory"))?;
            folder.write_owned()?;
            folder.write_manifest(&folder.manifest)?;
            Undo::new(&folder.own).clear()?;
            remove(&folder.own.join("intent"))?;
        }
        Ok(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.out
    }

    /// Whether it is still there, and ours: somebody may have removed it while it was open.
    pub fn is_there(&self) -> bool {
        lock::is_same_file(&self.lock, &self.own.join("lock"))
    }

    /// Whether everything that was published last time still stands as it was.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// What stands.
    pub fn standing(&self) -> Standing {
        Standing(self.manifest.clone())
    }

    /// In which state it is. What is known of the outputs of one state is known of no other.
    pub fn state(&self) -> State {
        self.state.clone()
    }

    /// Begins a site: what is not put on the stage goes.
    pub fn stage(&self) -> Result<Stage, Fault> {
        Stage::new(&self.out, self.manifest.clone(), self.ahead.clone(), None)
    }

    /// Begins a change of the site: what is not spoken of stays.
    pub fn patch(&self) -> Result<Stage, Fault> {
        Stage::new(&self.out, self.manifest.clone(), self.ahead.clone(), Some(BTreeSet::new()))
    }

    /// What was remembered with the last publishing.
    pub fn recall(&self) -> Option<Vec<u8>> {
        let bytes = fs::read(self.own.join("memory")).ok()?;
        unseal(&bytes).map(<[u8]>::to_vec)
    }

    /// Remembers something until the next publishing. It costs time and never truth when it is lost.
    pub fn remember(&self, bytes: &[u8]) -> Result<(), Fault> {
        write_whole(&self.own.join("memory"), &seal(bytes))
    }

    /// Makes the folder equal the stage: the intent; renames in the order assets, pages, exports; removal of what is no longer
    /// wanted; the manifest. Nothing is changed before all that could refuse has been asked.
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
        let fresh = fresh(&outputs);
        let moves = self.moves(&fresh)?;
        let said = outputs.iter().map(|(path, (_, entry))| (path.clone(), *entry));
        let entries = match forgotten {
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
        let counts = Written { written: fresh.len(), kept: entries.len() - fresh.len(), removed: gone.len() };
        let manifest = Manifest { print: self.manifest.print, entries };
        let mut changed: Vec<Arc<str>> = fresh.into_iter().chain(&gone).cloned().collect();
        changed.sort();

        let done = self.change(&stage, &moves, &gone, manifest);
        // In a test that plays being killed, what a killed process leaves must stay.
        stage.leave = self.is_killed();
        done?;
        self.state = State::default();
        Ok(Published { counts, changed })
    }

    /// Puts outputs of a [`Folder::patch`] in place ahead of the rest of the site: the same steps, but the manifest is not
    /// written anew and the intent stays, so that a process that dies before the next [`Folder::publish`] leaves whole files of
    /// which the next build trusts none.
    pub fn publish_ahead(&mut self, mut stage: Stage) -> Result<Published, Refusal> {
        let outputs = std::mem::take(&mut *stage.outputs());
        let fresh = fresh(&outputs);
        let moves = self.moves(&fresh)?;
        let counts = Written { written: fresh.len(), kept: outputs.len() - fresh.len(), removed: 0 };
        let changed = fresh.into_iter().cloned().collect();
        let done = self.change_ahead(&stage, &moves);
        stage.leave = self.is_killed();
        done?;
        let ahead = Arc::make_mut(&mut self.ahead);
        ahead.extend(outputs.into_iter().filter(|(_, (fate, _))| *fate != Fate::Kept).map(|(path, (_, entry))| (path, entry)));
        self.state = State::default();
        Ok(Published { counts, changed })
    }

    fn change_ahead(&mut self, stage: &Stage, moves: &[Move]) -> Result<(), Fault> {
        if moves.is_empty() {
            return Ok(());
        }
        let intent = self.intend(moves, &[])?;
        let mut undo = Undo::new(&self.own);
        let done = self.step().and_then(|()| undo.begin()).and_then(|()| self.put_in_place(stage, moves, &mut undo));
        if let Err(fault) = done {
            self.take_back(&undo, intent);
            return Err(fault);
        }
        self.owned.add(intent);
        let _ = self.step().and_then(|()| undo.clear());
        Ok(())
    }

    /// Says on the disk what is about to be changed, with what is ahead already.
    fn intend(&self, moves: &[Move], gone: &[Arc<str>]) -> Result<Owned, Fault> {
        self.step()?;
        remove(&self.own.join("memory"))?;
        let moved = moves.iter().flat_map(|step| &step.files);
        let intent = Owned {
            files: moved.chain(gone).chain(self.ahead.keys()).cloned().collect(),
            folders: moves.iter().flat_map(|step| &step.folders).cloned().collect(),
        };
        self.step()?;
        write_whole(&self.own.join("intent"), intent.write().as_bytes())?;
        Ok(intent)
    }

    /// Leaves everything as it was; where that cannot be, nothing that was to be changed is trusted any more.
    fn take_back(&mut self, undo: &Undo, intent: Owned) {
        if self.is_killed() {
            return;
        }
        if self.step().is_ok() && undo.undo(&self.out) {
            // What is ahead stays intended.
            let _ = undo.clear().and_then(|()| match self.ahead.is_empty() {
                true => remove(&self.own.join("intent")),
                false => self.intend(&[], &[]).map(drop),
            });
        } else {
            self.whole = false;
            let mut standing = Manifest::clone(&self.manifest);
            standing.entries.retain(|path, _| !intent.files.contains(path));
            self.manifest = Arc::new(standing);
            self.ahead = Arc::default();
            self.owned.add(intent);
        }
        self.state = State::default();
    }

    /// Carries it out, or leaves everything as it was. The manifest decides: once it is written the site is the new one, and
    /// what cannot be tidied up now is tidied up by the next build.
    fn change(&mut self, stage: &Stage, moves: &[Move], gone: &[Arc<str>], manifest: Manifest) -> Result<(), Fault> {
        if moves.is_empty() && gone.is_empty() {
            if manifest != *self.manifest {
                self.write_manifest(&manifest)?;
                self.manifest = Arc::new(manifest);
            }
            if !self.ahead.is_empty() {
                self.ahead = Arc::default();
                let _ = self.tidy(&Undo::new(&self.own));
            }
            self.whole = true;
            return Ok(());
        }
        let intent = self.intend(moves, gone)?;
        let mut owned = self.owned.clone();
        owned.add(intent.clone());
        let mut undo = Undo::new(&self.own);
        if let Err(fault) = self.carry_out(stage, moves, gone, &manifest, &mut owned, &mut undo) {
            self.take_back(&undo, intent);
            return Err(fault);
        }
        self.manifest = Arc::new(manifest);
        self.ahead = Arc::default();
        self.owned = owned;
        self.whole = true;
        let _ = self.tidy(&undo);
        Ok(())
    }

    fn carry_out(
        &self,
        stage: &Stage,
        moves: &[Move],
        gone: &[Arc<str>],
        manifest: &Manifest,
        owned: &mut Owned,
        undo: &mut Undo,
    ) -> Result<(), Fault> {
        self.step()?;
        undo.begin()?;
        self.put_in_place(stage, moves, undo)?;
        for path in gone {
            self.step()?;
            undo.take(path, &self.out.join(&**path))?;
            owned.files.remove(path);
        }
        self.prune(manifest, owned, undo)?;
        self.write_manifest(manifest)
    }

    fn put_in_place(&self, stage: &Stage, moves: &[Move], undo: &mut Undo) -> Result<(), Fault> {
        for step in moves {
            let place = self.out.join(&*step.path);
            let kept = step.folders.is_empty() && undo.keep(&place)?;
            self.step()?;
            rename(&stage.path(&step.path), &place)?;
            if kept {
                undo.went(&step.path);
            } else {
                undo.came(&step.folders, &step.files);
            }
        }
        Ok(())
    }

    /// What is done when the site is the new one.
    fn tidy(&self, undo: &Undo) -> Result<(), Fault> {
        self.write_owned()?;
        self.step()?;
        undo.clear()?;
        self.step()?;
        remove(&self.own.join("intent"))
    }

    fn write_owned(&self) -> Result<(), Fault> {
        self.step()?;
        write_whole(&self.own.join("owned"), self.owned.write().as_bytes())
    }

    fn write_manifest(&self, manifest: &Manifest) -> Result<(), Fault> {
        self.step()?;
        write_whole(&self.own.join("manifest"), &manifest.write())
    }

    /// Removes the folders that we made and that no output needs; one that holds something foreign stays.
    fn prune(&self, manifest: &Manifest, owned: &mut Owned, undo: &mut Undo) -> Result<(), Fault> {
        let mut needed: BTreeSet<&str> = BTreeSet::new();
        let mut before = "";
        for path in manifest.entries.keys() {
            // Most stand in the folder of the one before.
            if std::mem::replace(&mut before, folder_of(path)) != folder_of(path) {
                needed.extend(folders_of(path));
            }
        }
        let idle: Vec<Arc<str>> = owned.folders.iter().rev().filter(|folder| !needed.contains(&***folder)).cloned().collect();
        for folder in idle {
            self.step()?;
            let path = self.out.join(&*folder);
            match fs::remove_dir(&path) {
                Ok(()) => undo.pruned(&folder),
                Err(error) if is_absent(&error) => {}
                Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => continue,
                Err(cause) => return Err(Fault { path, doing: Doing::Remove, cause }),
            }
            owned.folders.remove(&folder);
        }
        Ok(())
    }

    /// How the staged paths get to their places: a folder that is not there yet goes whole, in one rename.
    fn moves(&self, fresh: &[&Arc<str>]) -> Result<Vec<Move>, Refusal> {
        let mut moves: BTreeMap<(u8, Arc<str>), Move> = BTreeMap::new();
        let mut present: BTreeMap<&str, bool> = BTreeMap::new();
        // Most stand in the folder of the one before.
        for together in fresh.chunk_by(|one, next| folder_of(one) == folder_of(next)) {
            let Some(first) = together.first() else { continue };
            let missing = self.missing(first, &mut present)?;
            for path in together {
                if missing.is_empty() {
                    self.may_write(path)?;
                }
                let unit = missing.first().unwrap_or(path);
                let step = moves.entry((rank(unit), Arc::clone(unit))).or_default();
                step.path = Arc::clone(unit);
                step.files.push(Arc::clone(path));
                step.folders.extend(missing.iter().cloned());
            }
        }
        Ok(moves.into_values().collect())
    }

    /// The folders that a path needs and that are not there, outermost first. `present` remembers who was looked at.
    fn missing<'p>(&self, path: &'p str, present: &mut BTreeMap<&'p str, bool>) -> Result<Vec<Arc<str>>, Refusal> {
        let mut missing = Vec::new();
        for folder in folders_of(path) {
            let there = match present.get(folder) {
                _ if !missing.is_empty() => false,
                Some(&there) => there,
                None => self.is_folder(folder)?,
            };
            present.insert(folder, there);
            if !there {
                missing.push(folder.into());
            }
        }
        Ok(missing)
    }

    fn is_folder(&self, below: &str) -> Result<bool, Refusal> {
        let path = self.out.join(below);
        match fs::symlink_metadata(&path) {
            Ok(about) if about.is_dir() => Ok(true),
            Ok(_) => Err(Refusal::InTheWay { path }),
            Err(error) if is_absent(&error) => Ok(false),
            Err(cause) => Err(Fault { path, doing: Doing::Look, cause }.into()),
        }
    }

    /// A file that is not ours, or a folder, must not stand where a file goes.
    fn may_write(&self, below: &Arc<str>) -> Result<(), Refusal> {
        let path = self.out.join(&**below);
        match fs::symlink_metadata(&path) {
            Ok(about) if about.is_dir() || !self.owned.files.contains(below) => Err(Refusal::InTheWay { path }),
            Ok(_) => Ok(()),
            Err(error) if is_absent(&error) => Ok(()),
            Err(cause) => Err(Fault { path, doing: Doing::Look, cause }.into()),
        }
    }

    /// A place where a test may let the machine fail or the process be killed.
    fn step(&self) -> Result<(), Fault> {
        #[cfg(test)]
        if self.trouble.strikes() {
            let cause = io::Error::other("trouble");
            return Err(Fault { path: self.out.clone(), doing: Doing::Look, cause });
        }
        Ok(())
    }

    /// Whether a test plays that the process is dead.
    fn is_killed(&self) -> bool {
        #[cfg(test)]
        return self.trouble.is_death();
        #[cfg(not(test))]
        false
    }
}

/// The paths that wait on the stage.
fn fresh(outputs: &BTreeMap<Arc<str>, (Fate, Entry)>) -> Vec<&Arc<str>> {
    outputs.iter().filter(|(_, (fate, _))| *fate == Fate::Staged).map(|(path, _)| path).collect()
}

/// One rename, of a file or of a folder that was missing.
#[derive(Debug, Default)]
struct Move {
    path: Arc<str>,
    files: Vec<Arc<str>>,
    folders: BTreeSet<Arc<str>>,
}

/// Assets first, so that no page is shown without its style; then pages, the first page last of them; then exports.
fn rank(path: &str) -> u8 {
    let is_page = path.ends_with(".html") || !path.contains('.');
    match path {
        "index.html" => 2,
        _ if path == "assets" || path.starts_with("assets/") => 0,
        _ if is_page => 1,
        _ => 3,
    }
}

/// The folder a path lies in.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders a path lies in, outermost first.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The entries whose file is there with the size it was published with.
fn standing(out: &Path, entries: BTreeMap<Arc<str>, Entry>) -> Result<BTreeMap<Arc<str>, Entry>, Fault> {
    let entries: Vec<(Arc<str>, Entry)> = entries.into_iter().collect();
    let stands: Vec<bool> = entries
        .par_iter()
        .with_min_len(64)
        .map(|(path, entry)| {
            let path = out.join(&**path);
            match fs::symlink_metadata(&path) {
                Ok(about) => Ok(about.is_file() && about.len() == entry.size),
                Err(error) if is_absent(&error) => Ok(false),
                Err(cause) => Err(Fault { path, doing: Doing::Look, cause }),
            }
        })
        .collect::<Result<_, _>>()?;
    Ok(entries.into_iter().zip(stands).filter(|(_, stands)| *stands).map(|(entry, _)| entry).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::Url;

    struct Site {
        folder: tempfile::TempDir,
        print: Fingerprint,
    }

    type Pages<'a> = &'a [(&'a str, &'a str)];

    impl Site {
        fn new() -> Site {
            Site { folder: tempfile::tempdir().expect("a temporary folder"), print: Fingerprint::of(b"full") }
        }

        fn out(&self) -> PathBuf {
            self.folder.path().join("public")
        }

        fn open(&self) -> Folder {
            let out = self.out();
            let opening = Opening { out: &out, guarded: &[], home: None, print: self.print };
            Folder::open(&opening, &mut |_, _| false).expect("opens")
        }

        /// Publishes pages whose keys are their texts, with trouble; fails also when what came after the site was troubled.
        fn try_publish(&self, pages: Pages<'_>, trouble: Trouble) -> Result<Written, Refusal> {
            let mut folder = self.open();
            folder.trouble = trouble;
            let stage = folder.stage().expect("a stage");
            for (path, text) in pages {
                let (url, key) = (Url::from(*path), Fingerprint::of(text.as_bytes()));
                if !stage.keeps(&url, key).expect("once") {
                    stage.put(&url, key, text.as_bytes()).expect("put");
                }
            }
            let published = folder.publish(stage)?;
            folder.step()?;
            Ok(published.counts)
        }

        fn publish(&self, pages: Pages<'_>) -> Written {
            self.try_publish(pages, Trouble::default()).expect("published")
        }

        /// Every file outside `.kedang`, and every folder with a `/`.
        fn tree(&self) -> BTreeMap<String, String> {
            let mut tree = BTreeMap::new();
            for entry in walkdir::WalkDir::new(self.out()).min_depth(1) {
                let entry = entry.expect("walks");
                let path = entry.path().strip_prefix(self.out()).expect("below").to_string_lossy().into_owned();
                if path == OWN || path.starts_with(".kedang/") {
                    continue;
                }
                if entry.file_type().is_dir() {
                    tree.insert(path + "/", String::new());
                } else {
                    tree.insert(path, fs::read_to_string(entry.path()).expect("read"));
                }
            }
            tree
        }

        fn own(&self) -> Vec<String> {
            let entries = fs::read_dir(self.out().join(OWN)).expect("there");
            let mut names: Vec<String> =
                entries.map(|entry| entry.expect("read").file_name().to_string_lossy().into_owned()).collect();
            names.sort();
            names
        }
    }

    const OLD: Pages<'static> = &[
        ("index.html", "旧首页"),
        ("assets/style.css", "旧"),
        ("customers/dl/index.html", "东澜"),
        ("customers/dl/people/qzy.html", "邱志远"),
        ("customers/hd/index.html", "华东院"),
    ];
    const NEW: Pages<'static> = &[
        ("index.html", "新首页"),
        ("assets/style.css", "新"),
        ("customers/dl/index.html", "东澜"),
        ("customers/xd/index.html", "信达"),
        ("customers/xd/visits/2026.html", "拜访"),
        ("reports/due.csv", "逾期"),
    ];

    fn tree_of(pages: Pages<'_>) -> BTreeMap<String, String> {
        let site = Site::new();
        site.publish(pages);
        site.tree()
    }

    #[test]
    fn what_a_killed_process_had_not_finished_writing_goes() {
        let site = Site::new();
        site.publish(OLD);
        for name in ["intent.new", "manifest.new"] {
            fs::write(site.out().join(OWN).join(name), "kedang pa").expect("written");
        }
        site.publish(OLD);
        assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"]);
    }

    #[test]
    fn the_folder_equals_the_plan() {
        let site = Site::new();
        assert_eq!(site.publish(OLD), Written { written: 5, kept: 0, removed: 0 });
        assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"]);
        assert_eq!(site.publish(OLD), Written { written: 0, kept: 5, removed: 0 });
        assert_eq!(site.publish(NEW), Written { written: 5, kept: 1, removed: 2 });
        assert_eq!(site.tree(), tree_of(NEW));
        assert!(!site.tree().contains_key("customers/hd/"), "emptied folders go");
        assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"]);
    }

    #[test]
    fn killed_after_any_step_every_file_is_whole_and_the_next_build_heals() {
        let allowed: BTreeSet<&str> = OLD.iter().chain(NEW).map(|(_, text)| *text).collect();
        let mut kills = 0;
        for step in 0.. {
            let site = Site::new();
            site.publish(OLD);
            if site.try_publish(NEW, Trouble::killed(step)).is_ok() {
                break;
            }
            kills += 1;
            for (path, text) in site.tree() {
                assert!(path.ends_with('/') || allowed.contains(&*text), "step {step}: {path} holds {text}");
            }
            // What comes next may be the new site, the old one again, or a third.
            match step % 3 {
                0 => drop(site.publish(NEW)),
                1 => drop(site.publish(OLD)),
                _ => drop(site.publish(&NEW[..2])),
            }
            let expected = [NEW, OLD, &NEW[..2]][step as usize % 3];
            assert_eq!(site.tree(), tree_of(expected), "healed after step {step}");
            assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"], "after step {step}");
        }
        assert!(kills > 12, "only {kills} places to be killed at");
    }

    #[test]
    fn a_machine_that_fails_in_the_middle_leaves_the_old_site_or_the_new_one() {
        let (mut old, mut new) = (0, 0);
        for step in 0.. {
            let site = Site::new();
            site.publish(OLD);
            if site.try_publish(NEW, Trouble::once(step)).is_ok() && site.own() == ["holder", "lock", "manifest", "owned"] {
                break;
            }
            let expected = if site.tree() == tree_of(OLD) { OLD } else { NEW };
            assert_eq!(site.tree(), tree_of(expected), "half old, half new after step {step}");
            if expected == OLD {
                old += 1;
                assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"], "after step {step}");
                assert_eq!(site.publish(OLD), Written { written: 0, kept: 5, removed: 0 }, "after step {step}");
            } else {
                new += 1;
            }
            site.publish(NEW);
            assert_eq!(site.tree(), tree_of(NEW), "after step {step}");
            assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"], "after step {step}");
        }
        assert!(old > 10 && new > 2, "{old} times the old site, {new} times the new one");
    }

    #[test]
    fn a_machine_that_goes_on_failing_is_healed_when_it_is_well_again() {
        let allowed: BTreeSet<&str> = OLD.iter().chain(NEW).map(|(_, text)| *text).collect();
        for step in 0.. {
            let site = Site::new();
            site.publish(OLD);
            if site.try_publish(NEW, Trouble::from(step)).is_ok() {
                break;
            }
            assert!(site.tree().iter().all(|(path, text)| path.ends_with('/') || allowed.contains(&**text)), "step {step}");
            let expected = if step % 2 == 0 { NEW } else { OLD };
            site.publish(expected);
            assert_eq!(site.tree(), tree_of(expected), "healed after step {step}");
            assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"], "after step {step}");
        }
    }

    #[test]
    fn a_page_of_equal_size_is_not_trusted_after_a_kill() {
        let site = Site::new();
        site.publish(&[("a.html", "甲"), ("b.html", "甲")]);
        // Killed when the renames are done and the manifest is not written.
        let step = (0..).find(|&step| {
            let site = Site::new();
            site.publish(&[("a.html", "甲"), ("b.html", "甲")]);
            site.try_publish(&[("a.html", "乙"), ("b.html", "甲")], Trouble::killed(step)).is_err()
                && site.tree()["a.html"] == "乙"
        });
        let killed = Trouble::killed(step.expect("there is such a moment"));
        assert!(site.try_publish(&[("a.html", "乙"), ("b.html", "甲")], killed).is_err());
        assert_eq!(site.publish(&[("a.html", "甲"), ("b.html", "甲")]), Written { written: 1, kept: 1, removed: 0 });
        assert_eq!(site.tree()["a.html"], "甲");
    }

    /// The site with one page written ahead of the others, and how it stands afterwards.
    const AHEAD: Pages<'static> = &[("a.html", "甲二"), ("b.html", "乙"), ("c/d.html", "丙")];
    const BEHIND: Pages<'static> = &[("a.html", "甲"), ("b.html", "乙"), ("c/d.html", "丙")];
    const WHOLE: Pages<'static> = &[("a.html", "甲二"), ("b.html", "乙二"), ("c/e.html", "丁")];

    /// Publishes a page ahead of the rest, then the rest.
    fn ahead_and_whole(site: &Site, trouble: Trouble) -> Result<(Published, Published), Refusal> {
        let mut folder = site.open();
        folder.trouble = trouble;
        let put = |stage: &Stage, (path, text): &(&str, &str)| {
            stage.put(&Url::from(*path), Fingerprint::of(text.as_bytes()), text.as_bytes())
        };
        let stage = folder.patch()?;
        put(&stage, &AHEAD[0])?;
        let first = folder.publish_ahead(stage)?;
        folder.step()?;
        let stage = folder.patch()?;
        stage.forget(&[Url::from("b.html"), Url::from("c/d.html")]);
        put(&stage, &WHOLE[1])?;
        put(&stage, &WHOLE[2])?;
        let second = folder.publish(stage)?;
        folder.step()?;
        Ok((first, second))
    }

    #[test]
    fn a_page_ahead_of_the_others_stands_at_once_and_is_not_written_twice() {
        let site = Site::new();
        site.publish(BEHIND);
        let (first, second) = ahead_and_whole(&site, Trouble::default()).expect("published");
        assert_eq!(first.changed, ["a.html".into()]);
        assert_eq!(second.changed, ["b.html".into(), "c/d.html".into(), "c/e.html".into()]);
        assert_eq!(second.counts, Written { written: 2, kept: 1, removed: 1 });
        assert_eq!(site.tree(), tree_of(WHOLE));
        assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"]);
        assert_eq!(site.publish(WHOLE), Written { written: 0, kept: 3, removed: 0 }, "the manifest knows all of it");
    }

    #[test]
    fn whatever_happens_after_a_page_was_put_ahead_the_next_build_heals() {
        let steps = (0..).find(|&step| {
            let site = Site::new();
            site.publish(BEHIND);
            ahead_and_whole(&site, Trouble::killed(step)).is_ok()
        });
        let steps = steps.expect("it comes to an end");
        assert!(steps > 12, "only {steps} places for trouble");
        for trouble in [Trouble::killed, Trouble::once, Trouble::from] {
            let mut seen = BTreeSet::new();
            for step in 0..steps {
                let site = Site::new();
                site.publish(BEHIND);
                let _ = ahead_and_whole(&site, trouble(step));
                let tree = site.tree();
                let whole = [AHEAD, BEHIND, WHOLE].map(|pages| tree == tree_of(pages));
                seen.insert(whole);
                let expected = [BEHIND, AHEAD, WHOLE][step as usize % 3];
                site.publish(expected);
                assert_eq!(site.tree(), tree_of(expected), "healed after step {step}");
                assert_eq!(site.own(), ["holder", "lock", "manifest", "owned"], "after step {step}");
            }
            assert!(seen.contains(&[true, false, false]) && seen.contains(&[false, true, false]), "{seen:?}");
        }
    }

    #[test]
    fn foreign_files_are_never_touched() {
        let site = Site::new();
        site.publish(OLD);
        fs::write(site.out().join("customers/hd/说明.txt"), "别动").expect("written");
        fs::write(site.out().join("reports.txt"), "别动").expect("written");
        site.publish(NEW);
        assert_eq!(site.tree()["customers/hd/说明.txt"], "别动");
        assert_eq!(site.tree()["reports.txt"], "别动");

        fs::create_dir_all(site.out().join("forms")).expect("made");
        fs::write(site.out().join("forms/1.html"), "别动").expect("written");
        let before = site.tree();
        let refused = site.try_publish(&[("forms/1.html", "附表1"), ("index.html", "x")], Trouble::default());
        assert!(matches!(refused, Err(Refusal::InTheWay { path }) if path.ends_with("forms/1.html")));
        let refused = site.try_publish(&[("reports.txt/due.html", "x")], Trouble::default());
        assert!(matches!(refused, Err(Refusal::InTheWay { path }) if path.ends_with("reports.txt")));
        assert_eq!(site.tree(), before, "nothing was changed");
    }

    #[test]
    fn what_was_damaged_in_the_folder_is_made_again() {
        let site = Site::new();
        site.publish(OLD);
        fs::remove_file(site.out().join("index.html")).expect("removed");
        fs::write(site.out().join("assets/style.css"), "短了吗").expect("written");
        assert!(!site.open().is_whole());
        assert_eq!(site.publish(OLD), Written { written: 2, kept: 3, removed: 0 });
        assert_eq!(site.tree(), tree_of(OLD));
        assert!(site.open().is_whole());
    }

    #[test]
    fn a_damaged_manifest_or_list_is_ignored_and_rebuilt() {
        for name in ["manifest", "owned"] {
            for damage in [&b""[..], b"x", b"kedang 99.0 sealed\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"] {
                let site = Site::new();
                site.publish(OLD);
                fs::write(site.out().join(OWN).join(name), damage).expect("written");
                site.publish(NEW);
                assert_eq!(site.tree(), tree_of(NEW), "{name}");
            }
        }
    }

    #[test]
    fn another_edition_forgets_keys_and_what_was_said_but_does_not_rewrite_equal_bytes() {
        let mut site = Site::new();
        site.publish(OLD);
        site.open().remember("有 2 个错误".as_bytes()).expect("remembered");
        assert_eq!(site.open().recall().as_deref(), Some("有 2 个错误".as_bytes()));
        site.print = Fingerprint::of(b"plain");
        assert_eq!(site.open().recall(), None);
        assert!(!site.own().contains(&"memory".to_owned()));
        assert_eq!(site.publish(OLD), Written { written: 0, kept: 5, removed: 0 });
    }

    #[test]
    fn what_was_said_is_forgotten_when_anything_changes_or_is_damaged() {
        let site = Site::new();
        site.publish(OLD);
        site.open().remember(b"said").expect("remembered");
        site.publish(OLD);
        assert!(site.open().recall().is_some());
        site.publish(NEW);
        assert_eq!(site.open().recall(), None);
        site.open().remember(b"said").expect("remembered");
        fs::write(site.out().join(OWN).join("memory"), b"said").expect("written");
        assert_eq!(site.open().recall(), None);
    }

    #[test]
    fn an_address_is_put_once_and_lies_below_the_folder() {
        let site = Site::new();
        let folder = site.open();
        let stage = folder.stage().expect("a stage");
        let key = Fingerprint::default();
        stage.put(&Url::from("a.html"), key, b"1").expect("put");
        assert!(matches!(stage.put(&Url::from("a.html"), key, b"2"), Err(Refusal::Twice(_))));
        assert!(matches!(stage.put(&Url::from("../a.html"), key, b"2"), Err(Refusal::Unsafe(_))));
        assert!(matches!(stage.put(&Url::from(".kedang/lock"), key, b"2"), Err(Refusal::Unsafe(_))));
        drop(stage);
        assert_eq!(site.own(), ["holder", "lock"], "a stage that is dropped leaves nothing");
    }

    #[test]
    fn a_copy_that_stands_already_is_not_written_again() {
        let site = Site::new();
        let photo = vec![7_u8; 600_000];
        for (key, written) in [(1, 1), (1, 0), (2, 0)] {
            let mut folder = site.open();
            let stage = folder.stage().expect("a stage");
            let (url, key) = (Url::from("files/photo.jpg"), Fingerprint([key; 16]));
            if !stage.keeps(&url, key).expect("once") {
                stage.copy(&url, key, &mut &photo[..], Path::new("图/厂区.jpg")).expect("copied");
            }
            assert_eq!(folder.publish(stage).expect("published").counts.written, written);
        }
        assert_eq!(fs::read(site.out().join("files/photo.jpg")).expect("read"), photo);
    }
}
