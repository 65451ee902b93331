//! Where files come from: a disk, or memory.
//!
//! The verbs are `list` and `read` of the trait [`World`]. The room never knows what files mean. Symbolic links are not
//! followed, special files not opened; both are listed as [`Odd`] so that they can be reported.

mod disk;
mod memory;

use std::sync::Arc;

pub use disk::Disk;
pub use memory::Memory;

use crate::text::FileId;

/// What is known of a file without reading it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Stamp {
    /// Path below the root, parts joined by `/`.
    pub path: Arc<str>,
    /// Bytes.
    pub size: u64,
    /// Modification time in nanoseconds since 1970.
    pub mtime: i128,
}

/// Something in the folder that is no plain file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    /// Path below the root.
    pub path: Arc<str>,
    /// What it is: `link`, `special`, `name` (not valid Unicode).
    pub what: &'static str,
}

/// A listing of everything below the root.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Plain files in order of path.
    pub files: Vec<Stamp>,
    /// The rest.
    pub odd: Vec<Odd>,
    /// When the listing was made, in the same clock as `mtime`: a stamp younger than this less 3 s is not to be trusted.
    pub at: i128,
}

/// The outside, for one archive.
pub trait World: Sync {
    /// Lists all files below the archive's root; folders named `.git`, `.kedang` and the like are left out. An unreadable
    /// folder is an error: an unreadable input is not a deleted one (`decisions.md` 29).
    fn list(&self) -> anyhow::Result<Listing>;

    /// Reads a file whole. `Ok(None)` when it is gone.
    fn read(&self, path: &str) -> anyhow::Result<Option<Vec<u8>>>;

    /// How a path is printed for people.
    fn shown(&self, path: &str) -> String;
}

/// Numbers for paths, stable for one session.
#[derive(Debug, Default)]
pub struct Files {
    by_path: std::collections::BTreeMap<Arc<str>, FileId>,
    paths: Vec<Arc<str>>,
}

impl Files {
    /// The number of a path, given out at first sight.
    pub fn id(&mut self, path: &str) -> FileId {
        if let Some(&id) = self.by_path.get(path) {
            return id;
        }
        let id = FileId(self.paths.len() as u32);
        let path: Arc<str> = path.into();
        self.paths.push(path.clone());
        self.by_path.insert(path, id);
        id
    }

    /// The path of a number.
    pub fn path(&self, id: FileId) -> Option<&Arc<str>> {
        self.paths.get(id.0 as usize)
    }
}
