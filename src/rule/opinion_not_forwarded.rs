//! 客户意见没有转告: checks that a customer's complaint is forwarded to the responsible department soon.

use super::open_items::overdue;
use super::{Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, ItemKind};
use crate::diag::Severity;

/// The rule; its manual page is `explain.opinion-not-forwarded`.
pub const RULE: Rule = Rule {
    code: "opinion-not-forwarded",
    clauses: &["第四条", "S-04.10b", "D-19"],
    severity: Severity::Warning,
    reads: &["visit.opinions", "contact.opinions", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    found.extend(overdue(&RULE, ItemKind::Opinion, dossier, context).map(|(item, finding)| match &item.department {
        Some(department) => finding.variant("to").with("department", department),
        None => finding,
    }));
}
