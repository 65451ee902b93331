//! Waiting until there is a reason to look again, for the commands that stay.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::i18n::Message;
use crate::source::Ignore;
use crate::watch::{Bell, Hung, Mode, Ring, Why};

/// So long nothing is asked but the bell: short enough that who presses Ctrl-C does not wait.
const CANCEL_POLL: Duration = Duration::from_millis(200);

/// Who listens to the bell.
pub(super) struct WatchLoop {
    bell: Bell,
    /// What the bell hangs on: folders, and what does not ring in them.
    hung: Vec<(PathBuf, Vec<String>)>,
    said: Option<Mode>,
}

impl WatchLoop {
    /// Listens on these folders; `poll` is what was typed.
    pub fn new(hung: Vec<(PathBuf, Vec<String>)>, poll: Option<Duration>) -> WatchLoop {
        WatchLoop { bell: Bell::hang(folders(&hung), poll), hung, said: None }
    }

    /// Listens on these folders from now on.
    pub fn listen(&mut self, hung: Vec<(PathBuf, Vec<String>)>) {
        if self.hung != hung {
            self.bell.hang_on(folders(&hung));
            self.hung = hung;
        }
    }

    /// The next ring, if there is one soon.
    pub fn wait(&mut self) -> Option<Ring> {
        self.bell.wait(CANCEL_POLL)
    }

    /// Set while a ring waits.
    pub fn interrupted(&self) -> Arc<AtomicBool> {
        self.bell.pressed()
    }

    /// What a look at everything cost, and what had changed.
    pub fn finished(&mut self, cost: Duration, changed: impl Iterator<Item = PathBuf>) {
        let folders: BTreeSet<PathBuf> = changed.filter_map(|path| path.parent().map(Path::to_owned)).collect();
        self.bell.answered(cost, &Vec::from_iter(folders));
    }

    /// How changes are noticed, if that is not what was said last.
    pub fn diagnostics(&mut self) -> Option<Message> {
        let mode = self.bell.mode();
        if self.said.as_ref() == Some(&mode) {
            return None;
        }
        let say = match &mode {
            Mode::Events => Message::new("cli.bell.events"),
            Mode::Looking(every, why) => {
                let say = match why {
                    Why::Asked => Message::new("cli.bell.asked"),
                    Why::Foreign(system) => Message::new("cli.bell.foreign").with("system", system),
                    Why::TooMany => Message::new("cli.bell.too-many"),
                    Why::Refused(text) => Message::new("cli.bell.refused").with("text", text),
                };
                say.with("seconds", every.as_secs_f64())
            }
        };
        self.said = Some(mode);
        Some(say)
    }
}

/// What a ring named in the folder `root`, as paths below it that are worth reading first, and whatever their stamps say.
pub(super) fn changed_paths(ring: &Ring, root: &Path) -> Vec<String> {
    ring.named.iter().filter_map(|path| below(path, root)).filter(|path| !path.is_empty()).collect()
}

/// The path below the folder, parts joined by `/`, if it is valid Unicode.
pub(super) fn below(path: &Path, root: &Path) -> Option<String> {
    let below = path.strip_prefix(root).ok()?.to_str()?;
    Some(if cfg!(windows) { below.replace('\\', "/") } else { below.to_owned() })
}

fn folders(hung: &[(PathBuf, Vec<String>)]) -> Vec<Hung> {
    hung.iter().map(|(root, ignore)| Hung { root: root.clone(), leave_out: Ignore::new(ignore) }).collect()
}
