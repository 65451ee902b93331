//! 拜访没有预约: checks that a visit is arranged with the unit or person beforehand. Only visits of this month.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, Event, EventKind};
use crate::calendar::{AsOf, Date, Month};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.visit-without-appointment`.
pub const RULE: Rule = Rule {
    code: "visit-without-appointment",
    clauses: &["第十七条", "S-17.2-2"],
    severity: Severity::Info,
    reads: &["visit.appointment", "visit.visitor", "visit.next", "contact.next", "contact.people"],
    check: RuleCheck::Dossier(check),
};

/// A contact at most this many days before a visit may have arranged it.
const BEFORE: i32 = 30;

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let month = Month::of(context.as_of.0);
    for event in dossier.events.iter().filter(|event| event.sort == EventKind::Visit) {
        let judged = |day: &Date| Month::of(*day) == month && context.has_happened(*day) && context.applies_to(dossier, *day);
        let Some(day) = event.date.filter(judged) else { continue };
        if event.record.fields.get(key::APPOINTMENT).is_some() || dossier.events.iter().any(|other| arranged(other, day)) {
            continue;
        }
        found.push(Finding::of_event(&RULE, context, dossier, event, day).with_evidence(Evidence::record(&event.entry)));
    }
}

/// Whether a record arranged a visit on that day: a contact shortly before, or a record with that next date.
fn arranged(other: &Event, day: Date) -> bool {
    let Some(on) = other.date.filter(|on| *on <= day) else { return false };
    let is_near = other.sort == EventKind::Contact && AsOf(day).days_since(on) <= BEFORE;
    is_near || (on < day && other.next.iter().any(|next| next.date == day))
}
