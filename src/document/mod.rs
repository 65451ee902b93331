//! Everything that can be known from one file alone.
//!
//! The verb is [`read`]: path and bytes in, a [`Document`] out, however broken the file is. The room never knows other
//! files. A document keeps facts and places, not its text: whoever needs the text reads the file again.

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
