//! 拜访没有对象: reports that neither the report nor the plan row names the people visited.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, EventKind};
use crate::diag::Severity;

/// The rule; its manual page is `explain.visit-without-people`.
pub const RULE: Rule = Rule {
    code: "visit-without-people",
    clauses: &["第十七条", "附表7", "S-17.2-3", "S-F7.4"],
    severity: Severity::Warning,
    reads: &["visit.people", "visit.visitor", "visit-plan.visits"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for event in dossier.events.iter().filter(|event| event.sort == EventKind::Visit && event.theirs.is_empty()) {
        let Some(day) = event.date.filter(|day| context.has_happened(*day) && context.applies_to(dossier, *day)) else {
            continue;
        };
        found.push(Finding::of_event(&RULE, context, dossier, event, day).with_evidence(Evidence::record(&event.entry)));
    }
}
