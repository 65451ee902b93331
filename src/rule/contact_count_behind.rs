//! 联系次数落后: fewer contacts made than the share of the plan's period that has passed asks for.

use super::{Bench, Check, Evidence, Finding, Rule};
use crate::archive::{Dossier, Pair, Planned, Who};
use crate::calendar::AsOf;
use crate::diag::Severity;

/// The rule; its manual page is `explain.contact-count-behind`.
pub const RULE: Rule = Rule {
    code: "contact-count-behind",
    clauses: &["附表6", "S-F6.6", "D-16"],
    severity: Severity::Warning,
    reads: &["contact-plan.pairs", "contact-plan.period", "visit.people", "contact.people"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    for pair in &dossier.pairs {
        if bench.has_left(&pair.theirs) || bench.has_left(&pair.ours) {
            continue;
        }
        for planned in &pair.planned {
            // Last year's plan never counts as this year's.
            let Some(times) = planned.times.filter(|_| planned.period.contains(bench.as_of.0)) else { continue };
            if !bench.judges(dossier, planned.period.last()) {
                continue;
            }
            let (made, owed) = (
                made(pair, planned, bench.as_of),
                owed(times, planned, bench.as_of, bench.policy.cadences.behind_tolerance_percent),
            );
            if made < owed {
                found.push(
                    Finding::new(&RULE, bench, dossier, &pair.theirs)
                        .with("ours", &pair.ours.name)
                        .with("theirs", &pair.theirs.name)
                        .with("period", planned.period)
                        .with("times", times)
                        .with("made", made)
                        .by(bench.actors(dossier, [&Who::Filed(pair.ours.clone())]))
                        .because(Evidence::row(&planned.record, "pairs", planned.row)),
                );
            }
        }
    }
}

/// Contacts made in the period up to today.
pub fn made(pair: &Pair, planned: &Planned, as_of: AsOf) -> u32 {
    pair.made.iter().filter(|(day, _)| planned.period.contains(*day) && *day <= as_of.0).count() as u32
}

/// Contacts that should wholly have been made by today: planned × elapsed share, less the tolerance, rounded down.
fn owed(times: u32, planned: &Planned, as_of: AsOf, tolerance_percent: u32) -> u32 {
    let first = planned.period.first();
    let whole = AsOf(planned.period.last()).days_since(first) + 1;
    let gone = (as_of.days_since(first) + 1).clamp(0, whole);
    let asked = u64::from(100u32.saturating_sub(tolerance_percent));
    (u64::from(times) * gone as u64 * asked / (whole.max(1) as u64 * 100)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_the_year_asks_for_half_the_contacts_rounded_down() {
        let planned = Planned {
            period: crate::calendar::Period::Year(2026),
            times: Some(7),
            record: crate::rule::bench::card("customers/hd/contact-plans/2026", "contact-plan", "2026"),
            row: 0,
            note: None,
        };
        let on = |month, day| owed(7, &planned, AsOf(jiff::civil::date(2026, month, day)), 0);
        assert_eq!((on(1, 1), on(7, 2), on(12, 31)), (0, 3, 7));
        assert_eq!(owed(10, &planned, AsOf(jiff::civil::date(2026, 12, 31)), 15), 8);
    }
}
