//! Determines which file the user saved last.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::wait::below;

/// Maximum number of files a user saves at once; more are written by a program, and none of them is followed.
const MAX_SAVED: usize = 20;

/// The file of the archive among `named` that was saved last.
pub(super) fn last_saved(named: &BTreeSet<PathBuf>, archive: &Path) -> Option<String> {
    if named.len() > MAX_SAVED {
        return None;
    }
    let files = named.iter().filter_map(|path| {
        let about = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some((about.modified().ok()?, below(path, archive)?))
    });
    files.max().map(|(_, path)| path)
}
