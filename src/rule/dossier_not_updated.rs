//! 有了新信息，档案没有更新: checks that the archivist updates the dossier after news.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, DueState};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.dossier-not-updated`.
pub const RULE: Rule = Rule {
    code: "dossier-not-updated",
    clauses: &["第十一条", "S-11.4a", "S-11.4b", "D-20"],
    severity: Severity::Info,
    reads: &[
        "visit.information",
        "contact.information",
        "market-report.information",
        "customer.verified",
        "person.verified",
        "person.relation_history",
        "information.information",
        "project.verified",
        "staff.absence",
    ],
    check: RuleCheck::Dossier(check),
};

/// Kinds that state the current situation; news is in all others.
const STANDING: [&str; 6] = ["customer", "information", "person", "project", "development-plan", "contact-plan"];

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    // The update may be hidden in a lower edition.
    if dossier.customer.is_none() || !context.edition.is_full() {
        return;
    }
    let is_standing = |kind: &str| STANDING.contains(&kind);
    let diagnostics = dossier.information.iter().filter(|row| !is_standing(&row.record.kind));
    let diagnostics = diagnostics.filter_map(|row| Some((row.record.date.or(row.date)?, row)));
    let mut diagnostics: Vec<_> =
        diagnostics.filter(|(day, _)| context.has_happened(*day) && context.applies_to(dossier, *day)).collect();
    if diagnostics.is_empty() {
        return;
    }
    let standing = dossier.records().filter(|record| is_standing(&record.kind.key));
    let last = standing.filter_map(|record| record.latest()).max();
    diagnostics.retain(|(day, _)| last.is_none_or(|last| last < *day));
    // One finding per customer: the oldest news.
    let Some((day, row)) = diagnostics.into_iter().min_by_key(|(day, row)| (*day, &row.record.id, row.row)) else { return };
    let staff = context.responsible_staff(dossier, context.responsible(dossier));
    let due = context.due_by(&staff, context.config.workdays.after(day, context.config.cadences.update_workdays));
    if DueState::of(due.day, context.as_of, 0) != DueState::Overdue {
        return;
    }
    let finding = Finding::new(&RULE, context, dossier, &dossier.entry);
    let finding = match last {
        Some(last) => finding.with("last", last),
        None => finding.variant("never"),
    };
    found.push(
        finding
            .with("name", &dossier.entry.name)
            .with("date", day)
            .with("due", due)
            .assigned_to(staff)
            .due(due, context)
            .with_evidence(Evidence::row(&row.record, key::INFORMATION, row.row))
            .with_evidence(Evidence::record(&dossier.entry)),
    );
}
