//! 拜访没有目的: reports that neither the report nor the plan row states one of the six purposes of 第十六条.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, EventKind};
use crate::diag::Severity;

/// The rule; its manual page is `explain.visit-without-purpose`.
pub const RULE: Rule = Rule {
    code: "visit-without-purpose",
    clauses: &["第十六条", "S-16.1z"],
    severity: Severity::Warning,
    reads: &["visit.purpose", "visit.visitor"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for event in dossier.events.iter().filter(|event| event.sort == EventKind::Visit && event.purpose.is_empty()) {
        let Some(day) = event.date else { continue };
        if !context.has_happened(day) || !context.applies_to(dossier, day) {
            continue;
        }
        found.push(Finding::of_event(&RULE, context, dossier, event, day).with_evidence(Evidence::record(&event.entry)));
    }
}
