//! Ten short lines give the same fields as full YAML.

use crate::kind::FieldType;
use crate::kind::test_fields::{diagnostics, fields_text, fill_file};
use crate::text::Span;

const SHORT: &str = "\
---
日期: 2026-11-20
拜访人: 周岚、吕明
拜访对象: 沈丽萍、邱志远、郑国平（班长）
项目: #3机组: 城西二期
商谈计划: b 处理问题
成果: C
是否达成: 部分
下次联系: 11-27 沈丽萍、12-1 邱志远
费用: 交通费 186、餐费 320（厂里3人，我方2人）
合计: 506
---

## 面谈概要

下午两点到厂，见 [[邱志远]]。

## 结果与检讨

沈主任接受开放协议的写法。
没全达成。
原因：同品牌条款归招标采购部。
下次：十二月初韩部长带队。

## 已处理问题

- [x] 2026-11-05#1 一期3#滤池PLC模块停产，要替代型号清单

## 未处理问题

- [ ] 操作工培训谁出钱没谈拢（周岚，12-10）

## 承诺

- [ ] 备件五年供货承诺书（对邱志远，周岚，12-1）
- [x] 补三份业绩（对沈丽萍，何俊，12-5） 11-28 差一个章

## 客户意见

- 维保响应慢，上次等了两天（转工程服务部，11-23）

## 信息

- 组织结构：同品牌条款由招标采购部起草 → 澄清要走邱副总这条线（3级，沈丽萍）
";

const LONG: &str = "\
---
date: 2026-11-20
visitor: [周岚, 吕明]
people:
  - 沈丽萍
  - 邱志远
  - 郑国平（班长）
project: '#3机组: 城西二期'
plan: 处理问题
result: 再度访问
achieved: 部分
next:
  - { 日期: 2026-11-27, 对象: 沈丽萍 }
  - date: 2026-12-01
    people: [邱志远]
fees:
  - { 费用项目: 交通费, 金额: 186.00 }
  - { item: 餐费, amount: 320元, note: 厂里3人，我方2人 }
fee_total: ¥506
outcome: |
  沈主任接受开放协议的写法。没全达成。
why: 同品牌条款归招标采购部。
improve: 十二月初韩部长带队。
handled:
  - 问题: 2026-11-05#1 一期3#滤池PLC模块停产，要替代型号清单
open:
  - 问题: 操作工培训谁出钱没谈拢
    责任人: 周岚
    期限: 2026-12-10
promises:
  - { 事项: 备件五年供货承诺书, 对: 邱志远, 责任人: 周岚, 期限: 2026-12-01 }
  - { what: 补三份业绩, to: 沈丽萍, owner: 何俊, due: 2026-12-05, done: 2026-11-28, note: 差一个章 }
opinions:
  - { 内容: '维保响应慢，上次等了两天', 转告部门: 工程服务部, 转告日期: 2026-11-23 }
information:
  - { 信息: 同品牌条款由招标采购部起草, 主题: 组织结构与管理体系, 含义: 澄清要走邱副总这条线, 等级: 3, 信息提供人: 沈丽萍 }
---
";

#[test]
fn short_form_equals_full_yaml() {
    let path = "客户/东澜水务/拜访/2026-11-20.md";
    let (short, long) = (fill_file(path, SHORT), fill_file("customers/东澜水务/visits/2026-11-20.md", LONG));
    assert_eq!(diagnostics(SHORT, &short), [""; 0]);
    assert_eq!(diagnostics(LONG, &long), [""; 0]);
    assert_eq!(fields_text(&short), fields_text(&long));
    assert_eq!(short.fields, long.fields);
    assert_eq!(crate::text::Fingerprint::of_hash(&short.fields), crate::text::Fingerprint::of_hash(&long.fields));
    let expected = "\
date: 2026-11-20
visitor: 周岚 / 吕明
people: 沈丽萍 / 邱志远 / 郑国平(班长)
project: #3机组: 城西二期
plan: b 处理问题
result: C 再度访问
achieved: 部分
outcome: 沈主任接受开放协议的写法。没全达成。
why: 同品牌条款归招标采购部。
improve: 十二月初韩部长带队。
handled: [x | @2026-11-05#1 | what 一期3#滤池PLC模块停产，要替代型号清单]
open: [_ | #1 | what 操作工培训谁出钱没谈拢 | owner 周岚 | due 2026-12-10]
promises: [_ | #2 | what 备件五年供货承诺书 | to 邱志远 | owner 周岚 | due 2026-12-01] [x | #3 | what 补三份业绩 | to 沈丽萍 | owner 何俊 | due 2026-12-05 | done 2026-11-28 | note 差一个章]
opinions: [_ | #4 | what 维保响应慢，上次等了两天 | department 工程服务部 | on 2026-11-23]
next: [date 2026-11-27 | people 沈丽萍] [date 2026-12-01 | people 邱志远]
fees: [item 交通费 | amount 186.00] [item 餐费 | amount 320.00 | note 厂里3人，我方2人]
fee_total: 506.00
information: [fact 同品牌条款由招标采购部起草 | topic 组织结构与管理体系 | meaning 澄清要走邱副总这条线 | level 3 客户企业的有关联系人，或与客户有密切合作关系的有关方面 | person 沈丽萍]
";
    assert_eq!(fields_text(&short), expected);
}

#[test]
fn remaining_body_is_prose() {
    let filled = fill_file("客户/东澜水务/拜访/2026-11-20.md", SHORT);
    let prose: Vec<&str> = filled.prose.iter().map(|span| SHORT[span.range()].trim()).collect();
    assert_eq!(prose, ["下午两点到厂，见 [[邱志远]]。"]);
    assert_eq!(filled.links, [], "links of the prose are the outline's");
}

#[test]
fn name_ids_follow_form_order() {
    let filled = fill_file("客户/东澜水务/拜访/2026-11-20.md", SHORT);
    let ids: Vec<u16> = filled.fields.names("people").iter().map(|name| name.id.0).collect();
    assert_eq!(ids, [2, 3, 4]);
}

#[test]
fn values_have_exact_spans() {
    let filled = fill_file("客户/东澜水务/拜访/2026-11-20.md", SHORT);
    let at = |span: Span| &SHORT[span.range()];
    let names = filled.fields.names("people");
    assert_eq!(at(names[2].span), "郑国平（班长）");
    let due = |key: &str, row: usize, column: &str| {
        let FieldType::Rows(rows) = &filled.fields.kind.field(filled.fields.kind.index_of(key).expect("field")).ty else {
            panic!("{key} has rows")
        };
        let cell = filled.fields.rows(key)[row].cell(rows.index_of(column).expect("column")).expect("a value");
        at(cell.span().expect("a span"))
    };
    assert_eq!(due("promises", 0, "due"), "12-1");
    assert_eq!(due("promises", 1, "done"), "11-28");
    assert_eq!(due("fees", 1, "amount"), "320");
    assert_eq!(due("information", 0, "meaning"), "澄清要走邱副总这条线");
    assert_eq!(due("opinions", 0, "department"), "工程服务部");
}
