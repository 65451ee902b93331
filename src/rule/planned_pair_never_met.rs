//! 计划中的双方始终没有见面: checks that the pairs of the last contact plan have had contact.

use super::introductions::introduction_pairs;
use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, Party};
use crate::calendar::Period;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.planned-pair-never-met`.
pub const RULE: Rule = Rule {
    code: "planned-pair-never-met",
    clauses: &["第四条", "附表6", "S-04.3", "S-F6.8"],
    severity: Severity::Info,
    reads: &["contact-plan.pairs", "contact-plan.period", "visit.people", "visit.visitor", "contact.people", "contact.staff"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for pair in &dossier.pairs {
        if context.has_left(&pair.theirs)
            || context.has_left(&pair.ours)
            || pair.contacts_made.iter().any(|(day, _)| context.has_happened(*day))
        {
            continue;
        }
        // The current period is not over; its counts are checked by D-16.
        let over = |period: Period| {
            let last = period.last();
            last < context.as_of.0 && context.applies_to(dossier, last)
        };
        let Some(planned) = pair.planned.iter().find(|planned| over(planned.period)) else { continue };
        let mut seen = dossier.events.iter().filter(|event| event.date.is_none_or(|day| context.has_happened(day)));
        if seen.any(|event| introduction_pairs(dossier, event, &pair.theirs.id, Some(&pair.ours.id))) {
            continue;
        }
        found.push(
            Finding::new(&RULE, context, dossier, &pair.theirs)
                .with("ours", &pair.ours.name)
                .with("theirs", &pair.theirs.name)
                .with("period", planned.period)
                .assigned_to(context.responsible_staff(dossier, [&Party::Registered(pair.ours.clone())]))
                .with_evidence(Evidence::row(&planned.record, key::PAIRS, planned.row)),
        );
    }
}
