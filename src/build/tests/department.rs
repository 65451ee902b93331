//! Records of the department in a small site.

use super::*;

fn source() -> Memory {
    let mut source = archive();
    source.write("staff/韩卫东.md", "---\n职务: 市场部部长\n---\n");
    source.write("staff/陈晓燕.md", "---\n职务: 客户档案管理助理\n---\n");
    source.write("competitors/恒科控制.md", "---\n优势: 价格低\n---\n");
    source.write(
        "market/2026-11/周岚.md",
        "---\n提交日期: 2026-11-05\n---\n\n| 客户 | 主题 | 信息 | 含义 | 等级 | 日期 |\n|---|---|---|---|---|---|\n\
         | 东澜水务 | 投资规划 | 二水厂扩建 | 要跟上 | 1 | 2026-11-01 |\n\
         | 恒科控制 | 竞争对手 | 派驻一名销售 | 要常去 | 1 | 2026-11-02 |\n\
         | | 竞争对手 | 恒科控制在省里设点 | 要防 | 1 | 2026-11-03 |\n\
         | 南桥自控 | 竞争对手 | 丢了老客户 | 可以去 | 1 | 2026-11-03 |\n",
    );
    source.write(
        "inbound/2026-11.md",
        "---\n登记人: 陈晓燕\n---\n\n- 11-23 来电 东澜水务 邱志远：要型号表\n- 11-23 来函 云溪水厂 蒋工：问价（周岚，11-23）\n",
    );
    source.write(
        "directives/2026-11-23.md",
        "---\n人员: 韩卫东\n---\n\n- [[东澜水务/2026-11-05]] 备件我来签。（周岚，11-28）\n- [[2026-11/周岚]] 已阅。\n",
    );
    source.write(
        "reviews/2026-Q3.md",
        "---\n审核人: 陈晓燕\n日期: 2026-10-12\n审核范围: 全部\n---\n\n## 例外\n\n- 东澜水务：缺附表2\n\n## 建议\n\n\
         - [ ] 补附表2（东澜水务，周岚，11-13）\n",
    );
    source.write(
        "loans.md",
        "| 借阅人 | 日期 | 客户 | 份号 | 应还 |\n|---|---|---|---|---|\n| 周岚 | 2026-11-03 | 东澜水务 | 2 | 11-10 |\n",
    );
    source
}

fn built(edition: &'static str) -> BTreeMap<String, Vec<u8>> {
    let mut context = TestBuild { edition, ..TestBuild::new() };
    context.build(&source());
    context.site()
}

fn page(site: &BTreeMap<String, Vec<u8>>, path: &str) -> scraper::Html {
    let bytes = site.get(path).unwrap_or_else(|| panic!("no {path} among {:?}", site.keys().collect::<Vec<_>>()));
    scraper::Html::parse_document(&String::from_utf8_lossy(bytes))
}

/// The texts of the elements a selector matches, each on one line.
fn texts(page: &scraper::Html, selector: &str) -> Vec<String> {
    let wanted = scraper::Selector::parse(selector).expect("a selector");
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.select(&wanted).map(|element| one_line(element.text().collect())).collect()
}

#[test]
fn dossier_shows_department_records() {
    let site = built("full");
    let page = page(&site, "customers/dl/index.html");
    let main = texts(&page, "main").remove(0);
    for one in ["二水厂扩建", "要型号表", "缺附表2"] {
        assert!(main.contains(one), "{one}: {main}");
    }
    assert!(texts(&page, "#reviews").remove(0).contains("陈晓燕"));
    let duties = texts(&page, "#duties").join("\n");
    for one in ["来电“要型号表”", "补附表2", "周岚借阅"] {
        let told = duties.contains(one);
        // Not due yet.
        assert_eq!(told, one != "来电“要型号表”", "{one}: {duties}");
    }
    let visit = self::page(&site, "customers/dl/visits/2026.html");
    assert!(texts(&visit, ".directives").remove(0).contains("备件我来签。"));
    let other = self::page(&site, "customers/hd/index.html");
    assert_eq!(texts(&other, "#reviews .tag"), ["已审核"], "the review of all went through it, too");
    assert!(!texts(&other, "main").remove(0).contains("缺附表2"));
}

