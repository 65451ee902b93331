//! Sample views of projects and competitors.

use super::*;

pub fn row() -> ProjectRow {
    ProjectRow {
        name: link("城西二期"),
        customer: Some(link("东澜水务")),
        owner: Some(link("周岚")),
        stage: text("招标"),
        since: Some("2026-10-09".into()),
        live: true,
        scale: "约2,300万元".into(),
        tender: Some(due("soon")),
        tender_held: Some("2026-09-30".into()),
        visits: 3,
        visits_planned: Some(4),
        visits_period: "2026-Q4".into(),
        competitors: names([link("恒科控制"), Link::plain(HOSTILE)]),
    }
}

pub fn engagement() -> ProjectInvolvement {
    ProjectInvolvement {
        project: link("城西二期"), stage: text("招标"), roles: vec![text("使用者")], concerns: vec![runs()]
    }
}

pub fn project() -> Project {
    let member = MemberRow {
        name: link("沈丽萍"),
        title: text("净水厂主任"),
        relation: Some(StateTag { text: text("积极的"), tone: "good" }),
        ours: names([link("周岚")]),
        last: Some(link("2026-11-20 拜访")),
        concerns: vec![runs(), runs()],
        met: Some(link("2026-11-05 拜访")),
    };
    Project {
        page: frame(),
        customer: link("东澜水务"),
        row: row(),
        owner: Some(link("周岚")),
        start: "2027年一季度".into(),
        criteria: vec![runs()],
        result: runs(),
        lost_to: Some(link("恒科控制")),
        why: runs(),
        stages: vec![StageRow { date: Some("2026-10-09".into()), stage: text("招标"), why: runs() }],
        roles: vec![
            RoleGroup { role: text("决策者"), members: Vec::new() },
            RoleGroup { role: text("使用者"), members: vec![member] },
        ],
        shows_roles: true,
        shows_relation: true,
        documents: vec![DocumentRow {
            what: text("标书"),
            state: text("起草"),
            owner: Some(link("何俊")),
            due: Some(due("ahead")),
            date: Some("2026-10-31".into()),
            link: runs(),
        }],
        contract: Some(ContractRow {
            number: text("HT-2026-018"),
            amount: "1,150万元".into(),
            signed: Some("2026-12-20".into()),
            warranty: Some("2028-12-20".into()),
            received: "345万元".into(),
        }),
        milestones: vec![MilestoneRow {
            what: text("预付款"),
            amount: "345万元".into(),
            due: Some(due("overdue")),
            date: Some("2027-01-15".into()),
            received: "300万元".into(),
            on: Some("2027-01-13".into()),
            settled: true,
            short: true,
            note: runs(),
        }],
        duties: vec![duty()],
        timeline: vec![event_row()],
        timeline_count: 7,
        record: record(),
    }
}

pub fn projects() -> Projects {
    Projects {
        page: frame(),
        total: 9,
        live: 6,
        competitors_page: Some(link("竞争对手")),
        tenders: vec![row()],
        groups: vec![RowGroup {
            name: text("招标"), id: "g1".into(), rows: vec![row(), ProjectRow { live: false, ..row() }]
        }],
        parts: parts(),
        shows_competitors: true,
    }
}

pub fn competitor() -> Competitor {
    let fact = |label: &str| CompetitorFact { label: text(label), text: runs() };
    Competitor {
        page: frame(),
        name: text("恒科控制"),
        customers: 2,
        projects: 3,
        won: 1,
        groups: vec![CompetitorGroup {
            customer: link("东澜水务"),
            rows: vec![CompetitorRow {
                date: Some("2026-11-20".into()),
                sort: "plan",
                what: text("客户计划"),
                record: link("2026 客户计划"),
                facts: vec![fact("优势"), fact("")],
            }],
        }],
        record: record(),
    }
}

pub fn competitors() -> Competitors {
    let line = CompetitorLine {
        name: link("恒科控制"),
        state: runs(),
        strategy: runs(),
        customers_more: 3,
        customers: names([link("东澜水务")]),
        customers_count: 7,
        projects: 3,
        won: 1,
        last: Some("2026-11-20".into()),
    };
    Competitors { page: frame(), rows: vec![line.clone()], unfiled: vec![line] }
}
