//! Making the output folder equal the plan, whole or not at all.
//!
//! [`Folder::open`] refuses dangerous folders and takes the lock; outputs are put on a [`Stage`] one by one while the old site
//! stands; [`Folder::publish`] writes the intent, renames, prunes and writes the manifest. When the machine fails in between, what
//! was done is undone and the old site stands. Killed at any moment, every file is whole and the next build heals the rest. Files that kedang did not write are never touched. The room never knows how pages
//! are made.
//!
//! All that is kept lies in `.kedang/` in the output folder:
//!
//! | file | holds |
//! |---|---|
//! | `lock` | nothing; locked by the system while a build runs, so that a dead process locks nobody out |
//! | `holder` | the number of the process that has the lock, for the message |
//! | `manifest` | key, content and size of every output; postcard, of this version of the program only |
//! | `owned` | the paths of all files and folders that kedang made; plain text that every version reads |
//! | `intent` | the paths that are about to be made and removed; there only while that happens |
//! | `staging/` | outputs that are not yet in their place |
//! | `replaced/` | files that were replaced or removed; there only until the manifest is written |
//! | `memory` | what the last build said, so that the same build again need not read anything |
#![expect(clippy::disallowed_methods, reason = "this is the door that outputs leave at")]

mod error;
mod existing;
#[cfg(test)]
mod fault_injection;
mod folder_check;
mod lock;
mod manifest;
mod output_folder;
mod owned_paths;
mod rename;
mod rollback;
mod safe_path;
mod stage;

pub use error::{Operation, PublishError, Refusal};
pub use existing::ExistingFiles;
pub use folder_check::ProtectedPath;
pub use output_folder::{FolderState, OpenOptions, OutputFolder, Published, WriteCounts};
pub use stage::Stage;
