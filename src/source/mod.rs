//! Input files, on a disk or in memory.
//!
//! The trait [`Source`] lists and reads files and knows nothing about their meaning. Symbolic links are not followed
//! and special files not opened; both are listed as [`SpecialFile`]s so that they can be reported.
#![expect(clippy::disallowed_methods, reason = "inputs are read here")]

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

/// Metadata of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FileStamp {
    /// Path below the root, components joined by `/`.
    pub path: Arc<str>,
    /// Size in bytes.
    pub size: u64,
    /// Modification time in nanoseconds since 1970.
    pub mtime: i128,
}

impl FileStamp {
    /// Whether the file may have been written again after the listing at `at` without a change of its stamp: file
    /// system clocks have steps of up to 2 s, and an editor may save twice within one.
    pub fn is_racy(&self, at: i128) -> bool {
        const RACY: i128 = 3_000_000_000;
        self.mtime > at - RACY
    }
}

/// An entry of the folder that is not a plain file, or is to be ignored.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpecialFile {
    /// Path below the root.
    pub path: Arc<str>,
    /// What it is: `link`, `special` (pipe, device, socket), `name` (not valid Unicode), `folder` (named like a file:
    /// `x.md`), `conflict` (a copy left beside the original by a synchronising program or a user).
    pub what: &'static str,
}

/// A listing of all files below the root.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Plain files in order of path.
    pub files: Vec<FileStamp>,
    /// Everything else, in order of path.
    pub odd: Vec<SpecialFile>,
    /// When the listing was made, in the same clock as `mtime`.
    pub at: i128,
}

/// Returns false when the work is cancelled; called from several threads.
pub type KeepGoing<'a> = dyn Fn() -> bool + Sync + 'a;

/// A folder of input files.
pub trait Source: Sync {
    /// Lists all files below the root, except folders such as `.git` and `.kedang`, temporary files of editors, and
    /// what `leave_out` matches. An unreadable folder is an error: an unreadable input is not a deleted one
    /// (`decisions.md` 29).
    fn list(&self, leave_out: &Ignore) -> Result<Listing, SourceError> {
        self.list_while(leave_out, &|| true).map(Option::unwrap_or_default)
    }

    /// As [`list`](Self::list), but returns `Ok(None)` when `go_on` returns false.
    fn list_while(&self, leave_out: &Ignore, keep_going: &KeepGoing<'_>) -> Result<Option<Listing>, SourceError>;

    /// The stamp of one plain file; `Ok(None)` if it was deleted or replaced by something else.
    fn stamp(&self, path: &str) -> Result<Option<FileStamp>, SourceError>;

    /// Reads a file, at most `most` + 1 bytes. `Ok(None)` if it was deleted. The file was not modified while it was
    /// read.
    fn read(&self, path: &str, most: usize) -> Result<Option<Vec<u8>>, SourceError>;

    /// Opens a file of any size for copying. `Ok(None)` if it was deleted.
    fn open(&self, path: &str) -> Result<Option<Box<dyn std::io::Read + Send>>, SourceError>;

    /// The path as printed for people.
    fn display_path(&self, path: &str) -> String;
}
