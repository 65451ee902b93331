//! 来电来函未传递: checks that calls and letters are passed on to the responsible person.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Archive, DueState, Party};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.call-not-passed-on`.
pub const RULE: Rule = Rule {
    code: "call-not-passed-on",
    clauses: &["第五条", "S-05.2", "D-19"],
    severity: Severity::Warning,
    reads: &["inbound.what", "inbound.forwarded_to", "inbound.forwarded_on", "staff.absence"],
    check: RuleCheck::Archive(check),
};

fn check(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for call in archive.incoming() {
        let Some(day) = call.loose.record.date.filter(|day| context.has_happened(*day)) else { continue };
        let clerk = call.clerk.as_ref().and_then(Party::entry).filter(|clerk| !context.has_left(clerk));
        let staff: Vec<_> = clerk.into_iter().cloned().collect();
        let due = context.due_by(&staff, context.config.workdays.after(day, context.config.cadences.forward_workdays));
        if call.is_passed_on(context.as_of)
            || DueState::of(due.day, context.as_of, 0) != DueState::Overdue
            || !context.is_in_force(day)
        {
            continue;
        }
        let entry = &call.loose.entry;
        let customer = call.unit.as_ref().and_then(Party::entry).filter(|entry| entry.is("customer"));
        let names = |who: &Option<Party>| who.as_ref().map_or_else(String::new, |who| who.name().to_owned());
        found.push(
            Finding::of_department(&RULE, context, customer.unwrap_or(entry), entry)
                .with("day", day)
                .with("channel", call.channel.as_deref().unwrap_or_default())
                .with("unit", names(&call.unit))
                .with("from", names(&call.from))
                .with("what", call.what.as_deref().unwrap_or_default())
                .with("date", due)
                .assigned_to(staff)
                .due(due, context)
                .with_evidence(Evidence::field(entry, key::WHAT)),
        );
    }
}
