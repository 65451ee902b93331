//! 承诺逾期未兑现: a promise to the customer, or one the customer was told of, is past its date and not ticked.

use super::{Bench, Check, Evidence, Finding, Rule};
use crate::archive::{Dossier, ItemSort, OpenItem, State, Who};
use crate::calendar::Date;
use crate::diag::Severity;

/// The rule; its manual page is `explain.promise-overdue`.
pub const RULE: Rule = Rule {
    code: "promise-overdue",
    clauses: &["第十七条", "S-17.3-4b", "S-04.10c", "D-17"],
    severity: Severity::Warning,
    reads: &["visit.promises", "contact.promises", "visit.handled", "contact.handled", "staff.absence"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for item in dossier.items.iter().filter(|item| item.sort == ItemSort::Promise) {
        if !item.is_open(bench.as_of) {
            continue;
        }
        let Some(due) = due(item, bench) else { continue };
        if State::of(due, bench.as_of, 0) != State::Overdue || !bench.judges(dossier, due) {
            continue;
        }
        let finding = Finding::new(&RULE, bench, dossier, &item.record)
            .variant(if item.to.is_some() { "to" } else { "say" })
            .with("what", &item.text)
            .with("number", &item.number)
            .with("date", due);
        let finding = match &item.to {
            Some(to) => finding.with("to", to.name()),
            None => finding,
        };
        found.push(finding.by(bench.actors(dossier, &item.owner)).due(due, bench).because(Evidence::row(
            &item.record,
            item.field.0,
            item.field.1,
        )));
    }
}

/// When a promise or problem is due: its own date, else so many (working) days after it was made (D-17, D-18). Who has to see to it
/// and is away has until his return.
pub fn due(item: &OpenItem, bench: &Bench<'_>) -> Option<Date> {
    let (opened, policy) = (item.opened, bench.policy);
    let due = item.due.or_else(|| {
        Some(match item.sort {
            ItemSort::Promise => policy.workdays.after(opened?, policy.cadences.promise_workdays),
            ItemSort::Problem => opened?.saturating_add(jiff::Span::new().days(i64::from(policy.cadences.problem_days))),
            ItemSort::Opinion => policy.workdays.after(opened?, policy.cadences.forward_workdays),
        })
    })?;
    let owner = item.owner.as_ref().and_then(Who::card).filter(|card| card.is("staff") && !bench.has_left(card));
    Some(owner.map_or(due, |card| bench.due_for(card, due)))
}
