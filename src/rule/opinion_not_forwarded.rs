//! 客户意见没有转告: what the customer finds wrong is passed on to the department it concerns, soon.

use super::open_items::overdue;
use super::{Bench, Check, Finding, Rule};
use crate::archive::{Dossier, ItemSort};
use crate::diag::Severity;

/// The rule; its manual page is `explain.opinion-not-forwarded`.
pub const RULE: Rule = Rule {
    code: "opinion-not-forwarded",
    clauses: &["第四条", "S-04.10b", "D-19"],
    severity: Severity::Warning,
    reads: &["visit.opinions", "contact.opinions", "staff.absence"],
    check: Check::Dossier(check),
};

fn check(dossier: &Dossier, bench: &Bench<'_>, found: &mut Vec<Finding>) {
    found.extend(overdue(&RULE, ItemSort::Opinion, dossier, bench).map(|(item, finding)| match &item.department {
        Some(department) => finding.variant("to").with("department", department),
        None => finding,
    }));
}
