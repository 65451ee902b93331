//! Drawing a table as text.

use super::Table;
use crate::calendar::AsOf;
use crate::words::Words;

/// CSV: UTF-8 with a byte order mark, CRLF, a guard before cells that a spreadsheet would take for a formula. Due dates
/// are a date column's cell; days are counted to `as_of` in a column of their own (`<key>_days`).
pub fn csv(table: &Table, as_of: AsOf, words: &Words) -> Vec<u8> {
    let _ = (table, as_of, words);
    todo!("helper: rule")
}

/// JSON: `{title, as_of, columns: [{key, label}], rows: [{key: value, …}]}`, two-space indented, a line break at the end.
pub fn json(table: &Table, as_of: AsOf, words: &Words) -> String {
    let _ = (table, as_of, words);
    todo!("helper: rule")
}

/// A table for a terminal of `width` columns (`None`: as wide as needed), counting Han characters as two.
pub fn terminal(table: &Table, as_of: AsOf, words: &Words, width: Option<usize>) -> String {
    let _ = (table, as_of, words, width);
    todo!("helper: rule")
}
