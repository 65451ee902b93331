//! Whole files as people write them.

use super::PERSON;
use crate::kind::Value;
use crate::kind::test_fields::{diagnostics, field, fields_text, fill_file};

/// Where a name is required, any word is read as one, whatever its first character.
#[test]
fn rare_surname_is_accepted_in_name_field() {
    let text = "---\n姓名: 邱志远\n职务: 副总经理\n我方联系人: 褟静强\n---\n";
    let person = fill_file("customers/hd/people/邱志远.md", text);
    assert_eq!(diagnostics(text, &person), Vec::<String>::new());
    assert!(matches!(person.fields.get("links"), Some(Value::Rows(rows)) if rows.len() == 1));
}

#[test]
fn phone_numbers_split_into_office_and_mobile() {
    let text = "---\n职务: 处长\n电话: 0573-82610055、138 0013 8000，+86 13900139000\n---\n";
    let filled = fill_file(PERSON, text);
    assert_eq!(field(&filled, "office"), "0573-82610055");
    assert_eq!(field(&filled, "mobile"), "138 0013 8000 / +86 13900139000");
    assert_eq!(field(&filled, "name"), "王磊", "from the file's name");
}

#[test]
fn person_fields_are_parsed() {
    let text = "\
---
姓名: 王磊
职务: 处长
出生日期: 农历八月十五
学历: 大学
角色作用: 顾问人员、支持者
关系状况: 积极
我方联系人: 周岚、何俊（大学同学）
关心的事务: 安全，别出事；减人
工作经历: 1997年进院，电气室出身，做过七个电厂
专业期刊: 电力自动化设备、电网技术
密级: 机密
---

## 关系变化

- 2025-06-11 中立的：第一次单独谈，公事公办
- 2026-07-22 积极的：郑一鸣驻院帮他们出了样例（周岚）

## 角色作用

| 角色作用 | 项目 |
|---|---|
| 使用者 | 清河热电 |

## 偏好

- 先看书面材料，不喜欢一上来就请吃饭
";
    let filled = fill_file(PERSON, text);
    assert_eq!(diagnostics(text, &filled), [""; 0]);
    assert_eq!(filled.secrecy, Some(3));
    for (key, value) in [
        ("birthday", "农历八月十五"),
        ("education", "本科"),
        ("roles", "[role 顾问人员] [role 支持者] [role 使用者 | project 清河热电]"),
        ("relation", "积极的"),
        ("links", "[staff 周岚] [staff 何俊 | note 大学同学]"),
        ("concerns", "安全，别出事 / 减人"),
        ("career", "[where 1997年进院，电气室出身，做过七个电厂]"),
        ("journals", "电力自动化设备 / 电网技术"),
        ("preferences", "先看书面材料，不喜欢一上来就请吃饭"),
        (
            "relation_history",
            "[relation 中立的 | date 2025-06-11 | why 第一次单独谈，公事公办] \
             [relation 积极的 | date 2026-07-22 | by 周岚 | why 郑一鸣驻院帮他们出了样例]",
        ),
    ] {
        assert_eq!(field(&filled, key), value, "{key}");
    }
}

#[test]
fn date_from_file_name_or_field() {
    let text = "---\n日期: 2026-11-21\n方式: 电话\n我方: 周岚\n对象: 沈丽萍\n---\n";
    let other = fill_file("客户/东澜水务/接触/2026-11-20 下午.md", text);
    assert_eq!(diagnostics(text, &other), ["2:5 date-differs-from-name 2026-11-21"]);
    assert_eq!(field(&other, "date"), "2026-11-21");
    let named =
        fill_file("客户/东澜水务/接触/20261120-2.md", "---\n方式: 电话\n我方: 周岚\n对象: 沈丽萍\n下次联系: 1-5\n---\n");
    assert_eq!(field(&named, "date"), "2026-11-20");
    assert_eq!(field(&named, "next"), "[date 2027-01-05]");
}

#[test]
fn contact_plan_table_without_heading() {
    let text = "\
---
目标描述: 二期中标
---

先把话说在前面。

| 我方 | 对象 | 联系次数 | 下次联系 | 说明 | 备用 |
|---|---|---|---|---|---|
| 周岚 | 沈丽萍 | 24 | 1-8 | | |
| 马腾 | 王磊（处长） | 6 | 12-20 | 请部长同去 | 无 |
| 吕明 | | 8 | | 技术要求 | |
";
    let filled = fill_file("客户/东澜水务/接触计划/2026.md", text);
    assert_eq!(field(&filled, "period"), "2026");
    assert_eq!(
        field(&filled, "pairs"),
        "[people 沈丽萍 | staff 周岚 | times 24 | next 2026-01-08] \
         [people 王磊(处长) | staff 马腾 | times 6 | next 2026-12-20 | note 请部长同去] \
         [staff 吕明 | times 8 | note 技术要求]"
    );
    assert_eq!(diagnostics(text, &filled), ["7:32 unknown-column 备用", "11:3 missing-required.row 吕明 | | 8 | | 技术要求 |"]);
    let prose: Vec<&str> = filled.prose.iter().map(|span| text[span.range()].trim()).collect();
    assert_eq!(prose, ["先把话说在前面。"]);
    assert_eq!(fields_text(&filled).lines().last(), Some("? 备用: 马腾：无"));
}

