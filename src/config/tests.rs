//! Configurations as an administrator writes them.

use super::*;
use crate::calendar::{AsOf, Month};
use crate::diag::{Code, Diagnostic};
use crate::i18n::{Catalog, Lang};
use crate::text::{FileId, Lines};
use jiff::civil::date;

fn read_valid(text: &str) -> Config {
    let (config, diagnostics) = read(text, FileId(0));
    assert_eq!(diagnostic_lines(text, &diagnostics), Vec::<String>::new());
    config.expect("nothing is wrong")
}

fn diagnostic_lines(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let lines = Lines::new(text);
    diagnostics
        .iter()
        .map(|diagnostics| {
            let place = lines.line_column(diagnostics.span.start);
            let message = Catalog::of(Lang::Zh).format(&diagnostics.message);
            assert!(!message.contains('{') || message.contains("{…}") || message.contains("{path}"), "{message}");
            format!("{}:{} {}", place.line, place.column, diagnostics.message.key.trim_start_matches("diag."))
        })
        .collect()
}

fn errors_of(text: &str) -> Vec<String> {
    let (config, diagnostics) = read(text, FileId(0));
    assert!(config.is_none(), "{text}");
    diagnostic_lines(text, &diagnostics)
}

#[test]
fn minimal_config_is_valid() {
    let config = read_valid("company: 远川\n");
    assert_eq!((config.company.as_str(), config.short.as_str(), config.title.as_str()), ("远川", "远川", "客户档案"));
    assert_eq!(config.department, "市场部");
    assert_eq!(config.theme, "ink");
    assert_eq!(config.out, None);
    let levels: Vec<_> = config.levels.iter().map(|l| (l.name.as_str(), l.cycle, l.key, l.core)).collect();
    assert_eq!(levels, [("核心", 30, true, true), ("重点", 60, true, false), ("一般", 120, false, false)]);
    assert_eq!(config.lifecycle, ["考察期", "形成期", "稳定期", "退化期"]);
    assert_eq!(config.kinds.codes("level").map(|list| list.values.len()), Some(3));
    assert_eq!(config.edition("主管本").map(|edition| edition.ceiling), Some(2));
    assert_eq!(config.cadences.contact_report_workdays, 3);
    assert!(config.editor.contains("{path}"));
    assert_eq!(read_valid("company: 远川\nlanguage: en\n").title, "Customer archive");
}

#[test]
fn all_settings_are_read() {
    let config = read_valid(
        "company: 远川自动化工程股份有限公司
short: 007
title: 客户档案
department: 市场部
language: zh-CN
issued: 2025-01-01
theme: ink
themes: ../themes
out: ../public
pages: { visits: each, contacts: by-year }
levels:
  战略: { cycle: 14天, key: true, core: true }
  普通: 90
lifecycle: [考察期, 形成期]
cadences: { promise_workdays: 5, customer_plan_by: 02-28, 提前提醒: 10 }
start_gently: { levels: [战略], days: 90, wording: 待补 }
holidays: { off: [2026-12-31, 2027-02-05 至 2027-02-11], work: [2027-02-14] }
duties: { 客户档案管理员: 陈晓燕 }
editions: { board: { label: 董事会本, ceiling: 2 }, plain: { ceiling: 公开 } }
secrecy: { person.mobile: 3, 关键人物.手机: 3 }
rules: { unfiled-person: off, next-contact-overdue: info }
fields:
  customer:
    - { key: fax, label: 传真, type: text }
    - { key: supplier_grade, label: 供应商评级, type: code, of: supplier_grade }
codes: { supplier_grade: [[A, 战略], [B, 合格]] }
encoding: { 旧档案/: gbk }
ignore: ['*.bak.md', 草稿/]
form_wording: { 参加何其: 参加何种, 业务发布: 业务分布 }
editor: 'obsidian://open?path={path}'
",
    );
    assert_eq!(config.short, "007", "text is text");
    assert_eq!(config.issued, Some(date(2025, 1, 1)));
    assert_eq!((config.visits, config.contacts), (PageChoice::Each, PageChoice::ByYear));
    assert_eq!(config.level("战略").map(|level| level.cycle), Some(14));
    assert_eq!(config.level("普通").map(|level| (level.cycle, level.key)), Some((90, false)));
    assert_eq!((config.cadences.promise_workdays, config.cadences.due_soon_days), (5, 10));
    assert_eq!(config.cadences.customer_plan_by.of(2027), date(2027, 2, 28));
    assert_eq!(config.start_gently.as_ref().map(|gently| gently.days), Some(90));
    assert!(!config.workdays.is_workday(date(2027, 2, 8)) && config.workdays.is_workday(date(2027, 2, 14)));
    assert_eq!(config.workdays.last_workday(Month { year: 2026, month: 12 }), date(2026, 12, 30));
    assert_eq!(&*config.duties["客户档案管理员"].staff, "陈晓燕");
    assert_eq!(config.edition("board").map(|edition| edition.label.as_str()), Some("董事会本"));
    assert_eq!(config.edition("plain").map(|edition| (edition.label.as_str(), edition.ceiling)), Some(("脱敏本", 0)));
    let person = config.kinds.get("person").expect("a kind");
    assert_eq!(person.field(person.names("手机").expect("a field")).secrecy, 3);
    let customer = config.kinds.get("customer").expect("a kind");
    assert!(customer.names("传真").is_some());
    assert_eq!(config.choice("unfiled-person"), Some(RuleChoice::Off));
    assert_eq!(config.fixed_encoding("旧档案/华东院.md"), Some(crate::text::Encoding::Gb18030));
    assert_eq!(config.ignore, ["*.bak.md", "草稿/"]);
    assert_eq!(config.form_wording["参加何其"], "参加何种");
    assert!(config.kinds.codes("level").is_some_and(|list| list.read("战略").is_some() && list.read("核心").is_none()));
}

