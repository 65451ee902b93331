//! 合同节点逾期: reports a delivery, acceptance or payment of a contract that is overdue: neither done nor fully paid.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, DueState};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.milestone-overdue`.
pub const RULE: Rule = Rule {
    code: "milestone-overdue",
    clauses: &["第五条", "S-05.4"],
    severity: Severity::Warning,
    reads: &["project.milestones", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for project in &dossier.projects {
        for (milestone, row) in project.milestones.iter().zip(0..) {
            let staff = context.responsible_staff(dossier, []);
            let due = milestone.due.filter(|_| milestone.is_open(context.as_of)).map(|due| context.due_by(&staff, due));
            let Some(due) = due else { continue };
            if DueState::of(due.day, context.as_of, 0) != DueState::Overdue || !context.applies_to(dossier, due.day) {
                continue;
            }
            let short = milestone.is_short() && milestone.on.is_none_or(|on| context.has_happened(on));
            let finding = Finding::new(&RULE, context, dossier, &project.entry);
            let finding = match (milestone.received.filter(|_| short), milestone.amount) {
                (Some(received), Some(amount)) => finding.variant("short").with("received", received).with("amount", amount),
                (None, Some(amount)) => finding.variant("money").with("amount", amount),
                (_, None) => finding,
            };
            found.push(
                finding
                    .with("project", &project.entry.name)
                    .with("what", &milestone.what)
                    .with("date", due)
                    .assigned_to(staff)
                    .due(due, context)
                    .with_evidence(Evidence::row(&project.entry, key::MILESTONES, row)),
            );
        }
    }
}
