//! 关系状况与往来不符: reports a stated relation that contradicts the contacts or the role.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::Dossier;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.status-contradicts-contacts`.
pub const RULE: Rule = Rule {
    code: "status-contradicts-contacts",
    clauses: &["附表3", "S-F3.10"],
    severity: Severity::Warning,
    reads: &["person.relation", "person.relation_history", "person.roles", "person.links", "visit.people", "contact.people"],
    check: RuleCheck::Dossier(check),
};

/// 尚未建立关系, as the code list has it.
pub const NO_RELATION: &str = "尚未建立关系";
/// 消极的.
pub const AGAINST: &str = "消极的";
/// 支持者.
const SUPPORTER: &str = "支持者";

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for person in &dossier.people {
        if person.left.is_some_and(|day| context.has_happened(day)) {
            continue;
        }
        // The relation as stated up to today.
        let stated = person
            .history
            .iter()
            .rev()
            .find(|one| one.date.is_none_or(|day| context.has_happened(day)))
            .or(person.relation.as_ref());
        let Some(relation) = stated else { continue };
        let met: Vec<_> = dossier
            .events_with(&person.record.id)
            .filter(|event| event.date.is_some_and(|day| context.has_happened(day)))
            .collect();
        let variant = if &*relation.state == NO_RELATION && !met.is_empty() {
            "met"
        } else if &*relation.state != NO_RELATION && person.ours.is_empty() && met.is_empty() {
            "never-met"
        } else if &*relation.state == AGAINST && person.roles.iter().any(|role| &*role.role == SUPPORTER) {
            "supporter-against"
        } else {
            continue;
        };
        let field = if person.record.fields.get(key::RELATION).is_some() { "relation" } else { "relation_history" };
        let mut finding = Finding::new(&RULE, context, dossier, &person.entry)
            .variant(variant)
            .with("name", &person.entry.name)
            .with("state", &relation.state)
            .assigned_to(context.responsible_staff(dossier, person.ours.iter().map(|(who, _)| who)))
            .with_evidence(Evidence::field(&person.entry, field));
        if variant == "met" {
            let last = met[0];
            finding = finding
                .with("date", last.date.map_or(String::new(), |day| day.to_string()))
                .with_evidence(Evidence::record(&last.entry));
        }
        found.push(finding);
    }
}
