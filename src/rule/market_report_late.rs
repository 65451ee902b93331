//! 市场信息报告未交: checks that every sales manager submits one on the first Monday of the month.

use std::sync::Arc;

use super::{Deadline, Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Archive, DirectoryEntry, DueState, MarketReport, Staff};
use crate::calendar::{Date, Month};
use crate::config::Config;
use crate::diag::Severity;

/// The rule; its manual page is `explain.market-report-late`.
pub const RULE: Rule = Rule {
    code: "market-report-late",
    clauses: &["第十一条", "S-11.1a", "D-1"],
    severity: Severity::Warning,
    reads: &[
        "market-report.staff",
        "market-report.submitted",
        "market-report.received",
        "staff.post",
        "staff.left",
        "staff.absence",
    ],
    check: RuleCheck::Archive(check),
};

/// Posts that must report.
const REPORTERS: [&str; 2] = ["销售经理", "销售主管"];

/// Number of months checked, including the current one: older omissions are not reported for ever.
const MONTHS: usize = 3;

fn check(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let reports = archive.market_reports();
    let this = Month::of(context.as_of.0);
    for month in judged(&reports, context) {
        for member in owing(archive, month, context) {
            let due = due_of(&member.entry, month, context);
            if DueState::of(due.day, context.as_of, 0) != DueState::Overdue {
                continue;
            }
            let own = |report: &&MarketReport<'_>| is_of(report, month, member);
            let came =
                reports.iter().filter(own).filter(|report| report.received_on().is_none_or(|day| context.has_happened(day)));
            let first = came.min_by_key(|report| report.received_on());
            let finding = match first.map(|report| (report, report.received_on())) {
                None => Finding::of_department(&RULE, context, &member.entry, &member.entry)
                    .variant("missing")
                    .with_evidence(Evidence::record(&member.entry)),
                // A late report is reported during its month.
                Some((report, Some(day))) if day > due.day && month == this => {
                    let entry: &Arc<DirectoryEntry> = &report.loose.entry;
                    let field = if report.submitted.is_some() { "submitted" } else { "received" };
                    Finding::of_department(&RULE, context, entry, entry)
                        .with("came", day)
                        .with_evidence(Evidence::field(entry, field))
                }
                Some(_) => continue,
            };
            let finding = finding.with("who", &member.entry.name).with("month", month).with("date", due);
            found.push(finding.assigned_to(vec![member.entry.clone()]).due(due, context));
        }
    }
}

/// Deadline of a staff member for a month's report, postponed by absence.
pub fn due_of(entry: &DirectoryEntry, month: Month, context: &RuleContext<'_>) -> Deadline {
    context.due_for(entry, due(month, context.config))
}

/// Due date of the report of a month.
pub fn due(month: Month, config: &Config) -> Date {
    config.workdays.after(config.workdays.first_monday(month), config.cadences.market_report_workdays)
}

/// The months whose reports are due by now, oldest first: from the issue of the regulation, else from the first report.
pub fn judged(reports: &[MarketReport<'_>], context: &RuleContext<'_>) -> Vec<Month> {
    let first = match context.config.issued {
        Some(issued) => Some(Month::of(issued)),
        None => reports.iter().filter_map(|report| report.month).min(),
    };
    let Some(first) = first else { return Vec::new() };
    let mut months = Vec::new();
    let mut month = Month::of(context.as_of.0);
    while month >= first && months.len() < MONTHS {
        let due = due(month, context.config);
        if due < context.as_of.0 && context.is_in_force(due) {
            months.push(month);
        }
        month = month.previous();
    }
    months.reverse();
    months
}

/// Who owes a report of that month: sales managers and their deputies who were employed on the day.
pub fn owing<'a>(archive: &'a Archive, month: Month, context: &RuleContext<'_>) -> Vec<&'a Staff> {
    let due = due(month, context.config);
    let owes = |member: &&Staff| {
        archive.deputies.has_post(&member.entry, &REPORTERS) && member.entry.left.is_none_or(|left| left > due)
    };
    archive.staff.iter().filter(owes).collect()
}

fn is_of(report: &MarketReport<'_>, month: Month, member: &Staff) -> bool {
    report.regular && report.month == Some(month) && report.staff.as_ref().is_some_and(|who| who.is(&member.entry.id))
}
