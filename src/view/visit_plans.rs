//! The list of 拜访计划书: all months, one line per salesperson.

use std::collections::BTreeSet;

use serde::Serialize;

use super::archive_summary::ArchiveSummary;
use super::planned_visits::{PlanComparison, PlanTotals, unplanned};
use super::{Breadcrumbs, Frame, Link, Linker, PlannedPage, StateTag, ViewContext};
use crate::archive::{self, Event, Party};
use crate::calendar::Month;
use crate::route::{self, Url};
use crate::rule::visit_plan_late::{applies_from, months, owes};

/// All visit plans, the newest month first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VisitPlans {
    /// The page frame.
    pub page: Frame,
    /// The months, the newest first.
    pub months: Vec<PlanMonth>,
}

/// A month of plans.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanMonth {
    /// `2026-11`; empty for the other plans: no salesperson, no readable month, or a second plan for a month.
    pub month: String,
    /// One line per salesperson.
    pub lines: Vec<PlanLine>,
}

/// A salesperson's plan for a month, as one line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PlanLine {
    /// 月份: `2026-11`; possibly empty.
    pub month: String,
    /// 销售人员.
    pub staff: Link,
    /// Link to the plan, if there is one.
    pub plan: Option<Link>,
    /// 按时, 迟交, 未交; none if the salesperson or month is unknown.
    pub submission: Option<StateTag>,
    /// 提交日期.
    pub submitted: Option<String>,
    /// 待审, 已审, 退回; none if there is no plan.
    pub review: Option<StateTag>,
    /// Number of planned visits.
    pub planned: usize,
    /// 已访.
    pub made: usize,
    /// 改期.
    pub moved: usize,
    /// 取消.
    pub cancelled: usize,
    /// 未访.
    pub missed: usize,
    /// 计划外.
    pub unplanned: usize,
}

impl VisitPlans {
    /// The page of the list.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'_>,
        sight: &PlanComparison<'_>,
        here: Url,
    ) -> PlannedPage {
        let linker = Linker::for_shared_record(view_context, here, archive_summary.archive);
        let archive = archive_summary.archive;
        let mut page = linker.list_frame(&*linker.interface_word("title_visit_plans"), "staff");
        page.crumbs = Breadcrumbs::from_iter([
            linker.page(linker.interface_word("title_staff"), &route::Page::Staff),
            Link::plain(linker.interface_word("title_visit_plans")),
        ]);
        let mut all: BTreeSet<Month> = archive.visit_plans.iter().filter_map(|plan| plan.month).collect();
        if applies_from(archive, view_context.config()) {
            all.extend(months(view_context.rule_context));
        }
        let mut months: Vec<PlanMonth> = Vec::new();
        for month in all.into_iter().rev() {
            let mut lines = Vec::new();
            for member in &archive.staff {
                let plan = archive.visit_plan(&member.entry.id, month);
                if plan.is_some() || owes(archive, member, month) {
                    lines.push(linker.plan_line(archive_summary, sight, member, plan, month));
                }
            }
            months.push(PlanMonth { month: month.to_string(), lines });
        }
        let is_listed = |plan: &&archive::VisitPlan| {
            let staff = plan.staff.as_ref().and_then(Party::entry);
            let listed = staff.zip(plan.month).and_then(|(entry, month)| archive.visit_plan(&entry.id, month));
            listed.is_some_and(|listed| listed.entry.id == plan.entry.id)
        };
        // Plans without salesperson or month, and second plans for a month: nothing is dropped.
        let others: Vec<PlanLine> =
            archive.visit_plans.iter().filter(|plan| !is_listed(plan)).map(|plan| linker.unlisted_line(plan)).collect();
        if !others.is_empty() {
            months.push(PlanMonth { month: String::new(), lines: others });
        }
        let view = VisitPlans { page, months };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

impl Linker<'_> {
    /// The line of a staff member's plan for a month, or of its absence.
    pub fn plan_line(
        &self,
        archive_summary: &ArchiveSummary<'_>,
        sight: &PlanComparison<'_>,
        member: &archive::Staff,
        plan: Option<&archive::VisitPlan>,
        month: Month,
    ) -> PlanLine {
        let events =
            archive_summary.worklist(&member.entry.id).into_iter().flat_map(|worklist| worklist.events.iter().copied());
        let outside: Vec<&Event> =
            unplanned(&member.entry.id, month, events, sight).into_iter().map(|(_, event)| event).collect();
        let rows = plan.map_or(&[][..], |plan| &plan.rows);
        let tally = PlanTotals::of(rows, &outside, sight, self.view_context.rule_context);
        let words = self.standing_of(plan, member, month);
        PlanLine {
            month: month.to_string(),
            staff: self.entry_name(&member.entry),
            plan: plan.map(|plan| self.entry_name(&plan.entry)),
            submission: Some(words.submission),
            submitted: plan.and_then(|plan| plan.submitted).map(|date| self.date(date)),
            review: plan.map(|_| words.review),
            planned: tally.planned,
            made: tally.made,
            moved: tally.moved,
            cancelled: tally.cancelled,
            missed: tally.missed,
            unplanned: tally.unplanned,
        }
    }

    fn unlisted_line(&self, plan: &archive::VisitPlan) -> PlanLine {
        PlanLine {
            month: plan.month.map_or_else(String::new, |month| month.to_string()),
            staff: plan.staff.as_ref().map_or_else(Link::default, |who| self.party_name(who)),
            plan: Some(self.entry_name(&plan.entry)),
            submitted: plan.submitted.map(|date| self.date(date)),
            planned: plan.rows.len(),
            ..PlanLine::default()
        }
    }
}
