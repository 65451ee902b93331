//! Paths reported as changed, for which a file stamp proves nothing.
//!
//! Some programs restore a file's modification time after writing, and correcting one digit keeps its length. Only an
//! event reveals such a change.

use std::collections::BTreeSet;

use super::Builder;

/// Files and folders (with everything below) to be read again whatever their stamps say.
#[derive(Debug, Default)]
pub(super) struct DirtyPaths(BTreeSet<String>);

impl DirtyPaths {
    /// Whether the file at this path must be read again.
    pub fn covers(&self, path: &str) -> bool {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        !self.0.is_empty() && [path, ""].into_iter().chain(above).any(|path| self.0.contains(path))
    }

    /// Whether nothing is dirty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Builder {
    /// Marks files and folders: the next build reads them again even if their stamps have not changed.
    pub fn mark_dirty(&mut self, named: &[String]) {
        self.dirty.0.extend(named.iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dirty_folder_covers_its_contents() {
        let mut dirty = DirtyPaths::default();
        assert!(!dirty.covers("客户/东澜水务/客户.md"));
        dirty.0.extend(["客户/东澜".to_owned(), "archive.yaml".to_owned()]);
        assert!(dirty.covers("客户/东澜/拜访/2026-11-05.md") && dirty.covers("archive.yaml"));
        assert!(!dirty.covers("客户/东澜水务/客户.md") && !dirty.covers("客户"));
        dirty.0.insert(String::new());
        assert!(dirty.covers("客户/东澜水务/客户.md"));
    }
}
