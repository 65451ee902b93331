//! Where files come from: a disk, or memory.
//!
//! The verbs are `list` and `read` of the trait [`World`]. The room never knows what files mean. Symbolic links are not
//! followed, special files not opened; both are listed as [`Odd`] so that they can be reported.
#![expect(clippy::disallowed_methods, reason = "this is the door that inputs come in at")]

mod conflict_copies;
mod disk;
mod error;
mod file_table;
mod ignore;
mod memory;

use std::sync::Arc;

pub use conflict_copies::copied_from;
pub use disk::Disk;
pub use error::{Operation, SourceError};
pub use file_table::FileTable;
pub use ignore::Ignore;
pub use memory::Memory;

/// What is known of a file without reading it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FileStamp {
    /// Path below the root, parts joined by `/`.
    pub path: Arc<str>,
    /// Bytes.
    pub size: u64,
    /// Modification time in nanoseconds since 1970.
    pub mtime: i128,
}

impl FileStamp {
    /// Whether the file could have been written again since the listing `at` without its stamp showing it: clocks of file
    /// systems tick in steps of up to 2 s, and an editor may save twice within one.
    pub fn is_racy(&self, at: i128) -> bool {
        const RACY: i128 = 3_000_000_000;
        self.mtime > at - RACY
    }
}

/// Something in the folder that is no plain file, or none of ours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpecialFile {
    /// Path below the root.
    pub path: Arc<str>,
    /// What it is: `link`, `special` (pipe, device, socket), `name` (not valid Unicode), `folder` (named like a file: `x.md`),
    /// `conflict` (a copy that a synchronising program or a copying person left beside the original).
    pub what: &'static str,
}

/// A listing of everything below the root.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Plain files in order of path.
    pub files: Vec<FileStamp>,
    /// The rest, in order of path.
    pub odd: Vec<SpecialFile>,
    /// When the listing was made, in the same clock as `mtime`.
    pub at: i128,
}

/// Whether work is still wanted; asked by several threads.
pub type KeepGoing<'a> = dyn Fn() -> bool + Sync + 'a;

/// The outside, for one folder of inputs.
pub trait Source: Sync {
    /// Lists all files below the root; folders named `.git`, `.kedang` and the like, droppings of editors, and what
    /// `leave_out` names are left out. An unreadable folder is an error: an unreadable input is not a deleted one
    /// (`decisions.md` 29).
    fn list(&self, leave_out: &Ignore) -> Result<Listing, SourceError> {
        self.list_while(leave_out, &|| true).map(Option::unwrap_or_default)
    }

    /// The same, asked again and again whether to go on: `Ok(None)` when not.
    fn list_while(&self, leave_out: &Ignore, go_on: &KeepGoing<'_>) -> Result<Option<Listing>, SourceError>;

    /// The stamp of one plain file. `Ok(None)` when it is gone or something else stands there.
    fn stamp(&self, path: &str) -> Result<Option<FileStamp>, SourceError>;

    /// Reads a file, of a longer one the first `most` bytes and one more. `Ok(None)` when it is gone. What comes back was not
    /// being written while it was read.
    fn read(&self, path: &str, most: usize) -> Result<Option<Vec<u8>>, SourceError>;

    /// Opens a file of any size for copying. `Ok(None)` when it is gone.
    fn open(&self, path: &str) -> Result<Option<Box<dyn std::io::Read + Send>>, SourceError>;

    /// How a path is printed for people.
    fn display_path(&self, path: &str) -> String;
}