#[test]
fn unknown_form_label_is_reported() {
    assert_eq!(
        errors_of("company: 远川\nform_wording: { 参加何某: 参加何种 }\n").first().map(String::as_str),
        Some("2:17 policy-value.unknown-key")
    );
}

#[test]
fn grace_period_starts_at_the_regulation_date() {
    assert_eq!(errors_of("company: 远川\nstart_gently: { days: 60 }\n"), ["2:1 policy-value.gently-unissued"]);
    let gently = read_valid("company: 远川\nissued: 2026-11-01\nstart_gently: { days: 60 }\n").start_gently.expect("is set");
    assert_eq!((gently.levels, gently.days, gently.wording.as_str()), (vec!["核心".to_owned()], 60, "待补"));
}

#[test]
fn chinese_keys_equal_english_keys() {
    let chinese = read_valid(
        "公司名称: 远川\n简称: 远\n站点标题: 档案\n归口部门: 销售部\n语言: 中文\n颁布日期: 2025年1月1日\n主题: ink\n输出: ../站点\n页面: {拜访: 每次}\n级别:\n  核心: {接触周期: 30, 重点: 是, 核心: 是}\n  一般: {接触周期: 120}\n关系生命周期: 考察期、形成期\n节假日: {放假: [2026-12-31]}\n",
    );
    assert_eq!(chinese.department, "销售部");
    assert_eq!(chinese.issued, Some(date(2025, 1, 1)));
    assert_eq!(chinese.visits, PageChoice::Each);
    assert!(chinese.level("核心").is_some_and(|level| level.core && level.key && level.cycle == 30));
    assert_eq!(chinese.lifecycle, ["考察期", "形成期"]);
    assert!(!chinese.workdays.is_workday(date(2026, 12, 31)));
}

#[test]
fn all_errors_are_reported_with_spans() {
    let text = "# 设置
company: 远川
公司名称: 远川
lebels: {}
issued: 2025-02-30
pages: {visits: monthly}
levels:
  核心: {cycle: 三十, key: 也许}
  一般: {}
cadences: {promise_days: 5}
holidays: {off: [2026-12-31], work: [2026-12-31]}
duties: {档案员: 陈晓燕}
out: public
ignore: ['*']
editor: javascript:alert({path})
start_gently: {levels: [重要]}
";
    assert_eq!(
        errors_of(text),
        [
            "3:1 policy-value.twice",
            "4:1 policy-value.unknown-key",
            "5:9 policy-value.no-such-day",
            "6:17 policy-value.choice",
            "8:15 policy-value.number",
            "8:24 policy-value.choice",
            "9:3 policy-value.no-cycle",
            "10:12 policy-value.unknown-key",
            "11:38 policy-value.off-and-work",
            "12:10 policy-value.post",
            "13:6 policy-value.out",
            "14:10 policy-value.ignore",
            "15:9 policy-value.editor",
            "16:25 policy-value.unknown-level",
        ]
    );
    let (_, diagnostics) = read(text, FileId(0));
    let meant = diagnostics[1].help.first().map(|say| Catalog::of(Lang::Zh).format(say));
    assert_eq!(meant.as_deref(), Some("是否想写“levels”？"));
    assert_eq!(&text[diagnostics[4].span.range()], "三十");
}

