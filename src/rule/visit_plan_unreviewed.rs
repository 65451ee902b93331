//! 月度拜访计划书未审核: checks that the head of the department reviews the plan before its month begins.

use std::sync::Arc;

use super::{Deadline, Evidence, Finding, Rule, RuleCheck, RuleContext, visit_plan_late};
use crate::archive::{Archive, DirectoryEntry, DueState, Party, VisitPlan};
use crate::calendar::Month;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.visit-plan-unreviewed`.
pub const RULE: Rule = Rule {
    code: "visit-plan-unreviewed",
    clauses: &["第十七条", "S-17.1b", "D-10"],
    severity: Severity::Warning,
    reads: &[
        "visit-plan.month",
        "visit-plan.submitted",
        "visit-plan.reviewer",
        "visit-plan.reviewed",
        "visit-plan.verdict",
        "staff.manager",
        "staff.absence",
    ],
    check: RuleCheck::Archive(check),
};

/// Result of the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    /// 待审.
    Pending,
    /// 已审.
    Passed,
    /// 退回.
    Returned,
}

fn check(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    for plan in &archive.visit_plans {
        let (Some(month), Some(staff)) = (plan.month, plan.staff.as_ref().and_then(Party::entry)) else { continue };
        let is_submitted = plan.submitted.is_some_and(|day| context.has_happened(day));
        if !is_submitted || review(plan, context) != Review::Pending || !visit_plan_late::months(context).contains(&month) {
            continue;
        }
        let reviewer = reviewer(archive, plan);
        let due = due(month, reviewer.map(|entry| &**entry), context);
        if DueState::of(due.day, context.as_of, 0) != DueState::Overdue || !context.is_in_force(due.day) {
            continue;
        }
        let finding = Finding::of_department(&RULE, context, staff, &plan.entry)
            .variant(if reviewer.is_some() { "say" } else { "nobody" })
            .with("ours", &staff.name)
            .with("month", month);
        let finding = match reviewer {
            Some(reviewer) => finding.with("reviewer", &reviewer.name),
            None => finding,
        };
        let field = if plan.record.fields.get(key::VERDICT).is_some() { "verdict" } else { "submitted" };
        found.push(
            finding
                .assigned_to(reviewer.into_iter().cloned().collect())
                .due(due, context)
                .with_evidence(Evidence::field(&plan.entry, field)),
        );
    }
}

/// Who reviews a plan: the named reviewer, else the salesperson's manager.
pub fn reviewer<'a>(archive: &'a Archive, plan: &'a VisitPlan) -> Option<&'a Arc<DirectoryEntry>> {
    let manager = || {
        let member = archive.staff_member(&plan.staff.as_ref()?.entry()?.id)?;
        member.manager.as_ref()?.entry()
    };
    plan.reviewer.as_ref().and_then(Party::entry).or_else(manager)
}

/// Deadline for the review: the first working day of the month, plus the configured grace.
fn due(month: Month, reviewer: Option<&DirectoryEntry>, context: &RuleContext<'_>) -> Deadline {
    let workdays = &context.config.workdays;
    let due = workdays.after(workdays.first_workday(month), context.config.cadences.visit_plan_review_workdays);
    reviewer.map_or(due.into(), |entry| context.due_for(entry, due))
}

/// Result of the review by today.
pub fn review(plan: &VisitPlan, context: &RuleContext<'_>) -> Review {
    let is_seen = plan.reviewed.is_none_or(|day| context.has_happened(day));
    match plan.verdict.as_deref() {
        Some("已审") if is_seen => Review::Passed,
        Some("退回") if is_seen => Review::Returned,
        // A date means that it was reviewed.
        None if plan.reviewed.is_some() && is_seen => Review::Passed,
        _ => Review::Pending,
    }
}
