//! The watcher on real directories, and with backends that fail.

mod backend_faults;
mod clean_build;
mod dirs;
mod save_styles;

use super::*;
use crate::source::Ignore;

/// How long a test waits for what must happen; the machine may be busy.
const TIMEOUT: Duration = Duration::from_secs(60);
/// No rescan during a test.
const NEVER: RescanInterval = RescanInterval {
    min: Duration::from_secs(3_600),
    cost_factor: 1,
    max: Duration::from_secs(3_600),
    initial: Duration::from_secs(3_600),
};

/// The backend of this system.
fn backend() -> Box<dyn Backend> {
    Box::new(NotifyBackend::new())
}

/// Both ways of watching.
fn backends() -> Vec<Box<dyn Backend>> {
    vec![backend(), Box::new(NotifyBackend::recursive())]
}

/// A temporary archive, whose path has no symbolic links.
fn temp_archive() -> (tempfile::TempDir, PathBuf) {
    let temp = tempfile::tempdir().expect("a temporary directory");
    let root = std::fs::canonicalize(temp.path()).expect("exists").join("客档");
    std::fs::create_dir_all(root.join("客户/东澜水务/拜访")).expect("created");
    (temp, root)
}

fn watched(root: PathBuf) -> WatchedDir {
    WatchedDir { root, ignore: Ignore::new(&["草稿".to_owned()]) }
}

/// A watcher that is ready and requests no rescans of its own.
fn watch(root: &std::path::Path, backend: Box<dyn Backend>) -> Watcher {
    let timing = Timing { startup: TIMEOUT, events: NEVER, ..TIMING };
    let watcher = Watcher::with(vec![watched(root.to_owned())], None, backend, timing);
    assert_eq!(watcher.mode(), Mode::Events, "ready in time");
    watcher
}

/// The changes up to the first that `wanted` accepts.
fn changes_until(watcher: &mut Watcher, mut wanted: impl FnMut(&Changes) -> bool) -> Vec<Changes> {
    let until = Instant::now() + TIMEOUT;
    let mut all = Vec::new();
    while Instant::now() < until {
        let Some(changes) = watcher.wait(Duration::from_secs(5)) else { continue };
        let found = wanted(&changes);
        all.push(changes);
        if found {
            return all;
        }
    }
    panic!("not reported as expected, but: {all:#?}");
}

/// Discards changes until there are none for a while.
fn drain(watcher: &mut Watcher) {
    while watcher.wait(debounce::QUIET * 4).is_some() {}
}

/// Whether the changes cover this path.
fn covers(changes: &Changes, path: &std::path::Path) -> bool {
    changes.paths.iter().any(|changed| path.starts_with(changed))
}
