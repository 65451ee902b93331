//! The page of a 拜访计划书: one salesperson's plan of a month, compared with the visits made.

use std::sync::Arc;

use serde::Serialize;

use super::archive_summary::ArchiveSummary;
use super::planned_visits::{PlanComparison, PlanTotals, unplanned};
use super::record::HeadingLevels;
use super::{
    Breadcrumbs, EventRow, Figure, Frame, Link, Linker, PlanRow, PlannedPage, RecordPart, StateTag, TextRuns, ViewContext,
};
use crate::archive::{self, Event, Party};
use crate::route::{self, Url};
use crate::rule::visit_plan_late::{self, Submission, submission};
use crate::rule::visit_plan_unreviewed::{Review, review, reviewer};

/// The visit plan of a month, compared row by row with the visits made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct VisitPlan {
    /// The page frame.
    pub page: Frame,
    /// 月份: `2026-11`; empty if it cannot be read.
    pub month: String,
    /// 销售人员.
    pub staff: Link,
    /// 按时, 迟交, 未交; none if the salesperson or month is unknown.
    pub submission: Option<StateTag>,
    /// 提交日期.
    pub submitted: Option<String>,
    /// The day it was due.
    pub until: Option<String>,
    /// 待审, 已审, 退回.
    pub review: StateTag,
    /// 审核人 as stated, else the manager.
    pub reviewer: Option<Link>,
    /// 审核日期.
    pub reviewed: Option<String>,
    /// 审核意见.
    pub comment: TextRuns,
    /// Counts: planned, made, moved, cancelled, missed, unplanned.
    pub figures: Vec<Figure>,
    /// Sum of 费用预计.
    pub fee: String,
    /// Sum of the actual cost.
    pub spent: String,
    /// The planned visits.
    pub rows: Vec<PlanRow>,
    /// Visits of the month that carry out no planned row.
    pub unplanned: Vec<EventRow>,
    /// The rest of the record.
    pub record: RecordPart,
}

/// The submission state and review state of a plan.
pub(super) struct PlanState {
    pub submission: StateTag,
    pub review: StateTag,
}

impl VisitPlan {
    /// The page of a plan.
    pub(super) fn plan(
        view_context: ViewContext<'_>,
        archive_summary: &ArchiveSummary<'_>,
        sight: &PlanComparison<'_>,
        plan: &archive::VisitPlan,
        here: Url,
    ) -> PlannedPage {
        let mut linker = Linker::for_shared_record(view_context, here, archive_summary.archive);
        let context = view_context.rule_context;
        let staff = plan.staff.as_ref().and_then(Party::entry);
        let member = staff.and_then(|entry| archive_summary.archive.staff_member(&entry.id));
        let outside = match (staff, plan.month) {
            (Some(entry), Some(month)) => {
                let events =
                    archive_summary.worklist(&entry.id).into_iter().flat_map(|worklist| worklist.events.iter().copied());
                unplanned(&entry.id, month, events, sight)
            }
            _ => Vec::new(),
        };
        let events: Vec<&Event> = outside.iter().map(|(_, event)| *event).collect();
        let tally = PlanTotals::of(&plan.rows, &events, sight, context);
        let title = linker.entry_name(&plan.entry).text;
        let mut page = linker.frame(&*title, "staff", linker.secrecy_of(&plan.record));
        page = linker.dated_frame(page, &plan.record);
        page.crumbs = Breadcrumbs::from_iter([
            linker.page(linker.interface_word("title_staff"), &route::Page::Staff),
            linker.page(linker.interface_word("title_visit_plans"), &route::Page::VisitPlans),
            Link::plain(title.clone()),
        ]);
        let neighbour = |month: Option<crate::calendar::Month>| {
            let plan = archive_summary.archive.visit_plan(&staff?.id, month?)?;
            Some(linker.entry_name(&plan.entry).into())
        };
        page.previous = neighbour(plan.month.map(crate::calendar::Month::previous));
        page.next = neighbour(plan.month.map(crate::calendar::Month::next));
        let words = member.zip(plan.month).map(|(member, month)| linker.standing_of(Some(plan), member, month));
        let view = VisitPlan {
            page,
            month: plan.month.map_or_else(String::new, |month| month.to_string()),
            staff: plan.staff.as_ref().map_or_else(Link::default, |who| linker.party_name(who)),
            submitted: plan.submitted.map(|date| linker.date(date)),
            until: member.zip(plan.month).map(|(member, month)| linker.date(visit_plan_late::due(member, month, context).day)),
            review: words.as_ref().map_or_else(|| linker.review(plan), |words| words.review.clone()),
            submission: words.map(|words| words.submission),
            reviewer: reviewer(archive_summary.archive, plan).map(|entry| linker.entry_name(entry)),
            reviewed: plan.reviewed.map(|date| linker.date(date)),
            comment: plan.comment.as_ref().map_or_else(TextRuns::default, |text| linker.text(&plan.record.id, text)),
            figures: figures(&linker, tally),
            fee: linker.money_from_fen(tally.fee),
            spent: linker.money_from_fen(tally.spent),
            rows: plan.rows.iter().map(|row| linker.planned_row(row, sight)).collect(),
            unplanned: outside
                .iter()
                .map(|(at, event)| linker.event_row(event, Some(archive_summary.summaries[*at].dossier)))
                .collect(),
            record: linker.record(&plan.record, "", &["verified"], HeadingLevels::SECTIONS),
        };
        PlannedPage { view: view.into(), slots: linker.slots, papers: linker.papers }
    }
}

fn figures(linker: &Linker<'_>, tally: PlanTotals) -> Vec<Figure> {
    let figure = |key: &'static str, value: usize, href: &str| Figure {
        key,
        value,
        label: linker.word_of("figure", key),
        note: String::new(),
        href: Some(Arc::from(href)),
        tone: if key == "missed" && value > 0 { "alarm" } else { "" },
    };
    vec![
        figure("planned", tally.planned, "#rows"),
        figure("made", tally.made, "#rows"),
        figure("moved", tally.moved, "#rows"),
        figure("cancelled", tally.cancelled, "#rows"),
        figure("missed", tally.missed, "#rows"),
        figure("unplanned", tally.unplanned, "#unplanned"),
    ]
}

impl Linker<'_> {
    /// State of a staff member's plan for a month: 按时, 迟交 or 未交, and 待审, 已审 or 退回.
    pub fn standing_of(
        &self,
        plan: Option<&archive::VisitPlan>,
        member: &archive::Staff,
        month: crate::calendar::Month,
    ) -> PlanState {
        let (word, tone) = match submission(member, plan, month, self.view_context.rule_context) {
            Submission::OnTime => ("plan_on_time", "good"),
            Submission::Late => ("plan_late", "mid"),
            Submission::Missing => ("plan_missing", "bad"),
            Submission::Ahead => ("plan_ahead", "none"),
        };
        let review = plan.map_or_else(StateTag::default, |plan| self.review(plan));
        PlanState { submission: StateTag { text: self.interface_word(word), tone }, review }
    }

    /// The review state of a plan.
    fn review(&self, plan: &archive::VisitPlan) -> StateTag {
        let (word, tone) = match review(plan, self.view_context.rule_context) {
            Review::Pending => ("review_pending", "none"),
            Review::Passed => ("review_passed", "good"),
            Review::Returned => ("review_returned", "bad"),
        };
        StateTag { text: self.interface_word(word), tone }
    }
}
