//! The backend of every system: the notify crate.
//!
//! Where the system watches whole trees (Windows, macOS), each root is one recursive watch. inotify watches single directories.
//! There notify's recursive mode would also watch ignored directories, of which there may be more than the limit on watches
//! (`.git/objects`); so this module walks the trees and adds one non-recursive watch for each directory that is not ignored.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use notify::event::{CreateKind, ModifyKind, RemoveKind, RenameMode};
use notify::{Config, ErrorKind, EventHandler, EventKind, EventKindMask, PathOp, RecommendedWatcher, RecursiveMode};
use notify::{UpdatePathsError, WatchPathConfig, Watcher, WatcherKind};

use super::backend::Backend;
use super::signal::{Event, EventSender};
use super::{PollReason, WatchedDir, watched_dir};

/// An entry was created, written, moved, removed, or its permissions changed. Not that it was opened or read: the program
/// itself reads the whole archive, and opens every directory in every scan. With inotify the kernel filters.
const EVENT_KINDS: EventKindMask = EventKindMask::CORE.union(EventKindMask::ACCESS_CLOSE);
/// How many watches are added at once; between batches a stop is noticed.
const BATCH: usize = 1_024;
/// How long a restart waits for the end of notify's previous thread, whose watches count against the limit.
const END_TIMEOUT: Duration = Duration::from_secs(5);

/// Watches through notify. Its thread sends the events; another one adds the watches, which notify does not allow in its own.
#[derive(Debug)]
pub(super) struct NotifyBackend {
    /// One watch for each directory instead of one for each root.
    per_dir: bool,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    thread: JoinHandle<()>,
    stop: Arc<AtomicBool>,
    tasks: Sender<Task>,
}

/// What the thread that adds watches has to do.
#[derive(Debug)]
enum Task {
    /// This directory was created or moved here.
    Appeared(PathBuf),
    /// The permissions of this directory may have changed.
    Metadata(PathBuf),
    Stop,
    /// notify's thread has ended.
    Ended,
}

impl NotifyBackend {
    /// With the way of watching that suits this system.
    pub(super) fn new() -> NotifyBackend {
        NotifyBackend { per_dir: RecommendedWatcher::kind() == WatcherKind::Inotify, running: None }
    }

    /// With one recursive watch for each root, as on Windows and macOS.
    #[cfg(test)]
    pub(super) fn recursive() -> NotifyBackend {
        NotifyBackend { per_dir: false, running: None }
    }

    fn stop(&mut self) -> Option<JoinHandle<()>> {
        let Running { thread, stop, tasks } = self.running.take()?;
        stop.store(true, Ordering::Release);
        // The thread may have ended.
        let _ = tasks.send(Task::Stop);
        Some(thread)
    }
}

impl Backend for NotifyBackend {
    fn start(&mut self, dirs: &Arc<[WatchedDir]>, events: EventSender) {
        let previous = self.stop();
        let stop = Arc::new(AtomicBool::new(false));
        let (tasks, inbox) = mpsc::channel();
        let worker = {
            let (dirs, events, stop, tasks) = (dirs.clone(), events.clone(), stop.clone(), tasks.clone());
            let per_dir = self.per_dir;
            move || {
                // The watches of the previous backend count against the limit until it has ended. The caller does not wait.
                if let Some(previous) = previous {
                    let _ = previous.join();
                }
                let handler = Handler { per_dir, dirs: dirs.clone(), events: events.clone(), tasks };
                match Watches::new(per_dir, dirs, handler, stop) {
                    Err(reason) => events.send(Event::Unavailable(reason)),
                    Ok(mut watches) => {
                        watches.run(&inbox, &events);
                        drop(watches);
                    }
                }
                wait_for_end(&inbox);
            }
        };
        match thread::Builder::new().name("watch".to_owned()).spawn(worker) {
            Ok(thread) => self.running = Some(Running { thread, stop, tasks }),
            Err(error) => events.send(Event::Unavailable(PollReason::Refused(error.to_string()))),
        }
    }
}

impl Drop for NotifyBackend {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Waits until notify's thread has dropped its handler, the last sender.
fn wait_for_end(inbox: &Receiver<Task>) {
    let until = Instant::now() + END_TIMEOUT;
    while let Ok(task) = inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
        if matches!(task, Task::Ended) {
            break;
        }
    }
}

/// A notify watcher and what it watches.
struct Watches {
    watcher: RecommendedWatcher,
    per_dir: bool,
    dirs: Arc<[WatchedDir]>,
    stop: Arc<AtomicBool>,
    /// Directories that may not be read.
    unreadable: BTreeSet<PathBuf>,
}

