//! Sample values of components that several views share.

use crate::record::key;
use std::sync::Arc;

use super::*;

pub fn text(text: &str) -> Arc<str> {
    Arc::from(text)
}

pub fn link(name: &str) -> Link {
    Link::to(name, format!("../{name}.html"))
}

pub fn runs() -> TextRuns {
    TextRuns(vec![Link::plain(HOSTILE), link("沈丽萍")])
}

pub fn names<const N: usize>(links: [Link; N]) -> Names {
    Names::new(links, "、")
}

pub fn due(state: &'static str) -> Due {
    Due { date: "2026-11-18".into(), state, word: text("逾期"), why: Some(link("因周岚不在，由 2026-11-16 顺延")) }
}

pub fn tag() -> StateTag {
    StateTag { text: text("C 再度访问"), tone: "mid" }
}

pub fn frame() -> Frame {
    Frame {
        title: HOSTILE.into(),
        site: text("客户档案"),
        company: text("甲公司"),
        edition: text("全本"),
        mark: text("秘密"),
        full: true,
        root: "../../".into(),
        section: "customers",
        crumbs: super::super::Breadcrumbs::from_iter([link("客户"), Link::plain("东澜水务")]),
        updated: Some("2026-11-20".into()),
        verified: Some("2026-09-30".into()),
        previous: Some(link("北仑港务").into()),
        next: Some(link("华东院").into()),
    }
}

pub fn problem() -> Problem {
    Problem {
        path: "customers/dl/visits/2026-11-20.md".into(),
        line: 7,
        column: 6,
        severity: "error".into(),
        code: "unknown-staff".into(),
        message: HOSTILE.into(),
        help: vec!["也许是：吕明".into()],
        source: "拜访人: 吕铭".into(),
    }
}

pub fn duty() -> Duty {
    Duty {
        rule: text("下一次联系已逾期"),
        severity: "warning",
        say: HOSTILE.into(),
        due: Some(due("overdue")),
        customer: link("东澜水务"),
        subject: Some(link("徐海波")),
        staff: names([link("何俊"), link("周岚")]),
        clause: "附表6",
        clauses: "附表6、S-F6.7".into(),
        evidence: names([link("2026-11-13 拜访")]),
    }
}

pub fn item() -> Item {
    Item {
        number: "2026-11-05#1".into(),
        sort: "promise",
        word: text("承诺"),
        text: runs(),
        customer: Some(link("东澜水务")),
        owner: Some(link("周岚")),
        to: Some(link("邱志远")),
        due: Some(due("soon")),
        due_by_default: true,
        opened: link("2026-11-05 拜访"),
        done: None,
    }
}

pub fn figure() -> Figure {
    Figure {
        key: "overdue",
        value: 14,
        label: text("逾期事项"),
        note: "其中承诺 3 项".into(),
        href: Some("#overdue".into()),
        tone: "alarm",
    }
}

pub fn event_row() -> EventRow {
    EventRow {
        date: Some("2026-11-20".into()),
        sort: "visit",
        what: text("拜访"),
        customer: Some(link("东澜水务")),
        ours: names([link("周岚"), link("吕明")]),
        theirs: names([link("沈丽萍"), Link::plain("郑国平（班长）")]),
        plan: Some(text("b 处理问题")),
        result: Some(tag()),
        achieved: Some(StateTag { text: text("部分"), tone: "mid" }),
        about: link("城西二期"),
        excerpt: text(HOSTILE),
        reported: true,
        href: Some("visits/2026.html#v-2026-11-20".into()),
    }
}

