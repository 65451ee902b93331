//! From what people write to days. Full-width digits and marks are folded first.

use super::{Birthday, Date, Loose, Month, Period};

/// Which year a date without one means, seen from a known day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// The closest such date: dates of statements in prose tails.
    Nearest,
    /// The first on or after the known day: due and next dates (`decisions.md` 17).
    OnOrAfter,
    /// The last on or before it: stated and done dates.
    OnOrBefore,
}

/// The known day and the lean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// The day of the record.
    pub day: Date,
    /// Which way.
    pub lean: Lean,
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// It does not look like a date at all.
    NotADate,
    /// It looks like one, but there is no such day (`2026-02-30`).
    NoSuchDay,
    /// Month and day without a year, and no record day to tell it from.
    NoYear,
    /// It could be read in two ways (`3/5/26`).
    Ambiguous,
}

/// Reads one day: `2026-03-05`, `2026/3/5`, `2026.3.5`, `2026年3月5日`, `20260305`, and, with `near`, `3-5`, `3/5`,
/// `3.5`, `3月5日`, `03-05`. Full-width digits and surrounding blanks are allowed; a weekday or trailing text is not.
pub fn read_date(text: &str, near: Option<Near>) -> Result<Date, DateFault> {
    let _ = (text, near);
    todo!("helper: calendar")
}

/// Reads a month: `2026-03`, `2026/3`, `2026.03`, `2026年3月`, `202603`.
pub fn read_month(text: &str) -> Result<Month, DateFault> {
    let _ = text;
    todo!("helper: calendar")
}

/// Reads a period: a year, `2026-Q3`, `2026年三季度`, `2026年第3季度`, `2026上半年`, a month.
pub fn read_period(text: &str) -> Result<Period, DateFault> {
    let _ = text;
    todo!("helper: calendar")
}

/// Reads a rough date: a day, a period, `年底`, `上半年`, `一季度`, `月底` with the year taken from `near`.
pub fn read_loose(text: &str, near: Option<Date>) -> Result<Loose, DateFault> {
    let _ = (text, near);
    todo!("helper: calendar")
}

/// Reads a date of birth.
pub fn read_birthday(text: &str) -> Result<Birthday, DateFault> {
    let _ = text;
    todo!("helper: calendar")
}
