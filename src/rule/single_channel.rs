//! 信息渠道只有一条: checks that information about a customer comes from more than one channel.

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, Information};
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.single-channel`.
pub const RULE: Rule = Rule {
    code: "single-channel",
    clauses: &["第十条", "S-10.1", "S-10.2"],
    severity: Severity::Info,
    reads: &[
        "customer.information",
        "information.information",
        "visit.information",
        "contact.information",
        "market-report.information",
    ],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    // Rows of levels three and four are hidden in lower editions, so only the full one can tell that there is a single
    // channel.
    if !context.edition.is_full() {
        return;
    }
    let is_seen = |row: &&Information| row.date.is_none_or(|day| context.has_happened(day));
    let rows: Vec<&Information> = dossier.information.iter().filter(is_seen).collect();
    // A single statement always has one channel, and one without level may have any.
    let [first, _, ..] = rows[..] else { return };
    let Some(level) = first.level else { return };
    let is_new = |row: &&Information| row.date.is_none_or(|day| context.applies_to(dossier, day));
    if rows.iter().any(|row| row.level != Some(level)) || !rows.iter().any(is_new) {
        return;
    }
    found.push(
        Finding::new(&RULE, context, dossier, &dossier.entry)
            .with("name", &dossier.entry.name)
            .with("count", rows.len())
            .with("level", level)
            .assigned_to(context.responsible_staff(dossier, []))
            .with_evidence(Evidence::row(&first.record, key::INFORMATION, first.row)),
    );
}
