//! 重大信息未汇报: checks that major news is reported to the head of the department at once.

use std::sync::Arc;

use super::{Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Archive, Deputies, DirectoryEntry, Dossier, Information, Party};
use crate::calendar::Date;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.major-news-unreported`.
pub const RULE: Rule = Rule {
    code: "major-news-unreported",
    clauses: &["第十一条", "S-11.1c", "D-3"],
    severity: Severity::Warning,
    // Rows above the edition's level are removed; the remaining ones are checked.
    reads: &["staff.post"],
    check: RuleCheck::Both(check, check_market),
};

/// Posts that must be informed.
const HEADS: [&str; 2] = ["市场部部长", "市场部副部长"];

fn check(dossier: &Dossier, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for row in &dossier.information {
        if row.date.is_some_and(|day| context.applies_to(dossier, day)) {
            found.extend(
                judge(row, &dossier.entry, &dossier.deputies, context)
                    .map(|finding| finding.assigned_to(context.responsible_staff(dossier, []))),
            );
        }
    }
}

/// Market news without customer.
fn check_market(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for report in archive.market_reports() {
        let author = report.staff.as_ref().and_then(Party::entry);
        for row in &report.information {
            let customer = row.customer.as_ref().and_then(Party::entry);
            if customer.is_some_and(|entry| entry.is("customer")) {
                continue;
            }
            let finding = judge(&row.information, &report.loose.entry, &archive.deputies, context);
            found.extend(finding.map(|finding| finding.assigned_to(author.into_iter().cloned().collect())));
        }
    }
}

fn judge(row: &Information, home: &Arc<DirectoryEntry>, stand_ins: &Deputies, context: &RuleContext<'_>) -> Option<Finding> {
    let day = row.date.filter(|day| row.major && context.has_happened(*day) && context.is_in_force(*day))?;
    let due = due(day, context)?;
    let is_head = |who: &Option<Party>| {
        let entry = who.as_ref().and_then(Party::entry);
        entry.is_some_and(|entry| stand_ins.has_post(entry, &HEADS))
    };
    let told = row.notified.iter().filter(|(who, _)| is_head(who));
    let first = told.map(|(_, on)| on.unwrap_or(day)).filter(|on| context.has_happened(*on)).min();
    let (variant, late) = match first {
        None if context.as_of.0 > due => ("say", None),
        Some(on) if on > due => ("late", Some(on)),
        _ => return None,
    };
    let finding =
        Finding::of_department(&RULE, context, home, &row.record).variant(variant).with("what", &row.fact).with("day", day);
    let finding = match late {
        Some(on) => finding.with("on", on),
        None => finding.due(due, context),
    };
    Some(finding.with_evidence(Evidence::row(&row.record, key::INFORMATION, row.row)))
}

/// The day by which the head must be informed. A phone call suffices, so absence does not postpone it.
fn due(day: Date, context: &RuleContext<'_>) -> Option<Date> {
    day.checked_add(jiff::Span::new().days(i64::from(context.config.cadences.major_news_days))).ok()
}
