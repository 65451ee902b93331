//! Tables that answer one question over the archive: one report, one file.
//!
//! The verb is [`Report::tabulate`]; registration is one line in [`REPORTS`]. The room never knows HTML.

mod due;
mod unfiled;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::Archive;
use crate::rule::{Bench, Finding};
use crate::table::Table;

/// All findings by customer folder.
pub type Findings = BTreeMap<Arc<str>, Arc<[Finding]>>;

/// A report.
pub struct Report {
    /// Public name: `due`. Its title is `report.<name>` and its question `report.<name>.note` in the catalogues.
    pub name: &'static str,
    /// Fields it reads, as `kind.field` (`decisions.md` 7).
    pub reads: &'static [&'static str],
    /// Makes the table.
    pub tabulate: fn(&Archive, &Findings, &Bench<'_>) -> Table,
}

/// Every report, in the order of listings.
pub const REPORTS: &[&Report] = &[&due::REPORT, &unfiled::REPORT];
