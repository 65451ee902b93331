//! Reports: tables that answer one question about the archive. One report, one file.
//!
//! [`Report::tabulate`] makes the table. [`REPORTS`] registers all reports in the order of output. This module does not
//! know HTML.

mod completeness;
mod due;
mod unfiled;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::archive::Archive;
use crate::rule::{Finding, RuleContext};
use crate::table::Table;

pub use completeness::{CONTENTS, Completeness, FORMS, FilledShare, Gap, REPORT as COMPLETENESS, completeness, is_wanted};

/// All findings by customer folder.
pub type Findings = BTreeMap<Arc<str>, Arc<[Finding]>>;

/// A report.
pub struct Report {
    /// Name: `due`. Its title is `report.<name>` and its question `report.<name>.note` in the catalogues.
    pub name: &'static str,
    /// Fields it reads, as `kind.field` (`decisions.md` 7).
    pub reads: &'static [&'static str],
    /// Builds the table.
    pub tabulate: fn(&Archive, &Findings, &RuleContext<'_>) -> Table,
}

/// All reports, in the order of output.
pub const REPORTS: &[&Report] = &[&due::REPORT, &completeness::REPORT, &unfiled::REPORT];

/// The reports of an edition: those whose fields are all visible.
pub fn reports(context: &RuleContext<'_>) -> impl Iterator<Item = &'static Report> {
    REPORTS.iter().copied().filter(|report| context.may_read(report.reads))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Catalog, Lang};

    #[test]
    fn report_names_are_unique_and_translated() {
        let mut names: Vec<&str> = REPORTS.iter().map(|report| report.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), REPORTS.len());
        for report in REPORTS {
            for lang in Lang::ALL {
                assert!(Catalog::of(lang).has(&format!("report.{}", report.name)), "{} {lang:?}", report.name);
                assert!(Catalog::of(lang).has(&format!("report.{}.note", report.name)), "{} {lang:?}", report.name);
            }
        }
    }
}
