//! 来电来函未传递: what came in is passed on to whom it concerns.

use super::{Bench, Check, Evidence, Finding, Rule};
use crate::archive::{Archive, State, Who};
use crate::diag::Severity;

/// The rule; its manual page is `explain.call-not-passed-on`.
pub const RULE: Rule = Rule {
    code: "call-not-passed-on",
    clauses: &["第五条", "S-05.2", "D-19"],
    severity: Severity::Warning,
    reads: &["inbound.what", "inbound.forwarded_to", "inbound.forwarded_on", "staff.absence"],
    check: Check::Archive(check),
};

fn check(archive: &Archive, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for call in archive.incoming() {
        let Some(day) = call.loose.record.date.filter(|day| bench.sees(*day)) else { continue };
        let clerk = call.clerk.as_ref().and_then(Who::card).filter(|clerk| !bench.has_left(clerk));
        let staff: Vec<_> = clerk.into_iter().cloned().collect();
        let due = bench.due_by(&staff, bench.policy.workdays.after(day, bench.policy.cadences.forward_workdays));
        if call.is_passed_on(bench.as_of) || State::of(due.day, bench.as_of, 0) != State::Overdue || !bench.in_force(day) {
            continue;
        }
        let card = &call.loose.card;
        let customer = call.unit.as_ref().and_then(Who::card).filter(|card| card.is("customer"));
        let names = |who: &Option<Who>| who.as_ref().map_or_else(String::new, |who| who.name().to_owned());
        found.push(
            Finding::of_office(&RULE, bench, customer.unwrap_or(card), card)
                .with("day", day)
                .with("channel", call.channel.as_deref().unwrap_or_default())
                .with("unit", names(&call.unit))
                .with("from", names(&call.from))
                .with("what", call.what.as_deref().unwrap_or_default())
                .with("date", due)
                .by(staff)
                .due(due, bench)
                .because(Evidence::field(card, "what")),
        );
    }
}
