//! Tests of the addresses of whole archives.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;

use super::routes::{RouteBuilder, assign};
use super::*;
use crate::archive::{DirectoryEntry, EventKind};
use crate::calendar::Date;
use crate::config::{self, Config};
use crate::record::RecordId;
use crate::text::FileId;

fn config(text: &str) -> Config {
    config::read(&format!("company: 远川\n{text}"), FileId(0)).0.expect("a valid config")
}

fn entry(id: &str, date: Option<Date>, nth: u32) -> DirectoryEntry {
    let parts: Vec<&str> = id.split('/').collect();
    let (customer, kind) = match parts.as_slice() {
        ["customers", folder, place, ..] => (Some((*folder).into()), *place),
        [place, ..] => (None, *place),
        [] => (None, ""),
    };
    let kind = match kind {
        "people" => "person",
        "visits" => "visit",
        "contacts" => "contact",
        "contact-plans" => "contact-plan",
        "pages" => "page",
        kind => kind,
    };
    DirectoryEntry {
        id: RecordId(id.into()),
        kind: kind.into(),
        name: "".into(),
        short: None,
        title: None,
        aliases: Vec::new(),
        pinyin: None,
        customer,
        date,
        nth,
        secrecy: 1,
        left: None,
        absences: Vec::new(),
        anchors: Arc::new([]),
    }
}

fn desk(entries: &[DirectoryEntry], files: &[&str], config: &Config) -> RouteBuilder {
    let files: Vec<Arc<str>> = files.iter().map(|path| (*path).into()).collect();
    assign(std::iter::empty(), &entries.iter().collect::<Vec<_>>(), &files, config)
}

fn address(desk: &RouteBuilder, id: &str) -> String {
    let (url, anchor) = desk.routes.record(&RecordId(id.into())).expect("has an address");
    anchor.map_or_else(|| url.to_string(), |anchor| format!("{url}#{anchor}"))
}

#[test]
fn department_records_keep_their_folders() {
    let config = config("");
    let inbound = DirectoryEntry { kind: "inbound".into(), ..entry("inbound/2026-11#2026-11-23-徐海波", None, 0) };
    let entries = [
        entry("visit-plans/2026-11/周岚", None, 0),
        entry("market/2026年11月/周岚", None, 0),
        inbound,
        entry("competitors/hengke", None, 0),
        entry("reviews/2026-Q3", None, 0),
        entry("loans", None, 0),
        entry("customers/HD/projects/城西二期", None, 0),
        entry("customers/HD/plans/2026", None, 0),
    ];
    let desk = desk(&entries, &[], &config);
    let hash = |part: &str| crate::text::Fingerprint::of(part.as_bytes()).hex(6);
    for (id, url) in [
        ("visit-plans/2026-11/周岚", format!("visit-plans/2026-11/zhoulan-{}.html", hash("周岚"))),
        ("market/2026年11月/周岚", format!("market/2026nian11yue-{}/zhoulan-{}.html", hash("2026年11月"), hash("周岚"))),
        (
            "inbound/2026-11#2026-11-23-徐海波",
            format!("inbound/2026-11.html#r-2026-11-23-xuhaibo-{}", hash("2026-11-23-徐海波")),
        ),
        ("competitors/hengke", "competitors/hengke.html".to_owned()),
        ("reviews/2026-Q3", "reviews/2026-q3.html".to_owned()),
        ("loans", "loans.html".to_owned()),
        ("customers/HD/projects/城西二期", format!("customers/hd/projects/chengxierqi-{}.html", hash("城西二期"))),
        ("customers/HD/plans/2026", "customers/hd/plans/2026.html".to_owned()),
    ] {
        assert_eq!(address(&desk, id), url);
    }
}

