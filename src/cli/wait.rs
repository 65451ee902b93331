//! Waits for the next reason to rebuild, for commands that keep running.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::i18n::Message;
use crate::source::Ignore;
use crate::watch::{Changes, Mode, PollReason, WatchedDir, Watcher};

/// Maximum time between two checks for cancellation.
const CANCEL_POLL: Duration = Duration::from_millis(200);

/// Waits for events of a watcher.
pub(super) struct WatchLoop {
    watcher: Watcher,
    /// Watched folders, each with what is ignored in it.
    watched: Vec<(PathBuf, Vec<String>)>,
    said: Option<Mode>,
}

impl WatchLoop {
    /// Watches these folders. `poll`: the requested interval.
    pub fn new(watched: Vec<(PathBuf, Vec<String>)>, poll: Option<Duration>) -> WatchLoop {
        WatchLoop { watcher: Watcher::new(folders(&watched), poll), watched, said: None }
    }

    /// Replaces the watched folders.
    pub fn set_dirs(&mut self, watched: Vec<(PathBuf, Vec<String>)>) {
        if self.watched != watched {
            self.watcher.set_dirs(folders(&watched));
            self.watched = watched;
        }
    }

    /// The next changes, if there are any within [`CANCEL_POLL`].
    pub fn wait(&mut self) -> Option<Changes> {
        self.watcher.wait(CANCEL_POLL)
    }

    /// Set while changes wait to be collected.
    pub fn interrupted(&self) -> Arc<AtomicBool> {
        self.watcher.pending()
    }

    /// Tells the watcher how long a full rebuild took and what it found changed: both determine when it scans again.
    pub fn rebuilt(&mut self, cost: Duration, changed: impl Iterator<Item = PathBuf>) {
        let folders: BTreeSet<PathBuf> = changed.filter_map(|path| path.parent().map(Path::to_owned)).collect();
        self.watcher.answered(cost, &Vec::from_iter(folders));
    }

    /// The message that says how changes are detected, if that differs from the last call.
    pub fn mode_message(&mut self) -> Option<Message> {
        let mode = self.watcher.mode();
        if self.said.as_ref() == Some(&mode) {
            return None;
        }
        let say = match &mode {
            Mode::Events => Message::new("cli.watch.events"),
            Mode::Polling(every, why) => {
                let say = match why {
                    PollReason::Requested => Message::new("cli.watch.poll"),
                    PollReason::NetworkFs(system) => Message::new("cli.watch.network-fs").with("system", system),
                    PollReason::WatchLimit => Message::new("cli.watch.watch-limit"),
                    PollReason::Refused(text) => Message::new("cli.watch.refused").with("text", text),
                };
                say.with("seconds", every.as_secs_f64())
            }
        };
        self.said = Some(mode);
        Some(say)
    }
}

/// Paths below `root` that an event named: they are read again even if their file stamps are unchanged.
pub(super) fn changed_paths(changes: &Changes, root: &Path) -> Vec<String> {
    changes.paths.iter().filter_map(|path| below(path, root)).filter(|path| !path.is_empty()).collect()
}

/// The path below the folder, components joined by `/`, if it is valid Unicode.
pub(super) fn below(path: &Path, root: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?.to_str()?;
    Some(if cfg!(windows) { below.replace('\\', "/") } else { below.to_owned() })
}

fn folders(watched: &[(PathBuf, Vec<String>)]) -> Vec<WatchedDir> {
    watched.iter().map(|(root, ignore)| WatchedDir { root: root.clone(), ignore: Ignore::new(ignore) }).collect()
}
