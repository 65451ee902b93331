//! What a ring named, as paths of the archive.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// So many files may be saved at once by a person; more are the work of a program, and nobody wants to see one of them.
const MOST: usize = 20;

/// The path below the archive, parts joined by `/`, if it is valid Unicode.
pub(super) fn below(path: &Path, archive: &Path) -> Option<String> {
    let below = path.strip_prefix(archive).ok()?.to_str()?;
    Some(if cfg!(windows) { below.replace('\\', "/") } else { below.to_owned() }).filter(|below| !below.is_empty())
}

/// The file of the archive among them that was saved last.
pub(super) fn last(named: &BTreeSet<PathBuf>, archive: &Path) -> Option<String> {
    if named.len() > MOST {
        return None;
    }
    let files = named.iter().filter_map(|path| {
        let about = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some((about.modified().ok()?, below(path, archive)?))
    });
    files.max().map(|(_, path)| path)
}