pub fn fields() -> Vec<Field> {
    let row = FieldRow { tick: "done", cells: vec![runs(), TextRuns::default()] };
    vec![
        Field { key: text(key::UNIT), label: text("所属机构"), mark: text("秘密"), text: runs(), ..Field::default() },
        Field { key: text(key::CONCERNS), label: text("关心的事务"), items: vec![runs(), runs()], ..Field::default() },
        Field {
            key: text(key::FEES),
            label: text("费用"),
            heads: vec![text("费用项目"), text("金额")],
            tight: vec![false, true],
            rows: vec![row.clone(), FieldRow { tick: "open", ..row.clone() }],
            ..Field::default()
        },
        Field {
            key: text(key::OPEN),
            label: text("未处理问题"),
            heads: vec![text("问题")],
            tight: vec![false],
            rows: vec![row],
            ..Field::default()
        },
        Field { key: text(key::CAREER), label: text("工作经历"), body: Some(0), ..Field::default() },
    ]
}

fn directive() -> DirectiveRow {
    DirectiveRow {
        by: Some(link("韩卫东")),
        date: Some("2026-11-23".into()),
        text: runs(),
        read: true,
        owner: Some(link("周岚")),
        due: Some(due("soon")),
        done: true,
        done_on: Some("2026-11-28".into()),
        note: text(HOSTILE),
        record: link("2026-11-23 批示"),
    }
}

pub fn department() -> Department {
    let cell = SectionCell { tag: Some(tag()), due: Some(due("overdue")), text: runs() };
    Department {
        page: frame(),
        name: text("2026-11 来电来函"),
        kind: "inbound",
        state: Some(tag()),
        sections: vec![
            Section {
                id: "ledger".into(),
                heading: text("登记"),
                columns: vec![text("日期"), text(HOSTILE)],
                rows: vec![SectionRow { anchor: text("r-2026-11-23"), cells: vec![cell, SectionCell::default()] }],
            },
            Section { id: "out".into(), heading: text("在外"), ..Section::default() },
        ],
        records: vec![RecordSection { heading: text("2026-11-23 来电来函"), record: record() }],
    }
}

pub fn record() -> RecordPart {
    RecordPart {
        anchor: text("v-2026-11-20"),
        kind: text("拜访日报"),
        mark: text("内部"),
        fields: fields(),
        others: vec![Field { key: text("备住"), label: text("备住"), text: runs(), ..Field::default() }],
        body_label: text("面谈概要"),
        body: Some(0),
        problems: vec![problem()],
        directives: vec![directive(), DirectiveRow::default()],
        mentions: names([link("2026-11-23 批示")]),
        updated: Some("2026-11-20".into()),
        verified: Some("2026-11-21".into()),
        path: text("customers/dl/visits/2026-11-20.md"),
    }
}

pub fn event() -> EventDetails {
    EventDetails {
        row: event_row(),
        items: vec![item(), Item { done: Some(link("2026-11-20 拜访")), ..item() }],
        report: runs(),
        improve: runs(),
        form: Some(text("../../forms/7/zhou/2026-11.html#d-2026-11-20")),
        plan: Some(link("2026-11 周岚 拜访计划书")),
        inherited: fields(),
        next: vec![StatedContact { date: "2026-11-27".into(), theirs: names([link("沈丽萍")]) }],
        record: record(),
    }
}

pub fn person_row() -> PersonRow {
    PersonRow {
        name: link("沈丽萍"),
        customer: Some(link("东澜水务")),
        call: text("沈主任"),
        title: text("净水厂主任"),
        unit: text("城西净水厂"),
        roles: vec![text("使用者"), text("支持者（城西二期）")],
        relation: Some(StateTag { text: text("积极的"), tone: "good" }),
        trend: "up",
        trend_words: "中立的 → 积极的（2026-09-30）".into(),
        ours: names([link("周岚"), link("吕明")]),
        last: Some(link("2026-11-20 拜访")),
        next: Some(due("ahead")),
        phones: vec![text("138 5738 2610"), text("0573-82610377")],
        concern: text(HOSTILE),
        core: true,
        left: Some("2026-12-31".into()),
    }
}

