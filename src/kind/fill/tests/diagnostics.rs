//! Invalid input is reported at its span, and kept.

use super::super::file_name::date_of_name;
use super::{PERSON, VISIT};
use crate::kind::test_fields::{diagnostics, field, fields_text, fill_file};

#[test]
fn invalid_values_are_reported_and_kept() {
    let text = "\
---
日期: 2026-02-30
拜访人: 周岚
商谈计划: b 初次拜访
成果: F
是否达成: 差不多
满意度: 7
车辆: 帕萨特
机构: 城西
拜访目地: 3A
填写日期: 昨天
合计: 一千二
---
";
    let filled = fill_file("客户/东澜水务/拜访/2026-11-20.md", text);
    assert_eq!(
        diagnostics(text, &filled),
        [
            "2:5 bad-date.no-such-day 2026-02-30",
            "4:7 bad-code.torn b 初次拜访",
            "5:5 bad-code F",
            "6:7 bad-code 差不多",
            "7:6 bad-number.range 7",
            "8:1 unknown-key 车辆",
            "9:1 unknown-key.elsewhere 机构",
            "10:1 unknown-key 拜访目地",
            "11:7 bad-date 昨天",
            "12:5 bad-money 一千二",
        ]
    );
    assert_eq!(
        fields_text(&filled),
        "date: 2026-11-20\nvisitor: 周岚\n? 日期: 2026-02-30\n? 商谈计划: b 初次拜访\n? 成果: F\n? 是否达成: 差不多\n\
         ? 满意度: 7\n? 车辆: 帕萨特\n? 机构: 城西\n? 拜访目地: 3A\n? 填写日期: 昨天\n? 合计: 一千二\n"
    );
    assert_eq!(
        filled
            .diagnostics
            .iter()
            .find(|diagnostics| diagnostics.span.start.index() > 100 && !diagnostics.help.is_empty())
            .map(|_| ()),
        Some(())
    );
}

#[test]
fn missing_required_fields_reported_at_front_matter() {
    let text = "---\n拜访人: 周岚\n成果:\n---\n";
    let filled = fill_file("客户/东澜水务/拜访/随手记.md", text);
    assert_eq!(
        diagnostics(text, &filled),
        ["1:1 missing-required ---", "1:1 missing-required ---", "3:1 missing-required 成果"],
        "date, plan and result; people, purpose and goal may come from the plan"
    );
    let labels: Vec<&str> = filled.diagnostics.iter().map(|diagnostics| diagnostics.message.args[0].1.as_str()).collect();
    assert_eq!(labels, ["日期", "商谈计划", "成果"]);
}

#[test]
fn unclosed_list_bracket_is_reported() {
    for (line, wrong) in [
        ("拜访人: [周岚、何俊", "3:6 yaml-syntax.unclosed-bracket ["),
        ("费用: {交通费 186", "3:5 yaml-syntax.unclosed-bracket {"),
        ("携带物品: 【样本册", "3:7 yaml-syntax.unclosed-bracket 【"),
    ] {
        let text = format!("---\n成果: C\n{line}\n---\n");
        let said = diagnostics(&text, &fill_file(VISIT, &text));
        assert!(said.contains(&wrong.to_owned()), "{said:?}");
    }
    // A single text is taken verbatim.
    let text = "---\n目标: [待定\n---\n";
    assert_eq!(field(&fill_file(VISIT, text), "goal"), "[待定");
}

#[test]
fn list_in_text_field_is_joined() {
    let text =
        "---\n职务: [热控室主任, 党支部书记]\n籍贯:\n  - 江苏\n  - 南京 # 后来搬的\n学历:\n  - 本科\n  - 在职硕士\n---\n";
    let person = fill_file("customers/dl/people/傅海燕.md", text);
    assert_eq!(field(&person, "title"), "热控室主任、党支部书记");
    assert_eq!(field(&person, "native_place"), "江苏、南京");
    assert_eq!(diagnostics(text, &person), ["7:3 wrong-shape.one - 本科\n  - 在职硕士"]);
    assert_eq!(person.fields.unknown[0].text.as_ref(), "本科、在职硕士");
}

