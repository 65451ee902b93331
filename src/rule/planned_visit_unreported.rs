//! 计划的拜访没有日报: reports that the day of a planned visit has passed without a report.

use super::{Deadline, Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, DueState, PlannedVisit, PlannedVisitOutcome};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.planned-visit-unreported`.
pub const RULE: Rule = Rule {
    code: "planned-visit-unreported",
    clauses: &["附表7", "S-F7.14", "D-13"],
    severity: Severity::Warning,
    reads: &["visit-plan.visits", "visit-plan.staff", "visit.visitor", "visit.companions", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for foreseen in &dossier.planned_visits {
        let row = &foreseen.row;
        let (Some(day), Some(staff), Some(due)) = (row.day(), &row.staff, due(row, context)) else { continue };
        if was_made(foreseen, context)
            || DueState::of(due.day, context.as_of, 0) != DueState::Overdue
            || !context.applies_to(dossier, day)
        {
            continue;
        }
        let finding = Finding::new(&RULE, context, dossier, &row.plan).variant(if row.is_moved() { "moved" } else { "say" });
        found.push(
            finding
                .with("ours", &staff.name)
                .with("customer", dossier.entry.short.as_ref().unwrap_or(&dossier.entry.name))
                .with("date", day)
                .assigned_to(context.responsible_staff(dossier, [&crate::archive::Party::Registered(staff.clone())]))
                .due(due, context)
                .with_evidence(Evidence::row(&row.plan, key::VISITS, row.row)),
        );
    }
}

/// Deadline for the report of a planned visit; `None` if the visit was cancelled or its salesperson was on leave or had
/// left.
pub fn due(row: &PlannedVisit, context: &RuleContext<'_>) -> Option<Deadline> {
    let (day, staff) = (row.day()?, row.staff.as_ref()?);
    if row.is_cancelled() || context.is_absent(staff, day) || staff.left.is_some_and(|left| left <= day) {
        return None;
    }
    Some(context.due_for(staff, context.config.workdays.after(day, context.config.cadences.visit_report_workdays)))
}

/// Whether the visit was made by today.
pub fn was_made(foreseen: &PlannedVisitOutcome, context: &RuleContext<'_>) -> bool {
    foreseen.visit.as_ref().and_then(|visit| visit.date).is_some_and(|date| context.has_happened(date))
}
