//! Tests: open items and contact plans, and what settles them.

use super::test_archive::test_archive;
use super::{ItemKind, Party};
use crate::calendar::AsOf;

fn day(text: &str) -> jiff::civil::Date {
    text.parse().expect("a valid date")
}
#[test]
fn items_close_in_place_or_by_number_and_text() {
    let test_archive = test_archive(
        "//- customers/hd/visits/2026-11-05.md
---
拜访人: 何俊
拜访对象: 沈丽萍
---
## 承诺
- [ ] 备件五年供货承诺书（对沈丽萍，周岚，12-1）
- [x] 样本两套（对王建国） 11-7
## 未处理问题
- [ ] 3#滤池PLC停产，要替代型号（周岚，12-10）
- [ ] 培训费谁出
## 客户意见
- 维保响应慢（转工程服务部，11-6）
//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 沈丽萍
---
## 已处理问题
- [x] 2026-11-05#3 3＃滤池PLC停产, 要替代型号。
- 当场换了保险丝
## 承诺
- [x] 备件承诺书 〔2026-11-05#1〕
- [x] 2026-11-05#9 没有这一条
",
    );
    assert_eq!(
        test_archive.diagnostics(),
        "customers/hd/visits/2026-11-20.md:9:14 item-mismatch 2026-11-05#1 的内容与这里写的“备件承诺书”对不上，没有勾掉
  原来写的是：备件五年供货承诺书
customers/hd/visits/2026-11-20.md:10:7 unknown-item 没有编号为 2026-11-05#9 的承诺、问题或意见
  那一天有的是：2026-11-05#1 备件五年供货承诺书；2026-11-05#2 样本两套；2026-11-05#3 3#滤池PLC停产，要替代型号；2026-11-05#4 培训费谁出；2026-11-05#5 维保响应慢"
    );
    let items = &test_archive.dossier("hd").items;
    let told: Vec<String> = items
        .iter()
        .map(|item| {
            let done = item.done.as_ref().map_or("open".into(), |done| {
                format!("{} by {}", done.date.map_or("-".into(), |day| day.to_string()), done.by.name)
            });
            let who = |who: &Option<Party>| who.as_ref().map_or("-", |who| who.name()).to_owned();
            format!("{} {:?} {} 对{} {done}", item.number, item.sort, who(&item.owner), who(&item.to))
        })
        .collect();
    assert_eq!(
        told,
        [
            "2026-11-05#1 Promise 周岚 对沈丽萍 open",
            "2026-11-05#2 Promise 何俊 对王建国 2026-11-07 by 2026-11-05",
            "2026-11-05#3 Problem 周岚 对- 2026-11-20 by 2026-11-20",
            "2026-11-05#4 Problem 何俊 对- open",
            "2026-11-05#5 Opinion 何俊 对- 2026-11-06 by 2026-11-05",
            "2026-11-20#1 Problem 周岚 对- 2026-11-20 by 2026-11-20",
        ]
    );
    assert_eq!(items[4].sort, ItemKind::Opinion);
    assert_eq!(items[4].department.as_deref(), Some("工程服务部"));
}

#[test]
fn items_of_same_day_events_stay_separate() {
    let test_archive = test_archive(
        "//- customers/hd/visits/2026-11-05.md
---
拜访人: 周岚
拜访对象: 沈丽萍
---
## 承诺
- [ ] 送样本
//- customers/hd/contacts/2026-11-05.md
---
方式: 电话
我方人员: 周岚
对象: 沈丽萍
---
## 承诺
- [ ] 寄图纸
//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 沈丽萍
---
## 承诺
- [x] 2026-11-05#1 寄图纸
",
    );
    assert_eq!(test_archive.diagnostics(), "");
    let items = &test_archive.dossier("hd").items;
    let open: Vec<&str> = items.iter().filter(|item| item.done.is_none()).map(|item| &*item.text).collect();
    assert_eq!(open, ["送样本"]);
}