#[test]
fn unpaired_row_bracket_is_reported() {
    let head = "---\n拜访人: 周岚\n商谈计划: b\n成果: C\n---\n\n## 未处理问题\n\n";
    for (row, wrong) in [
        ("- [ ] 双网关的钱谁算（宋佳，12-4", "9:14 tail-not-understood.open （"),
        ("- [ ] 双网关(两台)谁算(宋佳，12-4", "9:16 tail-not-understood.open ("),
        ("- [ ] 双网关的钱谁算 宋佳，12-4）", "9:22 tail-not-understood.shut ）"),
        ("- [x] 双网关（宋佳，11-4 11-16", "9:10 tail-not-understood.open （"),
    ] {
        let text = format!("{head}{row}\n");
        let filled = fill_file(VISIT, &text);
        assert_eq!(diagnostics(&text, &filled), [wrong]);
        assert_eq!(filled.diagnostics[0].severity, crate::diag::Severity::Warning);
    }
    let text = "---\n拜访人: 周岚\n商谈计划: b\n成果: C\n下次联系: 11-27 沈丽萍（电话\n承诺: 备件（周岚，12-1；图纸（何俊，12-2）\n---\n";
    assert_eq!(
        diagnostics(text, &fill_file(VISIT, text)),
        ["5:16 tail-not-understood.open （", "6:7 tail-not-understood.open （"]
    );
    let sound = format!("{head}1. 1）双网关（两台）谁算（宋佳，12-4）\n2. a) 网关\n");
    assert_eq!(diagnostics(&sound, &fill_file(VISIT, &sound)), [""; 0]);
}

#[test]
fn invalid_row_codes_and_dates_are_reported() {
    let visit = "---\n拜访人: 周岚\n商谈计划: b\n成果: C\n---\n\n## 信息\n\n";
    let project = "---\n阶段: 招标\n---\n\n## 角色\n\n";
    let person = "---\n职务: 主任\n---\n\n## 关系变化\n\n";
    let plan = "---\n提交日期: 2026-10-23\n---\n\n| 日期 | 单位 | 变动 |\n|---|---|---|\n";
    let (of_project, of_plan) = ("客户/东澜水务/项目/二期.md", "拜访计划书/2026-11/宋佳.md");
    for (path, head, row, wrong) in [
        (VISIT, visit, "- 投资规划：公告在12月 → 排班（9级，唐一舟，2026-11-20）", "9:20 bad-code 9级"),
        (VISIT, visit, "- 投资规划：公告在12月 → 排班（０级，唐一舟，2026-11-20）", "9:20 bad-code ０级"),
        (VISIT, visit, "- 投资归划：公告在12月 → 排班（3级，唐一舟，2026-11-20）", "9:3 bad-code 投资归划"),
        (of_project, project, "- 闵洁 拦路虎：业绩原件", "7:6 bad-code 拦路虎"),
        (PERSON, person, "- 去年11月 中立的：换了人", "7:3 bad-date 去年11月"),
        (of_plan, plan, "| 11-2 | 东澜水务 | 改 11月二十，沈主任开会 |", "7:19 bad-date 11月二十"),
    ] {
        let text = format!("{head}{row}\n");
        assert_eq!(diagnostics(&text, &fill_file(path, &text)), [wrong], "{row}");
    }
    for (path, head, row) in [
        (VISIT, visit, "- 投资规划：公告在12月 → 排班（四级风，唐一舟，3级，2026-11-20）"),
        (VISIT, visit, "- 投资规模：2亿 → 排班（3级，唐一舟，2026-11-20）"),
        (VISIT, visit, "- 二期：公告在12月 → 排班（3级，唐一舟，2026-11-20）"),
        (of_project, project, "- 闵洁 阻拦者：业绩原件"),
        (of_plan, plan, "| 11-2 | 东澜水务 | 取消，11月底再约 |"),
        (of_plan, plan, "| 11-2 | 东澜水务 | 改 11-20，12月的会 |"),
    ] {
        let text = format!("{head}{row}\n");
        assert_eq!(diagnostics(&text, &fill_file(path, &text)), [""; 0], "{row}");
    }
}

