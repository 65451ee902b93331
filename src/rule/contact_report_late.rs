//! 接触报告迟交: checks that the short report of a contact is written within three working days. Only contacts of this month.

use super::late_report::late;
use super::{Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, EventKind};
use crate::diag::Severity;

/// The rule; its manual page is `explain.contact-report-late`.
pub const RULE: Rule = Rule {
    code: "contact-report-late",
    clauses: &["附表6", "S-F6.9", "D-14"],
    severity: Severity::Info,
    reads: &["contact.staff", "contact.filled", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let days = context.config.cadences.contact_report_workdays;
    found.extend(late(&RULE, EventKind::Contact, days, dossier, context));
}
