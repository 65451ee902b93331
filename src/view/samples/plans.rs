//! Sample views of a development plan, its summary and a visit brief.

use super::*;

fn goal() -> GoalRow {
    GoalRow {
        goal: runs(),
        measure: runs(),
        due: Some("2026-06-30".into()),
        status: runs(),
        tick: "open",
        actions: 3,
        done: 1,
        named: names([link("周岚")]),
    }
}

fn action(ticked: bool) -> ActionRow {
    ActionRow {
        action: runs(),
        owner: ticked.then(|| link("周岚")),
        due: (!ticked).then(|| due("overdue")),
        was_due: ticked.then(|| "2026-02-18".into()),
        ticked,
        done: ticked.then(|| "2026-02-20".into()),
        goal: runs(),
        note: runs(),
        named: names([link("邱志远")]),
    }
}

fn swot() -> Vec<SwotCell> {
    vec![
        SwotCell { label: text("客户优势"), items: vec![runs(), runs()] },
        SwotCell { label: text("客户劣势"), items: Vec::new() },
    ]
}

fn course() -> PlanReview {
    PlanReview {
        author: Some(link("周岚")),
        participants: names([link("韩卫东"), link("吕明")]),
        verdict: StateTag { text: text("已审"), tone: "good" },
        reviewer: Some(link("韩卫东")),
        reviewed: Some("2026-01-20".into()),
        filed: true,
        filed_by: Some(link("陈晓燕")),
        filed_on: Some("2026-01-25".into()),
    }
}

fn part(key: &str) -> PlanPart {
    PlanPart { key: text(key), title: text("计划摘要"), body: Some(0), fields: fields(), empty: key == "plan" }
}

/// A development plan with every field filled in.
pub fn plan() -> DevelopmentPlan {
    DevelopmentPlan {
        page: frame(),
        customer: link("东澜水务"),
        name: text("2026 客户计划"),
        course: course(),
        summary: link("计划摘要"),
        parts: ["summary", "overview", "competition", "assessment", "plan"].map(part).into(),
        goals: vec![goal()],
        people: vec![person_row()],
        shows_roles: true,
        shows_relation: true,
        shows_concerns: true,
        news: vec![information()],
        needs: fields(),
        theirs: swot(),
        rivals: vec![PlanCompetitorRow {
            name: link("恒科控制"),
            strengths: runs(),
            weaknesses: runs(),
            state: runs(),
            strategy: runs(),
            named: names([link("沈丽萍")]),
        }],
        lifecycle: Some(text("稳定期")),
        relations: vec![pair()],
        ours: swot(),
        actions: vec![action(true), action(false)],
        done: 1,
        overdue: 1,
        changes: vec![ChangeRow {
            date: Some("2026-02-10".into()),
            what: runs(),
            why: runs(),
            approver: Some(link("韩卫东")),
            named: names([link("吕明")]),
        }],
        duties: vec![duty()],
        others: names([link("2025 客户计划")]),
        record: record(),
    }
}

/// The short form of a plan for the customer's page.
pub fn short() -> PlanInForce {
    PlanInForce {
        plan: link("2026 客户计划"),
        summary: link("计划摘要"),
        this_year: false,
        verdict: StateTag { text: text("待审"), tone: "none" },
        objective: runs(),
        goals: vec![goal()],
        next: vec![action(false)],
        done: 1,
        total: 2,
        overdue: 1,
    }
}

/// The summary of a plan.
pub fn summary() -> PlanSummary {
    PlanSummary {
        page: frame(),
        customer: link("东澜水务"),
        full_name: text(HOSTILE),
        owner: Some(link("周岚")),
        level: Some(text("重点")),
        whole: link("2026 客户计划"),
        name: text("2026 计划摘要"),
        course: course(),
        part: part("summary"),
        goals: vec![goal()],
    }
}

/// The brief before a visit.
pub fn brief() -> Brief {
    Brief {
        page: frame(),
        customer: link("东澜水务"),
        level: Some(text("重点")),
        owner: Some(link("周岚")),
        light: Some(RelationLight { tone: "mid", word: text("黄灯"), reason: HOSTILE.into() }),
        next: Some(NextContact {
            due: due("overdue"),
            ours: link("周岚"),
            theirs: link("沈丽萍"),
            record: Some(link("2026-11-20 拜访")),
        }),
        visit: Some(super::visit_plans::planned()),
        people: vec![BriefPerson { row: person_row(), met: true }, BriefPerson { row: person_row(), met: false }],
        people_more: 2,
        shows_roles: true,
        shows_relation: true,
        shows_concerns: true,
        items: vec![item()],
        items_more: 3,
        improve: Some(Improvement { text: runs(), record: link("2026-11-20 拜访") }),
        project: Some(BriefProject {
            name: link("城西二期"),
            stage: text("招标"),
            scale: "230,000,000.00 元".into(),
            tender: Some(due("soon")),
        }),
        information: vec![information()],
        last: Some(event_row()),
        outcome: runs(),
        text: format!("【见面前看一眼】东澜水务\n{HOSTILE}\n</textarea><script>x()</script>"),
        lines: 3,
    }
}
