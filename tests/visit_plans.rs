//! 拜访计划书: the month's plan beside what was really done, from files to pages.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use scraper::{Html, Selector};

use crate::support::read;

const ARCHIVE: &[(&str, &str)] = &[
    ("archive.yaml", "公司名称: 甲公司\n"),
    ("staff/周岚.md", "---\n职务: 市场部部长\n---\n"),
    ("staff/何俊.md", "---\n职务: 销售人员\n上级: 周岚\n---\n"),
    ("customers/hx/customer.md", "---\n单位名称: 恒信石化\n负责人: 何俊\n---\n"),
    ("customers/hx/people/沈丽萍.md", "---\n职务: 主任\n---\n"),
    (
        "visit-plans/2026-11/何俊.md",
        "---\n提交日期: 2026-11-02\n审核: 已审\n审核日期: 2026-11-02\n审核意见: 费用偏高\n---\n\
| 日期 | 单位 | 对象 | 目的 | 目标 | 携带物品 | 费用预计 | 变动 |\n|---|---|---|---|---|---|---|---|\n\
| 11-05 | 恒信石化 | 沈丽萍 | 3A | 摸清检修范围 | 样本两套 | 450 | |\n\
| 11-10 | 恒信石化 | 沈丽萍 | 4 | | | 100 | 改 11-27，主任开会 |\n\
| 11-12 | 恒信石化 | 沈丽萍 | 4 | | | 100 | 取消，停水抢修 |\n\
| 11-16 | 恒信石化 | 沈丽萍 | 4 | | | 100 | |\n\
| 11-30 | 云溪水厂 | 蒋工 | 4 | | | | |\n",
    ),
    ("visit-plans/2026-12/何俊.md", "| 日期 | 单位 | 对象 |\n|---|---|---|\n| 12-03 | 恒信石化 | 沈丽萍 |\n"),
    (
        "customers/hx/visits/2026-11-05.md",
        "---\n拜访人: 何俊\n商谈计划: b\n成果: B\n是否达成: 是\n费用: 交通费 186、餐费 320\n---\n谈了检修。\n",
    ),
    ("customers/hx/visits/2026-11-20.md", "---\n拜访人: 何俊\n拜访对象: 沈丽萍\n目的: 2\n商谈计划: b\n成果: B\n---\n路过。\n"),
];

/// The archive in a folder.
fn write_archive() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in ARCHIVE {
        let path = folder.path().join("content").join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder
}

/// The pages by path, as of 2026-11-24.
fn built_pages() -> BTreeMap<String, Html> {
    let folder = write_archive();
    let out = folder.path().join("site");
    let done = Command::new(env!("CARGO_BIN_EXE_kedang"))
        .args(["build", "--as-of", "2026-11-24", "--root", "content", "--out"])
        .arg(&out)
        .current_dir(folder.path())
        .output()
        .expect("kedang runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    let files = walkdir::WalkDir::new(&out).into_iter().flatten();
    let pages = files.filter(|entry| entry.path().extension().is_some_and(|end| end == "html"));
    let name = |path: &Path| path.strip_prefix(&out).expect("below the site").to_string_lossy().into_owned();
    pages.map(|entry| (name(entry.path()), Html::parse_document(&read(entry.path())))).collect()
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let wanted = Selector::parse(selector).expect("a selector");
    let squeezed = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.select(&wanted).map(|element| squeezed(element.text().collect())).collect()
}

fn page<'a>(pages: &'a BTreeMap<String, Html>, begin: &str) -> &'a Html {
    let found = pages.iter().find(|(path, _)| path.starts_with(begin) && !path.ends_with("index.html"));
    found.map(|(_, page)| page).unwrap_or_else(|| panic!("{begin} in {:?}", pages.keys()))
}

#[test]
fn plan_rows_show_matching_visits() {
    let pages = built_pages();
    let plan = page(&pages, "visit-plans/2026-11/");
    let states = texts(plan, "#visits tbody td > .tag:first-child");
    assert_eq!(states, ["已访", "改期", "取消", "未访", "待访"]);
    let rows = texts(plan, "#visits tbody tr");
    assert!(rows[0].contains("摸清检修范围") && rows[0].contains("样本两套") && rows[0].contains("450.00 元"), "{rows:?}");
    assert!(rows[0].contains("2026-11-05 拜访") && rows[0].contains("506.00 元"), "{rows:?}");
    assert!(rows[1].contains("2026-11-27") && rows[1].contains("主任开会"), "{rows:?}");
    let figures = texts(plan, ".figures li b");
    assert_eq!(figures, ["5", "1", "1", "1", "1", "1"], "planned, made, moved, cancelled, missed, unplanned");
    let facts = texts(plan, ".facts dd");
    assert!(facts[0].starts_with("迟交 2026-11-02") && facts[0].contains("2026-10-30"), "{facts:?}");
    assert!(facts[1].contains("已审") && facts[1].contains("周岚"), "{facts:?}");
    assert!(facts[2].contains("650.00 元") && facts[2].contains("506.00 元"), "the cancelled one costs nothing: {facts:?}");
    let outside = texts(plan, "#unplanned li");
    assert!(outside.len() == 1 && outside[0].contains("2026-11-20"), "{outside:?}");
    assert_eq!(texts(plan, ".signing dt").len(), 4);
}

