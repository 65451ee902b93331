//! 客户计划, its summary, and 见面前看一眼, in a small site.

use super::*;

const PLAN: &str = "\
---
制订人: 周岚
参与人: 韩卫东
审核: 退回
审核人: 韩卫东
审核日期: 2026-01-20
---

## 计划摘要

今年只做一件事。

### 总的目的和方向

二期中标。

### 客户目标

- 二期自控标段中标（衡量 合同1150万元，2026-12-31，进行中）

## 客户概况

### 客户优势

- 资金足

## 竞争概况

| 名称 | 优势 | 劣势 | 目前的状况 | 建议的策略 |
|---|---|---|---|---|
| 恒科控制 | 价格低 | 业绩少 | 驻点 | 比业绩 |

## 情况评估

### 竞争性地位

两家之一。

### 我方劣势

- 没有本地服务

## 客户计划

### 行动计划

- [x] 参观少人值守水厂（周岚，2026-02-28，对应目标 二期自控标段中标） 2026-02-20
- [ ] 备件承诺书送到邱总手里（周岚，2026-03-31，对应目标 二期自控标段中标）
- [ ] 年底回访（周岚，2026-12-20）

### 调整

- 承诺书提前（2026-02-10，招标提前，韩卫东）
";

const PERSON: &str = "\
---
称呼: 邱总
职务: 总工程师
角色作用: 决策者
关系状况: 积极的
关心的事务: 工期；备件
---
";

const VISIT: &str = "\
---
拜访人: 周岚
拜访对象: 邱志远
拜访目的: 3A
商谈计划: b
成果: C
是否达成: 部分
实际结果: 备件清单没有带去
改进: 先要图纸
下次联系: 2026-11-27 邱志远
---
谈了备件。

## 承诺

- [ ] 备件承诺书（对邱志远，周岚，2026-12-01）

## 信息

- 投资规划：控制价约1280万 → 可投（1级，交易中心，2026-11-02）
";

pub(super) fn source() -> Memory {
    let mut source = archive();
    source.write("customers/dl/customer.md", CUSTOMER.replace("负责人", "建档日期: 2025-01-05\n负责人"));
    source.write("staff/韩卫东.md", "---\n职务: 市场部部长\n---\n");
    source.write("customers/dl/people/邱志远.md", PERSON);
    source.write("customers/dl/visits/2026-11-05.md", VISIT);
    source.write("customers/dl/plans/2026.md", PLAN);
    source.write("customers/dl/plans/2025.md", PLAN.replace("2026-", "2025-"));
    source.write("competitors/恒科控制.md", "---\n优势: 价格低\n---\n");
    source
}

pub(super) fn page(context: &TestBuild, path: &str) -> scraper::Html {
    let site = context.site();
    let bytes = site.get(path).unwrap_or_else(|| panic!("no {path} among {:?}", site.keys().collect::<Vec<_>>()));
    scraper::Html::parse_document(&String::from_utf8_lossy(bytes))
}

/// The texts of the elements a selector matches, each on one line.
pub(super) fn texts(page: &scraper::Html, selector: &str) -> Vec<String> {
    let wanted = scraper::Selector::parse(selector).expect("a selector");
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.select(&wanted).map(|element| one_line(element.text().collect())).collect()
}

#[test]
fn plan_page_has_five_parts_in_order() {
    let mut context = TestBuild::new();
    context.build(&source());
    let page = page(&context, "customers/dl/plans/2026.html");
    assert_eq!(texts(&page, ".part > header h2"), ["1 计划摘要", "2 客户概况", "3 竞争概况", "4 情况评估", "5 客户计划"]);
    let part = |key: &str| texts(&page, &format!("#part-{key}")).remove(0);
    let holds = |key: &str, all: &[&str]| {
        let text = part(key);
        for one in all {
            assert!(text.contains(one), "{key} lacks {one}: {text}");
        }
    };
    holds("summary", &["今年只做一件事。", "二期中标。", "二期自控标段中标", "合同1150万元", "进行中", "1 / 2"]);
    holds("overview", &["资金足", "邱志远", "邱总", "决策者", "积极的", "首要关心", "还没有记下重大信息"]);
    holds("competition", &["恒科控制", "价格低", "业绩少", "驻点", "比业绩"]);
    holds("assessment", &["两家之一。", "没有本地服务", "周岚", "2026-11-05 拜访"]);
    holds("plan", &["完成 2026-02-20", "备件承诺书送到邱总手里", "承诺书提前", "招标提前", "韩卫东"]);
    assert_eq!(texts(&page, "#part-plan td.when .due.overdue").len(), 1);
    let head = texts(&page, ".head").remove(0);
    for one in ["退回", "未归档", "2025 客户计划", "行动完成 1 / 3", "逾期 1"] {
        assert!(head.contains(one), "{one}: {head}");
    }
    let duties = texts(&page, "#duties td:nth-child(2)").join("\n");
    assert!(duties.contains("备件承诺书送到邱总手里") && duties.contains("被退回") && duties.contains("归档"), "{duties}");
}