#[test]
fn newest_next_contact_wins_until_a_contact() {
    let test_archive = test_archive(
        "//- customers/hd/contact-plans/2026.md
---
目标描述: 中标
---

| 我方 | 对象 | 联系次数 | 下次联系 | 说明 |
|---|---|---|---|---|
| 周岚 | 沈丽萍 | 24 | 1-8 | |
| 何俊 | 王建国 | 4 | 3-1 | 每季一次 |
//- customers/hd/visits/2026-01-09.md
---
拜访人: 周岚、何俊
拜访对象: 沈丽萍、王建国
下次联系: 2-10 沈丽萍、3-5 王建国
---
谈了。
//- customers/hd/contacts/2026-02-12.md
---
方式: 电话
我方人员: 周岚
对象: 沈丽萍
---
好。
",
    );
    assert_eq!(test_archive.diagnostics(), "");
    let dossier = test_archive.dossier("hd");
    let pair = |ours: &str, theirs: &str| {
        dossier.pairs.iter().find(|pair| &*pair.ours.name == ours && &*pair.theirs.name == theirs).expect("they met")
    };
    let next = |ours: &str, theirs: &str, on: &str| {
        let standing = pair(ours, theirs).contact_status(AsOf(day(on)), Some(30));
        (standing.next.map(|day| day.to_string()), standing.stated.is_some())
    };
    let shen = |on| next("周岚", "沈丽萍", on);
    // First the plan's date applies, then the visit's; the call settles that, and the cycle starts.
    assert_eq!(shen("2026-01-05"), (Some("2026-01-08".into()), true));
    assert_eq!(shen("2026-01-20"), (Some("2026-02-10".into()), true));
    assert_eq!(shen("2026-02-11"), (Some("2026-02-10".into()), true));
    assert_eq!(shen("2026-02-20"), (Some("2026-03-14".into()), false));
    // The author of the visit owes what it states; for 何俊 the plan's date stays, as his visit was before it.
    assert_eq!(next("周岚", "王建国", "2026-02-20"), (Some("2026-03-05".into()), true));
    assert_eq!(next("何俊", "王建国", "2026-02-20"), (Some("2026-03-01".into()), true));
    assert_eq!(pair("何俊", "王建国").planned[0].note.as_deref(), Some("每季一次"));
}

#[test]
fn plan_row_accepts_people_in_any_order() {
    let test_archive = test_archive(
        "//- customers/hd/contact-plans/2026.md
---
目标描述: 中标
接触安排: 周岚 沈丽萍 12次
---
- 王建国（何俊，4次，3-1）
- 王建国（周蓝，2次）
",
    );
    let told: Vec<String> = test_archive
        .dossier("hd")
        .pairs
        .iter()
        .map(|pair| {
            format!(
                "{} {} {:?}",
                pair.ours.name,
                pair.theirs.name,
                pair.planned.iter().map(|row| row.times).collect::<Vec<_>>()
            )
        })
        .collect();
    assert_eq!(told, ["何俊 王建国 [Some(4)]", "周岚 沈丽萍 [Some(12)]"]);
    assert_eq!(
        test_archive.diagnostics(),
        "customers/hd/contact-plans/2026.md:6:7 unknown-staff “接触安排”里的“周蓝”不在我方人员中
  是否想写：周岚"
    );
}

/// The pairs of a plan with this content as `我方-对象 联系次数`, and the codes of all diagnostics.
fn planned(written: &str) -> (Vec<String>, Vec<String>) {
    let test_archive = test_archive(&format!("//- customers/hd/contact-plans/2026.md\n---\n目标描述: 中标\n{written}"));
    let pairs = &test_archive.dossier("hd").pairs;
    let planned = pairs.iter().flat_map(|pair| pair.planned.iter().map(move |row| (pair, row))).map(|(pair, row)| {
        let times = row.times.map_or_else(|| "-".to_owned(), |times| times.to_string());
        format!("{}-{} {times}", pair.ours.name, pair.theirs.name)
    });
    (planned.collect(), test_archive.all_codes().into_iter().map(str::to_owned).collect())
}