#[test]
fn indexes_show_states() {
    let site = built("full");
    let market = texts(&page(&site, "market/index.html"), "#m-2026-11 tbody tr").join("\n");
    assert!(market.contains("周岚") && market.contains("迟交 3 天"), "{market}");
    let inbound = texts(&page(&site, "inbound/2026-11.html"), "#ledger tbody tr");
    assert_eq!(inbound.len(), 2);
    assert!(inbound[0].contains("未传递") != inbound[1].contains("未传递"), "{inbound:?}");
    let loans = texts(&page(&site, "loans.html"), "#out tbody tr");
    assert!(loans[0].contains("东澜水务"), "{loans:?}");
    let worklist: Vec<String> = site
        .iter()
        .filter(|(path, _)| path.starts_with("staff/") && path.ends_with(".html"))
        .map(|(_, bytes)| texts(&scraper::Html::parse_document(&String::from_utf8_lossy(bytes)), "#items").join("\n"))
        .filter(|text| text.contains("补附表2"))
        .collect();
    assert_eq!(worklist.len(), 1, "on the desk of who answers for it");
    let [suggested, directed] = ["补附表2", "备件我来签。"].map(|text| worklist[0].find(text));
    assert!(suggested.is_some() && suggested < directed, "in order of day: {}", worklist[0]);
}

#[test]
fn market_news_is_listed_at_the_competitor() {
    let site = built("full");
    let rival = site.iter().find(|(path, _)| path.starts_with("competitors/") && !path.ends_with("/index.html"));
    let (path, _) = rival.expect("a page of the competitor");
    let said = texts(&page(&site, path), "#said tbody tr").join("\n");
    for one in ["不限客户", "派驻一名销售", "恒科控制在省里设点"] {
        assert_eq!(said.matches(one).count(), 1, "{one}: {said}");
    }
    assert!(!said.contains("丢了老客户"), "{said}");
    let list = texts(&page(&site, "competitors/index.html"), "main").remove(0);
    assert!(list.contains("南桥自控"), "{list}");
}

#[test]
fn level_change_affects_archive_findings() {
    let gently = "公司名称: 甲公司\n颁布日期: 2026-10-20\n起步: { 级别: [重点], 天数: 60, 用语: 待补 }\n";
    let mut before = source();
    before.write("archive.yaml", gently);
    let mut after = before.clone();
    let path = "customers/dl/customer.md";
    after.write(path, CUSTOMER.replace("重点", "一般"));
    assert!(TestBuild::new().fast(&before, &after, &[path]).is_none());
}

#[test]
fn excerpts_use_link_names_of_the_page() {
    let mut source = source();
    source.write(
        "customers/dl/contacts/2026-11-23.md",
        "---\n方式: 电话\n我方人员: 周岚\n对象: 邱志远\n---\n型号的事见[[东澜水务/2026-11-05]]，[[东澜水务/2026-11-05|上次]]说过，[[没有的]]不算。\n",
    );
    let mut context = TestBuild { edition: "full", ..TestBuild::new() };
    context.build(&source);
    let site = context.site();
    for path in ["customers/dl/index.html", "index.html"] {
        let main = texts(&page(&site, path), "main").remove(0);
        assert!(main.contains("型号的事见2026-11-05 拜访，上次说过，没有的不算。"), "{path}: {main}");
    }
}

#[test]
fn postponed_due_date_hides_absence_reason() {
    let mut source = source();
    source.write("archive.yaml", "公司名称: 甲公司\n密级: { staff.absence: 2 }\n");
    source.write("staff/周岚.md", "---\n姓名: 周岚\n职务: 销售经理\n出勤: 请假 2026-11-09 2026-11-20 手术\n---\n");
    for (edition, is_said) in [("full", true), ("plain", false)] {
        let mut context = TestBuild { edition, ..TestBuild::new() };
        context.build(&source);
        let site = context.site();
        let put_off = texts(&page(&site, "index.html"), ".put-off a");
        let said: &[&str] =
            if is_said { &["因周岚不在，由 2026-11-10 顺延", "因周岚不在，由 2026-11-13 顺延"] } else { &[] };
        assert_eq!(put_off, said, "{edition}");
        let tells = |text: &str| site.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(text));
        assert_eq!((tells("顺延"), tells("手术")), (is_said, is_said), "{edition}");
    }
}
