//! 客户计划没有部长参与: checks that the head or the deputy head takes part in making the plan.

use super::yearly_plan_missing::asked;
use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{ApproverPost, Dossier};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.plan-without-head`.
pub const RULE: Rule = Rule {
    code: "plan-without-head",
    clauses: &["第十五条", "S-15.1b"],
    severity: Severity::Warning,
    reads: &["development-plan.year", "development-plan.participants", "staff.post", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for plan in dossier.current_and_future_plans(context.as_of) {
        if plan.participants.iter().any(|who| ApproverPost::HeadOrDeputy.is_held_by(who, &dossier.deputies)) {
            continue;
        }
        let Some(due) = plan.year().and_then(|year| asked(year, dossier, context)) else { continue };
        let staff = context.responsible_staff(dossier, &plan.author);
        let due = context.due_by(&staff, due);
        found.push(
            Finding::new(&RULE, context, dossier, &plan.entry)
                .with("plan", &plan.entry.name)
                .assigned_to(staff)
                .due(due, context)
                .with_evidence(Evidence::field(&plan.entry, key::PARTICIPANTS)),
        );
    }
}
