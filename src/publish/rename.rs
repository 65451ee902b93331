//! Plans the renames that move staged outputs into place, and checks whether they are allowed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::owned_paths::OwnedPaths;
use super::safe_path::is_absent;
use super::{Operation, PublishError, Refusal};

/// One rename, of a file or of a folder that did not exist.
#[derive(Debug, Default)]
pub(super) struct RenameStep {
    pub path: Arc<str>,
    pub files: Vec<Arc<str>>,
    pub folders: BTreeSet<Arc<str>>,
}

/// Assets first, so that no page is shown without its style; then pages, the home page last; then exports.
fn rank(path: &str) -> u8 {
    let is_page = path.ends_with(".html") || !path.contains('.');
    match path {
        "index.html" => 2,
        _ if path == "assets" || path.starts_with("assets/") => 0,
        _ if is_page => 1,
        _ => 3,
    }
}

/// The folder of a path.
pub(super) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The folders of a path, outermost first.
pub(super) fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The renames for the staged paths: a new folder is moved as a whole, in one rename.
pub(super) fn moves(out: &Path, owned: &OwnedPaths, fresh: &[&Arc<str>]) -> Result<Vec<RenameStep>, Refusal> {
    let mut moves: BTreeMap<(u8, Arc<str>), RenameStep> = BTreeMap::new();
    let mut present: BTreeMap<&str, bool> = BTreeMap::new();
    // Consecutive paths are mostly in the same folder.
    for together in fresh.chunk_by(|one, next| folder_of(one) == folder_of(next)) {
        let Some(first) = together.first() else { continue };
        let lacking = missing_folders(out, first, &mut present)?;
        let mut put = |unit: &Arc<str>, files: &[&Arc<str>]| {
            let step = moves.entry((rank(unit), Arc::clone(unit))).or_default();
            step.path = Arc::clone(unit);
            step.files.extend(files.iter().map(|path| Arc::clone(path)));
            step.folders.extend(lacking.iter().cloned());
        };
        match lacking.first() {
            Some(folder) => put(folder, together),
            None => {
                for path in together {
                    check_writable(out, owned, path)?;
                    put(path, &[*path]);
                }
            }
        }
    }
    Ok(moves.into_values().collect())
}

/// The missing folders of a path, outermost first. `present` caches which were checked.
fn missing_folders<'p>(out: &Path, path: &'p str, present: &mut BTreeMap<&'p str, bool>) -> Result<Vec<Arc<str>>, Refusal> {
    let mut missing = Vec::new();
    for folder in folders_of(path) {
        let there = match present.get(folder) {
            _ if !missing.is_empty() => false,
            Some(&there) => there,
            None => is_folder(out, folder)?,
        };
        present.insert(folder, there);
        if !there {
            missing.push(folder.into());
        }
    }
    Ok(missing)
}

fn is_folder(out: &Path, below: &str) -> Result<bool, Refusal> {
    let path = out.join(below);
    match fs::symlink_metadata(&path) {
        Ok(about) if about.is_dir() => Ok(true),
        Ok(_) => Err(Refusal::InTheWay { path }),
        Err(error) if is_absent(&error) => Ok(false),
        Err(cause) => Err(PublishError { path, doing: Operation::Look, cause }.into()),
    }
}

/// Refuses if a file that is not ours, or a folder, is at the path of an output.
fn check_writable(out: &Path, owned: &OwnedPaths, below: &Arc<str>) -> Result<(), Refusal> {
    let path = out.join(&**below);
    match fs::symlink_metadata(&path) {
        Ok(about) if about.is_dir() || !owned.files.contains(below) => Err(Refusal::InTheWay { path }),
        Ok(_) => Ok(()),
        Err(error) if is_absent(&error) => Ok(()),
        Err(cause) => Err(PublishError { path, doing: Operation::Look, cause }.into()),
    }
}
