//! 第四等级来源与关系不符: checks that an internal source that wants us to win has a positive relation or is a supporter.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, Party};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.source-without-trust`.
pub const RULE: Rule = Rule {
    code: "source-without-trust",
    clauses: &["第十条", "S-10.2-4"],
    severity: Severity::Warning,
    reads: &[
        "customer.information",
        "information.information",
        "visit.information",
        "contact.information",
        "person.relation",
        "person.roles",
    ],
    check: RuleCheck::Dossier(check),
};

/// 积极的.
const FOR_US: &str = "积极的";
/// 支持者.
const SUPPORTER: &str = "支持者";

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let mut told = Vec::new();
    for row in dossier.information.iter().filter(|row| row.level == Some(4)) {
        if !row.date.is_none_or(|day| context.has_happened(day) && context.applies_to(dossier, day)) {
            continue;
        }
        let person = row.person.as_ref().and_then(Party::entry).and_then(|entry| dossier.person(&entry.id));
        let Some(person) = person.filter(|person| !told.contains(&&person.entry.id)) else { continue };
        let state = person.relation.as_ref().map(|relation| &relation.state);
        if state.is_some_and(|state| **state == *FOR_US) || person.roles.iter().any(|role| &*role.role == SUPPORTER) {
            continue;
        }
        told.push(&person.entry.id);
        let finding = Finding::new(&RULE, context, dossier, &person.entry);
        let finding = match state {
            Some(state) => finding.with("state", state),
            None => finding.variant("unsaid"),
        };
        found.push(
            finding
                .with("name", &person.entry.name)
                .assigned_to(context.responsible_staff(dossier, person.ours.iter().map(|(who, _)| who)))
                .with_evidence(Evidence::record(&person.entry))
                .with_evidence(Evidence::row(&row.record, key::INFORMATION, row.row)),
        );
    }
}
