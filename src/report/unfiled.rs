//! Report `unfiled`.

use super::{Findings, Report};
use crate::archive::Archive;
use crate::rule::Bench;
use crate::table::Table;

/// The report.
pub const REPORT: Report = Report { name: "unfiled", reads: &[], tabulate };

fn tabulate(archive: &Archive, findings: &Findings, bench: &Bench<'_>) -> Table {
    let _ = (archive, findings, bench);
    todo!("helper: rule")
}
