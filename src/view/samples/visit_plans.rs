//! Sample views of visit plans.

use super::components::names;
use super::{
    Figure, HOSTILE, PlanLine, PlanMonth, PlanRow, StateTag, UpcomingVisitRow, VisitPlan, VisitPlans, due, event_row, figure,
    frame, link, record, runs, tag, text,
};

fn state() -> StateTag {
    StateTag { text: text("已访"), tone: "good" }
}

pub(super) fn row() -> PlanRow {
    PlanRow {
        date: Some("2026-11-16".into()),
        moved: Some("2026-11-20".into()),
        why: text(HOSTILE),
        customer: link("东澜水务"),
        people: names([link("沈丽萍")]),
        companions: names([link("吕明")]),
        purpose: vec![text("3A 客户维护·强化感情联系，建立核心客户")],
        goal: runs(),
        carry: vec![text("样本两套")],
        fee: "450 元".into(),
        state: state(),
        visit: Some(link("2026-11-20 拜访")),
        result: Some(tag()),
        achieved: Some(StateTag { text: text("部分"), tone: "mid" }),
        spent: "506 元".into(),
    }
}

pub(super) fn planned() -> UpcomingVisitRow {
    UpcomingVisitRow {
        due: due("soon"),
        moved: true,
        ours: names([link("周岚"), link("吕明")]),
        people: names([link("沈丽萍")]),
        purpose: vec![text("5 新项目推介")],
        goal: runs(),
        plan: link("2026-11 周岚 拜访计划书"),
    }
}

pub(super) fn line() -> PlanLine {
    PlanLine {
        month: "2026-11".into(),
        staff: link("周岚"),
        plan: Some(link("2026-11 周岚 拜访计划书")),
        submission: Some(StateTag { text: text("按时"), tone: "good" }),
        submitted: Some("2026-10-30".into()),
        review: Some(StateTag { text: text("已审"), tone: "good" }),
        planned: 12,
        made: 8,
        moved: 2,
        cancelled: 1,
        missed: 1,
        unplanned: 3,
    }
}

pub(super) fn list() -> VisitPlans {
    VisitPlans { page: frame(), months: vec![PlanMonth { month: "2026-11".into(), lines: vec![line()] }] }
}

pub(super) fn plan() -> VisitPlan {
    VisitPlan {
        page: frame(),
        month: "2026-11".into(),
        staff: link("周岚"),
        submission: Some(StateTag { text: text("迟交"), tone: "mid" }),
        submitted: Some("2026-11-02".into()),
        until: Some("2026-10-30".into()),
        review: StateTag { text: text("已审"), tone: "good" },
        reviewer: Some(link("韩卫东")),
        reviewed: Some("2026-11-02".into()),
        comment: runs(),
        figures: vec![Figure { href: Some("#rows".into()), ..figure() }],
        fee: "5400 元".into(),
        spent: "4860.50 元".into(),
        rows: vec![row()],
        unplanned: vec![event_row()],
        record: record(),
    }
}
