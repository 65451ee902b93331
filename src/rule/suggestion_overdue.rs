//! 完善建议逾期未落实: reports a suggestion of a review or a finding of an inspection that is overdue.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Archive, DueState, Party};
use crate::diag::Severity;

/// The rule; its manual page is `explain.suggestion-overdue`.
pub const RULE: Rule = Rule {
    code: "suggestion-overdue",
    clauses: &["第十二条", "S-12.3b", "D-6"],
    severity: Severity::Warning,
    reads: &["review.suggestions", "inspection.findings", "staff.absence"],
    check: RuleCheck::Archive(check),
};

fn check(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for one in archive.suggestions() {
        let owner = one.owner.as_ref().and_then(Party::entry).filter(|owner| !context.has_left(owner));
        let staff: Vec<_> = owner.into_iter().cloned().collect();
        let due = one.due.filter(|_| one.is_open(context.as_of));
        let Some(due) = due.map(|due| context.due_by(&staff, due)) else { continue };
        if DueState::of(due.day, context.as_of, 0) != DueState::Overdue || !context.is_in_force(due.day) {
            continue;
        }
        let customer = one.customer.as_ref().and_then(Party::entry).filter(|entry| entry.is("customer"));
        found.push(
            Finding::of_department(&RULE, context, customer.unwrap_or(&one.record), &one.record)
                .variant(if one.record.is("review") { "say" } else { "found" })
                .with("what", &one.what)
                .with("date", due)
                .assigned_to(staff)
                .due(due, context)
                .with_evidence(Evidence::row(&one.record, one.field.0, one.field.1)),
        );
    }
}
