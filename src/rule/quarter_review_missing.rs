//! 季度审核未做: checks that every dossier is reviewed once a quarter.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::Dossier;
use crate::calendar::Period;
use crate::diag::Severity;

/// The rule; its manual page is `explain.quarter-review-missing`.
pub const RULE: Rule = Rule {
    code: "quarter-review-missing",
    clauses: &["第十一条", "S-11.5", "D-4"],
    severity: Severity::Warning,
    reads: &["review.scope", "review.date", "customer.filed", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let Some(customer) = &dossier.customer else { return };
    let Ok(before) = Period::quarter_of(context.as_of.0).first().yesterday() else { return };
    let quarter = Period::quarter_of(before);
    let staff = context.responsible_staff(dossier, context.responsible(dossier));
    let due = context.config.workdays.after(quarter.last(), context.config.cadences.quarter_grace_workdays);
    let due = context.due_by(&staff, due);
    let there = customer.created.is_some_and(|filed| filed <= quarter.last());
    let is_done = dossier
        .reviews
        .iter()
        .any(|review| review.quarter == quarter && review.date.is_none_or(|day| context.has_happened(day)));
    // Without a day of issue the duty begins with the first review.
    let since = dossier.reviewed_since.is_some_and(|since| since.first() <= quarter.first());
    let owed = context.is_in_force(quarter.last()) && (context.config.issued.is_some() || since);
    if due.day >= context.as_of.0 || !there || is_done || !owed {
        return;
    }
    found.push(
        Finding::new(&RULE, context, dossier, &dossier.entry)
            .with("name", &dossier.entry.name)
            .with("quarter", quarter)
            .with("date", due)
            .assigned_to(staff)
            .due(due, context)
            .with_evidence(Evidence::record(&dossier.entry)),
    );
}
