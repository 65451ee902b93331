//! 消极的阻拦者没有接触安排: checks that the contact plan contains every blocker with a negative relation.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext, status_contradicts_contacts};
use crate::archive::Dossier;
use crate::diag::Severity;

/// The rule; its manual page is `explain.blocker-without-plan`.
pub const RULE: Rule = Rule {
    code: "blocker-without-plan",
    clauses: &["附表4", "S-F4.4"],
    severity: Severity::Warning,
    reads: &["person.roles", "person.relation", "contact-plan.pairs", "contact-plan.period"],
    check: RuleCheck::Dossier(check),
};

/// 阻拦者.
const BLOCKER: &str = "阻拦者";

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for person in dossier.people.iter().filter(|person| !context.has_left(&person.entry)) {
        let against = person.relation.as_ref().is_some_and(|one| &*one.state == status_contradicts_contacts::AGAINST);
        if !against || !person.roles.iter().any(|role| &*role.role == BLOCKER) {
            continue;
        }
        let mut rows = dossier.pairs.iter().filter(|pair| pair.theirs.id == person.entry.id).flat_map(|pair| &pair.planned);
        if rows.any(|row| row.period.contains(context.as_of.0)) {
            continue;
        }
        found.push(
            Finding::new(&RULE, context, dossier, &person.entry)
                .with("name", &person.entry.name)
                .assigned_to(context.responsible_staff(dossier, person.ours.iter().map(|(who, _)| who)))
                .with_evidence(Evidence::record(&person.entry)),
        );
    }
}
