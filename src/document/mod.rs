//! Everything that can be known from one file alone.
//!
//! [`read`] turns path and bytes into a [`Document`], however broken the file is. This module knows no other files. A
//! document keeps facts and spans, not its text: who needs the text reads the file again.

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
