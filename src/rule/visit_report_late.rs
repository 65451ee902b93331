//! 拜访日报迟交: checks that the report is written by the next working day. Only visits of this month.

use super::late_report::late;
use super::{Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Dossier, EventKind};
use crate::diag::Severity;

/// The rule; its manual page is `explain.visit-report-late`.
pub const RULE: Rule = Rule {
    code: "visit-report-late",
    clauses: &["附表7", "第十七条", "S-F7.14", "S-17.3-4a", "D-12", "D-13"],
    severity: Severity::Info,
    reads: &["visit.visitor", "visit.filled", "staff.absence"],
    check: RuleCheck::Dossier(check),
};

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let days = context.config.cadences.visit_report_workdays;
    found.extend(late(&RULE, EventKind::Visit, days, dossier, context));
}
