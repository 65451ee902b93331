//! 季度内没有检查: checks that the archivist inspects the dossiers, on no fixed day but in every quarter.

use super::archivist_missing::archivists;
use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::Archive;
use crate::calendar::{Date, Period};
use crate::diag::Severity;

/// The rule; its manual page is `explain.inspection-missing`.
pub const RULE: Rule = Rule {
    code: "inspection-missing",
    clauses: &["第十二条", "S-12.3a", "D-7"],
    severity: Severity::Info,
    reads: &["inspection.date", "staff.post", "staff.absence", "customer.archivist"],
    check: RuleCheck::Archive(check),
};

fn check(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    // An inspection may be hidden in a lower edition.
    if !context.edition.is_full() {
        return;
    }
    let Ok(before) = Period::quarter_of(context.as_of.0).first().yesterday() else { return };
    let quarter = Period::quarter_of(before);
    let wanted = context.config.cadences.inspections_per_quarter as usize;
    let days: Vec<Date> = archive.of_kind("inspection").filter_map(|loose| loose.record.date).collect();
    let made = days.iter().filter(|day| quarter.contains(**day)).count();
    // Without a day of issue the duty begins with the first inspection.
    let since = days.iter().min().is_some_and(|first| *first < quarter.first());
    let owed = context.is_in_force(quarter.last()) && (context.config.issued.is_some() || since);
    // If there is no archivist, that is reported instead.
    let staff = archivists(archive, context);
    let due = context.due_by(&staff, quarter.last());
    let Some(keeper) = staff.first().cloned().filter(|_| made < wanted && owed && due.day < context.as_of.0) else { return };
    found.push(
        Finding::of_department(&RULE, context, &keeper, &keeper)
            .variant(if made == 0 { "say" } else { "few" })
            .with("quarter", quarter)
            .with("made", made)
            .with("wanted", wanted)
            .assigned_to(staff)
            .due(due, context)
            .with_evidence(Evidence::record(&keeper)),
    );
}
