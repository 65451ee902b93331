//! 问题逾期未处理: an open problem is past its date, or open longer than the policy allows, and nobody ticked it.

use super::{Bench, Check, Evidence, Finding, Rule, promise_overdue};
use crate::archive::{Dossier, ItemSort, State};
use crate::diag::Severity;

/// The rule; its manual page is `explain.problem-overdue`.
pub const RULE: Rule = Rule {
    code: "problem-overdue",
    clauses: &["附表7", "S-F7.13", "D-18"],
    severity: Severity::Warning,
    reads: &["visit.open", "contact.open", "visit.handled", "contact.handled", "staff.absence"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for item in dossier.items.iter().filter(|item| item.sort == ItemSort::Problem && item.is_open(bench.as_of)) {
        let Some(due) = promise_overdue::due(item, bench) else { continue };
        if State::of(due, bench.as_of, 0) != State::Overdue || !bench.judges(dossier, due) {
            continue;
        }
        found.push(
            Finding::new(&RULE, bench, dossier, &item.record)
                .with("what", &item.text)
                .with("number", &item.number)
                .with("date", due)
                .by(bench.actors(dossier, &item.owner))
                .due(due, bench)
                .because(Evidence::row(&item.record, item.field.0, item.field.1)),
        );
    }
}
