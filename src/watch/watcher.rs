//! The ear for every system but Linux: what notify is told, which is all below a folder and cannot be less.

use std::path::Path;
use std::sync::Arc;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{Cord, Ear, Hung, Why, hung};

/// Listens through notify, whose thread pulls the cord.
#[derive(Debug, Default)]
pub(super) struct Watcher {
    listening: Option<RecommendedWatcher>,
}

impl Ear for Watcher {
    fn listen(&mut self, folders: &Arc<[Hung]>, cord: Cord) {
        self.listening = None;
        match watch(folders, &cord) {
            Ok(watcher) => {
                self.listening = Some(watcher);
                cord.ready();
            }
            Err(error) => cord.deaf(why(&error)),
        }
    }
}

fn watch(folders: &Arc<[Hung]>, cord: &Cord) -> notify::Result<RecommendedWatcher> {
    let handler = {
        let (folders, cord) = (folders.clone(), cord.clone());
        move |event: notify::Result<Event>| note(event, &folders, &cord)
    };
    let links = notify::Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(handler, links)?;
    for hung in folders.iter().filter(|hung| hung.root.is_dir()) {
        watcher.watch(&hung.root, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

fn why(error: &notify::Error) -> Why {
    if matches!(error.kind, ErrorKind::MaxFilesWatch) { Why::TooMany } else { Why::Refused(error.to_string()) }
}

fn note(event: notify::Result<Event>, folders: &[Hung], cord: &Cord) {
    let event = match event {
        Ok(event) => event,
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => return cord.deaf(Why::TooMany),
        Err(error) => return cord.fault(error.to_string()),
    };
    if event.need_rescan() {
        cord.lost();
    }
    if matches!(event.kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write)) {
        return;
    }
    for path in event.paths {
        let is_folder = is_folder(&path);
        // Windows says of a folder that it was modified when something in it was, and says that too.
        let says_nothing = cfg!(windows) && is_folder == Some(true) && event.kind == EventKind::Modify(ModifyKind::Any);
        if says_nothing || !hung::counts(folders, &path, is_folder) {
            continue;
        }
        if is_folder != Some(true) && folders.iter().any(|hung| hung.root == path) {
            cord.lost();
        } else {
            cord.hear(path);
        }
    }
}

/// Whether there is a folder; of what is gone nobody knows.
fn is_folder(path: &Path) -> Option<bool> {
    std::fs::symlink_metadata(path).ok().map(|about| about.is_dir())
}