impl Watches {
    fn new(per_dir: bool, dirs: Arc<[WatchedDir]>, handler: Handler, stop: Arc<AtomicBool>) -> Result<Watches, PollReason> {
        let config = Config::default().with_follow_symlinks(false).with_event_kinds(EVENT_KINDS);
        let watcher = RecommendedWatcher::new(handler, config).map_err(|error| reason(&error))?;
        Ok(Watches { watcher, per_dir, dirs, stop, unreadable: BTreeSet::new() })
    }

    fn run(&mut self, inbox: &Receiver<Task>, events: &EventSender) {
        if let Err(reason) = self.watch_roots() {
            return events.send(Event::Unavailable(reason));
        }
        events.send(Event::Ready);
        match self.run_tasks(inbox, events) {
            Ok(()) => {}
            // A restart may succeed, as the start did.
            Err(PollReason::Refused(text)) => events.send(Event::Fault(text)),
            Err(reason) => events.send(Event::Unavailable(reason)),
        }
    }

    fn watch_roots(&mut self) -> Result<(), PollReason> {
        let roots: Vec<PathBuf> = self.dirs.iter().map(|dir| dir.root.clone()).filter(|root| root.is_dir()).collect();
        if self.per_dir {
            self.watch_trees(roots.clone())?;
        } else {
            self.add_watches(&roots, RecursiveMode::Recursive)?;
        }
        // When an inner directory becomes readable, its parent reports that; a root has no such parent.
        match roots.iter().find(|root| self.unreadable.contains(*root)) {
            Some(_) => Err(PollReason::Refused(io::Error::from(io::ErrorKind::PermissionDenied).to_string())),
            None => Ok(()),
        }
    }

    /// Adds watches for new directories until it is stopped.
    fn run_tasks(&mut self, inbox: &Receiver<Task>, events: &EventSender) -> Result<(), PollReason> {
        while let Ok(task) = inbox.recv() {
            let (mut trees, mut changed) = (Vec::new(), Vec::new());
            // Tasks that came in the meantime share a batch.
            for task in std::iter::once(task).chain(inbox.try_iter()) {
                match task {
                    Task::Appeared(dir) => {
                        trees.push(dir.clone());
                        changed.push(dir);
                    }
                    Task::Metadata(dir) => {
                        trees.extend(self.take_unreadable(&dir));
                        changed.push(dir);
                    }
                    Task::Stop => return Ok(()),
                    Task::Ended => return Err(PollReason::Refused("the thread of notify has ended".to_owned())),
                }
            }
            self.watch_trees(trees)?;
            // Reported after everything below is watched: earlier changes there are found by the scan that follows.
            for dir in changed {
                events.send(Event::Changed(dir));
            }
        }
        Ok(())
    }

    /// The unreadable directories at and below `top`, which may have become readable.
    fn take_unreadable(&mut self, top: &Path) -> Vec<PathBuf> {
        self.unreadable.extract_if(.., |dir| dir.starts_with(top)).collect()
    }

    /// Watches these directories and all below them that are not ignored. A directory is watched before it is listed, so what
    /// is created in it meanwhile is either reported or listed.
    fn watch_trees(&mut self, trees: Vec<PathBuf>) -> Result<(), PollReason> {
        let mut level = trees;
        while !level.is_empty() {
            let mut below = Vec::new();
            for batch in level.chunks(BATCH) {
                if self.stop.load(Ordering::Acquire) {
                    return Ok(());
                }
                self.add_watches(batch, RecursiveMode::NonRecursive)?;
                for dir in batch {
                    self.list(dir, &mut below)?;
                }
            }
            level = below;
        }
        Ok(())
    }

    /// Watches these directories. Those that are gone or may not be read are skipped: the scan reports that.
    fn add_watches(&mut self, dirs: &[PathBuf], mode: RecursiveMode) -> Result<(), PollReason> {
        let config = WatchPathConfig::new(mode).with_dereference_symlinks(false);
        let mut ops: Vec<PathOp> = dirs.iter().map(|dir| PathOp::Watch(dir.clone(), config.clone())).collect();
        while let Err(UpdatePathsError { source, origin, remaining }) = self.watcher.update_paths(ops) {
            let Some(dir) = origin.map(PathOp::into_path) else { return Err(reason(&source)) };
            match &source.kind {
                ErrorKind::Io(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    self.unreadable.insert(dir);
                }
                ErrorKind::MaxFilesWatch => return Err(PollReason::WatchLimit),
                _ if is_dir(&dir) == Some(true) => return Err(reason(&source)),
                _ => {}
            }
            ops = remaining;
        }
        Ok(())
    }

