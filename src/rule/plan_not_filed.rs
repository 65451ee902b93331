//! 客户计划没有归档: checks that the plan is filed with the archivist by its deadline.

use super::yearly_plan_missing::asked;
use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::Dossier;
use crate::diag::Severity;

/// The rule; its manual page is `explain.plan-not-filed`.
pub const RULE: Rule = Rule {
    code: "plan-not-filed",
    clauses: &["第十五条", "S-15.3", "D-8"],
    severity: Severity::Warning,
    reads: &["development-plan.year", "development-plan.filed_by", "development-plan.filed_on", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for plan in dossier.current_and_future_plans(context.as_of).filter(|plan| !plan.is_filed(context.as_of)) {
        let Some(due) = plan.year().and_then(|year| asked(year, dossier, context)) else { continue };
        let staff = context.responsible_staff(dossier, context.responsible(dossier).or(plan.author.as_ref()));
        let due = context.due_by(&staff, due);
        found.push(
            Finding::new(&RULE, context, dossier, &plan.entry)
                .with("plan", &plan.entry.name)
                .with("date", due)
                .assigned_to(staff)
                .due(due, context)
                .with_evidence(Evidence::record(&plan.entry)),
        );
    }
}
