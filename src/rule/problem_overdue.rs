//! 问题逾期未处理: reports a problem that is open beyond its date or the configured time.

use super::open_items::overdue;
use super::{Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, ItemKind};
use crate::diag::Severity;

/// The rule; its manual page is `explain.problem-overdue`.
pub const RULE: Rule = Rule {
    code: "problem-overdue",
    clauses: &["附表7", "S-F7.13", "D-18"],
    severity: Severity::Warning,
    reads: &["visit.open", "contact.open", "visit.handled", "contact.handled", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    found.extend(overdue(&RULE, ItemKind::Problem, dossier, context).map(|(_, finding)| finding));
}
