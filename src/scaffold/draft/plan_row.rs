//! The visit plan row of a new visit.

use std::sync::Arc;

use super::context::DraftContext;
use crate::archive::{DirectoryEntry, Dossier, PlannedVisit};
use crate::kind::CodeValue;

/// The plan row of a new visit.
#[derive(Clone, Copy)]
pub(super) enum PlannedRow<'a> {
    /// None.
    No,
    /// The row that the visit carries out: the visit inherits what it does not state.
    Carried(&'a PlannedVisit),
    /// The nearest row within seven days that has no visit: its values are copied.
    Near(&'a PlannedVisit),
}

impl<'a> PlannedRow<'a> {
    /// The row for a visit made by these staff members.
    pub fn of(context: &DraftContext<'_>, dossier: &'a Dossier, ours: &[String]) -> PlannedRow<'a> {
        let day = context.day();
        let rank = |entry: &Arc<DirectoryEntry>| ours.iter().position(|name| *name == context.staff_name(entry));
        if let Some(row) = dossier.matching_row(rank, day) {
            return PlannedRow::Carried(row);
        }
        let away = |row: &PlannedVisit| row.day().map(|date| (date - day).get_days().abs()).filter(|days| *days <= 7);
        let free = dossier.planned_visits.iter().filter(|foreseen| foreseen.visit.is_none()).map(|foreseen| &*foreseen.row);
        let near = free.filter(|row| !row.is_cancelled()).filter_map(|row| Some((away(row)?, row)));
        near.min_by_key(|(days, _)| *days).map_or(PlannedRow::No, |(_, row)| PlannedRow::Near(row))
    }

    /// The row, if there is one.
    pub fn row(self) -> Option<&'a PlannedVisit> {
        match self {
            PlannedRow::No => None,
            PlannedRow::Carried(row) | PlannedRow::Near(row) => Some(row),
        }
    }

    /// Whether values of the row are inherited.
    pub fn is_carried(self) -> bool {
        matches!(self, PlannedRow::Carried(_))
    }
}

/// 目的 as people type it: the number, or the word if there is none.
pub(super) fn codes(codes: &[CodeValue]) -> String {
    let short = |code: &CodeValue| if code.code.is_empty() { code.word.clone() } else { code.code.clone() };
    codes.iter().map(|code| short(code).to_string()).collect::<Vec<_>>().join(" ")
}
