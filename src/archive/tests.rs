//! Small worlds: what is joined, what is reported, and where.

use super::bench::{bare, world};
use super::{EventSort, ItemSort, Target, Who};
use crate::calendar::AsOf;

fn day(text: &str) -> jiff::civil::Date {
    text.parse().expect("a test writes days as they are")
}

#[test]
fn names_are_found_among_the_own_people_first() {
    let world = world(
        "//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚、何俊
拜访对象: 王总、沈丽萍（主任）、郑国平（班长）
拜访单位: 热机室
---
谈了。
",
    );
    assert_eq!(
        world.news(),
        "customers/hd/visits/2026-11-20.md:3:18 unfiled-person “拜访对象”里的“郑国平”还没有关键人物档案\n  建档：kedang new person hd/郑国平"
    );
    let dossier = world.dossier("hd");
    let event = &dossier.events[0];
    assert_eq!(event.sort, EventSort::Visit);
    assert_eq!(event.ours.iter().map(Who::name).collect::<Vec<_>>(), ["周岚", "何俊"]);
    assert_eq!(event.theirs.iter().map(Who::name).collect::<Vec<_>>(), ["王建国", "沈丽萍", "郑国平"]);
    assert_eq!(dossier.unfiled.len(), 1);
    assert_eq!((&*dossier.unfiled[0].0, dossier.unfiled[0].1.as_deref()), ("郑国平", Some("班长")));
    assert_eq!(dossier.pairs.len(), 4);
}

#[test]
fn a_slip_in_a_name_is_told_with_the_name_that_was_meant() {
    let world = world(
        "//- customers/hd/visits/2026-11-20.md
---
拜访人: 周兰
拜访对象: 王建囯
拜访单位: 热机组
---
谈了。
",
    );
    assert_eq!(
        world.news(),
        "customers/hd/visits/2026-11-20.md:2:6 unknown-staff “拜访人”里的“周兰”不在我方人员中
  是否想写：周岚
customers/hd/visits/2026-11-20.md:3:7 unfiled-person “拜访对象”里的“王建囯”还没有关键人物档案
  是否想写：王建国（副院长）
  建档：kedang new person hd/王建囯
customers/hd/visits/2026-11-20.md:4:7 unknown-unit “热机组”不在客户档案的“机构”里
  是否想写：热机室"
    );
}

const TWO_CHEN: &str = "//- customers/hd/people/陈晨.md
---
职务: 处长
---
//- customers/hd/people/陈晨-2.md
---
姓名: 陈晨
职务: 工程师
---
";

#[test]
fn two_of_one_name_are_told_apart_by_bracket_or_file() {
    let world = world(&format!(
        "{TWO_CHEN}//- customers/hd/visits/2026-11-19.md
---
拜访人: 周岚
拜访对象: 陈晨（工程师）、陈晨（处长）
---
//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 陈晨-2、陈晨
---
"
    ));
    assert_eq!(
        world.news(),
        "customers/hd/visits/2026-11-20.md:3:12 ambiguous-name “陈晨”有 2 个，分不清是哪一个
  写成这样就分得清：陈晨（处长）、陈晨（工程师）"
    );
    let dossier = world.dossier("hd");
    let ids = |at: usize| -> Vec<&str> {
        dossier.events[at].theirs.iter().map(|who| who.card().map_or("-", |card| card.id.as_str())).collect()
    };
    assert_eq!(ids(1), ["customers/hd/people/陈晨-2", "customers/hd/people/陈晨"]);
    assert_eq!(ids(0), ["customers/hd/people/陈晨-2", "-"]);
}

#[test]
fn somebody_of_another_customer_is_named_with_it() {
    let world = world(
        "//- customers/dl/customer.md
---
单位名称: 东澜水务集团
简称: 东澜水务
负责人: 周岚
上级单位: 华东院
---
//- customers/dl/contacts/2026-11-03.md
---
方式: 电话
我方人员: 何俊
对象: 华东院/王总、hd/沈丽萍
---
问了进度，见[[华东院/2026-11-02]]和[[hd/visits/2026-11-02|日报]]。
//- customers/hd/visits/2026-11-02.md
---
拜访人: 何俊
拜访对象: 沈丽萍
---
",
    );
    assert_eq!(world.news(), "");
    let event = &world.dossier("dl").events[0];
    assert_eq!(event.theirs.iter().map(Who::name).collect::<Vec<_>>(), ["王建国", "沈丽萍"]);
    let visit = "customers/hd/visits/2026-11-02".into();
    assert_eq!(world.dossier("hd").mentions[&visit].len(), 1);
    let branches = &world.dossier("hd").customer.as_ref().expect("it has a file").branches;
    assert_eq!(branches.iter().map(|card| &*card.name).collect::<Vec<_>>(), ["东澜水务集团"]);
}

