//! 月度拜访计划书未按时提出: checks that each salesperson submits the visit plan of the next month at the end of the month.

use super::{Deadline, Evidence, Finding, Rule, RuleCheck, RuleContext};
use crate::archive::{Archive, DueState, Staff, VisitPlan};
use crate::calendar::Month;
use crate::config::Config;
use crate::diag::Severity;
use crate::record::key;

/// The rule; its manual page is `explain.visit-plan-late`.
pub const RULE: Rule = Rule {
    code: "visit-plan-late",
    clauses: &["第十七条", "S-17.1a", "S-17.2-1", "D-10"],
    severity: Severity::Warning,
    reads: &["visit-plan.month", "visit-plan.staff", "visit-plan.submitted", "staff.post", "staff.absence"],
    check: RuleCheck::Archive(check),
};

/// Posts that visit customers: 销售经理/主管 and 销售人员.
const SELLERS: [&str; 3] = ["销售经理", "销售主管", "销售人员"];

/// How a plan was submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submission {
    /// 按时.
    OnTime,
    /// 迟交.
    Late,
    /// 未交: the deadline has passed.
    Missing,
    /// The deadline has not passed.
    Ahead,
}

fn check(archive: &Archive, context: &RuleContext<'_>, found: &mut Vec<Finding>) {
    if !applies_from(archive, context.config) {
        return;
    }
    for month in months(context) {
        for member in archive.staff.iter().filter(|member| owes(archive, member, month)) {
            let due = due(member, month, context);
            let plan = archive.visit_plan(&member.entry.id, month);
            let variant = match submission(member, plan, month, context) {
                Submission::OnTime | Submission::Ahead => continue,
                Submission::Late => "late",
                Submission::Missing if plan.is_some() => "unsubmitted",
                Submission::Missing => "say",
            };
            if !context.is_in_force(due.day) {
                continue;
            }
            let subject = plan.map_or(&member.entry, |plan| &plan.entry);
            let finding = Finding::of_department(&RULE, context, &member.entry, subject)
                .variant(variant)
                .with("ours", &member.entry.name)
                .with("month", month)
                .with("date", due);
            let finding = match plan.and_then(|plan| plan.submitted) {
                Some(day) => finding.with("submitted", day),
                None => finding,
            };
            let evidence = match plan {
                Some(plan) => Evidence::field(&plan.entry, key::SUBMITTED),
                None => Evidence::record(&member.entry),
            };
            found.push(finding.assigned_to(vec![member.entry.clone()]).due(due, context).with_evidence(evidence));
        }
    }
}

/// Whether the company makes visit plans: the regulation is in force, or there is a plan.
pub fn applies_from(archive: &Archive, config: &Config) -> bool {
    config.issued.is_some() || !archive.visit_plans.is_empty()
}

/// The months checked: this one and the next. The list of plans shows earlier ones.
pub fn months(context: &RuleContext<'_>) -> [Month; 2] {
    let month = Month::of(context.as_of.0);
    [month, month.next()]
}

/// Whether a staff member owes the plan of a month.
pub fn owes(archive: &Archive, member: &Staff, month: Month) -> bool {
    archive.deputies.has_post(&member.entry, &SELLERS) && member.entry.left.is_none_or(|left| left > month.first())
}

/// Deadline for the plan of a month: the last working day of the month before, plus the configured grace.
pub fn due(member: &Staff, month: Month, context: &RuleContext<'_>) -> Deadline {
    let workdays = &context.config.workdays;
    let last = workdays.last_workday(month.previous());
    let due = match context.config.cadences.visit_plan_workdays {
        0 => last,
        grace => workdays.after(last, grace),
    };
    context.due_for(&member.entry, due)
}

/// How a plan was submitted, as of today.
pub fn submission(member: &Staff, plan: Option<&VisitPlan>, month: Month, context: &RuleContext<'_>) -> Submission {
    let due = due(member, month, context);
    match plan.and_then(|plan| plan.submitted).filter(|day| context.has_happened(*day)) {
        Some(day) if day <= due.day => Submission::OnTime,
        Some(_) => Submission::Late,
        None if DueState::of(due.day, context.as_of, 0) == DueState::Overdue => Submission::Missing,
        None => Submission::Ahead,
    }
}
