//! Front matter becomes entries of spanned, untyped text, even when it is broken.
//!
//! The verb is [`read`]. Front matter is cut into entries at column 0 (`decisions.md` 19). An entry of one line for a
//! one-line field is *the rest of its line, literally*, unless its value is wholly one balanced quoted string or flow
//! collection; every other entry goes to the YAML parser by itself, so a fault costs one entry and not the file.
//! Keyboard slips are mended before, with an offset map, so every place points into the author's own text.
//! The room never knows field names, dates or booleans: `no`, `0123` and `2026-1-5` stay what was typed.

mod entry;
mod mend;
mod node;
mod reader;

pub use entry::{Entry, Front, Told};
pub use node::Node;
pub use reader::{MAX_DEPTH, MAX_FRONT, read};