#[test]
fn summary_is_a_page_of_its_own() {
    let mut context = TestBuild::new();
    context.build(&source());
    let whole = page(&context, "customers/dl/plans/2026.html");
    let link = scraper::Selector::parse("a[href='2026/summary.html']").expect("a selector");
    assert!(whole.select(&link).next().is_some());
    let page = page(&context, "customers/dl/plans/2026/summary.html");
    let main = texts(&page, "main").remove(0);
    for one in ["今年只做一件事。", "二期中标。", "合同1150万元", "密级 秘密", "退回"] {
        assert!(main.contains(one), "{one}: {main}");
    }
    for other in ["恒科控制", "两家之一", "备件承诺书", "邱志远"] {
        assert!(!main.contains(other), "{other}: {main}");
    }
}

#[test]
fn customer_page_shows_plan_summary() {
    let mut context = TestBuild::new();
    let mut source = source();
    context.build(&source);
    let shown = texts(&page(&context, "customers/dl/index.html"), "#plan").remove(0);
    for one in ["2026 客户计划", "退回", "行动完成 1 / 3", "二期中标。", "进行中", "备件承诺书送到邱总手里", "年底回访"]
    {
        assert!(shown.contains(one), "{one}: {shown}");
    }
    assert!(!shown.contains("参观少人值守水厂"), "what is done is not next: {shown}");
    assert!(texts(&page(&context, "customers/hd/index.html"), "#plan").is_empty(), "only key customers want one");
    source.remove("customers/dl/plans/2026.md");
    context.build(&source);
    assert!(texts(&page(&context, "customers/dl/index.html"), "#plan").remove(0).contains("这是往年的计划"));
    source.remove("customers/dl/plans/2025.md");
    context.build(&source);
    assert!(texts(&page(&context, "customers/dl/index.html"), "#plan").remove(0).contains("还没有本年的客户计划"));
}

#[test]
fn brief_is_available_as_text() {
    let mut context = TestBuild::new();
    context.build(&source());
    let page = page(&context, "customers/dl/brief.html");
    let text = scraper::Selector::parse("#wechat").expect("a selector");
    let text: String = page.select(&text).next().expect("a box").text().collect();
    assert_eq!(
        text,
        "【见面前看一眼】东澜水务（重点）\n\
         商业秘密 · 全本 · 秘密\n\
         绿灯：决策者邱志远是积极的\n\
         下次联系：2026-11-27 周岚 → 邱志远\n\
         上次接触：2026-11-05 拜访 周岚 → 邱志远 · C 再度访问 · 部分\n  \
         备件清单没有带去\n\
         见谁：\n\
         ★ 邱志远（邱总、总工程师） 决策者 · 积极的 · 上次接触 2026-11-05 拜访 · 首要关心：工期\n\
         未了的承诺与问题：\n\
         · 承诺 备件承诺书（周岚、2026-12-01）\n\
         改进：先要图纸 已落实？\n\
         最新信息：\n\
         · 2026-11-02 控制价约1280万 → 可投"
    );
    assert_eq!(texts(&page, ".ask"), ["□ 已落实？"]);
    let worklists = context.site().into_iter().filter(|(path, _)| path.starts_with("staff/"));
    let leads = worklists.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("customers/dl/brief.html")).count();
    assert_eq!(leads, 1, "the worklist of who goes leads there");
}

#[test]
fn lower_edition_brief_omits_the_plan() {
    let mut context = TestBuild::new();
    context.edition = "plain";
    context.build(&source());
    let site = context.site();
    assert!(site.keys().all(|path| !path.contains("/plans/")), "{:?}", site.keys());
    let text = String::from_utf8_lossy(&site["customers/dl/brief.html"]).into_owned();
    assert!(text.contains("邱志远") && text.contains("脱敏本"));
    for hidden in ["决策者", "积极的", "工期", "二期中标"] {
        assert!(!text.contains(hidden), "{hidden}");
    }
}
