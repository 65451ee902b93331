//! 档案完整度 on a customer's page: what exists, what is missing, and where to write it.

use super::plans::{page, source, texts};
use super::*;

/// Missing items with their link targets.
fn lacking(page: &scraper::Html) -> Vec<(String, String)> {
    let links = scraper::Selector::parse("#completeness h3 + ul a").expect("a selector");
    let links = page.select(&links);
    links.map(|link| (link.text().collect(), link.value().attr("href").unwrap_or_default().to_owned())).collect()
}

fn has(page: &scraper::Html, what: &str, href: &str) -> bool {
    lacking(page).iter().any(|(text, at)| text.contains(what) && at.starts_with(href))
}

#[test]
fn customer_page_shows_completeness() {
    let mut context = TestBuild::new();
    let mut source = source();
    context.build(&source);
    let before = page(&context, "customers/dl/index.html");
    let shares = texts(&before, "#forms small");
    assert_eq!(shares.len(), 7);
    assert!(shares[1].ends_with('%') || shares[1].contains("% "), "part of form 2 is there: {shares:?}");
    assert!(shares[5].contains("✗ 未填"), "there is no contact plan: {shares:?}");
    assert_eq!(texts(&before, "#completeness .contents li").len(), 9);
    let count = lacking(&before).len();
    assert!(texts(&before, "#completeness summary")[0].ends_with(&format!("缺 {count}")), "{:?}", lacking(&before));
    assert!(has(&before, "邱志远：业余爱好、", "people/"), "{:?}", lacking(&before));
    assert!(has(&before, "东澜水务：购买程序", "#file"), "{:?}", lacking(&before));
    assert_eq!(texts(&before, "#file").len(), 1, "the file of the customer is named on the page");
    assert!(has(&before, "今天没有接触计划", "#file"), "{:?}", lacking(&before));
    source.write(
        "customers/dl/contact-plans/2026.md",
        "---\n目标描述: 二期中标\n---\n| 对象 | 我方 | 联系次数 | 下次联系 |\n|---|---|---|---|\n| 邱志远 | 周岚 | 12 | 11-27 |\n",
    );
    context.build(&source);
    let after = page(&context, "customers/dl/index.html");
    assert!(texts(&after, "#forms small")[5].contains("✓ 齐全"), "{:?}", texts(&after, "#forms small"));
    assert_eq!(lacking(&after).len(), count - 1);
}

#[test]
fn completeness_is_hidden_when_suspended_or_redacted() {
    let mut context = TestBuild::new();
    let mut source = source();
    source.write("customers/hd/customer.md", "---\n单位名称: 华东电力设计院\n跟踪状态: 停止\n---\n");
    context.build(&source);
    let resting = page(&context, "customers/hd/index.html");
    assert!(texts(&resting, "#completeness").is_empty());
    assert_eq!(texts(&resting, "#forms small").len(), 7, "how the forms stand is said all the same");
    let mut lower = TestBuild::new();
    lower.edition = "plain";
    lower.build(&source);
    let plain = page(&lower, "customers/dl/index.html");
    assert!(texts(&plain, "#completeness").is_empty());
    let shares = texts(&plain, "#forms small");
    for hidden in [&shares[1], &shares[2], &shares[3]] {
        assert!(!hidden.contains('%') && !hidden.contains("✗ 未填"), "what is hidden is not missing: {shares:?}");
    }
}