    /// Adds the directories in `dir` that are not ignored to `found`.
    fn list(&self, dir: &Path, found: &mut Vec<PathBuf>) -> Result<(), PollReason> {
        let mut read = || -> io::Result<()> {
            for entry in fs::read_dir(dir)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() && watched_dir::includes(&self.dirs, &entry.path(), Some(true)) {
                    found.push(entry.path());
                }
            }
            Ok(())
        };
        match read() {
            Err(error) if error.kind() != io::ErrorKind::PermissionDenied && is_dir(dir) == Some(true) => {
                Err(PollReason::Refused(error.to_string()))
            }
            _ => Ok(()),
        }
    }
}

fn reason(error: &notify::Error) -> PollReason {
    match &error.kind {
        ErrorKind::MaxFilesWatch => PollReason::WatchLimit,
        ErrorKind::Io(error) => PollReason::Refused(error.to_string()),
        _ => PollReason::Refused(error.to_string()),
    }
}

/// Is called by notify's thread for each event.
struct Handler {
    per_dir: bool,
    dirs: Arc<[WatchedDir]>,
    events: EventSender,
    tasks: Sender<Task>,
}

impl Drop for Handler {
    fn drop(&mut self) {
        // Nobody listens if the watcher was stopped.
        let _ = self.tasks.send(Task::Ended);
    }
}

impl EventHandler for Handler {
    fn handle_event(&mut self, event: notify::Result<notify::Event>) {
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                return self.events.send(match reason(&error) {
                    PollReason::Refused(text) => Event::Fault(text),
                    reason => Event::Unavailable(reason),
                });
            }
        };
        // The queue overflowed, or a file system was unmounted: new directories may be missing.
        if event.need_rescan() || event.kind == EventKind::Remove(RemoveKind::Other) {
            self.events.send(Event::Lost);
        }
        // Repeats the two events for the old and the new path.
        if event.kind == EventKind::Modify(ModifyKind::Name(RenameMode::Both)) {
            return;
        }
        for path in event.paths {
            self.handle_path(event.kind, path);
        }
    }
}

impl Handler {
    fn handle_path(&self, kind: EventKind, path: PathBuf) {
        let is_dir = match kind {
            EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => Some(true),
            EventKind::Create(CreateKind::File) | EventKind::Remove(RemoveKind::File) => Some(false),
            // inotify reports the writing of files only.
            EventKind::Modify(ModifyKind::Data(_)) | EventKind::Access(_) if self.per_dir => Some(false),
            _ => is_dir(&path),
        };
        // Windows reports a directory as modified when an entry of it changed, and reports that entry as well.
        let is_redundant = cfg!(windows) && is_dir == Some(true) && kind == EventKind::Modify(ModifyKind::Any);
        if is_redundant || !watched_dir::includes(&self.dirs, &path, is_dir) {
            return;
        }
        // The watches below a root go with it.
        let gone = matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) || is_dir != Some(true);
        if gone && self.dirs.iter().any(|dir| dir.root == path) {
            return self.events.send(Event::Lost);
        }
        let task = match kind {
            _ if !self.per_dir || is_dir != Some(true) => None,
            EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => Some(Task::Appeared(path.clone())),
            EventKind::Modify(ModifyKind::Metadata(_)) => Some(Task::Metadata(path.clone())),
            _ => None,
        };
        // The thread that adds watches reports the directory afterwards, unless it has ended.
        if task.is_none_or(|task| self.tasks.send(task).is_err()) {
            self.events.send(Event::Changed(path));
        }
    }
}

/// Whether the path is a directory; `None` if it does not exist.
fn is_dir(path: &Path) -> Option<bool> {
    fs::symlink_metadata(path).ok().map(|metadata| metadata.is_dir())
}

#[cfg(test)]
mod tests {
    use std::path::Component;

    use notify::Event as NotifyEvent;
    use notify::event::Flag;

    use super::*;
    use crate::source::Ignore;
    use crate::watch::signal::{BackendStatus, EventReceiver};

    fn dirs(root: &Path) -> Arc<[WatchedDir]> {
        [WatchedDir { root: root.to_owned(), ignore: Ignore::new(&["草稿".to_owned()]) }].into()
    }

    /// A handler whose events nobody receives.
    fn handler(dirs: &Arc<[WatchedDir]>) -> Handler {
        let events = Arc::new(EventReceiver::default()).new_sender();
        Handler { per_dir: true, dirs: dirs.clone(), events, tasks: mpsc::channel().0 }
    }

    /// What the watcher is told when notify reports this.
    fn status_after(event: notify::Result<NotifyEvent>) -> BackendStatus {
        let receiver = Arc::new(EventReceiver::default());
        let (tasks, _inbox) = mpsc::channel();
        let events = receiver.new_sender();
        Handler { per_dir: true, dirs: dirs(Path::new("/客档")), events, tasks }.handle_event(event);
        receiver.take_status()
    }

