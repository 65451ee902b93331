//! One view of each sort, full and empty, for the tests that hold templates and views together.

mod plans;
mod visit_plans;

use std::sync::Arc;

use super::*;

mod projects;

/// Text as a user may write it: data everywhere, never markup.
pub const HOSTILE: &str = "<b onclick=\"x()\">'甲'&乙</b>{{ 7 * 7 }}";

fn text(text: &str) -> Arc<str> {
    Arc::from(text)
}

fn link(name: &str) -> Link {
    Link::to(name, format!("../{name}.html"))
}

fn runs() -> Vec<Link> {
    vec![Link::plain(HOSTILE), link("沈丽萍")]
}

fn due(state: &'static str) -> Due {
    Due { date: "2026-11-18".into(), state, word: text("逾期") }
}

fn tag() -> Tag {
    Tag { text: text("C 再度访问"), tone: "mid" }
}

fn frame() -> Frame {
    Frame {
        title: HOSTILE.into(),
        site: text("客户档案"),
        company: text("甲公司"),
        edition: text("全本"),
        mark: text("秘密"),
        full: true,
        root: "../../".into(),
        section: "customers",
        crumbs: vec![link("客户"), Link::plain("东澜水务")],
        updated: Some("2026-11-20".into()),
        verified: Some("2026-09-30".into()),
        previous: Some(link("北仑港务")),
        next: Some(link("华东院")),
    }
}