#[test]
fn contact_month_as_list_or_table() {
    let list = "\
- 11-03 电话 沈丽萍：问备件到货，答复下周（周岚，下次 11-20）
- 11-12 微信 郝丽萍、王磊（处长）：挂网资料目录要来了，十一项（丁浩，下次联系 12-10）
- 1-2 来电 邱总：拜年（吕明）
";
    let filled_list = fill_file("客户/东澜水务/接触/2026-11.md", list);
    assert_eq!(diagnostics(list, &filled_list), ["3:3 date-differs-from-name.month 1-2"]);
    assert_eq!(
        field(&filled_list, "contacts"),
        "[date 2026-11-03 | channel 电话 | people 沈丽萍 | staff 周岚 | report 问备件到货，答复下周 | next [date 2026-11-20]] \
         [date 2026-11-12 | channel 微信 | people 郝丽萍 / 王磊(处长) | staff 丁浩 | report 挂网资料目录要来了，十一项 | next [date 2026-12-10]] \
         [date 2027-01-02 | channel 来电 | people 邱总 | staff 吕明 | report 拜年]"
    );
    let table = "---\n标签: 短接触\n---\n\n| 日期 | 方式 | 对象 | 我方 | 报告 | 下次联系 |\n|---|---|---|---|---|---|\n| 11-3 | 电话 | 沈丽萍 | 周岚 | 问**备件**到货，见[[拜访]] | 11-20 |\n";
    let filled_table = fill_file("客户/东澜水务/接触/2026-11.md", table);
    assert_eq!(diagnostics(table, &filled_table), [""; 0]);
    assert_eq!(
        field(&filled_table, "contacts"),
        "[date 2026-11-03 | channel 电话 | people 沈丽萍 | staff 周岚 | report 问备件到货，见[[拜访]] | next [date 2026-11-20]]"
    );
    assert_eq!(filled_table.prose, []);
    assert_eq!(filled_table.links.iter().map(|(link, level)| (&*link.target, *level)).collect::<Vec<_>>(), [("拜访", 2)]);
}

#[test]
fn links_inherit_source_secrecy() {
    let text = "## 信息\n\n- 投资规划：见[[标书]] → 备货（4级，贺知秋）\n- 见[[年报]]（1级）\n- 见[[闲谈]]\n";
    let filled = fill_file("客户/东澜水务/客户信息.md", text);
    let levels: Vec<(&str, u8)> = filled.links.iter().map(|(link, level)| (&*link.target, *level)).collect();
    assert_eq!(levels, [("标书", 3), ("年报", 1), ("闲谈", 3)]);
}

#[test]
fn customer_nested_headings_are_parsed() {
    let text = "\
---
单位名称: 东澜水务
---

# 东澜水务

| 机构 | 类别 | 所处地点 | 主要联系人 |
|---|---|---|---|
| 集团总部 | 总部 | 滨江路188号 | 邱志远、徐海波 |
| 城西净水厂 | 分支机构 | | 沈丽萍、郑国平（自控班长 0573-82610377） |

市属国企。

## 二、目前的需求

- 城西二期自控系统（PLC、上位机、安防）（沈丽萍，2026-09-30，3级）
- 再开一个厂（二期）

### 困难和问题

自控班组只有4人
一期原厂家已停止供货

## 购买程序：

1. 水厂提需求，生产技术部编技术要求
2. 招标

## 承若

随便写写。
";
    let filled = fill_file("客户/东澜水务/客户.md", text);
    assert_eq!(
        field(&filled, "units"),
        "[name 集团总部 | class 公司总部 | place 滨江路188号 | contacts 邱志远 / 徐海波] \
         [name 城西净水厂 | class 分支机构 | contacts 沈丽萍 / 郑国平(自控班长 0573-82610377)]"
    );
    assert_eq!(
        field(&filled, "needs_now"),
        "[text 城西二期自控系统（PLC、上位机、安防） | source 沈丽萍 | date 2026-09-30 | level 3 客户企业的有关联系人，或与客户有密切合作关系的有关方面] \
         [text 再开一个厂（二期）]"
    );
    assert_eq!(field(&filled, "difficulties"), "[text 自控班组只有4人] [text 一期原厂家已停止供货]");
    assert_eq!(field(&filled, "procurement"), "水厂提需求，生产技术部编技术要求 / 招标");
    let prose: Vec<&str> = filled.prose.iter().map(|span| text[span.range()].trim()).collect();
    assert_eq!(prose, ["# 东澜水务", "市属国企。", "## 承若\n\n随便写写。"]);
    assert_eq!(diagnostics(text, &filled), [""; 0]);
}

#[test]
fn front_matter_text_is_literal() {
    let text = "---\n方式: 电话\n我方: 周岚\n对象: @沈丽萍\n事由: 沈主任说: 月底定稿 #3\n报告: *重要* >10万吨/日，\"少人值守\"是关键\n呈交: 无\n---\n";
    let filled = fill_file("客户/东澜水务/接触/2026-11-20.md", text);
    assert_eq!(diagnostics(text, &filled), [""; 0]);
    assert_eq!(field(&filled, "subject"), "沈主任说: 月底定稿 #3");
    assert_eq!(field(&filled, "report"), "*重要* >10万吨/日，\"少人值守\"是关键");
    assert_eq!(field(&filled, "people"), "沈丽萍");
    assert_eq!(field(&filled, "submitted_to"), "");
}
