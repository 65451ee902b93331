//! Projects, development plans and competitors, as people write them.

use crate::kind::test_fields::{diagnostics, field, fields_text, fill_file};

const PROJECT: &str = "\
---
阶段: 招标
投资规模: 约2.3亿
启动时间: 2027年一季度
招标日期: 2026-12-15
计划拜访次数: 12
期间: 年
竞争对手: 恒科控制、南桥自控
合同: HT-2026-018，1150万元，2026-12-20
---

城西净水厂二期。

## 阶段变化

- 2026-03-01 线索：省里下发方案
- 招标2026-10-09

## 评标标准

- 同类业绩不少于两个
- 综合评分法，价格占三成

## 角色

- 沈丽萍 使用者：调试期不停水
- 邱志远 决策者

## 文件

- 标书 起草 何俊 2026-12-10
- 报价 审核

## 节点

- [x] 预付款 345万 2027-01-15（到账 345万，到账日期 2027-01-20） 2027-01-21
- [ ] 验收 2027-09-30
";

#[test]
fn project_stages_roles_documents_and_milestones() {
    let project = fill_file("客户/东澜水务/项目/城西二期.md", PROJECT);
    assert_eq!(diagnostics(PROJECT, &project), [""; 0]);
    for (key, value) in [
        ("name", "城西二期"),
        ("stage", "招标"),
        ("stage_history", "[stage 线索 | date 2026-03-01 | why 省里下发方案] [stage 招标 | date 2026-10-09]"),
        ("tender", "2026-12-15"),
        ("criteria", "同类业绩不少于两个 / 综合评分法，价格占三成"),
        ("visits_planned", "12"),
        ("period", "每年"),
        ("roles", "[person 沈丽萍 | role 使用者 | concerns 调试期不停水] [person 邱志远 | role 决策者]"),
        ("competitors", "恒科控制 / 南桥自控"),
        ("documents", "[what 标书 | state 起草 | owner 何俊 | due 2026-12-10] [what 报价 | state 审核]"),
        ("contract", "[number HT-2026-018 | amount 11,500,000.00 | signed 2026-12-20]"),
    ] {
        assert_eq!(field(&project, key), value, "{key}");
    }
    let milestones = field(&project, "milestones");
    assert!(
        milestones.starts_with(
            "[x | #1 | what 预付款 | amount 3,450,000.00 | due 2027-01-15 | received 3,450,000.00 | on 2027-01-20"
        )
    );
    assert!(milestones.ends_with("[_ | #2 | what 验收 | due 2027-09-30]"), "{milestones}");
}

#[test]
fn contract_lines_merge_into_one_row() {
    let text = "\
---
阶段: 质保
---

## 合同

- 合同编号：HT-2026-018
- 合同金额：1150万
- 签订日期：2026-12-20
- 质保到期：2028-12-20
- 合同编号：HT-2026-019
";
    let project = fill_file("customers/dl/projects/城西二期.md", text);
    assert_eq!(
        field(&project, "contract"),
        "[number HT-2026-018，HT-2026-019 | amount 11,500,000.00 | signed 2026-12-20 | warranty 2028-12-20]"
    );
    let twice = text.replace("合同编号：HT-2026-019", "合同金额：1200万");
    let project = fill_file("customers/dl/projects/城西二期.md", &twice);
    assert_eq!(diagnostics(&twice, &project), ["11:8 said-twice 1200万"]);
    assert!(fields_text(&project).ends_with("? 合同金额: 1200万\n"), "{}", fields_text(&project));
    let map = "---\n阶段: 质保\n合同: { 合同编号: HT-1, 合同金额: 10万 }\n---\n";
    let project = fill_file("customers/dl/projects/城西二期.md", map);
    assert_eq!(field(&project, "contract"), "[number HT-1 | amount 100,000.00]");
}

#[test]
fn unknown_stage_and_yearless_date_are_reported() {
    let text = "---\n阶段: 围观\n招标日期: 12-15\n---\n";
    let project = fill_file("customers/dl/projects/城西二期.md", text);
    assert_eq!(diagnostics(text, &project), ["2:5 bad-code 围观", "3:7 bad-date.no-year 12-15"]);
}

