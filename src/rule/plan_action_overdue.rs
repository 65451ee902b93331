//! 客户计划的行动逾期: reports an action of the current plan that is overdue and not ticked.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, DueState};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.plan-action-overdue`.
pub const RULE: Rule = Rule {
    code: "plan-action-overdue",
    clauses: &["第六条", "第十四条", "S-06.7", "S-14.5b"],
    severity: Severity::Warning,
    reads: &["development-plan.year", "development-plan.actions", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for plan in dossier.current_and_future_plans(context.as_of) {
        for action in plan.actions.iter().filter(|action| !action.is_done(context.as_of)) {
            let staff = context.responsible_staff(dossier, &action.owner);
            let Some(due) = action.due.map(|due| context.due_by(&staff, due)) else { continue };
            if DueState::of(due.day, context.as_of, 0) != DueState::Overdue || !context.applies_to(dossier, due.day) {
                continue;
            }
            found.push(
                Finding::new(&RULE, context, dossier, &plan.entry)
                    .with("what", &action.action)
                    .with("plan", &plan.entry.name)
                    .with("date", due)
                    .assigned_to(staff)
                    .due(due, context)
                    .with_evidence(Evidence::row(&plan.entry, key::ACTIONS, action.row)),
            );
        }
    }
}
