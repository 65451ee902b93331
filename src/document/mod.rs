//! Parses one file: front matter, fields, prose, links and diagnostics.
//!
//! [`read`] turns path and bytes into a [`Document`], however broken the file is. This module knows no other files.
//! The text of a document is only for its first user; whoever needs it later reads the file again.

mod decode_diagnostics;
#[expect(clippy::module_inception, reason = "the module has one main type")]
mod document;
mod fixes;
mod read;
mod secrecy_levels;
mod split;

pub use document::{Document, LeveledLink};
pub use fixes::{FixedText, LineChange, apply_fixes};
pub use read::{MAX_FILE, read};