#[test]
fn lists_dossier_and_staff_page_show_plans() {
    let pages = built_pages();
    let list = texts(&pages["visit-plans/index.html"], "tbody tr");
    assert_eq!(list.len(), 2, "{list:?}");
    assert!(list[0].contains("何俊") && list[0].contains("未到期") && list[0].contains("待审"), "{list:?}");
    assert!(list[1].contains("迟交") && list[1].contains("已审"), "{list:?}");
    let desk = texts(page(&pages, "staff/he"), "#plans tbody tr");
    assert!(desk.iter().any(|row| row.contains("2026-12")), "this month's and next month's: {desk:?}");
    let coming = texts(&pages["customers/hx/index.html"], "#foreseen tbody tr");
    assert_eq!(coming.len(), 2, "{coming:?}");
    assert!(coming[0].contains("2026-11-27") && coming[1].contains("2026-12-03"), "{coming:?}");
}

#[test]
fn visit_inherits_from_its_plan_row() {
    let pages = built_pages();
    let visits = &pages["customers/hx/visits/2026.html"];
    let inherited = texts(visits, "div.inherited");
    assert_eq!(inherited.len(), 1, "{inherited:?}");
    for said in ["来自计划", "2026-11 何俊 拜访计划书", "沈丽萍", "3A", "摸清检修范围", "样本两套", "450.00 元"]
    {
        assert!(inherited[0].contains(said), "{said}: {inherited:?}");
    }
    let heads = texts(visits, "article header");
    assert!(heads.iter().all(|head| head.contains("沈丽萍")), "{heads:?}");
}

#[test]
fn new_visit_does_not_repeat_its_plan_row() {
    let folder = write_archive();
    let kedang = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kedang"));
        command.args(arguments).args(["--root", "content", "--lang", "zh"]).current_dir(folder.path());
        command.env_remove("VISUAL").env_remove("EDITOR").output().expect("kedang runs")
    };
    let begin = |arguments: &[&str]| {
        let done = kedang(&[&["new", "visit", "恒信石化"], arguments].concat());
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
        read(&folder.path().join(said.trim_end()))
    };
    // The row of the 16th was carried out by nobody; the day after still carries it out.
    let lines = |text: &str, label: &str| -> Vec<String> {
        text.lines().filter(|line| line.trim_start_matches("# ").starts_with(label)).map(str::to_owned).collect()
    };
    let text = begin(&["--date", "2026-11-17"]);
    assert_eq!(lines(&text, "拜访对象"), ["# 拜访对象: 沈丽萍"], "{text}");
    assert_eq!(lines(&text, "拜访目的"), ["# 拜访目的: 4"], "{text}");
    assert_eq!(lines(&text, "费用申请"), ["# 费用申请: 差旅费 100.00"], "{text}");
    assert!(text.contains("2026-11 何俊的拜访计划书"), "{text}");
    // Somebody else's visit has nothing from it, so what is likely is written.
    let text = begin(&["--date", "2026-12-02", "--staff", "周岚"]);
    assert_eq!(lines(&text, "拜访对象"), ["拜访对象: 沈丽萍"], "{text}");
    // Who was named is named.
    let text = begin(&["--date", "2026-12-04", "--with", "郑国平（班长）"]);
    assert_eq!(lines(&text, "拜访对象"), ["拜访对象: 郑国平（班长）"], "{text}");
    let done = kedang(&["check", "--as-of", "2026-12-10", "--format", "short"]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success() && !said.contains("2026-11-17.md: visit-without"), "{said}");
}

#[test]
fn briefing_lists_people_of_the_plan() {
    let pages = built_pages();
    let brief = &pages["customers/hx/brief.html"];
    let facts = texts(brief, ".facts dd");
    assert!(
        facts[1].contains("2026-11-27") && facts[1].contains("何俊 → 沈丽萍") && facts[1].contains("4 开发新客户"),
        "{facts:?}"
    );
    let people = texts(brief, "#people tbody th");
    assert!(people[0].starts_with("沈丽萍") && people[0].contains("要见"), "{people:?}");
    let text = texts(brief, "#wechat");
    assert!(text[0].contains("计划拜访：2026-11-27 何俊 → 沈丽萍 · 4 开发新客户"), "{text:?}");
}