fn problem() -> Problem {
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

fn duty() -> Duty {
    Duty {
        rule: text("下一次联系已逾期"),
        severity: "warning",
        say: HOSTILE.into(),
        due: Some(due("overdue")),
        customer: link("东澜水务"),
        subject: Some(link("徐海波")),
        staff: vec![link("何俊"), link("周岚")],
        clause: "附表6",
        clauses: "附表6、S-F6.7".into(),
        evidence: vec![link("2026-11-13 拜访")],
    }
}

fn item() -> Item {
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

fn figure() -> Figure {
    Figure {
        key: "overdue",
        value: 14,
        label: text("逾期事项"),
        note: "其中承诺 3 项".into(),
        href: Some("#overdue".into()),
        tone: "alarm",
    }
}

fn touch() -> Touch {
    Touch {
        date: Some("2026-11-20".into()),
        sort: "visit",
        what: text("拜访"),
        customer: Some(link("东澜水务")),
        ours: vec![link("周岚"), link("吕明")],
        theirs: vec![link("沈丽萍"), Link::plain("郑国平（班长）")],
        plan: Some(text("b 处理问题")),
        result: Some(tag()),
        achieved: Some(Tag { text: text("部分"), tone: "mid" }),
        about: link("城西二期"),
        excerpt: text(HOSTILE),
        reported: true,
        href: Some("visits/2026.html#v-2026-11-20".into()),
    }
}

fn fields() -> Vec<Field> {
    let row = FieldRow { tick: "done", cells: vec![runs(), Vec::new()] };
    vec![
        Field { key: text("unit"), label: text("所属机构"), mark: text("秘密"), text: runs(), ..Field::default() },
        Field { key: text("concerns"), label: text("关心的事务"), items: vec![runs(), runs()], ..Field::default() },
        Field {
            key: text("fees"),
            label: text("费用"),
            heads: vec![text("费用项目"), text("金额")],
            tight: vec![false, true],
            rows: vec![row.clone(), FieldRow { tick: "open", ..row.clone() }],
            ..Field::default()
        },
        Field {
            key: text("open"),
            label: text("未处理问题"),
            heads: vec![text("问题")],
            tight: vec![false],
            rows: vec![row],
            ..Field::default()
        },
        Field { key: text("career"), label: text("工作经历"), body: Some(0), ..Field::default() },
    ]
}

fn directive() -> DirectiveLine {
    DirectiveLine {
        by: Some(link("韩卫东")),
        date: Some("2026-11-23".into()),
        text: runs(),
        read: true,
        owner: Some(link("周岚")),
        due: Some(due("soon")),
        done: true,
        done_on: Some("2026-11-28".into()),
        note: text(HOSTILE),
        said: link("2026-11-23 批示"),
    }
}

fn office() -> Office {
    let cell = SectionCell { tag: Some(tag()), due: Some(due("overdue")), text: runs() };
    Office {
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
        records: vec![SheetRecord { heading: text("2026-11-23 来电来函"), record: record() }],
    }
}

fn record() -> RecordPart {
    RecordPart {
        anchor: text("v-2026-11-20"),
        kind: text("拜访日报"),
        mark: text("内部"),
        fields: fields(),
        others: vec![Field { key: text("备住"), label: text("备住"), text: runs(), ..Field::default() }],
        body_label: text("面谈概要"),
        body: Some(0),
        problems: vec![problem()],
        directives: vec![directive(), DirectiveLine::default()],
        mentions: vec![link("2026-11-23 批示")],
        updated: Some("2026-11-20".into()),
        verified: Some("2026-11-21".into()),
        path: text("customers/dl/visits/2026-11-20.md"),
    }
}

fn event() -> Event {
    Event {
        touch: touch(),
        items: vec![item(), Item { done: Some(link("2026-11-20 拜访")), ..item() }],
        report: runs(),
        improve: runs(),
        form: Some(text("../../forms/7/zhou/2026-11.html#d-2026-11-20")),
        plan: Some(link("2026-11 周岚 拜访计划书")),
        inherited: fields(),
        next: vec![NextLine { date: "2026-11-27".into(), theirs: vec![link("沈丽萍")] }],
        record: record(),
    }
}

fn person_row() -> PersonRow {
    PersonRow {
        name: link("沈丽萍"),
        customer: Some(link("东澜水务")),
        call: text("沈主任"),
        title: text("净水厂主任"),
        unit: text("城西净水厂"),
        roles: vec![text("使用者"), text("支持者（城西二期）")],
        relation: Some(Tag { text: text("积极的"), tone: "good" }),
        trend: "up",
        trend_words: "中立的 → 积极的（2026-09-30）".into(),
        ours: vec![link("周岚"), link("吕明")],
        last: Some(link("2026-11-20 拜访")),
        next: Some(due("ahead")),
        phones: vec![text("138 5738 2610"), text("0573-82610377")],
        concern: text(HOSTILE),
        core: true,
        left: Some("2026-12-31".into()),
    }
}

fn information() -> InformationRow {
    InformationRow {
        date: Some("2026-11-20".into()),
        topic: text("投资规划"),
        fact: runs(),
        meaning: runs(),
        level: Some(3),
        source: vec![link("沈丽萍")],
        major: true,
        said: link("2026-11-20 拜访"),
    }
}

fn pair() -> PairRow {
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

fn light() -> Light {
    Light { tone: "mid", word: text("黄灯"), reason: "1 位积极的关键人物，尚无积极的决策者".into() }
}

fn customer_row() -> CustomerRow {
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

fn coming() -> Coming {
    Coming {
        due: due("soon"),
        what: text("下次联系"),
        text: runs(),
        customer: link("东澜水务"),
        theirs: Some(link("沈丽萍")),
        ours: Some(link("周岚")),
        brief: Some(link("见面前看一眼")),
    }
}

fn map() -> Map {
    Map {
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
        ties: vec![MapTie {
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

fn form_row() -> FormRow {
    FormRow { name: "附表3".into(), title: link("关键人物关系图"), all: vec![link("1"), link("2")] }
}

fn standing(state: &'static str) -> FormStanding {
    FormStanding {
        name: "附表3".into(),
        title: link("关键人物关系图"),
        state,
        share: 75,
        date: (state == "part").then(|| "2026-11-20".into()),
    }
}

fn lacks() -> Lacks {
    let contents = [("客户战略方向", 100), ("客户购买程序", 0)];
    Lacks {
        share: 62,
        there: 5,
        contents: contents.map(|(name, share)| ContentRow { name: text(name), share }).into(),
        count: 2,
        groups: vec![LackGroup { name: text("附表2"), lacks: vec![link("邱志远"), Link::plain(HOSTILE)] }],
    }
}

fn sheet(second: bool) -> SheetPart {
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

fn parts() -> Vec<PageLink> {
    vec![
        PageLink { number: 1, holds: String::new(), href: None },
        PageLink { number: 2, holds: "08-11 – 11-20".into(), href: Some("index-2.html".into()) },
    ]
}

/// Every view with something in every field.
pub fn full() -> Vec<View> {
    let page = frame();
    vec![
        Home {
            page: page.clone(),
            as_of: "2026-11-24".into(),
            weekday: text("星期二"),
            figures: vec![figure()],
            overdue: vec![duty()],
            overdue_more: 4,
            by_person: vec![Load { staff: link("何俊"), overdue: 5, promises: 2, oldest: Some(due("overdue")) }],
            due_href: Some("reports/due.html".into()),
            coming: vec![coming()],
            coming_more: 2,
            fresh: vec![touch()],
            fresh_more: 1,
            fresh_since: "2026-11-23".into(),
            major: vec![MajorRow {
                date: "2026-11-02".into(),
                customer: link("东澜水务"),
                fact: runs(),
                meaning: runs(),
                said: link("2026-11-02 接触"),
            }],
            pages: vec![link("销售手册")],
            reports: vec![link("逾期与到期接触")],
            errors: 2,
            warnings: 5,
            problems_href: Some("problems/index.html".into()),
        }
        .into(),
        Customers {
            page: page.clone(),
            order: "all",
            orders: vec![Link::plain("按拼音"), link("按行业")],
            total: 16,
            groups: vec![CustomerGroup { name: text("D"), id: "g1".into(), rows: vec![customer_row()] }],
            parts: parts(),
            shows_light: true,
        }
        .into(),
        Customer {
            page: page.clone(),
            name: text("东澜市水务集团有限公司"),
            short: text("东澜水务"),
            number: Some(text("KD-0012")),
            filed: true,
            level: Some(text("核心")),
            resting: Some(text("暂停")),
            traits: vec![text("东澜"), text("供水与污水处理")],
            owner: Some(link("周岚")),
            archivist: Some(link("陈晓燕")),
            parent: Some(link("东澜国资")),
            branches: vec![link("东澜排水")],
            light: Some(light()),
            last: Some(touch()),
            next: Some(NextContact {
                due: due("overdue"),
                ours: link("何俊"),
                theirs: link("徐海波"),
                said: Some(link("2026 接触计划")),
            }),
            improve: Some(Improve { text: runs(), said: link("2026-11-20 拜访") }),
            visits_this_year: 9,
            contacts_this_year: 31,
            year: 2026,
            projects: vec![projects::row()],
            shows_competitors: true,
            foreseen: vec![visit_plans::foreseen()],
            items: vec![item()],
            settled: 7,
            people: vec![person_row()],
            shows_roles: true,
            shows_relation: true,
            shows_concerns: true,
            map: Some(map()),
            unfiled: vec![UnfiledRow {
                name: text("郑国平"), note: text("班长"), records: vec![link("2026-11-20 拜访")]
            }],
            needs: fields(),
            information: vec![information()],
            information_href: Some("information.html".into()),
            information_count: 12,
            matrix: vec![pair()],
            matrix_once: 2,
            papers: vec![link("城西二期")],
            plan: Some(plans::short()),
            wants_plan: true,
            brief: link("见面前看一眼"),
            plans: vec![link("2026 接触计划")],
            timeline: vec![touch()],
            timeline_count: 40,
            years: vec![YearLink { sort: "visit", text: "2026 年拜访".into(), count: 9, href: "visits/2026.html".into() }],
            units: vec![UnitRow {
                name: text("城西净水厂"),
                class: text("分支机构"),
                place: text("城西街道水厂路9号"),
                contacts: vec![ContactCell {
                    name: link("沈丽萍"),
                    title: text("净水厂主任"),
                    phones: vec![text("0573-82610377")],
                }],
                owner: Some(link("吕明")),
            }],
            forms: ["whole", "part", "blank", "some", ""].map(standing).into(),
            forms_href: Some(text("forms.html")),
            lacks: Some(lacks()),
            duties: vec![duty()],
            reviews: vec![ReviewMark {
                said: link("2026-Q3 季度审核"),
                by: Some(link("陈晓燕")),
                date: Some("2026-10-12".into()),
                exceptions: vec![text(HOSTILE)],
            }],
            troubled: vec![Troubled { record: link("2026-11-20 拜访"), errors: 1, warnings: 2 }],
            record: record(),
        }
        .into(),
        Person {
            page: page.clone(),
            row: person_row(),
            customer: link("东澜水务"),
            reports_to: Some(link("邱志远")),
            reports: vec![link("郑国平")],
            roles: vec![text("使用者")],
            projects: vec![projects::engagement()],
            history: vec![RelationRow {
                date: Some("2026-09-30".into()),
                state: Tag { text: text("积极的"), tone: "good" },
                by: Some(link("周岚")),
                why: text(HOSTILE),
            }],
            concerns: vec![runs()],
            favours: Some(Link::plain("恒科控制")),
            pairs: vec![pair()],
            pairs_once: 2,
            items: vec![item()],
            duties: vec![duty()],
            timeline: vec![touch()],
            timeline_count: 19,
            information: vec![information()],
            form: Some(text("../forms.html#form-2-shen")),
            record: record(),
        }
        .into(),
        Events {
            page: page.clone(),
            sort: "visit",
            heading: "2026 年拜访".into(),
            customer: link("东澜水务"),
            single: false,
            events: vec![event(), event(), event(), event()],
            parts: parts(),
        }
        .into(),
        ContactPlan {
            page: page.clone(),
            customer: link("东澜水务"),
            period: "2026".into(),
            goal: runs(),
            pairs: vec![pair()],
            others: vec![link("2025 接触计划")],
            record: record(),
        }
        .into(),
        plans::plan().into(),
        plans::summary().into(),
        plans::brief().into(),
        Information {
            page: page.clone(),
            customer: link("东澜水务"),
            total: 12,
            topics: vec![Topic { name: text("投资规划"), rows: vec![information()] }],
            record: record(),
        }
        .into(),
        People {
            page: page.clone(),
            total: 64,
            groups: vec![PeopleGroup { name: text("S"), id: "g1".into(), rows: vec![person_row()] }],
            parts: parts(),
            shows_roles: true,
            shows_relation: true,
            shows_concerns: true,
        }
        .into(),
        StaffList {
            page: page.clone(),
            visit_plans: link("拜访计划书"),
            rows: vec![StaffRow {
                name: link("周岚"),
                post: text("销售经理"),
                department: text("市场部"),
                manager: Some(link("韩卫东")),
                active: false,
                customers: 5,
                overdue: 3,
                visits: 41,
                contacts: 88,
            }],
        }
        .into(),
        Staff {
            page: page.clone(),
            name: text("周岚"),
            post: text("销售经理"),
            department: text("市场部"),
            manager: Some(link("韩卫东")),
            active: false,
            figures: vec![figure()],
            overdue: vec![duty()],
            soon: vec![duty()],
            items: vec![item()],
            plans: vec![visit_plans::line()],
            planned: vec![visit_plans::row()],
            coming: vec![coming()],
            customers: vec![customer_row()],
            shows_light: true,
            timeline: vec![touch()],
            forms: vec![link("2026-11")],
            record: record(),
        }
        .into(),
        visit_plans::list().into(),
        visit_plans::plan().into(),
        Reports {
            page: page.clone(),
            rows: vec![ReportRow {
                name: link("逾期与到期接触"),
                question: "谁该联系了？".into(),
                count: 9,
                csv: "due.csv".into(),
            }],
        }
        .into(),
        Report {
            page: page.clone(),
            name: "due",
            heading: "逾期与到期接触".into(),
            question: "谁该联系了？".into(),
            as_of: "2026-11-24".into(),
            csv: "due.csv".into(),
            total: 9,
            columns: vec![
                Column { key: "due", label: "下次联系".into(), number: false },
                Column { key: "times", label: "次数".into(), number: true },
            ],
            rows: vec![vec![
                Cell { due: Some(due("overdue")), ..Cell::default() },
                Cell { text: runs(), sort: "12".into(), many: 12, ..Cell::default() },
            ]],
            parts: parts(),
        }
        .into(),
        Pages {
            page: page.clone(),
            rows: vec![PageRow { name: link("销售手册"), excerpt: text(HOSTILE), updated: Some("2026-11-20".into()) }],
        }
        .into(),
        Page { page: page.clone(), name: text("销售手册"), record: record() }.into(),
        projects::projects().into(),
        projects::project().into(),
        projects::competitors().into(),
        projects::competitor().into(),
        Sheet {
            page: page.clone(),
            name: text("2026-11 来电来函"),
            records: vec![SheetRecord { heading: text("2026-11-23 来电来函"), record: record() }],
        }
        .into(),
        FormList {
            page: page.clone(),
            forms: vec![form_row()],
            blank: Some(link("空白附表")),
            days: vec![DayRow { staff: link("周岚"), months: vec![link("2026-11")] }],
        }
        .into(),
        Forms {
            page: page.clone(),
            heading: HOSTILE.into(),
            customer: Some(link("东澜水务")),
            as_of: "2026-11-24".into(),
            blank: false,
            copies: true,
            number: text("KD-0012"),
            sheets: vec![sheet(false), sheet(true)],
            parts: parts(),
        }
        .into(),
        office().into(),
        Problems {
            page,
            errors: 2,
            warnings: 5,
            hints: 1,
            files: vec![ProblemFile { path: link("customers/dl/visits/2026-11-20.md"), problems: vec![problem()] }],
            parts: parts(),
        }
        .into(),
    ]
}

/// Every view with nothing in it.
pub fn empty() -> Vec<View> {
    vec![
        Home::default().into(),
        Customers::default().into(),
        Customer::default().into(),
        Person::default().into(),
        Events::default().into(),
        ContactPlan::default().into(),
        DevelopmentPlan::default().into(),
        PlanSummary::default().into(),
        Brief::default().into(),
        Information::default().into(),
        People::default().into(),
        StaffList::default().into(),
        Staff::default().into(),
        VisitPlans::default().into(),
        VisitPlan::default().into(),
        Reports::default().into(),
        Report::default().into(),
        Pages::default().into(),
        Page::default().into(),
        Projects::default().into(),
        Project::default().into(),
        Competitors::default().into(),
        Competitor::default().into(),
        Sheet::default().into(),
        FormList::default().into(),
        Forms::default().into(),
        Office::default().into(),
        Problems::default().into(),
    ]
}
