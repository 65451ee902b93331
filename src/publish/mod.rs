//! Makes the output folder equal the plan, whole or not at all.
//!
//! [`OutputFolder::open`] refuses dangerous folders and acquires the lock. Outputs are added to a [`Stage`] while the
//! old site remains. [`OutputFolder::publish`] writes the intent, renames, prunes and writes the manifest. If the
//! machine fails in between, all changes are rolled back and the old site remains. If the process is killed, every file
//! is whole and the next build repairs the rest. Files that kedang did not write are never touched. This module does
//! not know how pages are rendered.
//!
//! State is kept in `.kedang/` in the output folder:
//!
//! | file | contents |
//! |---|---|
//! | `lock` | empty; locked by the system during a build, so that a dead process locks nobody out |
//! | `holder` | id of the process that holds the lock, for messages |
//! | `manifest` | key, content and size of every output; postcard, of this version of the program only |
//! | `owned` | paths of all files and folders made by kedang; plain text that every version can read |
//! | `intent` | paths about to be created and removed; exists only during that |
//! | `staging/` | outputs not yet in place |
//! | `replaced/` | replaced and removed files; exists only until the manifest is written |
//! | `memory` | inputs and messages of the last build, so that an unchanged build need not read anything |
#![expect(clippy::disallowed_methods, reason = "outputs are written here")]

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
