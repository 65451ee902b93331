//! Tests of joining: what is resolved, what is reported, and where.

use super::test_archive::{test_archive, without_base};
use super::{EventKind, Party, Target};

#[test]
fn own_people_are_searched_first() {
    let test_archive = test_archive(
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
        test_archive.diagnostics(),
        "customers/hd/visits/2026-11-20.md:3:18 unfiled-person “拜访对象”里的“郑国平”还没有关键人物档案\n  建档：kedang new person hd/郑国平"
    );
    let dossier = test_archive.dossier("hd");
    let event = &dossier.events[0];
    assert_eq!(event.sort, EventKind::Visit);
    assert_eq!(event.ours.iter().map(Party::name).collect::<Vec<_>>(), ["周岚", "何俊"]);
    assert_eq!(event.theirs.iter().map(Party::name).collect::<Vec<_>>(), ["王建国", "沈丽萍", "郑国平"]);
    assert_eq!(dossier.unregistered.len(), 1);
    assert_eq!((&*dossier.unregistered[0].0, dossier.unregistered[0].1.as_deref()), ("郑国平", Some("班长")));
    assert_eq!(dossier.pairs.len(), 4);
}

#[test]
fn misspelled_name_gets_a_suggestion() {
    let test_archive = test_archive(
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
        test_archive.diagnostics(),
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
fn bracket_or_file_distinguishes_namesakes() {
    let test_archive = test_archive(&format!(
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
        test_archive.diagnostics(),
        "customers/hd/visits/2026-11-20.md:3:12 ambiguous-name “陈晨”有 2 个，分不清是哪一个
  写成这样就分得清：陈晨（处长）、陈晨（工程师）"
    );
    let dossier = test_archive.dossier("hd");
    let ids = |at: usize| -> Vec<&str> {
        dossier.events[at].theirs.iter().map(|who| who.entry().map_or("-", |entry| entry.id.as_str())).collect()
    };
    assert_eq!(ids(1), ["customers/hd/people/陈晨-2", "customers/hd/people/陈晨"]);
    assert_eq!(ids(0), ["customers/hd/people/陈晨-2", "-"]);
}

#[test]
fn people_of_other_customers_show_the_customer() {
    let test_archive = test_archive(
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
    assert_eq!(test_archive.diagnostics(), "");
    let event = &test_archive.dossier("dl").events[0];
    assert_eq!(event.theirs.iter().map(Party::name).collect::<Vec<_>>(), ["王建国", "沈丽萍"]);
    let visit = "customers/hd/visits/2026-11-02".into();
    assert_eq!(test_archive.dossier("hd").mentions[&visit].len(), 1);
    let branches = &test_archive.dossier("hd").customer.as_ref().expect("it has a file").branches;
    assert_eq!(branches.iter().map(|entry| &*entry.name).collect::<Vec<_>>(), ["东澜水务集团"]);
}

#[test]
fn broken_links_are_reported_at_their_span() {
    let test_archive = test_archive(
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
        test_archive.diagnostics(),
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
    let dossier = test_archive.dossier("hd");
    let links = &dossier.links[&"customers/hd/visits/2026-11-20".into()];
    // The same target as image and as embedded file: the resolved one wins.
    assert_eq!(links["现场.jpg"], Target::File("customers/hd/附件/现场.jpg".into()));
    assert_eq!(links["#技术要求"], Target::SameRecord("技术要求".into()));
}

#[test]
fn records_are_not_copied_as_attachments() {
    // The whole 客户计划 is secret: a link must not carry its file out.
    let test_archive = without_base(
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
    let links = &test_archive.dossier("hd").links[&"customers/hd/customer".into()];
    assert!(links.values().all(|target| *target == Target::Unresolved), "{links:?}");
}

#[test]
fn tail_names_go_to_the_matching_column() {
    let test_archive = test_archive(
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
        test_archive.diagnostics(),
        "customers/hd/visits/2026-11-20.md:4:21 unfiled-person “下次联系”里的“李明”还没有关键人物档案
  建档：kedang new person hd/李明
customers/hd/visits/2026-11-20.md:8:10 unknown-staff “承诺”里的“赵强”不在我方人员中
  新同事先建档：kedang new staff 赵强
customers/hd/visits/2026-11-20.md:11:11 tail-not-understood “沈丽萍”是客户的人，责任人仍算写日报的人
customers/hd/visits/2026-11-20.md:14:17 unfiled-person “信息”里的“王强”还没有关键人物档案
  是否想写：王建国（副院长）
  建档：kedang new person hd/王强"
    );
    let dossier = test_archive.dossier("hd");
    let who = |who: &Option<Party>| who.as_ref().map_or("-".to_owned(), |who| who.name().to_owned());
    let items: Vec<_> = dossier.items.iter().map(|item| (who(&item.owner), who(&item.to))).collect();
    let of = |owner: &str, to: &str| (owner.to_owned(), to.to_owned());
    assert_eq!(items, [of("何俊", "-"), of("赵强", "-"), of("周岚", "沈丽萍"), of("周岚", "-")]);
    // The next visitor is stated: 何俊 for all whom the visit met, the author for 李明, who has no record.
    assert_eq!(dossier.pairs.iter().filter(|pair| !pair.stated_contacts.is_empty()).count(), 1);
    let known: Vec<_> = dossier.information.iter().map(|row| (row.level, row.person.as_ref().map(Party::name))).collect();
    assert_eq!(known, [(Some(3), Some("沈丽萍")), (Some(1), Some("王强"))]);
}

#[test]
fn history_yields_current_position() {
    let test_archive = without_base(
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
    assert_eq!(test_archive.diagnostics(), "");
    let dossier = test_archive.dossier("hd");
    let customer = dossier.customer.as_ref().expect("it has a file");
    assert_eq!(customer.owner.as_ref().map(Party::name), Some("周岚"));
    assert_eq!(customer.units[0].contacts.iter().map(Party::name).collect::<Vec<_>>(), ["王建国", "李工"]);
    let person = &dossier.people[0];
    assert_eq!(person.title.as_deref(), Some("副院长"));
    assert_eq!(person.relation.as_ref().map(|relation| &*relation.state), Some("中立的"));
    assert_eq!(person.history.len(), 2);
    let ours: Vec<_> = person.ours.iter().map(|(who, note)| (who.name(), note.as_deref())).collect();
    assert_eq!(ours, [("周岚", None), ("何俊", Some("同学"))]);
    assert!(person.core);
    assert_eq!(dossier.pairs.len(), 2);
    assert_eq!(test_archive.archive.staff[0].manager.as_ref().map(Party::name), Some("周岚"));
}

#[test]
fn same_day_events_are_named_by_folder() {
    let test_archive = test_archive(
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
        test_archive.diagnostics(),
        "pages/说明.md:4:11 ambiguous-name “华东院/2026年11月20日”有 2 个，分不清是哪一个
  写成这样就分得清：customers/hd/contacts/2026-11-20、customers/hd/visits/2026-11-20
客户/hd/接触/2026-11-20.md:6:4 ambiguous-name “2026-11-20”有 2 个，分不清是哪一个
  写成这样就分得清：customers/hd/contacts/2026-11-20、customers/hd/visits/2026-11-20"
    );
    let links = &test_archive.dossier("hd").links[&"customers/hd/contacts/2026-11-20".into()];
    assert!(matches!(&links["visits/2026-11-20"], Target::Record(entry, None) if entry.is("visit")));
    assert!(matches!(&links["华东院/接触/2026-11-20"], Target::Record(entry, None) if entry.is("contact")));
}

#[test]
fn hidden_person_in_visible_text_is_a_warning() {
    let test_archive = test_archive(
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
        test_archive.diagnostics(),
        "customers/hd/visits/2026-11-20.md:3:7 hidden-name-in-visible-text 这里写了“钱坤”，他的档案密级是 3，这段文字的密级只有 1
customers/hd/visits/2026-11-20.md:5:7 hidden-name-in-visible-text 这里写了“钱坤”，他的档案密级是 3，这段文字的密级只有 2"
    );
}

#[test]
fn duplicates_and_cycles_are_reported_once() {
    let test_archive = without_base(
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
        test_archive.diagnostics(),
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
fn missing_customer_file_is_reported_once() {
    let test_archive = without_base(
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
        test_archive.diagnostics(),
        "customers/x/visits/2026-11-20.md:1:1 unknown-customer 客户文件夹“x”里没有 customer.md（客户.md）
  补一个 customer.md，写上单位名称和负责人。
customers/x/visits/2026-11-20.md:3:7 unfiled-person “拜访对象”里的“张三”还没有关键人物档案
  建档：kedang new person x/张三"
    );
    assert_eq!(&*test_archive.dossier("x").entry.name, "x");
}

#[test]
fn prose_edit_leaves_dossier_equal() {
    let visit = |body: &str| {
        let test_archive = test_archive(&format!(
            "//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 沈丽萍
---
{body}
"
        ));
        test_archive.dossier("hd").key
    };
    assert_eq!(visit("谈了备件。"), visit("谈了备件和培训，下次再谈。"));
    assert_ne!(visit("谈了备件。"), visit("谈了备件，见[[王建国]]。"));
}
