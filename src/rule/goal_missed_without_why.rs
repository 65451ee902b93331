//! 目标没有达成没有原因: checks that a visit that missed its goal states the reason.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, EventKind};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.goal-missed-without-why`.
pub const RULE: Rule = Rule {
    code: "goal-missed-without-why",
    clauses: &["第十七条", "S-17.3-3b"],
    severity: Severity::Warning,
    reads: &["visit.achieved", "visit.why", "visit.outcome"],
    check: RuleCheck::Dossier(check),
};

/// Values of 是否达成 that require a reason.
const MISSED: [&str; 2] = ["部分", "否"];

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for visit in dossier.events.iter().filter(|event| event.sort == EventKind::Visit) {
        let Some(achieved) = visit.achieved.as_deref().filter(|word| MISSED.contains(word)) else { continue };
        let Some(day) = visit.date.filter(|day| context.has_happened(*day) && context.applies_to(dossier, *day)) else {
            continue;
        };
        if visit.record.fields.get(key::WHY).is_some() {
            continue;
        }
        found.push(
            Finding::new(&RULE, context, dossier, &visit.entry)
                .with("date", day)
                .with("achieved", achieved)
                .assigned_to(context.responsible_staff(dossier, visit.ours.first()))
                .with_evidence(Evidence::field(&visit.entry, key::ACHIEVED)),
        );
    }
}
