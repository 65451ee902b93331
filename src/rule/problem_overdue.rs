//! 问题逾期未处理: an open problem is past its date, or open longer than the policy allows, and nobody ticked it.

use super::open_items::overdue;
use super::{Bench, Check, Finding, Rule};
use crate::archive::{Dossier, ItemSort};
use crate::diag::Severity;

/// The rule; its manual page is `explain.problem-overdue`.
pub const RULE: Rule = Rule {
    code: "problem-overdue",
    clauses: &["附表7", "S-F7.13", "D-18"],
    severity: Severity::Warning,
    reads: &["visit.open", "contact.open", "visit.handled", "contact.handled", "staff.absence"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    found.extend(overdue(&RULE, ItemSort::Problem, dossier, bench).map(|(_, finding)| finding));
}
