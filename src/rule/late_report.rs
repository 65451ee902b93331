//! Reports that were written late (D-12, D-13, D-14).

use super::{Evidence, Finding, Rule, RuleContext};
use crate::archive::{Dossier, Event, EventKind};
use crate::calendar::{Date, Month};
use crate::record::key;

/// Visits or contacts of this month whose report was filled in more than so many working days later; absence postpones
/// the deadline.
pub(super) fn late<'a>(
    rule: &'static Rule,
    sort: EventKind,
    workdays: u32,
    dossier: &'a Dossier,
    context: &'a RuleContext<'_>,
) -> impl Iterator<Item = Finding> + 'a {
    let month = Month::of(context.as_of.0);
    let of_month = move |event: &&Event| event.sort == sort && event.date.is_some_and(|day| Month::of(day) == month);
    dossier.events.iter().filter(of_month).filter_map(move |event| {
        let seen = |day: &Date| context.has_happened(*day);
        let (day, filled) = (event.date.filter(seen)?, event.filled.filter(seen)?);
        let staff = context.responsible_staff(dossier, event.ours.first());
        let due = context.due_by(&staff, context.config.workdays.after(day, workdays));
        if filled <= due.day || !context.applies_to(dossier, day) {
            return None;
        }
        let finding = Finding::of_event(rule, context, dossier, event, day).with("filled", filled).with("due", due);
        Some(finding.with_evidence(Evidence::field(&event.entry, key::FILLED)))
    })
}
