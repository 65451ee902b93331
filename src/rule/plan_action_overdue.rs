//! 客户计划的行动逾期: an action of the plan in force is past its day and not ticked.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, DueState};
use crate::diag::Severity;

/// The rule; its manual page is `explain.plan-action-overdue`.
pub const RULE: Rule = Rule {
    code: "plan-action-overdue",
    clauses: &["第六条", "第十四条", "S-06.7", "S-14.5b"],
    severity: Severity::Warning,
    reads: &["development-plan.year", "development-plan.actions", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, bench: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for plan in dossier.living_plans(bench.as_of) {
        for action in plan.actions.iter().filter(|action| !action.is_done(bench.as_of)) {
            let staff = bench.responsible_staff(dossier, &action.owner);
            let Some(due) = action.due.map(|due| bench.due_by(&staff, due)) else { continue };
            if DueState::of(due.day, bench.as_of, 0) != DueState::Overdue || !bench.applies_to(dossier, due.day) {
                continue;
            }
            found.push(
                Finding::new(&RULE, bench, dossier, &plan.card)
                    .with("what", &action.action)
                    .with("plan", &plan.card.name)
                    .with("date", due)
                    .assigned_to(staff)
                    .due(due, bench)
                    .with_evidence(Evidence::row(&plan.card, "actions", action.row)),
            );
        }
    }
}
