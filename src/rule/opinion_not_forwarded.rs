//! 客户意见没有转告: what the customer finds wrong is passed on to the department it concerns, soon.

use super::{Bench, Check, Evidence, Finding, Rule, promise_overdue};
use crate::archive::{Dossier, ItemSort, State};
use crate::diag::Severity;

/// The rule; its manual page is `explain.opinion-not-forwarded`.
pub const RULE: Rule = Rule {
    code: "opinion-not-forwarded",
    clauses: &["第四条", "S-04.10b", "D-19"],
    severity: Severity::Warning,
    reads: &["visit.opinions", "contact.opinions", "staff.absence"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for item in dossier.items.iter().filter(|item| item.sort == ItemSort::Opinion && item.is_open(bench.as_of)) {
        let Some(due) = promise_overdue::due(item, bench) else { continue };
        if State::of(due, bench.as_of, 0) != State::Overdue || !bench.judges(dossier, due) {
            continue;
        }
        let finding = Finding::new(&RULE, bench, dossier, &item.record);
        let finding = match &item.department {
            Some(department) => finding.variant("to").with("department", department),
            None => finding,
        };
        found.push(
            finding
                .with("what", &item.text)
                .with("number", &item.number)
                .with("date", due)
                .by(bench.actors(dossier, &item.owner))
                .due(due, bench)
                .because(Evidence::row(&item.record, item.field.0, item.field.1)),
        );
    }
}