pub fn information() -> InformationRow {
    InformationRow {
        date: Some("2026-11-20".into()),
        topic: text("投资规划"),
        fact: runs(),
        meaning: runs(),
        level: Some(3),
        source: link("沈丽萍").into(),
        major: true,
        record: link("2026-11-20 拜访"),
    }
}

pub fn pair() -> PairRow {
    PairRow {
        ours: link("周岚"),
        theirs: link("沈丽萍"),
        title: text("净水厂主任"),
        planned: Some(24),
        made: 19,
        period: "2026".into(),
        last: Some(link("2026-11-20 拜访")),
        next: Some(due("overdue")),
        stated: false,
        note: text("技术要求"),
    }
}

pub fn light() -> RelationLight {
    RelationLight { tone: "mid", word: text("黄灯"), reason: "1 位积极的关键人物，尚无积极的决策者".into() }
}

pub fn customer_row() -> CustomerRow {
    CustomerRow {
        name: link("东澜市水务集团有限公司"),
        short: text("东澜水务"),
        number: text("KD-0012"),
        level: text("核心"),
        industry: text("供水与污水处理"),
        region: text("东澜"),
        owner: Some(link("周岚")),
        people: 4,
        light: Some(light()),
        last: Some("2026-11-20".into()),
        next: Some(due("overdue")),
        promises: 2,
        overdue: 3,
        resting: Some(text("停止")),
    }
}

pub fn coming() -> UpcomingRow {
    UpcomingRow {
        due: due("soon"),
        what: text("下次联系"),
        text: runs(),
        customer: link("东澜水务"),
        theirs: Some(link("沈丽萍")),
        ours: Some(link("周岚")),
        brief: Some(link("见面前看一眼")),
    }
}

pub fn map() -> RelationMap {
    RelationMap {
        thinned: true,
        width: 640,
        height: 200,
        boxes: vec![MapBox {
            x: 12,
            y: 12,
            width: 292,
            height: 44,
            side: "theirs",
            tone: "good",
            name: "● 沈丽萍 净水厂主任".into(),
            note: "使用者 · 积极的".into(),
            title: HOSTILE.into(),
            href: Some("people/shen.html".into()),
        }],
        reports: vec!["M25 56V88H38".into()],
        ties: vec![MapLine {
            path: "M330 88C405 88 405 40 480 40".into(),
            strength: "many",
            title: "周岚—沈丽萍：19 次".into(),
            x: 380,
            y: 70,
            label: text("19"),
        }],
        more: 3,
        words: HOSTILE.into(),
    }
}

pub fn form_row() -> FormRow {
    FormRow { name: "附表3".into(), title: link("关键人物关系图"), all: names([link("1"), link("2")]) }
}

pub fn standing(state: &'static str) -> FormState {
    FormState {
        name: "附表3".into(),
        title: link("关键人物关系图"),
        state,
        share: 75,
        date: (state == "part").then(|| "2026-11-20".into()),
    }
}

pub fn lacks() -> MissingContent {
    let contents = [("客户战略方向", 100), ("客户购买程序", 0)];
    MissingContent {
        share: 62,
        there: 5,
        contents: contents.map(|(name, share)| ContentRow { name: text(name), share }).into(),
        count: 2,
        groups: vec![MissingGroup { name: text("附表2"), lacks: vec![link("邱志远"), Link::plain(HOSTILE)] }],
    }
}

pub fn sheet(second: bool) -> SheetPart {
    SheetPart {
        id: if second { "digest-1".into() } else { "form-2-shen".into() },
        name: "附表2".into(),
        title: text("关键人物的个人情况资料"),
        about: text(HOSTILE),
        second,
        limited: true,
        sheet: 0,
    }
}

pub fn parts() -> Vec<PageLink> {
    vec![
        PageLink { number: 1, holds: String::new(), href: None },
        PageLink { number: 2, holds: "08-11 – 11-20".into(), href: Some("index-2.html".into()) },
    ]
}
