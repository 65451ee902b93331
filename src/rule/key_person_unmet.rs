//! 关键人物没有人接触: checks that every person with a buying role has been met or is assigned to somebody.

use super::introductions::introduction_pairs;
use super::{Evidence, Finding, Rule, RuleCheck, RuleContext, status_contradicts_contacts};
use crate::archive::{Dossier, Person};
use crate::diag::Severity;

/// The rule; its manual page is `explain.key-person-unmet`.
pub const RULE: Rule = Rule {
    code: "key-person-unmet",
    clauses: &["第四条", "附表6", "S-04.3", "S-04.7", "S-F6.8"],
    severity: Severity::Info,
    reads: &[
        "person.roles",
        "person.relation",
        "person.links",
        "contact-plan.pairs",
        "contact-plan.period",
        "visit.people",
        "contact.people",
    ],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    // Only customers with a past contact: somebody known there can introduce others.
    let last = dossier.events.iter().find(|event| event.date.is_some_and(|day| context.has_happened(day)));
    if !last.and_then(|event| event.date).is_some_and(|day| context.applies_to(dossier, day)) {
        return;
    }
    let unmet: Vec<&Person> = dossier.people.iter().filter(|person| is_unmet(dossier, person, context)).collect();
    if unmet.is_empty() {
        return;
    }
    let names: Vec<&str> = unmet.iter().map(|person| &*person.entry.name).collect();
    let finding = Finding::new(&RULE, context, dossier, &dossier.entry)
        .with("name", &dossier.entry.name)
        .with("people", names.join("、"))
        .assigned_to(context.responsible_staff(dossier, []));
    found.push(unmet.iter().fold(finding, |finding, person| finding.with_evidence(Evidence::record(&person.entry))));
}

/// A person with a role whom nobody met and nobody is assigned to. A stated good or bad relation counts as met.
fn is_unmet(dossier: &Dossier, person: &Person, context: &RuleContext<'_>) -> bool {
    let id = &person.record.id;
    let strange = person.relation.as_ref().is_none_or(|one| &*one.state == status_contradicts_contacts::NO_RELATION);
    if !strange || person.roles.is_empty() || !person.ours.is_empty() || context.has_left(&person.entry) {
        return false;
    }
    let mut plans = dossier.pairs.iter().filter(|pair| pair.theirs.id == *id).flat_map(|pair| &pair.planned);
    let mut met = dossier.events.iter().filter(|event| event.date.is_none_or(|day| context.has_happened(day)));
    !plans.any(|row| row.period.contains(context.as_of.0))
        && !met.any(|event| event.theirs.iter().any(|who| who.is(id)) || introduction_pairs(dossier, event, id, None))
}
