//! Everything that can be known from one file alone.
//!
//! The verb is [`read`]: path and bytes in, a [`Document`] out, however broken the file is. The room never knows other
//! files. A document keeps facts and places, not its text: whoever needs the text reads the file again.

#[expect(clippy::module_inception, reason = "a file is named for its noun, and this room has but one")]
mod document;
mod faults;
mod levels;
mod mended;
mod read;
mod split;

pub use document::{Document, LeveledLink};
pub use mended::{Change, Mended, mended};
pub use read::{MAX_FILE, read};
