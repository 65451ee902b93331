//! Front matter becomes entries of spanned, untyped text, even when it is broken.
//!
//! The verb is [`read`]. Front matter is cut into entries at column 0 (`decisions.md` 19). An entry of one line for a
//! one-line field is *the rest of its line, literally*, unless its value is wholly one balanced quoted string or flow
//! collection; every other entry goes to the YAML parser by itself, so a fault costs one entry and not the file.
//! Keyboard slips are mended before, with an offset map, so every place points into the author's own text.
//! The room never knows field names, dates or booleans: `no`, `0123` and `2026-1-5` stay what was typed.

mod block;
mod cut;
mod entry;
mod flow;
mod keys;
mod mend;
mod node;
mod plain;
mod read;
mod reader;

pub use cut::looks_like_entry;
pub use entry::{Entry, Front, Known, Told};
pub use mend::slips;
pub use node::Node;
pub use read::{MAX_FRONT, read};
pub use reader::MAX_DEPTH;

/// White space that separates, including the wide blank and the invisible characters that chat programs paste along.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r') || (!c.is_ascii() && (c.is_whitespace() || is_invisible(c)))
}

/// Characters of no width that chat programs and word processors leave behind.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// `range` without the blanks at both ends.
fn trimmed(source: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let text = source[range.clone()].trim_start_matches(is_blank);
    let start = range.end - text.len();
    start..start + text.trim_end_matches(is_blank).len()
}
