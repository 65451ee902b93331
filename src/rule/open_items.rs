//! Promises, problems and opinions: open until ticked, and due on a day.

use super::{Deadline, Evidence, Finding, Rule, RuleContext};
use crate::archive::{Dossier, DueState, ItemKind, OpenItem, Party};

/// Deadline of an item: its own date, else so many (working) days after it was opened (D-17, D-18, D-19). Absence of
/// the responsible person postpones it.
pub fn due(item: &OpenItem, context: &RuleContext<'_>) -> Option<Deadline> {
    let (opened, config) = (item.opened, context.config);
    let due = item.due.or_else(|| {
        Some(match item.sort {
            ItemKind::Promise => config.workdays.after(opened?, config.cadences.promise_workdays),
            ItemKind::Problem => opened?.saturating_add(jiff::Span::new().days(i64::from(config.cadences.problem_days))),
            ItemKind::Opinion => config.workdays.after(opened?, config.cadences.forward_workdays),
        })
    })?;
    let owner = item.owner.as_ref().and_then(Party::entry).filter(|entry| entry.is("staff") && !context.has_left(entry));
    Some(owner.map_or(due.into(), |entry| context.due_for(entry, due)))
}

/// Findings for the overdue items of one kind, with text, number and due date.
pub(super) fn overdue<'a>(
    rule: &'static Rule,
    sort: ItemKind,
    dossier: &'a Dossier,
    context: &'a RuleContext<'_>,
) -> impl Iterator<Item = (&'a OpenItem, Finding)> + 'a {
    let open = dossier.items.iter().filter(move |item| item.sort == sort && item.is_open(context.as_of));
    open.filter_map(move |item| {
        let due = due(item, context)?;
        let is_late = DueState::of(due.day, context.as_of, 0) == DueState::Overdue && context.applies_to(dossier, due.day);
        is_late.then(|| {
            let finding = Finding::new(rule, context, dossier, &item.record)
                .with("what", &item.text)
                .with("number", &item.number)
                .with("date", due)
                .assigned_to(context.responsible_staff(dossier, &item.owner))
                .due(due, context);
            (item, finding.with_evidence(Evidence::row(&item.record, item.field.0, item.field.1)))
        })
    })
}
