//! 初次拜访不是第一次: reports a visit with code `a 初次拜访` whose people were all visited before. A question, because only the
//! author knows.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::Dossier;
use crate::archive::{Event, EventKind, Party};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.first-visit-not-first`.
pub const RULE: Rule = Rule {
    code: "first-visit-not-first",
    clauses: &["附表7", "S-F7.6"],
    severity: Severity::Info,
    reads: &["visit.plan", "visit.people", "visit-plan.visits"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let visits: Vec<&Event> = dossier.events.iter().filter(|event| event.sort == EventKind::Visit).collect();
    for (at, visit) in visits.iter().enumerate() {
        let is_first = visit.plan.as_ref().is_some_and(|plan| &*plan.code == "a");
        let Some(day) = visit.date.filter(|day| is_first && context.has_happened(*day) && context.applies_to(dossier, *day))
        else {
            continue;
        };
        // Newest first: earlier visits follow.
        let before: Vec<&&Event> = visits[at + 1..].iter().filter(|one| one.date.is_some_and(|date| date < day)).collect();
        let last_with = |who: &Party| before.iter().find(|one| one.theirs.iter().any(|other| is_same(who, other)));
        let known: Option<Vec<&&&Event>> = visit.theirs.iter().map(last_with).collect();
        let Some(last) = known.and_then(|known| known.into_iter().max_by_key(|one| one.date)) else { continue };
        let names: Vec<&str> = visit.theirs.iter().map(Party::name).collect();
        found.push(
            Finding::new(&RULE, context, dossier, &visit.entry)
                .with("date", day)
                .with("theirs", names.join("、"))
                .with("before", last.date.map_or(String::new(), |date| date.to_string()))
                .assigned_to(context.responsible_staff(dossier, visit.ours.first()))
                .with_evidence(Evidence::field(&visit.entry, key::PLAN))
                .with_evidence(Evidence::record(&last.entry)),
        );
    }
}

/// People without a record are compared by name.
fn is_same(one: &Party, other: &Party) -> bool {
    match (one.entry(), other.entry()) {
        (Some(one), Some(other)) => one.id == other.id,
        (None, None) => one.name() == other.name(),
        _ => false,
    }
}