#[test]
fn records_have_expected_urls() {
    let day = Some(jiff::civil::date(2026, 11, 20));
    let entries = [
        entry("customers/HD/customer", None, 0),
        entry("customers/HD/information", None, 0),
        entry("customers/HD/people/单小明", None, 0),
        entry("customers/HD/contact-plans/2026", None, 0),
        entry("customers/HD/visits/2026-11-20", day, 0),
        entry("customers/HD/visits/2026-11-21", day, 200),
        entry("customers/HD/visits/草稿", None, 0),
        entry("customers/HD/contacts/2026-11#2026-11-05-邱志远", day, 3),
        entry("customers/东澜水务/customer", None, 0),
        entry("staff/周岚", None, 0),
        entry("pages/指南", None, 0),
    ];
    let config = config("");
    let desk = desk(&entries, &["客户/HD/图纸/水泵.PNG"], &config);
    let hash = |part: &str| crate::text::Fingerprint::of(part.as_bytes()).hex(6);
    for (id, expected) in [
        ("customers/HD/customer", "customers/hd/index.html".to_owned()),
        ("customers/HD/information", "customers/hd/information.html".to_owned()),
        ("customers/HD/people/单小明", format!("customers/hd/people/shanxiaoming-{}.html", hash("单小明"))),
        ("customers/HD/contact-plans/2026", "customers/hd/contact-plans/2026.html".to_owned()),
        ("customers/HD/visits/2026-11-20", "customers/hd/visits/2026.html#v-2026-11-20".to_owned()),
        ("customers/HD/visits/2026-11-21", "customers/hd/visits/2026-2.html#v-2026-11-21".to_owned()),
        ("customers/HD/visits/草稿", format!("customers/hd/visits/undated.html#v-caogao-{}", hash("草稿"))),
        (
            "customers/HD/contacts/2026-11#2026-11-05-邱志远",
            format!("customers/hd/contacts/2026.html#c-2026-11-2026-11-05-qiuzhiyuan-{}", hash("2026-11#2026-11-05-邱志远")),
        ),
        ("customers/东澜水务/customer", format!("customers/donglanshuiwu-{}/index.html", hash("东澜水务"))),
        ("staff/周岚", format!("staff/zhoulan-{}.html", hash("周岚"))),
        ("pages/指南", format!("pages/zhinan-{}.html", hash("指南"))),
    ] {
        assert_eq!(address(&desk, id), expected);
    }
    let picture = desk.routes.file("客户/HD/图纸/水泵.PNG").expect("a file").to_string();
    let expected = format!("files/kehu-{}/hd/tuzhi-{}/shuibeng-{}.png", hash("客户"), hash("图纸"), hash("水泵"));
    assert_eq!(picture, expected);
    assert!(desk.clashes.is_empty());
}

#[test]
fn list_and_year_pages_are_paginated() {
    let desk = desk(&[entry("customers/HD/customer", None, 0)], &[], &config(""));
    let page = |page: Page| desk.routes.page(&page).to_string();
    assert_eq!(page(Page::Home), "index.html");
    assert_eq!(page(Page::Customers("all", 0)), "customers/index.html");
    assert_eq!(page(Page::Customers("industry", 1)), "customers/by-industry-2.html");
    assert_eq!(page(Page::Dossier("HD".into())), "customers/hd/index.html");
    assert_eq!(page(Page::Year("HD".into(), EventKind::Contact, None, 1)), "customers/hd/contacts/undated-2.html");
    assert_eq!(page(Page::Report("due", 0)), "reports/due.html");
    assert_eq!(page(Page::Problems(2)), "problems/index-3.html");
}

#[test]
fn config_enables_one_page_per_visit() {
    let day = Some(jiff::civil::date(2026, 11, 20));
    let entries = [entry("customers/hd/visits/2026-11-20", day, 0), entry("customers/hd/contacts/2026-11-21", day, 0)];
    let desk = desk(&entries, &[], &config("pages: {visits: each}\n"));
    assert_eq!(address(&desk, "customers/hd/visits/2026-11-20"), "customers/hd/visits/2026-11-20.html");
    assert_eq!(address(&desk, "customers/hd/contacts/2026-11-21"), "customers/hd/contacts/2026.html#c-2026-11-21");
}

