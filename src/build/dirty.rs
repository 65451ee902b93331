//! What was heard to have changed: there a stamp proves nothing.
//!
//! Some programs set a file's time back after writing it, and a correction of one digit keeps its length. Whoever was told of it
//! says so; nobody else can know.

use std::collections::BTreeSet;

use super::Builder;

/// Files, and folders with all that is below them, that are read again whatever their stamps say.
#[derive(Debug, Default)]
pub(super) struct DirtyPaths(BTreeSet<String>);

impl DirtyPaths {
    /// Whether the file at this path is read again.
    pub fn covers(&self, path: &str) -> bool {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        !self.0.is_empty() && [path, ""].into_iter().chain(above).any(|path| self.0.contains(path))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Builder {
    /// The next build reads these files again, and all below these folders, even if nothing of it is to be seen from outside.
    pub fn mark_dirty(&mut self, named: &[String]) {
        self.dirty.0.extend(named.iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_covers_what_is_below_it() {
        let mut doubts = DirtyPaths::default();
        assert!(!doubts.covers("客户/东澜水务/客户.md"));
        doubts.0.extend(["客户/东澜".to_owned(), "archive.yaml".to_owned()]);
        assert!(doubts.covers("客户/东澜/拜访/2026-11-05.md") && doubts.covers("archive.yaml"));
        assert!(!doubts.covers("客户/东澜水务/客户.md") && !doubts.covers("客户"));
        doubts.0.insert(String::new());
        assert!(doubts.covers("客户/东澜水务/客户.md"));
    }
}
