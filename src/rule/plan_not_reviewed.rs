//! 客户计划没有审核: checks that the head or the deputy head reviews the plan by its deadline.

use super::yearly_plan_missing::asked;
use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::Dossier;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.plan-not-reviewed`.
pub const RULE: Rule = Rule {
    code: "plan-not-reviewed",
    clauses: &["第六条", "S-06.7", "D-8"],
    severity: Severity::Warning,
    reads: &[
        "development-plan.year",
        "development-plan.reviewer",
        "development-plan.reviewed",
        "development-plan.verdict",
        "staff.absence",
    ],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for plan in dossier.current_and_future_plans(context.as_of) {
        let verdict = plan.verdict_on(context.as_of);
        let Some(due) = plan.year().and_then(|year| asked(year, dossier, context)) else { continue };
        let finding = Finding::new(&RULE, context, dossier, &plan.entry);
        let (finding, who) = match verdict {
            "已审" => continue,
            "退回" => (finding.variant("returned"), &plan.author),
            _ => (finding, &plan.reviewer),
        };
        let staff = context.responsible_staff(dossier, who);
        let due = context.due_by(&staff, due);
        found.push(
            finding
                .with("plan", &plan.entry.name)
                .with("date", due)
                .assigned_to(staff)
                .due(due, context)
                .with_evidence(Evidence::field(&plan.entry, key::VERDICT)),
        );
    }
}
