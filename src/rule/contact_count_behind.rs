//! 联系次数落后: reports fewer contacts than the elapsed share of the plan's period requires.

use super::elapsed_share::owed_by_now;
use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, Party};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.contact-count-behind`.
pub const RULE: Rule = Rule {
    code: "contact-count-behind",
    clauses: &["附表6", "S-F6.6", "D-16"],
    severity: Severity::Warning,
    reads: &["contact-plan.pairs", "contact-plan.period", "visit.people", "contact.people"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for pair in &dossier.pairs {
        if context.has_left(&pair.theirs) || context.has_left(&pair.ours) {
            continue;
        }
        for planned in &pair.planned {
            // A plan of last year does not apply to this year.
            let Some(times) = planned.times.filter(|_| planned.period.contains(context.as_of.0)) else { continue };
            if !context.applies_to(dossier, planned.period.last()) {
                continue;
            }
            let made = pair.made_in(planned.period, context.as_of) as u32;
            let owed = owed_by_now(times, (planned.period.first(), planned.period.last()), context);
            if made < owed {
                found.push(
                    Finding::new(&RULE, context, dossier, &pair.theirs)
                        .with("ours", &pair.ours.name)
                        .with("theirs", &pair.theirs.name)
                        .with("period", planned.period)
                        .with("times", times)
                        .with("made", made)
                        .assigned_to(context.responsible_staff(dossier, [&Party::Registered(pair.ours.clone())]))
                        .with_evidence(Evidence::row(&planned.record, key::PAIRS, planned.row)),
                );
            }
        }
    }
}