    #[test]
    fn an_overflow_an_unmount_and_a_moved_root_are_reported_as_lost_events() {
        let removed = EventKind::Remove(RemoveKind::Folder);
        let moved = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        for event in [
            NotifyEvent::new(EventKind::Other).set_flag(Flag::Rescan),
            NotifyEvent::new(EventKind::Remove(RemoveKind::Other)).add_path("/客档/客户".into()),
            NotifyEvent::new(removed).add_path("/客档".into()),
            NotifyEvent::new(moved).add_path("/客档".into()),
        ] {
            let expected = BackendStatus { lost: true, ..BackendStatus::default() };
            assert_eq!(status_after(Ok(event.clone())), expected, "{event:?}");
        }
        for kind in [removed, moved] {
            let event = NotifyEvent::new(kind).add_path("/客档/客户".into());
            assert_eq!(status_after(Ok(event)), BackendStatus::default(), "{kind:?}");
        }
    }

    #[test]
    fn the_watch_limit_is_told_from_other_errors() {
        let limit = BackendStatus { unavailable: Some(PollReason::WatchLimit), ..BackendStatus::default() };
        assert_eq!(status_after(Err(notify::Error::new(ErrorKind::MaxFilesWatch))), limit);
        let fault = BackendStatus { fault: Some("I/O error".to_owned()), ..BackendStatus::default() };
        assert_eq!(status_after(Err(notify::Error::generic("I/O error"))), fault);
    }

    #[test]
    fn ignored_directories_are_not_watched() {
        let temp = tempfile::tempdir().expect("a temporary directory");
        let root = fs::canonicalize(temp.path()).expect("exists");
        for dir in [".git/objects/ab", "客户/东澜水务/拜访", "客户/东澜水务/草稿/旧", "客户/空"] {
            fs::create_dir_all(root.join(dir)).expect("created");
        }
        let dirs = dirs(&root);
        let mut watches = Watches::new(true, dirs.clone(), handler(&dirs), Arc::default()).expect("created");
        watches.watch_roots().expect("watched");
        let is_hidden = |path: &Path| path.components().any(|part| part == Component::Normal(".git".as_ref()));
        let watched = |watches: &Watches| {
            let watched = watches.watcher.watched_paths().expect("known").into_iter().map(|(path, _)| path);
            BTreeSet::from_iter(watched.map(|path| path.strip_prefix(&root).expect("below the root").to_owned()))
        };
        let expected = ["", "客户", "客户/东澜水务", "客户/东澜水务/拜访", "客户/空"].map(PathBuf::from);
        assert_eq!(watched(&watches), BTreeSet::from(expected));
        // Nor are those in a tree that appears later.
        fs::create_dir_all(root.join("客户/新/草稿/旧")).expect("created");
        fs::create_dir_all(root.join("客户/新/拜访")).expect("created");
        watches.watch_trees(vec![root.join("客户/新")]).expect("watched");
        let after = watched(&watches);
        assert!(after.contains(Path::new("客户/新/拜访")), "{after:?}");
        assert!(!after.iter().any(|path| is_hidden(path) || path.ends_with("草稿") || path.ends_with("旧")), "{after:?}");
    }

    /// The kernel reports no opening and reading of files: that costs nothing then.
    #[cfg(target_os = "linux")]
    #[test]
    fn the_kernel_does_not_report_reads() {
        const ACCESS_OPEN_CLOSE_NOWRITE: u32 = 0x01 | 0x20 | 0x10;
        let temp = tempfile::tempdir().expect("a temporary directory");
        let dirs = dirs(&fs::canonicalize(temp.path()).expect("exists"));
        let mut watches = Watches::new(true, dirs.clone(), handler(&dirs), Arc::default()).expect("created");
        watches.watch_roots().expect("watched");
        // Those of tests that run at the same time are included.
        let infos = fs::read_dir("/proc/self/fdinfo").expect("listed").flatten();
        let infos: String = infos.filter_map(|info| fs::read_to_string(info.path()).ok()).collect();
        let masks: Vec<u32> = infos
            .lines()
            .filter(|line| line.starts_with("inotify "))
            .filter_map(|line| line.split(' ').find_map(|field| field.strip_prefix("mask:")))
            .map(|mask| u32::from_str_radix(mask, 16).expect("a number"))
            .collect();
        assert!(!masks.is_empty());
        assert!(masks.iter().all(|mask| mask & ACCESS_OPEN_CLOSE_NOWRITE == 0), "{masks:x?}");
    }
}
