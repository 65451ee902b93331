//! Which file a person saved last.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::wait::below;

/// So many files may be saved at once by a person; more are the work of a program, and nobody wants to see one of them.
const MAX_SAVED: usize = 20;

/// The file of the archive among them that was saved last.
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
