//! One sample of every view, full and empty, for the tests that check templates against views.

mod components;
mod plans;
mod projects;
mod visit_plans;

use components::{
    coming, customer_row, department, due, duty, event, event_row, fields, figure, form_row, frame, information, item, lacks,
    light, link, map, names, pair, parts, person_row, problem, record, runs, sheet, standing, tag, text,
};

use super::*;

/// Text as a user may write it: it must appear escaped everywhere and never be parsed as markup or template.
pub const HOSTILE: &str = "<b onclick=\"x()\">'甲'&乙</b>{{ 7 * 7 }}";

/// Every view with a value in every field.
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
            by_person: vec![StaffOverdue { staff: link("何俊"), overdue: 5, promises: 2, oldest: Some("2026-10-12".into()) }],
            due_href: Some("reports/due.html".into()),
            coming: vec![coming()],
            coming_more: 2,
            recent: vec![event_row()],
            recent_more: 1,
            recent_since: "2026-11-23".into(),
            major: vec![MajorNewsRow {
                date: "2026-11-02".into(),
                customer: link("东澜水务"),
                fact: runs(),
                meaning: runs(),
                record: link("2026-11-02 接触"),
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
            orders: vec![Link::plain("按拼音").into(), link("按行业").into()],
            total: 16,
            groups: vec![RowGroup { name: text("D"), id: "g1".into(), rows: vec![customer_row()] }],
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
            archivist_stands_in: true,
            parent: Some(link("东澜国资")),
            branches: names([link("东澜排水")]),
            light: Some(light()),
            last: Some(event_row()),
            next: Some(NextContact {
                due: due("overdue"),
                ours: link("何俊"),
                theirs: link("徐海波"),
                record: Some(link("2026 接触计划")),
            }),
            improve: Some(Improvement { text: runs(), record: link("2026-11-20 拜访") }),
            visits_this_year: 9,
            contacts_this_year: 31,
            year: 2026,
            projects: vec![projects::row()],
            shows_competitors: true,
            planned: vec![visit_plans::planned()],
            items: vec![item()],
            settled: 7,
            people: vec![person_row()],
            shows_roles: true,
            shows_relation: true,
            shows_concerns: true,
            map: Some(map()),
            unfiled: vec![UnregisteredRow {
                name: text("郑国平"),
                note: text("班长"),
                records: names([link("2026-11-20 拜访")]),
            }],
            needs: fields(),
            information: vec![information()],
            information_href: Some("information.html".into()),
            information_count: 12,
            matrix: vec![pair()],
            matrix_once: 2,
            papers: names([link("城西二期")]),
            plan: Some(plans::short()),
            wants_plan: true,
            brief: link("见面前看一眼"),
            plans: names([link("2026 接触计划")]),
            timeline: vec![event_row()],
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
                record: link("2026-Q3 季度审核"),
                by: Some(link("陈晓燕")),
                date: Some("2026-10-12".into()),
                exceptions: vec![text(HOSTILE)],
            }],
            troubled: vec![ProblemFileRow { record: link("2026-11-20 拜访"), errors: 1, warnings: 2 }],
            record: record(),
        }
        .into(),
        Person {
            page: page.clone(),
            row: person_row(),
            customer: link("东澜水务"),
            reports_to: Some(link("邱志远")),
            reports: names([link("郑国平")]),
            roles: vec![text("使用者")],
            projects: vec![projects::engagement()],
            history: vec![RelationRow {
                date: Some("2026-09-30".into()),
                state: StateTag { text: text("积极的"), tone: "good" },
                by: Some(link("周岚")),
                why: text(HOSTILE),
            }],
            concerns: vec![runs()],
            favours: Some(Link::plain("恒科控制")),
            pairs: vec![pair()],
            pairs_once: 2,
            items: vec![item()],
            duties: vec![duty()],
            timeline: vec![event_row()],
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
            others: names([link("2025 接触计划")]),
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
            groups: vec![RowGroup { name: text("S"), id: "g1".into(), rows: vec![person_row()] }],
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
            stands_in: "客户档案管理员、市场部部长".to_owned(),
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
            timeline: vec![event_row()],
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
        FormList {
            page: page.clone(),
            forms: vec![form_row()],
            blank: Some(link("空白附表")),
            days: vec![DayRow { staff: link("周岚"), months: names([link("2026-11")]) }],
        }
        .into(),
        Forms {
            customer_name: "东澜水务".into(),
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
        department().into(),
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

/// Every view with default values.
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
        FormList::default().into(),
        Forms::default().into(),
        Department::default().into(),
        Problems::default().into(),
    ]
}
