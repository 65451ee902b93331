//! Bells that hang on real folders, and bells whose ear is at fault.

mod disk;
mod faults;
mod truth;
mod ways;

use super::*;
use crate::source::Ignore;

/// Rings that must come are waited for this long; a machine may be busy.
const GENEROUS: Duration = Duration::from_secs(60);
/// Never, for a test.
const NEVER: Pace =
    Pace { least: Duration::from_secs(3_600), share: 1, most: Duration::from_secs(3_600), untold: Duration::from_secs(3_600) };

/// The ears there are.
fn ears() -> Vec<Box<dyn Ear>> {
    vec![ear::of_this_system(), Box::new(watcher::Watcher::default())]
}

/// A folder of a test, without links in its path.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = std::fs::canonicalize(folder.path()).expect("is there").join("客档");
    std::fs::create_dir_all(root.join("客户/东澜水务/拜访")).expect("made");
    (folder, root)
}

fn hung(root: PathBuf) -> Hung {
    Hung { root, leave_out: Ignore::new(&["草稿".to_owned()]) }
}

/// A bell that hears everything from now on and never rings by itself.
fn hang_on(root: &std::path::Path, ear: Box<dyn Ear>) -> Bell {
    let manner = Manner { patience: GENEROUS, hearing: NEVER, ..MANNER };
    let bell = Bell::with(vec![hung(root.to_owned())], None, ear, manner);
    assert_eq!(bell.mode(), Mode::Events, "ready in time");
    bell
}

/// The rings up to the first that is wanted.
fn rings_until(bell: &mut Bell, mut wanted: impl FnMut(&Ring) -> bool) -> Vec<Ring> {
    let until = Instant::now() + GENEROUS;
    let mut rings = Vec::new();
    while Instant::now() < until {
        let Some(ring) = bell.wait(Duration::from_secs(5)) else { continue };
        let found = wanted(&ring);
        rings.push(ring);
        if found {
            return rings;
        }
    }
    panic!("it did not ring as it should, but so: {rings:#?}");
}

/// Whether the ring says to look at this path.
fn names(ring: &Ring, path: &std::path::Path) -> bool {
    ring.named.iter().any(|named| path.starts_with(named))
}
