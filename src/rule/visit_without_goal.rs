//! 拜访没有目标: reports that neither the report nor the plan row states the goal of the visit.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, EventKind};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.visit-without-goal`.
pub const RULE: Rule = Rule {
    code: "visit-without-goal",
    clauses: &["第十七条", "S-17.2-3"],
    severity: Severity::Info,
    reads: &["visit.goal", "visit.visitor", "visit-plan.visits"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for event in dossier.events.iter().filter(|event| event.sort == EventKind::Visit) {
        let Some(day) = event.date.filter(|day| context.has_happened(*day) && context.applies_to(dossier, *day)) else {
            continue;
        };
        let of_row = || event.planned.as_ref().is_some_and(|row| row.goal.is_some());
        if event.record.fields.get(key::GOAL).is_some() || of_row() {
            continue;
        }
        found.push(Finding::of_event(&RULE, context, dossier, event, day).with_evidence(Evidence::record(&event.entry)));
    }
}
