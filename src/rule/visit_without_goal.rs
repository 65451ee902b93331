//! 拜访没有目标: before a visit it is clear what it shall bring; neither the report nor the plan's row says it.

use super::{Bench, Check, Evidence, Finding, Rule};
use crate::archive::{Dossier, EventSort};
use crate::diag::Severity;

/// The rule; its manual page is `explain.visit-without-goal`.
pub const RULE: Rule = Rule {
    code: "visit-without-goal",
    clauses: &["第十七条", "S-17.2-3"],
    severity: Severity::Info,
    reads: &["visit.goal", "visit.visitor", "visit-plan.visits"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for event in dossier.events.iter().filter(|event| event.sort == EventSort::Visit) {
        let Some(day) = event.date.filter(|day| bench.sees(*day) && bench.judges(dossier, *day)) else { continue };
        let of_row = || event.planned.as_ref().is_some_and(|row| row.goal.is_some());
        if event.record.sheet.get("goal").is_some() || of_row() {
            continue;
        }
        found.push(Finding::of_event(&RULE, bench, dossier, event, day).because(Evidence::record(&event.card)));
    }
}
