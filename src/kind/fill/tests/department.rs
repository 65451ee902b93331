//! The department's records as people write them.

use crate::kind::test_fields::{diagnostics, field, fields_text, fill_file};

/// The fields of a file without diagnostics.
fn said(path: &str, text: &str) -> String {
    let filled = fill_file(path, text);
    assert_eq!(diagnostics(text, &filled), [""; 0], "{path}");
    fields_text(&filled)
}

const PLAN: &str = "\
---
提交日期: 10-30
审核: 同意
审核日期: 10-31
---

| 日期 | 单位 | 对象 | 目的 | 目标 | 同行人 | 费用预计 | 变动 |
|---|---|---|---|---|---|---|---|
| 11-5 | 东澜水务 | 沈丽萍 | 3A 5 | 摸清技术要求由谁写、何时定稿 | 吕明 | 450 | |
| 11-18 | 东澜水务 | 沈丽萍、邱志远 | 3A | 交不停水方案 | 吕明 | 500 | 改 11-20，沈主任开会 |
| 11-25 | 平塘水厂 | 朱厂长 | 4 | 初次拜访 | | 300 | 取消，对方停水抢修 |
";

#[test]
fn visit_plan_month_and_staff_from_path() {
    assert_eq!(
        said("拜访计划书/2026-11/周岚.md", PLAN),
        "month: 2026-11\nstaff: 周岚\nsubmitted: 2026-10-30\nreviewed: 2026-10-31\nverdict: 已审\nvisits: \
         [date 2026-11-05 | customer 东澜水务 | people 沈丽萍 | purpose 3A 客户维护·强化感情联系，建立核心客户 / 5 新项目推介 \
         | goal 摸清技术要求由谁写、何时定稿 | companions 吕明 | fee 450.00] \
         [date 2026-11-18 | customer 东澜水务 | people 沈丽萍 / 邱志远 | purpose 3A 客户维护·强化感情联系，建立核心客户 \
         | goal 交不停水方案 | companions 吕明 | fee 500.00 | change [how 改 | to 2026-11-20 | why 沈主任开会]] \
         [date 2026-11-25 | customer 平塘水厂 | people 朱厂长 | purpose 4 开发新客户 | goal 初次拜访 | fee 300.00 \
         | change [how 取消 | why 对方停水抢修]]\n"
    );
}

#[test]
fn visit_plan_as_list() {
    let text = "- 11-5 东澜水务 沈丽萍：摸清技术要求（3A，吕明，450元）\n- 12-2 平塘水厂\n";
    let plan = fill_file("visit-plans/2026-11/周岚.md", text);
    assert_eq!(
        field(&plan, "visits"),
        "[date 2026-11-05 | customer 东澜水务 | people 沈丽萍 | purpose 3A 客户维护·强化感情联系，建立核心客户 | goal 摸清技术要求 \
         | companions 吕明 | fee 450.00] [date 2026-12-02 | customer 平塘水厂]"
    );
    assert_eq!(diagnostics(text, &plan), ["2:3 date-differs-from-name.month 12-2"]);
}

#[test]
fn visit_plan_errors_have_exact_spans() {
    let text = "---\n月份: 2026-10\n审核: 还行\n---\n\n| 日期 | 单位 | 变动 |\n|---|---|---|\n| 11-5 | 东澜水务 | 忘了 |\n| | 平塘水厂 | 改11-8 |\n";
    let plan = fill_file("visit-plans/2026-11/周岚.md", text);
    assert_eq!(
        diagnostics(text, &plan),
        [
            "2:5 date-differs-from-name 2026-10",
            "3:5 bad-code 还行",
            "8:3 date-differs-from-name.month 11-5",
            "8:17 missing-required.row 忘了",
            "9:2 missing-required.row  | 平塘水厂 | 改11-8",
        ]
    );
    assert!(
        field(&plan, "visits").ends_with("[customer 平塘水厂 | change [how 改 | to 2026-11-08]]"),
        "{}",
        fields_text(&plan)
    );
}