const DEVELOPMENT: &str = "\
---
制订人: 周岚
参与人: 韩卫东、吕明
审核: 已审
审核日期: 1-20
归档日期: 1-25
---

## 计划摘要

今年只做一件事。

### 总的目的和方向

二期自控标段中标。

### 客户目标

- 二期中标（衡量 合同1150万元，6-30，进行中）

## 二、客户概况

### 客户优势

- 资金足

## 竞争概况

### 竞争对手

- 恒科控制：价格低

| 名称 | 优势 | 劣势 | 目前的状况 | 建议的策略 |
|---|---|---|---|---|
| 南桥自控 | 本地 | 业绩少 | 驻点 | 比业绩 |

## 情况评估

关系比去年好。

### 竞争性地位

两家之一。

## 客户计划

### 行动计划

- [ ] 备件承诺书送到邱总手里（周岚，3-31，对应目标 二期中标）
- [x] 参观少人值守水厂（何俊，2-28） 2-20
- [ ] 请邱总来公司

### 调整

- 承诺书提前（2026-02-10，招标提前，韩卫东）
";

#[test]
fn development_plan_sections_and_fields() {
    let plan = fill_file("客户/东澜水务/客户计划/2026.md", DEVELOPMENT);
    for (key, value) in [
        ("year", "2026"),
        ("reviewed", "2026-01-20"),
        ("summary", "1 stretches"),
        ("objective", "二期自控标段中标。"),
        ("goals", "[goal 二期中标 | measure 合同1150万元 | due 2026-06-30 | status 进行中]"),
        ("overview", ""),
        ("strengths", "资金足"),
        (
            "competitors",
            "[competitor 恒科控制 | strengths 价格低] \
             [competitor 南桥自控 | strengths 本地 | weaknesses 业绩少 | state 驻点 | strategy 比业绩]",
        ),
        ("assessment", "1 stretches"),
        ("standing", "两家之一。"),
        (
            "actions",
            "[_ | #1 | action 备件承诺书送到邱总手里 | owner 周岚 | due 2026-03-31 | goal 二期中标] \
             [x | #2 | action 参观少人值守水厂 | owner 何俊 | due 2026-02-28 | done 2026-02-20] [_ | #3 | action 请邱总来公司]",
        ),
        ("changes", "[what 承诺书提前 | date 2026-02-10 | why 招标提前 | approver 韩卫东]"),
    ] {
        assert_eq!(field(&plan, key), value, "{key}");
    }
    assert_eq!(
        diagnostics(DEVELOPMENT, &plan),
        ["51:7 missing-required.row 请邱总来公司", "51:7 missing-required.row 请邱总来公司"],
        "who and by when"
    );
    assert_eq!(plan.prose, [], "all of it stands in the parts");
}

#[test]
fn empty_or_missing_plan_section_is_reported() {
    let text = "---\n制订人: 周岚\n---\n\n## 计划摘要\n\n只做二期。\n\n## 客户概况\n\n### 客户优势\n\n- 资金足\n\n\
                ## 竞争概况\n\n## 客户计划\n\n- [ ] 备件承诺书（周岚，3-31）\n";
    let plan = fill_file("客户/东澜水务/客户计划/2026.md", text);
    let told = diagnostics(text, &plan);
    assert!(told.iter().any(|one| one.contains("part-empty.missing")), "{told:?}");
    assert!(told.iter().any(|one| one.starts_with("15:") && one.contains("part-empty.empty")), "{told:?}");
    assert_eq!(told.iter().filter(|one| one.contains("part-empty")).count(), 2, "{told:?}");
}

#[test]
fn competitor_name_from_file_name() {
    let text = "---\n优势: 价格低；本地有人\n---\n\n## 劣势\n\n- 业绩少\n\n## 建议的策略\n\n比业绩。\n";
    let competitor = fill_file("竞争对手/恒科控制.md", text);
    assert_eq!(diagnostics(text, &competitor), [""; 0]);
    assert_eq!(
        fields_text(&competitor),
        "name: 恒科控制\nstrengths: 价格低 / 本地有人\nweaknesses: 业绩少\nstrategy: 比业绩。\n"
    );
}