#[test]
fn url_clashes_are_resolved_and_reported() {
    let entries = [
        entry("customers/HD/customer", None, 0),
        entry("customers/hd/customer", None, 0),
        entry("customers/hd/people/Café 王", None, 0),
        entry("customers/hd/people/Cafe\u{301} 王", None, 0),
    ];
    let desk = desk(&entries, &["图/A.png", "图/a.PNG"], &config(""));
    let clashes: Vec<_> =
        desk.clashes.iter().map(|clash| (&*clash.first.who, &*clash.second.who, clash.url.as_str())).collect();
    assert_eq!(clashes.len(), 3, "{clashes:?}");
    assert_eq!(clashes[0], ("customers/HD", "customers/hd", "customers/hd"));
    assert_eq!(clashes[2].0, "图/A.png");
    let first = address(&desk, "customers/HD/customer");
    let second = address(&desk, "customers/hd/customer");
    assert_eq!(first, "customers/hd/index.html");
    assert!(second.starts_with("customers/hd-") && second.len() == "customers/hd-/index.html".len() + 12, "{second}");
    let people = ["customers/hd/people/Café 王", "customers/hd/people/Cafe\u{301} 王"].map(|id| address(&desk, id));
    assert_ne!(people[0], people[1]);
    assert_ne!(desk.routes.file("图/A.png"), desk.routes.file("图/a.PNG"));
}

/// Parts of ids: realistic ones and hostile ones.
fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        "[周王李单曾重长东澜水务集团有限公司]{1,40}",
        "[A-Za-z0-9._ -]{1,60}",
        prop::sample::select(vec![
            "con", "CON.md", "nul", "com1", "index", "INDEX", "a.html", "..", ".git", "Ω", "🙂", "é", "e\u{301}"
        ])
        .prop_map(str::to_owned),
        "\\PC{1,30}".prop_map(|text| text.replace(['/', '#'], "_")),
    ]
}

proptest! {
    #![proptest_config(crate::testing::cases(64))]

    #[test]
    fn urls_are_unique_short_and_portable(
        people in prop::collection::btree_set((part(), part()), 1..20),
        staff in prop::collection::btree_set(part(), 1..10),
        files in prop::collection::btree_set(prop::collection::vec(part(), 1..6), 1..10),
    ) {
        let mut entries: Vec<DirectoryEntry> = Vec::new();
        for (folder, name) in &people {
            entries.push(entry(&format!("customers/{folder}/customer"), None, 0));
            entries.push(entry(&format!("customers/{folder}/people/{name}"), None, 0));
            entries.push(entry(&format!("customers/{folder}/contact-plans/{name}"), None, 0));
        }
        entries.extend(staff.iter().map(|name| entry(&format!("staff/{name}"), None, 0)));
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        entries.dedup_by(|a, b| a.id == b.id);
        let files: Vec<Arc<str>> = files.iter().map(|parts| parts.join("/").into()).collect();
        let desk = assign(std::iter::empty(), &entries.iter().collect::<Vec<_>>(), &files, &config(""));

        let mut urls: Vec<Url> = entries.iter().map(|entry| desk.routes.entry(entry).expect("an address").0.clone()).collect();
        urls.extend(files.iter().map(|path| desk.routes.file(path).expect("an address").clone()));
        urls.extend([Page::Home, Page::Staff, Page::Pages, Page::People(0), Page::Customers("all", 0)].map(|page| desk.routes.page(&page)));
        let folded: BTreeSet<String> = urls.iter().map(|url| url.as_str().to_ascii_lowercase()).collect();
        prop_assert_eq!(folded.len(), urls.len(), "all different");
        for url in &urls {
            let url = url.as_str();
            prop_assert!(url.is_ascii() && url.len() <= 150, "{}", url);
            prop_assert!(!folded.iter().any(|other| other.starts_with(&format!("{url}/"))), "{} is also a folder", url);
            for part in url.split('/') {
                let stem = part.split('.').next().unwrap_or_default();
                prop_assert!(!part.is_empty() && !part.starts_with('.') && !part.ends_with('.'), "{}", url);
                prop_assert!(part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b)), "{}", url);
                prop_assert!(!["con", "prn", "aux", "nul", "com1"].contains(&stem), "{}", url);
            }
        }
    }
}