#[test]
fn links_are_followed_and_broken_ones_reported_where_they_stand() {
    let world = world(
        "//- customers/hd/附件/现场.jpg
//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 沈丽萍
---
见[[沈丽萍]]、[[王建果]]、[张](../people/王建国.md)、[李](../people/李四.md)。
![图](../附件/现场.jpg) ![图](现场.jpg) ![[现场.jpg]]
[上](#技术要求) [下](#没有) [外](https://example.com)
[档案](../../../../etc/passwd) [[#技术要求]]

# 技术要求
",
    );
    assert_eq!(
        world.news(),
        "customers/hd/visits/2026-11-20.md:5:12 broken-wikilink 没有叫“王建果”的客户、人员或记录，这个 [[链接]] 按普通文字显示
  是否想写：王建国（副院长）
customers/hd/visits/2026-11-20.md:5:44 broken-link 链接指向的“../people/李四.md”不存在
  找的是 customers/hd/people/李四.md
customers/hd/visits/2026-11-20.md:6:25 broken-image 图片“现场.jpg”不存在
  找的是 customers/hd/visits/现场.jpg
customers/hd/visits/2026-11-20.md:7:16 broken-anchor 链接“#没有”中 # 后面的标题不存在
customers/hd/visits/2026-11-20.md:8:6 broken-link 链接指向的“../../../../etc/passwd”不存在
  这个地址指到了档案文件夹外面。"
    );
    let dossier = world.dossier("hd");
    let links = &dossier.links[&"customers/hd/visits/2026-11-20".into()];
    // One address, written as a picture and as an embedded file: the one that leads somewhere counts.
    assert_eq!(links["现场.jpg"], Target::File("customers/hd/附件/现场.jpg".into()));
    assert_eq!(links["#技术要求"], Target::Here("技术要求".into()));
}

#[test]
fn a_text_is_never_copied_as_a_file() {
    // 客户计划 is secret whole, and its kind is not read yet: a link must not carry the file out.
    let world = bare(
        "//- customers/hd/customer.md
---
单位名称: 华东院
负责人: 周岚
---
[计划](plans/2026.md)、[设置](../../archive.yaml)、[[plans/2026]]
//- customers/hd/plans/2026.md
机密
//- archive.yaml
company: 甲
//- staff/周岚.md
---
职务: 销售经理
---
",
        "plain",
    );
    let links = &world.dossier("hd").links[&"customers/hd/customer".into()];
    assert!(links.values().all(|target| *target == Target::Nothing), "{links:?}");
}

#[test]
fn items_are_closed_where_they_stand_or_later_by_number_and_text() {
    let world = world(
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
        world.news(),
        "customers/hd/visits/2026-11-20.md:9:14 item-mismatch 2026-11-05#1 的内容与这里写的“备件承诺书”对不上，没有勾掉
  原来写的是：备件五年供货承诺书
customers/hd/visits/2026-11-20.md:10:7 unknown-item 没有编号为 2026-11-05#9 的承诺、问题或意见
  那一天有的是：2026-11-05#1 备件五年供货承诺书；2026-11-05#2 样本两套；2026-11-05#3 3#滤池PLC停产，要替代型号；2026-11-05#4 培训费谁出；2026-11-05#5 维保响应慢"
    );
    let items = &world.dossier("hd").items;
    let told: Vec<String> = items
        .iter()
        .map(|item| {
            let done = item.done.as_ref().map_or("open".into(), |done| {
                format!("{} by {}", done.date.map_or("-".into(), |day| day.to_string()), done.by.name)
            });
            let who = |who: &Option<Who>| who.as_ref().map_or("-", |who| who.name()).to_owned();
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
    assert_eq!(items[4].sort, ItemSort::Opinion);
    assert_eq!(items[4].department.as_deref(), Some("工程服务部"));
}

#[test]
fn a_visit_and_a_call_of_one_day_keep_their_items_apart() {
    let world = world(
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
    assert_eq!(world.news(), "");
    let items = &world.dossier("hd").items;
    let open: Vec<&str> = items.iter().filter(|item| item.done.is_none()).map(|item| &*item.text).collect();
    assert_eq!(open, ["送样本"]);
}

#[test]
fn the_newest_statement_wins_and_a_contact_settles_it() {
    let world = world(
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
    assert_eq!(world.news(), "");
    let dossier = world.dossier("hd");
    let pair = |ours: &str, theirs: &str| {
        dossier.pairs.iter().find(|pair| &*pair.ours.name == ours && &*pair.theirs.name == theirs).expect("they met")
    };
    let next = |ours: &str, theirs: &str, on: &str| {
        let standing = pair(ours, theirs).standing(AsOf(day(on)), Some(30));
        (standing.next.map(|day| day.to_string()), standing.stated.is_some())
    };
    let shen = |on| next("周岚", "沈丽萍", on);
    // Before anything happened the plan holds; then the visit's date; the call after it settles that, and the cycle runs.
    assert_eq!(shen("2026-01-05"), (Some("2026-01-08".into()), true));
    assert_eq!(shen("2026-01-20"), (Some("2026-02-10".into()), true));
    assert_eq!(shen("2026-02-11"), (Some("2026-02-10".into()), true));
    assert_eq!(shen("2026-02-20"), (Some("2026-03-14".into()), false));
    // The writer keeps up what was agreed; of 何俊 the plan's date stands, for he came before it.
    assert_eq!(next("周岚", "王建国", "2026-02-20"), (Some("2026-03-05".into()), true));
    assert_eq!(next("何俊", "王建国", "2026-02-20"), (Some("2026-03-01".into()), true));
    assert_eq!(pair("何俊", "王建国").planned[0].note.as_deref(), Some("每季一次"));
}

#[test]
fn a_typed_tail_is_placed_by_who_it_is() {
    let world = world(
        "//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 沈丽萍
下次联系: 11-27 何俊、12-1 李明
---
## 承诺
- [ ] 备件承诺书（何俊，12-1）
- [ ] 样本（赵强，12-2）
- [ ] 图纸（沈丽萍，12-3）
## 未处理问题
- [ ] 培训费（沈丽萍）
## 信息
- 组织结构：条款由采购部起草 → 走王总这条线（3级，沈丽萍）
- 投资规划：明年上二期（1级，王强）
",
    );
    assert_eq!(
        world.news(),
        "customers/hd/visits/2026-11-20.md:4:21 unfiled-person “下次联系”里的“李明”还没有关键人物档案
  建档：kedang new person hd/李明
customers/hd/visits/2026-11-20.md:8:10 unknown-staff “承诺”里的“赵强”不在我方人员中
  新同事先建档：kedang new staff 赵强
customers/hd/visits/2026-11-20.md:11:11 tail-not-understood “沈丽萍”是客户的人，责任人仍算写日报的人
customers/hd/visits/2026-11-20.md:14:17 unfiled-person “信息”里的“王强”还没有关键人物档案
  是否想写：王建国（副院长）
  建档：kedang new person hd/王强"
    );
    let dossier = world.dossier("hd");
    let who = |who: &Option<Who>| who.as_ref().map_or("-".to_owned(), |who| who.name().to_owned());
    let items: Vec<_> = dossier.items.iter().map(|item| (who(&item.owner), who(&item.to))).collect();
    let of = |owner: &str, to: &str| (owner.to_owned(), to.to_owned());
    assert_eq!(items, [of("何俊", "-"), of("赵强", "-"), of("周岚", "沈丽萍"), of("周岚", "-")]);
    // Who will go next was said: 何俊 to all whom the visit met, the writer to 李明, who has no file.
    assert_eq!(dossier.pairs.iter().filter(|pair| !pair.stated.is_empty()).count(), 1);
    let known: Vec<_> = dossier.information.iter().map(|row| (row.level, row.person.as_ref().map(Who::name))).collect();
    assert_eq!(known, [(Some(3), Some("沈丽萍")), (Some(1), Some("王强"))]);
}

#[test]
fn history_says_who_and_what_is_now() {
    let world = bare(
        "//- customers/hd/customer.md
---
单位名称: 华东院
级别: 核心
负责人: 何俊
---
## 负责人变更
- 何俊 2025-01-01
- 周岚 2026-03-01 片区调整
## 机构
| 机构 | 类别 | 所处地点 | 主要联系人 |
|---|---|---|---|
| 总部 | 公司总部 | 上海 | 王建国、李工（会计 021-5555） |
//- customers/hd/people/王建国.md
---
职务: 处长
角色作用: 决策者
我方联系人: 周岚、何俊（同学）
手机: 13800000000
---
## 职务变动
- 处长（2020-01-01）
- 副院长（2026-02-01）
## 关系变化
- 2026-11-13 中立的：见了面
- 2025-06-01 消极的
//- staff/周岚.md
---
职务: 销售经理
---
//- staff/何俊.md
---
职务: 销售人员
上级: 周岚
---
",
        "full",
    );
    assert_eq!(world.news(), "");
    let dossier = world.dossier("hd");
    let customer = dossier.customer.as_ref().expect("it has a file");
    assert_eq!(customer.owner.as_ref().map(Who::name), Some("周岚"));
    assert_eq!(customer.units[0].contacts.iter().map(Who::name).collect::<Vec<_>>(), ["王建国", "李工"]);
    let person = &dossier.people[0];
    assert_eq!(person.title.as_deref(), Some("副院长"));
    assert_eq!(person.relation.as_ref().map(|relation| &*relation.state), Some("中立的"));
    assert_eq!(person.history.len(), 2);
    let ours: Vec<_> = person.ours.iter().map(|(who, note)| (who.name(), note.as_deref())).collect();
    assert_eq!(ours, [("周岚", None), ("何俊", Some("同学"))]);
    assert!(person.core);
    assert_eq!(dossier.pairs.len(), 2);
    assert_eq!(world.archive.staff[0].manager.as_ref().map(Who::name), Some("周岚"));
}

#[test]
fn a_plan_row_finds_its_people_in_any_order() {
    let world = world(
        "//- customers/hd/contact-plans/2026.md
---
目标描述: 中标
接触安排: 周岚 沈丽萍 12次
---
- 王建国（何俊，4次，3-1）
- 王建国（周蓝，2次）
",
    );
    let told: Vec<String> = world
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
        world.news(),
        "customers/hd/contact-plans/2026.md:6:7 unknown-staff “接触安排”里的“周蓝”不在我方人员中
  是否想写：周岚"
    );
}

/// The pairs that a plan of one written thing comes to, `我方-对象 联系次数`, then what is wrong, reading and joining.
fn planned(written: &str) -> (Vec<String>, Vec<String>) {
    let world = world(&format!("//- customers/hd/contact-plans/2026.md\n---\n目标描述: 中标\n{written}"));
    let pairs = &world.dossier("hd").pairs;
    let planned = pairs.iter().flat_map(|pair| pair.planned.iter().map(move |row| (pair, row))).map(|(pair, row)| {
        let times = row.times.map_or_else(|| "-".to_owned(), |times| times.to_string());
        format!("{}-{} {times}", pair.ours.name, pair.theirs.name)
    });
    (planned.collect(), world.all_codes().into_iter().map(str::to_owned).collect())
}

#[test]
fn a_pair_is_a_pair_however_the_line_is_written() {
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
fn the_plan_of_next_year_asks_nothing_of_this_one() {
    let world = world(
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
    let dossier = world.dossier("hd");
    let next = |on| dossier.standing(&dossier.pairs[0], AsOf(day(on)), &super::bench::policy()).next.map(|day| day.to_string());
    assert_eq!((dossier.pairs.len(), dossier.is_regular(&dossier.pairs[0])), (1, true));
    assert_eq!((next("2026-11-24"), next("2027-01-01").as_deref()), (None, Some("2026-10-01")));
}

#[test]
fn several_pairs_stand_on_one_line_or_one_each() {
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
fn a_plan_row_that_comes_to_no_pair_says_so() {
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

#[test]
fn a_visit_and_a_call_of_one_day_are_named_by_their_folder() {
    let world = world(
        "//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 沈丽萍
---
//- 客户/hd/接触/2026-11-20.md
---
方式: 电话
我方人员: 周岚
对象: 沈丽萍
---
见[[2026-11-20]]、[[visits/2026-11-20]]、[[华东院/接触/2026-11-20]]。
//- pages/说明.md
---
标题: 说明
---
[[沈丽萍]]和[[华东院/2026年11月20日]]。
",
    );
    assert_eq!(
        world.news(),
        "pages/说明.md:4:11 ambiguous-name “华东院/2026年11月20日”有 2 个，分不清是哪一个
  写成这样就分得清：customers/hd/contacts/2026-11-20、customers/hd/visits/2026-11-20
客户/hd/接触/2026-11-20.md:6:4 ambiguous-name “2026-11-20”有 2 个，分不清是哪一个
  写成这样就分得清：customers/hd/contacts/2026-11-20、customers/hd/visits/2026-11-20"
    );
    let links = &world.dossier("hd").links[&"customers/hd/contacts/2026-11-20".into()];
    assert!(matches!(&links["visits/2026-11-20"], Target::Card(card, None) if card.is("visit")));
    assert!(matches!(&links["华东院/接触/2026-11-20"], Target::Card(card, None) if card.is("contact")));
}

#[test]
fn a_hidden_person_in_a_visible_text_is_warned_of() {
    let world = world(
        "//- customers/hd/people/钱坤.md
---
职务: 科长
密级: 3
---
//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 钱坤
---
他说的见[[钱坤]]。
//- customers/hd/visits/2026-11-21.md
---
密级: 3
拜访人: 周岚
拜访对象: 钱坤
---
",
    );
    assert_eq!(
        world.news(),
        "customers/hd/visits/2026-11-20.md:3:7 hidden-name-in-visible-text 这里写了“钱坤”，他的档案密级是 3，这段文字的密级只有 1
customers/hd/visits/2026-11-20.md:5:7 hidden-name-in-visible-text 这里写了“钱坤”，他的档案密级是 3，这段文字的密级只有 2"
    );
}

#[test]
fn twins_namesakes_and_circles_are_told_once() {
    let world = bare(
        "//- customers/a/customer.md
---
单位名称: 甲公司
档案编号: K-1
上级单位: 乙公司
负责人: 周岚
---
//- customers/b/customer.md
---
单位名称: 乙公司
档案编号: Ｋ-1
上级单位: a
负责人: 周岚
---
//- customers/c/customer.md
---
单位名称: 甲 公司
上级单位: 丁公司
负责人: 周岚
---
//- 客户/c/客户.md
---
单位名称: 丙公司
负责人: 周岚
---
//- staff/周岚.md
---
职务: 销售经理
---
",
        "full",
    );
    assert_eq!(
        world.news(),
        "customers/a/customer.md:4:7 circular-parent “甲公司”的上级单位绕了一圈又回到它自己
customers/b/customer.md:3:7 duplicate-number 档案编号“Ｋ-1”与 customers/a/customer.md 相同
customers/b/customer.md:4:7 circular-parent “乙公司”的上级单位绕了一圈又回到它自己
customers/c/customer.md:2:7 duplicate-name 单位名称“甲 公司”与 customers/a/customer.md 相同
customers/c/customer.md:3:7 unknown-customer “上级单位”里的“丁公司”不是已建档的客户
  是否想写：甲公司、乙公司、甲 公司
客户/c/客户.md:1:1 record-collision 客户/c/客户.md 与 customers/c/customer.md 是同一份记录（中英文名相同的两个文件），这一份没有读入
  留下一份，把另一份的内容并进去再删掉。"
    );
}

#[test]
fn a_folder_without_its_customer_file_is_reported_once() {
    let world = bare(
        "//- customers/x/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 张三
---
//- staff/周岚.md
---
职务: 销售经理
---
",
        "full",
    );
    assert_eq!(
        world.news(),
        "customers/x/visits/2026-11-20.md:1:1 unknown-customer 客户文件夹“x”里没有 customer.md（客户.md）
  补一个 customer.md，写上单位名称和负责人。
customers/x/visits/2026-11-20.md:3:7 unfiled-person “拜访对象”里的“张三”还没有关键人物档案
  建档：kedang new person x/张三"
    );
    assert_eq!(&*world.dossier("x").card.name, "x");
}

#[test]
fn prose_alone_does_not_change_a_dossier() {
    let visit = |body: &str| {
        let world = world(&format!(
            "//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 沈丽萍
---
{body}
"
        ));
        world.dossier("hd").key
    };
    assert_eq!(visit("谈了备件。"), visit("谈了备件和培训，下次再谈。"));
    assert_ne!(visit("谈了备件。"), visit("谈了备件，见[[王建国]]。"));
}
