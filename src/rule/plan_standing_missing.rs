//! 重点客户的客户计划没有竞争性地位: checks that the plan of a key customer analyses our competitive position.

use super::yearly_plan_missing::asked;
use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::Dossier;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.plan-standing-missing`.
pub const RULE: Rule = Rule {
    code: "plan-standing-missing",
    clauses: &["第十三条", "S-13.1"],
    severity: Severity::Warning,
    reads: &["development-plan.year", "development-plan.standing", "customer.level", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    if !dossier.is_key_customer(context.config) {
        return;
    }
    for plan in dossier.current_and_future_plans(context.as_of).filter(|plan| plan.record.fields.get(key::STANDING).is_none()) {
        let Some(due) = plan.year().and_then(|year| asked(year, dossier, context)) else { continue };
        let staff = context.responsible_staff(dossier, &plan.author);
        let due = context.due_by(&staff, due);
        found.push(
            Finding::new(&RULE, context, dossier, &plan.entry)
                .with("name", &dossier.entry.name)
                .with("plan", &plan.entry.name)
                .assigned_to(staff)
                .due(due, context)
                .with_evidence(Evidence::record(&plan.entry)),
        );
    }
}
