//! Maps paths to file numbers.

use std::collections::HashMap;
use std::sync::Arc;

use crate::text::FileId;

/// File numbers, stable for one session.
#[derive(Debug, Default)]
pub struct FileTable {
    /// Only looked up, never iterated.
    by_path: HashMap<Arc<str>, FileId>,
    paths: Vec<Arc<str>>,
}

impl FileTable {
    /// The number of a path; assigned at the first call.
    pub fn id(&mut self, path: &str) -> FileId {
        match self.by_path.get(path) {
            Some(&id) => id,
            None => self.id_of(&path.into()),
        }
    }

    /// The number of a path, if it has one.
    pub fn lookup(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// As [`id`](Self::id), for a path that is already shared.
    pub fn id_of(&mut self, path: &Arc<str>) -> FileId {
        if let Some(&id) = self.by_path.get(path) {
            return id;
        }
        let id = FileId(self.paths.len() as u32);
        self.paths.push(path.clone());
        self.by_path.insert(path.clone(), id);
        id
    }

    /// Reserves room for more paths.
    pub fn reserve(&mut self, paths: usize) {
        let more = paths.saturating_sub(self.paths.len());
        self.paths.reserve(more);
        self.by_path.reserve(more);
    }

    /// The path of a number.
    pub fn path(&self, id: FileId) -> Option<&Arc<str>> {
        self.paths.get(id.0 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_ids_are_stable() {
        let mut files = FileTable::default();
        let visit = files.id("客户/东澜水务/拜访/2026-11-05.md");
        let plan = files.id("客户/东澜水务/接触计划/2026.md");
        assert_ne!(visit, plan);
        assert_eq!(files.id("客户/东澜水务/拜访/2026-11-05.md"), visit);
        assert_eq!(files.path(plan).map(|path| &**path), Some("客户/东澜水务/接触计划/2026.md"));
        assert_eq!(files.path(FileId(7)), None);
    }
}
