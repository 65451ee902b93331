//! 再度访问没有下次日期: reports that the result of a visit is another one, without a date.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, EventKind};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.revisit-without-date`.
pub const RULE: Rule = Rule {
    code: "revisit-without-date",
    clauses: &["附表7", "S-F7.7"],
    severity: Severity::Warning,
    reads: &["visit.result", "visit.next", "visit-plan.visits"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for (at, visit) in dossier.events.iter().enumerate() {
        let is_again = visit.sort == EventKind::Visit && visit.result.as_ref().is_some_and(|result| &*result.code == "C");
        let day = visit.date.filter(|day| is_again && visit.next.is_empty() && context.has_happened(*day));
        let Some(day) = day.filter(|day| context.applies_to(dossier, *day)) else { continue };
        // There was a later visit, or a plan has one.
        let is_later = |date: Option<crate::calendar::Date>| date.is_some_and(|date| date > day);
        let again = dossier.events[..at].iter();
        let mut again =
            again.filter(|one| one.sort == EventKind::Visit && one.date.is_some_and(|date| context.has_happened(date)));
        let mut planned = dossier.planned_visits.iter().map(|foreseen| &foreseen.row);
        if again.any(|one| is_later(one.date)) || planned.any(|row| !row.is_cancelled() && is_later(row.day())) {
            continue;
        }
        let finding = Finding::new(&RULE, context, dossier, &visit.entry).with("date", day);
        let finding = match visit.ours.first() {
            Some(who) => finding.with("ours", who.name()),
            None => finding.variant("nobody").with("date", day),
        };
        found.push(
            finding
                .assigned_to(context.responsible_staff(dossier, visit.ours.first()))
                .with_evidence(Evidence::field(&visit.entry, key::RESULT)),
        );
    }
}
