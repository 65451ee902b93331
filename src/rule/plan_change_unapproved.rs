//! 客户计划的调整没有部长批准: checks that the head approved each change of a plan (调整权由市场部部长掌握).

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{ApproverPost, Dossier};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.plan-change-unapproved`.
pub const RULE: Rule = Rule {
    code: "plan-change-unapproved",
    clauses: &["第十五条", "S-15.2c"],
    severity: Severity::Warning,
    reads: &["development-plan.year", "development-plan.changes", "staff.post"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for plan in dossier.current_and_future_plans(context.as_of) {
        for change in &plan.changes {
            // A change without a date counts from the start of the plan's year.
            let Some(day) = change.date.or_else(|| plan.year.map(|year| year.first())) else { continue };
            if !context.has_happened(day) || !context.applies_to(dossier, day) {
                continue;
            }
            let finding = Finding::new(&RULE, context, dossier, &plan.entry);
            let finding = match &change.approver {
                Some(who) if ApproverPost::Head.is_held_by(who, &dossier.deputies) => continue,
                Some(who) => finding.variant("other").with("who", who.name()),
                None => finding,
            };
            found.push(
                finding
                    .with("what", &change.what)
                    .with("plan", &plan.entry.name)
                    .assigned_to(context.responsible_staff(dossier, &plan.author))
                    .with_evidence(Evidence::row(&plan.entry, key::CHANGES, change.row)),
            );
        }
    }
}