#[test]
fn market_report_month_and_reporter_from_path() {
    let text = "\
---
提交日期: 11-02
接收: 陈晓燕 11-02
---

| 客户 | 主题 | 信息 | 含义 | 等级 | 来源 | 日期 | 重大 |
|---|---|---|---|---|---|---|---|
| 东澜水务 | 行业与市场状况 | 省三年行动方案下发 | 提前占位 | 2 | 省住建厅文件 | 09-18 | 韩卫东 口头 11-02 |
| 恒科控制 | 竞争对手 | 11月起派驻一名销售 | 我们不够 | 3 | 沈丽萍 | 11-21 | |
";
    let level = "2 行业资料";
    let third = "3 客户企业的有关联系人，或与客户有密切合作关系的有关方面";
    assert_eq!(
        said("市场信息/2026-11/周岚 11-22.md", text),
        format!(
            "month: 2026-11\nstaff: 周岚\nsubmitted: 2026-11-02\nreceived: [who 陈晓燕 | date 2026-11-02]\ninformation: \
             [customer 东澜水务 | fact 省三年行动方案下发 | topic 行业与市场状况 | meaning 提前占位 | level {level} \
             | source 省住建厅文件 | date 2026-09-18 | major [who 韩卫东 | way 口头 | date 2026-11-02]] \
             [customer 恒科控制 | fact 11月起派驻一名销售 | topic 竞争对手 | meaning 我们不够 | level {third} | source 沈丽萍 \
             | date 2026-11-21]\n"
        )
    );
}

#[test]
fn inbound_calls_as_table_or_list() {
    let text = "\
---
登记人: 陈晓燕
---

| 日期 | 方式 | 单位 | 来电人 | 内容 | 传递给 | 传递日期 | 结果 |
|---|---|---|---|---|---|---|---|
| 11-23 | 来电 | 东澜水务 | 徐海波 | 要维保合同复印件，11-25前 | 何俊、周岚 | 11-23 | 11-25 已快递 |
| 11-23 | 来电 | 云溪县自来水厂（未建档） | 蒋工 13456770921 | 问多少钱 | 何俊 | 11-23 | |
";
    assert_eq!(
        said("来电来函/2026-11.md", text),
        "month: 2026-11\nclerk: 陈晓燕\ncalls: \
         [date 2026-11-23 | channel 来电 | customer 东澜水务 | from 徐海波 | what 要维保合同复印件，11-25前 \
         | forwarded_to 何俊 / 周岚 | forwarded_on 2026-11-23 | result 11-25 已快递] \
         [date 2026-11-23 | channel 来电 | customer 云溪县自来水厂(未建档) | from 蒋工(13456770921) | what 问多少钱 \
         | forwarded_to 何俊 | forwarded_on 2026-11-23]\n"
    );
    let list = "- 11-23 来电 东澜水务 徐海波：要维保合同复印件（何俊，11-24）\n";
    assert_eq!(
        said("inbound/2026-11.md", list),
        "month: 2026-11\ncalls: [date 2026-11-23 | channel 来电 | customer 东澜水务 | from 徐海波 | what 要维保合同复印件 \
         | forwarded_to 何俊 | forwarded_on 2026-11-24]\n"
    );
}

#[test]
fn directive_items_reference_records() {
    let text = "\
---
人员: 韩卫东
---

- [[东澜水务/2026-11-20]] 备件承诺书我来签，12月1日一起去。（周岚，11-28）
- [[东澜水务/2026-11-13]] 已阅。先请沈主任打招呼。
- [x] 三季度的表补齐（何俊，11-30） 11-27
";
    let directive = fill_file("批示/2026-11-23.md", text);
    assert_eq!(diagnostics(text, &directive), [""; 0]);
    assert_eq!(
        fields_text(&directive),
        "date: 2026-11-23\nby: 韩卫东\nitems: \
         [_ | #1 | about 东澜水务/2026-11-20 | what 备件承诺书我来签，12月1日一起去。 | owner 周岚 | due 2026-11-28] \
         [_ | #2 | about 东澜水务/2026-11-13 | what 先请沈主任打招呼。 | read true] \
         [x | #3 | what 三季度的表补齐 | owner 何俊 | due 2026-11-30 | done 2026-11-27]\n"
    );
    let links: Vec<&str> = directive.links.iter().map(|(link, _)| &*link.target).collect();
    assert_eq!(links, ["东澜水务/2026-11-20", "东澜水务/2026-11-13"]);
    let words = "---\n人员: 韩卫东\n---\n- [[甲/2026-11-20]] 签（周岚，11-28 前备好）\n";
    assert_eq!(
        field(&fill_file("批示/2026-11-23.md", words), "items"),
        "[_ | #1 | about 甲/2026-11-20 | what 签 | owner 周岚 | due 2026-11-28 | note 备好]"
    );
}

