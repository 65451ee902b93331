//! Why a date or period cannot be read.

/// Why a text is not a valid date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It does not look like a date at all.
    NotADate,
    /// No such day (`2026-02-30`), or a year not between 1900 and 2199.
    NoSuchDay,
    /// Month and day without a year, and no reference day.
    NoYear,
    /// It has two readings (`3/5/26`).
    Ambiguous,
}
