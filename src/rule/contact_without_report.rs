//! 接触没有情况报告: checks that after every contact by letter, telephone or meeting a short report is written.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, DueState, EventKind};
use crate::diag::Severity;

/// The rule; its manual page is `explain.contact-without-report`.
pub const RULE: Rule = Rule {
    code: "contact-without-report",
    clauses: &["附表6", "S-F6.9", "D-14"],
    severity: Severity::Warning,
    reads: &["contact.prose", "contact.staff", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for event in dossier.events.iter().filter(|event| event.sort == EventKind::Contact && !event.reported) {
        let Some(day) = event.date else { continue };
        let staff = context.responsible_staff(dossier, event.ours.first());
        let due = context.due_by(&staff, context.config.workdays.after(day, context.config.cadences.contact_report_workdays));
        if DueState::of(due.day, context.as_of, 0) != DueState::Overdue || !context.applies_to(dossier, day) {
            continue;
        }
        let names: Vec<&str> = event.theirs.iter().map(|who| who.name()).collect();
        found.push(
            Finding::new(&RULE, context, dossier, &event.entry)
                .with("date", day)
                .with("theirs", names.join("、"))
                .assigned_to(staff)
                .due(due, context)
                .with_evidence(Evidence::record(&event.entry)),
        );
    }
}
