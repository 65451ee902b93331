//! 重点客户没有本年的客户计划: checks that a plan is made once a year by the configured day (31 January).

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, DueState};
use crate::calendar::Date;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.yearly-plan-missing`.
pub const RULE: Rule = Rule {
    code: "yearly-plan-missing",
    clauses: &["第十五条", "S-15.2a", "D-8"],
    severity: Severity::Warning,
    reads: &["development-plan.year", "customer.level", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    if !dossier.is_key_customer(context.config) {
        return;
    }
    let year = context.as_of.0.year();
    if dossier.development_plans.iter().any(|plan| plan.year() == Some(year)) {
        return;
    }
    let staff = context.responsible_staff(dossier, None);
    let Some(due) = asked(year, dossier, context).map(|due| context.due_by(&staff, due)) else { return };
    found.push(
        Finding::new(&RULE, context, dossier, &dossier.entry)
            .with("name", &dossier.entry.name)
            .with("year", year)
            .with("date", due)
            .assigned_to(staff)
            .due(due, context)
            .with_evidence(Evidence::field(&dossier.entry, key::LEVEL)),
    );
}

/// Deadline for the complete plan of a year (D-8); `None` more than `due_soon_days` before it, and if the duty does not
/// apply.
pub(super) fn asked(year: i16, dossier: &Dossier, context: &RuleContext<'_>) -> Option<Date> {
    let due = context.config.cadences.customer_plan_by.of(year);
    let ahead = DueState::of(due, context.as_of, context.config.cadences.due_soon_days) == DueState::Ahead;
    (!ahead && context.applies_to(dossier, due)).then_some(due)
}
