//! 拜访结果没有和目标比较: checks that after a visit the outcome is compared with the goal, and whether it was reached is stated.
//! Only visits of this month and the last, which the author remembers.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, DueState, EventKind};
use crate::calendar::Month;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.visit-outcome-unsaid`.
pub const RULE: Rule = Rule {
    code: "visit-outcome-unsaid",
    clauses: &["第十七条", "S-17.3-3a", "D-12"],
    severity: Severity::Info,
    reads: &["visit.achieved", "visit.goal", "visit.visitor", "visit-plan.visits", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let since = Month::of(context.as_of.0).previous().first();
    for event in dossier.events.iter().filter(|event| event.sort == EventKind::Visit && event.achieved.is_none()) {
        let Some(day) = event.date.filter(|day| *day >= since && context.applies_to(dossier, *day)) else { continue };
        // Without a goal there is nothing to compare; another rule reports that.
        let of_row = || event.planned.as_ref().is_some_and(|row| row.goal.is_some());
        let finding = Finding::of_event(&RULE, context, dossier, event, day);
        let due = context.config.workdays.after(day, context.config.cadences.feedback_workdays);
        let due = context.due_by(&finding.staff, due);
        if DueState::of(due.day, context.as_of, 0) == DueState::Overdue
            && (event.record.fields.get(key::GOAL).is_some() || of_row())
        {
            found.push(finding.due(due, context).with_evidence(Evidence::record(&event.entry)));
        }
    }
}
