//! 客户计划没有部长参与: the head or his deputy takes part in making the plan and guides it.

use super::yearly_plan_missing::asked;
use super::{Bench, Check, Evidence, Finding, Rule};
use crate::archive::{Dossier, Post};
use crate::diag::Severity;

/// The rule; its manual page is `explain.plan-without-head`.
pub const RULE: Rule = Rule {
    code: "plan-without-head",
    clauses: &["第十五条", "S-15.1b"],
    severity: Severity::Warning,
    reads: &["development-plan.year", "development-plan.participants", "staff.post", "staff.absence"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for plan in dossier.living_plans(bench.as_of) {
        if plan.participants.iter().any(|who| Post::HeadOrDeputy.is_held_by(who, &dossier.stand_ins)) {
            continue;
        }
        let Some(due) = plan.year().and_then(|year| asked(year, dossier, bench)) else { continue };
        let staff = bench.actors(dossier, &plan.author);
        let due = bench.due_by(&staff, due);
        found.push(
            Finding::new(&RULE, bench, dossier, &plan.card)
                .with("plan", &plan.card.name)
                .by(staff)
                .due(due, bench)
                .because(Evidence::field(&plan.card, "participants")),
        );
    }
}