#[test]
fn review_scope_exceptions_and_suggestions() {
    let text = "\
---
审核人: 陈晓燕
日期: 10-12
审核范围: 全部
提交对象: 韩卫东
---

## 例外

- 东澜水务：缺徐海波附表2

## 建议

- [x] 补徐海波附表2（东澜水务，何俊，11-13） 11-16 只补到学历
- [ ] 华东院补一名联系人（华东院，周岚，1-30）
";
    assert_eq!(
        said("季度审核/2026年三季度.md", text),
        "quarter: 2026-Q3\nby: 陈晓燕\ndate: 2026-10-12\nscope: [all 全部]\nexceptions: [what 缺徐海波附表2 | ? 东澜水务]\n\
         suggestions: \
         [x | #1 | what 补徐海波附表2 | owner 何俊 | due 2026-11-13 | done 2026-11-16 | result 只补到学历 | ? 东澜水务] \
         [_ | #2 | what 华东院补一名联系人 | owner 周岚 | due 2027-01-30 | ? 华东院]\nsubmitted_to: 韩卫东\n"
    );
    let scope = |line: &str| field(&fill_file("reviews/2026-Q3.md", &format!("---\n审核范围: {line}\n---\n")), "scope");
    assert_eq!(scope("负责人 周岚"), "[owner 周岚]");
    assert_eq!(scope("东澜水务、清河热电"), "[customer 东澜水务] [customer 清河热电]");
}

#[test]
fn inspection_findings_are_parsed() {
    let text = "---\n检查人: 陈晓燕、方敏\n范围: 三季度新建的档案\n---\n\n## 发现\n\n- [ ] 接触记录没有报告（东澜水务，周岚，11-30）\n";
    assert_eq!(
        said("检查/2026-10-20.md", text),
        "date: 2026-10-20\nby: 陈晓燕 / 方敏\nscope: 三季度新建的档案\nfindings: \
         [_ | #1 | what 接触记录没有报告 | owner 周岚 | due 2026-11-30 | ? 东澜水务]\n"
    );
}

#[test]
fn regulation_dates_and_reviews_are_parsed() {
    let text = "\
---
拟定: 市场部 2025-01-08
通过: 总经理办公会
通过日期: 2025-01-20
颁布日期: 2025-02-01
解释部门: 市场部
---

第一条 为了……

## 年度审核

- 继续执行（2026年，2026-12-20，修正 日报改为次日交）
";
    assert_eq!(
        said("制度/2025-01.md", text),
        "version: 2025-01\ndrafted: [by 市场部 | date 2025-01-08]\napproved_by: 总经理办公会\napproved_on: 2025-01-20\n\
         issued: 2025-02-01\ninterpreter: 市场部\nreviews: \
         [verdict 继续执行 | year 2026 | date 2026-12-20 | change 日报改为次日交]\n"
    );
}

#[test]
fn loans_as_table_or_list() {
    let text = "\
| 借阅人 | 日期 | 客户 | 份号 | 用途 | 应还 | 归还 | 遗失或泄密 |
|---|---|---|---|---|---|---|---|
| 何俊 | 2026-11-03 | 东澜水务 | 2 | 投标前看 | 11-10 | 11-09 | |
| 周岚 | 2026-12-28 | 东澜水务 | 1 | 走访 | 1-6 | | 丢了第3页 |
";
    assert_eq!(
        said("借阅登记.md", text),
        "loans: [borrower 何俊 | date 2026-11-03 | customer 东澜水务 | copy 2 | purpose 投标前看 | due 2026-11-10 | returned 2026-11-09] \
         [borrower 周岚 | date 2026-12-28 | customer 东澜水务 | copy 1 | purpose 走访 | due 2027-01-06 | incident 丢了第3页]\n"
    );
    let list = "- 第2份（何俊，2026-11-03，东澜水务，应还 11-10，投标前看）\n";
    let loans = fill_file("loans.md", &format!("## 借阅\n\n{list}"));
    assert_eq!(
        field(&loans, "loans"),
        "[borrower 何俊 | date 2026-11-03 | copy 第2份 | due 2026-11-10 | ? 东澜水务 | ? 投标前看]"
    );
}
