//! Tables that answer one question over the archive: one report, one file.
//!
//! The verb is [`Report::tabulate`]; registration is one line in [`REPORTS`], whose order is the order of every listing. The
//! room never knows HTML.

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
    /// Public name: `due`. Its title is `report.<name>` and its question `report.<name>.note` in the catalogues.
    pub name: &'static str,
    /// Fields it reads, as `kind.field` (`decisions.md` 7).
    pub reads: &'static [&'static str],
    /// Makes the table.
    pub tabulate: fn(&Archive, &Findings, &RuleContext<'_>) -> Table,
}

/// Every report, in the order of listings.
pub const REPORTS: &[&Report] = &[&due::REPORT, &completeness::REPORT, &unfiled::REPORT];

/// The reports of an edition: those whose every field it shows.
pub fn reports(context: &RuleContext<'_>) -> impl Iterator<Item = &'static Report> {
    REPORTS.iter().copied().filter(|report| context.may_read(report.reads))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Catalog, Lang};

    #[test]
    fn every_report_has_a_name_of_its_own_and_words_in_both_languages() {
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
