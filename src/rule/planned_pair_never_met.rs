//! 计划中的双方始终没有见面: who was to be brought together by last period's contact plan has been in touch since.

use super::introduction::introduces;
use super::{Bench, Check, Evidence, Finding, Rule};
use crate::archive::{Dossier, Who};
use crate::calendar::Period;
use crate::diag::Severity;

/// The rule; its manual page is `explain.planned-pair-never-met`.
pub const RULE: Rule = Rule {
    code: "planned-pair-never-met",
    clauses: &["第四条", "附表6", "S-04.3", "S-F6.8"],
    severity: Severity::Info,
    reads: &["contact-plan.pairs", "contact-plan.period", "visit.people", "visit.visitor", "contact.people", "contact.staff"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for pair in &dossier.pairs {
        if bench.has_left(&pair.theirs) || bench.has_left(&pair.ours) || pair.made.iter().any(|(day, _)| bench.sees(*day)) {
            continue;
        }
        // A period that still runs has time; its counts are judged as it goes (D-16).
        let over = |period: Period| {
            let last = period.last();
            last < bench.as_of.0 && bench.judges(dossier, last)
        };
        let Some(planned) = pair.planned.iter().find(|planned| over(planned.period)) else { continue };
        let mut seen = dossier.events.iter().filter(|event| event.date.is_none_or(|day| bench.sees(day)));
        if seen.any(|event| introduces(dossier, event, &pair.theirs.id, Some(&pair.ours.id))) {
            continue;
        }
        found.push(
            Finding::new(&RULE, bench, dossier, &pair.theirs)
                .with("ours", &pair.ours.name)
                .with("theirs", &pair.theirs.name)
                .with("period", planned.period)
                .by(bench.actors(dossier, [&Who::Filed(pair.ours.clone())]))
                .because(Evidence::row(&planned.record, "pairs", planned.row)),
        );
    }
}