#[test]
fn company_name_is_required() {
    for text in ["", "# 只有注释\n", "short: 远川\n", "---\n"] {
        assert_eq!(errors_of(text), ["1:1 policy-value.no-company"], "{text}");
    }
    assert_eq!(errors_of("short: 远川\ncompany: [远川]\n"), ["2:10 policy-value.text"]);
    assert_eq!(errors_of("company:\n"), ["1:1 policy-value.no-company"]);
}

#[test]
fn yaml_syntax_errors_are_explained() {
    let text = "company：远川\n";
    let (_, diagnostics) = read(text, FileId(0));
    assert_eq!(diagnostic_lines(text, &diagnostics), ["1:1 policy-syntax.no-map"]);
    assert_eq!(diagnostics[0].help[0].key, "help.policy-colon");
    assert_eq!((&text[diagnostics[0].fix[0].span.range()], diagnostics[0].fix[0].text.as_str()), ("：", ": "));

    let text = "company: 远川\nlevels:\n\t核心: {cycle: 30}\n";
    let (_, diagnostics) = read(text, FileId(0));
    assert_eq!(diagnostic_lines(text, &diagnostics), ["3:1 policy-syntax"]);
    assert_eq!(diagnostics[0].help[0].key, "help.policy-tab");

    assert_eq!(errors_of("company: 远川\n级别: {核心: {cycle: 30}\nshort: 远\n").len(), 1);
    assert_eq!(errors_of("company: 远川\n---\nshort: 远\n").len(), 1);
}

#[test]
fn secrecy_errors_have_their_own_code() {
    let text = "company: 远川\nsecrecy: {person.mobile: 5, person.nothing: 2}\neditions: {full: {ceiling: 2}, board: {label: 董事会本}, 董事会: {ceiling: 2}}\n";
    let (config, diagnostics) = read(text, FileId(0));
    assert!(config.is_none());
    let told: Vec<_> = diagnostic_lines(text, &diagnostics)
        .into_iter()
        .zip(&diagnostics)
        .map(|(told, diagnostics)| (told, diagnostics.code))
        .collect();
    assert_eq!(
        told,
        [
            ("2:26 policy-value.level".to_owned(), Code::PolicySecrecy),
            ("2:29 own.secrecy-field".to_owned(), Code::PolicySecrecy),
            ("3:28 policy-value.full-ceiling".to_owned(), Code::PolicySecrecy),
            ("3:32 policy-value.no-ceiling".to_owned(), Code::PolicySecrecy),
            ("3:54 policy-value.edition-key".to_owned(), Code::PolicyValue),
        ]
    );
}

#[test]
fn kind_errors_have_config_spans() {
    let text = "company: 远川\nfields:\n  customer:\n    - {key: fax, label: 传真}\n    - {key: grade, label: 评级, type: tekst}\ncodes:\n  odd: 3\n";
    assert_eq!(errors_of(text), ["5:7 own.field-type", "7:8 own.list-shape"]);
}

#[test]
fn unknown_rules_are_reported() {
    let text = "company: 远川\nrules:\n  unfiled-person: off\n  next-contact-overdu: info\n  unknown-key: error\n";
    let config = read_valid(text);
    let unknown = config.unknown_rules(&["next-contact-overdue"]);
    assert_eq!(diagnostic_lines(text, &unknown), ["4:3 policy-value.unknown-rule"]);
    assert_eq!(unknown[0].help[0].args[0].1, "next-contact-overdue");
}

#[test]
fn missing_holiday_table_is_reported() {
    let text = "company: 远川\nholidays: {off: [2031-12-31]}\n";
    let config = read_valid(text);
    assert_eq!(config.unknown_holidays(AsOf(date(2026, 11, 24))), None);
    let diagnostics = config.unknown_holidays(AsOf(date(2031, 1, 4))).expect("no table for 2031");
    assert_eq!(diagnostic_lines(text, &[diagnostics]), ["2:1 unknown-holidays"]);
}

#[test]
fn comments_do_not_change_the_fingerprint() {
    let fingerprint = |text: &str| read_valid(text).fingerprint;
    assert_eq!(fingerprint("company: 远川\n"), fingerprint("# 设置\ncompany:   远川   # 全称\n"));
    assert_ne!(fingerprint("company: 远川\n"), fingerprint("company: 远川\nshort: 远\n"));
    assert_ne!(fingerprint("company: 远川\n"), fingerprint("company: 远川\nlevels: {核心: 30}\n"));
}
