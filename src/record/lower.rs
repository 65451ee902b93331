//! From a visible file to records.

use super::Record;
use crate::calendar::Date;
use crate::edition::Visible;
use crate::kind::{Kinds, Sheet};

/// The records of one file: one, or one a row for a month's file.
pub fn lower(visible: &Visible, kinds: &Kinds) -> Vec<Record> {
    let _ = (visible, kinds);
    todo!("helper: record")
}

/// The latest stated day of a sheet, at any depth, due and next dates left out.
pub(super) fn latest(sheet: &Sheet) -> Option<Date> {
    let _ = sheet;
    todo!("helper: record")
}
