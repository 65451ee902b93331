//! 客户计划的调整没有部长批准: the power to change a plan is the head's (调整权由市场部部长掌握).

use super::{Bench, Check, Evidence, Finding, Rule};
use crate::archive::{Dossier, Post};
use crate::diag::Severity;

/// The rule; its manual page is `explain.plan-change-unapproved`.
pub const RULE: Rule = Rule {
    code: "plan-change-unapproved",
    clauses: &["第十五条", "S-15.2c"],
    severity: Severity::Warning,
    reads: &["development-plan.year", "development-plan.changes", "staff.post"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for plan in dossier.living_plans(bench.as_of) {
        for change in &plan.changes {
            // A change without a day is as old as the plan.
            let Some(day) = change.date.or_else(|| plan.year.map(|year| year.first())) else { continue };
            if !bench.sees(day) || !bench.judges(dossier, day) {
                continue;
            }
            let finding = Finding::new(&RULE, bench, dossier, &plan.card);
            let finding = match &change.approver {
                Some(who) if Post::Head.is_held_by(who, &dossier.stand_ins) => continue,
                Some(who) => finding.variant("other").with("who", who.name()),
                None => finding,
            };
            found.push(
                finding
                    .with("what", &change.what)
                    .with("plan", &plan.card.name)
                    .by(bench.actors(dossier, &plan.author))
                    .because(Evidence::row(&plan.card, "changes", change.row)),
            );
        }
    }
}
