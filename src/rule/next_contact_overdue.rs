//! 下一次联系已逾期: reports that the date of the next contact has passed without one.

use super::{Deadline, Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, DueState};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.next-contact-overdue`.
pub const RULE: Rule = Rule {
    code: "next-contact-overdue",
    clauses: &["附表6", "S-F6.7", "D-15"],
    severity: Severity::Warning,
    reads: &["contact-plan.pairs", "visit.people", "visit.next", "contact.people", "contact.next", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for pair in &dossier.pairs {
        if context.has_left(&pair.theirs) {
            continue;
        }
        let standing = context.contact_status(dossier, pair);
        let Some(due) = standing.next else { continue };
        if DueState::of(due, context.as_of, 0) != DueState::Overdue || !context.applies_to(dossier, due) {
            continue;
        }
        // Staff who left owe nothing: the owner takes over, unless another staff member is in touch with the person.
        if context.has_left(&pair.ours)
            && dossier.pairs.iter().any(|other| {
                other.theirs.id == pair.theirs.id && other.ours.id != pair.ours.id && !context.has_left(&other.ours)
            })
        {
            continue;
        }
        let named = crate::archive::Party::Registered(pair.ours.clone());
        let mut finding = Finding::new(&RULE, context, dossier, &pair.theirs)
            .variant(if standing.stated.is_some() { "say" } else { "cycle" })
            .with("ours", &pair.ours.name)
            .with("theirs", &pair.theirs.name)
            .with("date", due)
            .assigned_to(context.responsible_staff(dossier, [&named]))
            .due(Deadline { day: due, postponed_from: standing.postponed_from }, context);
        if let Some(stated) = &standing.stated {
            let row = pair.planned.iter().find(|row| row.record.id == stated.record.id).map(|row| row.row);
            finding = finding.with_evidence(match row {
                Some(row) => Evidence::row(&stated.record, key::PAIRS, row),
                None => Evidence::field(&stated.record, key::NEXT),
            });
        }
        if let Some((_, record)) = &standing.last {
            finding = finding.with_evidence(Evidence::record(record));
        }
        if finding.evidence.is_empty() {
            finding = finding.with_evidence(Evidence::record(&pair.theirs));
        }
        found.push(finding);
    }
}