#[test]
fn pair_notations_are_equivalent() {
    let both = ["周岚-沈丽萍 12"];
    for line in [
        "周岚 沈丽萍 12次",
        "沈丽萍 周岚 12",
        "周岚 → 沈丽萍 每月一次",
        "沈丽萍→周岚，每月一次",
        "周岚->沈丽萍 12次",
        "周岚 - 沈丽萍 12次",
        "周岚—沈丽萍，12次",
        "周岚：沈丽萍 每月一次",
        "周岚和沈丽萍，12次，3-1",
        "沈丽萍（主任） 周岚 12次",
        "沈丽萍（周岚，12次，3-1）",
        "沈丽萍（周岚，每月一次，六到九月少去）",
    ] {
        for written in
            [format!("接触安排: {line}\n---\n"), format!("---\n## 接触安排\n\n- {line}\n"), format!("---\n- {line}\n")]
        {
            assert_eq!(planned(&written), (both.map(str::to_owned).to_vec(), Vec::new()), "{written}");
        }
    }
}

#[test]
fn next_years_plan_has_no_effect_this_year() {
    let test_archive = test_archive(
        "//- customers/hd/contact-plans/2027.md
---
目标描述: 中标
---
| 我方 | 对象 | 联系次数 |
|---|---|---|
| 何俊 | 王建国 | 4 |
//- customers/hd/visits/2026-09-01.md
---
拜访人: 何俊
拜访对象: 王建国
---
谈了。
",
    );
    let dossier = test_archive.dossier("hd");
    let next =
        |on| dossier.standing(&dossier.pairs[0], AsOf(day(on)), &super::test_archive::config()).next.map(|day| day.to_string());
    assert_eq!((dossier.pairs.len(), dossier.is_regular(&dossier.pairs[0])), (1, true));
    assert_eq!((next("2026-11-24"), next("2027-01-01").as_deref()), (None, Some("2026-10-01")));
}

#[test]
fn pairs_on_one_line_or_separate_lines() {
    let three = ["何俊-王建国 4", "周岚-沈丽萍 12", "周岚-王建国 4"].map(str::to_owned).to_vec();
    for written in [
        "接触安排: 周岚、何俊 王建国 4次、周岚 沈丽萍 12次\n---\n",
        "接触安排: 周岚、何俊→王建国 4次；沈丽萍（周岚，每月一次）\n---\n",
        "接触安排: 王建国（周岚，何俊，4次）、沈丽萍（周岚，12次）\n---\n",
        "接触安排: [周岚 何俊 王建国 4次, 周岚 沈丽萍 12次]\n---\n",
        "接触安排:\n  - 周岚、何俊 → 王建国 每季一次\n  - { 对象: 沈丽萍, 我方: 周岚, 联系次数: 12 }\n---\n",
        "---\n1. 王建国：周岚、何俊，4次\n2. 周岚 沈丽萍 12次\n",
        "---\n- 王建国（周岚、何俊，4次）\n- 沈丽萍 周岚 12次\n",
    ] {
        assert_eq!(planned(written), (three.clone(), Vec::new()), "{written}");
    }
    let four = ["何俊-沈丽萍 6", "何俊-王建国 6", "周岚-沈丽萍 6", "周岚-王建国 6"].map(str::to_owned).to_vec();
    assert_eq!(planned("---\n- 沈丽萍、王建国（周岚，何俊，6次）\n"), (four.clone(), Vec::new()));
    assert_eq!(planned("接触安排: 沈丽萍、王建国（周岚，何俊，6次）\n---\n"), (four, Vec::new()));
}

#[test]
fn plan_row_without_pair_is_reported() {
    for (line, wrong) in [
        ("沈丽萍", &["missing-required"][..]),
        ("沈丽萍、王建国", &["missing-required"]),
        ("周岚 何俊 6次", &["missing-required"]),
        ("沈丽萍 王建国 6次", &["missing-required"]),
        ("周岚 华东院 6次", &["missing-required", "tail-not-understood"]),
        ("周岚", &["missing-required", "unfiled-person"]),
        ("郑国平 → 周岚 每月一次", &["unfiled-person"]),
        ("沈丽萍 周兰 12次", &["unknown-staff"]),
        ("周岚 沈丽平 12次", &["unfiled-person"]),
        ("郑国平 李明 12次", &["unfiled-person", "unknown-staff"]),
        ("12次", &["missing-required", "missing-required"]),
    ] {
        assert_eq!(
            planned(&format!("---\n- {line}\n")),
            (Vec::new(), wrong.iter().map(|code| code.to_string()).collect()),
            "{line}"
        );
    }
}
