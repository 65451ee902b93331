//! 承诺逾期未兑现: reports a promise to the customer that is overdue and not ticked.

use super::open_items::overdue;
use super::{Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, ItemKind};
use crate::diag::Severity;

/// The rule; its manual page is `explain.promise-overdue`.
pub const RULE: Rule = Rule {
    code: "promise-overdue",
    clauses: &["第十七条", "S-17.3-4b", "S-04.10c", "D-17"],
    severity: Severity::Warning,
    reads: &["visit.promises", "contact.promises", "visit.handled", "contact.handled", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    found.extend(overdue(&RULE, ItemKind::Promise, dossier, context).map(|(item, finding)| match &item.to {
        Some(to) => finding.variant("to").with("to", to.name()),
        None => finding,
    }));
}
