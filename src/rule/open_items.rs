//! What promises, problems and opinions have in common: each is open until it is ticked, and due on a day.

use super::{Deadline, Evidence, Finding, Rule, RuleContext};
use crate::archive::{Dossier, DueState, ItemKind, OpenItem, Party};

/// When an item is due: its own date, else so many (working) days after it was made (D-17, D-18, D-19). Who has to see to it and is
/// away has until his return.
pub fn due(item: &OpenItem, bench: &RuleContext<'_>) -> Option<Deadline> {
    let (opened, policy) = (item.opened, bench.policy);
    let due = item.due.or_else(|| {
        Some(match item.sort {
            ItemKind::Promise => policy.workdays.after(opened?, policy.cadences.promise_workdays),
            ItemKind::Problem => opened?.saturating_add(jiff::Span::new().days(i64::from(policy.cadences.problem_days))),
            ItemKind::Opinion => policy.workdays.after(opened?, policy.cadences.forward_workdays),
        })
    })?;
    let owner = item.owner.as_ref().and_then(Party::card).filter(|card| card.is("staff") && !bench.has_left(card));
    Some(owner.map_or(due.into(), |card| bench.due_for(card, due)))
}

/// The items of one sort that are past their day and not ticked, each with a finding that says what, which and since when.
pub(super) fn overdue<'a>(
    rule: &'static Rule,
    sort: ItemKind,
    dossier: &'a Dossier,
    bench: &'a RuleContext<'_>,
) -> impl Iterator<Item = (&'a OpenItem, Finding)> + 'a {
    let open = dossier.items.iter().filter(move |item| item.sort == sort && item.is_open(bench.as_of));
    open.filter_map(move |item| {
        let due = due(item, bench)?;
        let is_late = DueState::of(due.day, bench.as_of, 0) == DueState::Overdue && bench.applies_to(dossier, due.day);
        is_late.then(|| {
            let finding = Finding::new(rule, bench, dossier, &item.record)
                .with("what", &item.text)
                .with("number", &item.number)
                .with("date", due)
                .assigned_to(bench.responsible_staff(dossier, &item.owner))
                .due(due, bench);
            (item, finding.with_evidence(Evidence::row(&item.record, item.field.0, item.field.1)))
        })
    })
}