#[test]
fn end_date_before_start_is_reported() {
    let text = "---\n职务: 销售经理\n---\n\n## 出勤\n\n| 类型 | 起 | 止 |\n|---|---|---|\n| 出差 | 2026-08-19 | 2026-08-17 |\n| 请假 | 2026-08-20 | 2026-08-20 |\n";
    assert_eq!(diagnostics(text, &fill_file("我方人员/周岚.md", text)), ["9:21 bad-date.ends-first 2026-08-17"]);
}

#[test]
fn invalid_file_name_date_is_none() {
    assert_eq!(date_of_name("2026-04-31"), None);
    let missing = fill_file("客户/东澜水务/拜访/2026-04-31.md", "---\n成果: C\n---\n");
    assert_eq!(missing.diagnostics[0].help[0].key, "help.name-no-day");
    let thirteenth = fill_file("visit-plans/2026-13/周岚.md", "---\n提交日期: 2026-11-28\n---\n");
    let help = &thirteenth.diagnostics[0].help[0];
    assert_eq!(format!("{} {}", help.key, help.args[0].1), "help.name-no-month 2026-13");
    assert_eq!(date_of_name("2026-04-03-2").map(|day| day.to_string()).as_deref(), Some("2026-04-03"));
}

#[test]
fn duplicate_field_is_reported() {
    let text = "---\n职务: 主任\n所属机构: 院本部\n关心的事务: 别出事\n---\n\n## 职务\n\n副院长\n\n## 所属机构\n\n院本部\n\n## 关心的事务\n\n- 减人\n";
    let filled = fill_file(PERSON, text);
    assert_eq!(diagnostics(text, &filled), ["9:1 said-twice 副院长"]);
    assert_eq!(field(&filled, "title"), "主任");
    assert_eq!(field(&filled, "concerns"), "别出事 / 减人");
    assert_eq!(filled.fields.unknown[0].text.as_ref(), "副院长");
    assert_eq!(&text[filled.diagnostics[0].labels[0].span.range()], "职务");
}

#[test]
fn total_mismatch_is_reported() {
    let text = "---\n拜访人: 周岚\n商谈计划: b\n成果: C\n费用: 交通费 186、打印、装订 260\n合计: 440\n---\n";
    let filled = fill_file("客户/东澜水务/拜访/2026-11-20.md", text);
    assert_eq!(diagnostics(text, &filled), ["6:5 total-differs 440"]);
    assert_eq!(field(&filled, "fees"), "[item 交通费 | amount 186.00] [item 打印、装订 | amount 260.00]");
}

#[test]
fn misspelled_heading_is_reported_as_info() {
    let text = "---\n拜访人: 周岚\n商谈计划: b\n成果: C\n---\n\n## 未处理问提\n\n- [ ] 没谈拢\n";
    let filled = fill_file("客户/东澜水务/拜访/2026-11-20.md", text);
    assert_eq!(diagnostics(text, &filled), ["7:4 unknown-key.heading 未处理问提"]);
    assert_eq!(filled.diagnostics[0].severity, crate::diag::Severity::Info);
}

#[test]
fn invalid_secrecy_defaults_to_highest() {
    let text = "---\n职务: 处长\n密级: 非常保密\n---\n";
    let filled = fill_file(PERSON, text);
    assert_eq!(filled.secrecy, Some(3));
    assert_eq!(diagnostics(text, &filled), ["3:5 bad-secrecy 非常保密"]);
}
