//! Tests: a project and the records that refer to it.

use super::test_archive::test_archive;
use super::{MemberSource, Milestone, Party};
use crate::calendar::AsOf;
use crate::record::RecordId;

const PROJECT: &str = "//- competitors/恒科控制.md
---
优势: 价格低
---
//- customers/hd/projects/清河热电扩建.md
---
阶段: 线索
阶段变化: 招标 2026-10-09；线索 2026-03-01；搁置 2027-02-01
投资规模: 约2.3亿
启动时间: 2027年一季度
招标日期: 2026-12-20
评标标准: 技术 60 分、价格 40 分
计划拜访次数: 2
期间: 每季
竞争对手: 恒科控制、南桥自控
合同: HT-2026-018，1150万元，2026-12-20
---
## 角色

- 沈丽萍 使用者：调试期不停水
- 邱志远（集团） 顾问人员
- 王建国

## 文件

- 标书 起草 何俊 2026-12-10

## 节点

- [ ] 预付款 345万 2027-01-15
- [x] 交货 2027-03-01
- 进度款 200万 2027-04-01 到账 150万 2027-04-02
//- customers/hd/people/傅彬.md
---
职务: 院长
关心的事务: 工期
---
## 角色作用

| 角色作用 | 项目 |
|---|---|
| 决策者 | 清河热电扩建 |
| 支持者 | |
//- customers/hd/people/高岩.md
---
职务: 工程师
---
//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 高岩、沈丽萍
项目: 清河热电扩建
---
//- customers/hd/visits/2026-09-30.md
---
拜访人: 周岚
拜访对象: 沈丽萍
项目: 清河热电扩建
---
//- customers/hd/contacts/2026-10-20.md
---
方式: 电话
我方人员: 周岚
对象: 沈丽萍
项目: 清河热电扩建
---
谈了评分。
";

fn day(text: &str) -> AsOf {
    AsOf(text.parse().expect("a day"))
}

#[test]
fn project_members_have_a_source() {
    let test_archive = test_archive(PROJECT);
    let dossier = test_archive.dossier("hd");
    let project = &dossier.projects[0];
    let members: Vec<String> = project
        .members
        .iter()
        .map(|member| {
            let by = match &member.source {
                MemberSource::Row(row) => format!("row {row}"),
                MemberSource::Person => "own record".to_owned(),
                MemberSource::Met(entry, _) => format!("met {}", entry.name),
            };
            format!("{} {} {} {by}", member.who.name(), member.roles.join("+"), member.concerns.join("+"))
        })
        .collect();
    assert_eq!(
        members,
        [
            "沈丽萍 使用者 调试期不停水 row 0",
            "邱志远 顾问人员 集团 row 1",
            // The list states no role, so his own record's roles for all projects apply.
            "王建国 决策者  row 2",
            // His record's role for this project, not for all.
            "傅彬 决策者 工期 own record",
            "高岩   met 2026-11-20",
        ]
    );
    assert!(matches!(project.members[1].who, Party::Unregistered { .. }));
    assert!(project.member(&RecordId::from("customers/hd/people/沈丽萍")).is_some());
    let named: Vec<&str> = project.competitors.iter().map(Party::name).collect();
    assert_eq!(named, ["恒科控制", "南桥自控"]);
    assert!(project.competitors[0].entry().is_some() && project.competitors[1].entry().is_none());
}

#[test]
fn stages_apply_from_their_date() {
    let test_archive = test_archive(PROJECT);
    let dossier = test_archive.dossier("hd");
    let project = &dossier.projects[0];
    let stage = |on: &str| project.stage_on(day(on)).map(|stage| &**stage);
    assert_eq!([stage("2026-02-01"), stage("2026-05-01"), stage("2026-10-09")], [None, Some("线索"), Some("招标")]);
    assert_eq!(project.stage.as_deref(), Some("搁置"));
    assert!(!project.is_live() && project.is_live_on(day("2026-11-24")));
    assert_eq!(dossier.visits_made(project, day("2026-11-24")), 1, "the contact is no visit, September another quarter");
    assert_eq!(dossier.visits_made(project, day("2026-11-19")), 0);
    assert_eq!(dossier.visits_made(project, day("2026-09-30")), 1);
    assert_eq!(dossier.events_about(&project.record.id).count(), 3);
}

#[test]
fn milestones_close_when_done_or_fully_paid() {
    let test_archive = test_archive(PROJECT);
    let project = &test_archive.dossier("hd").projects[0];
    let [advance, delivery, part] = &project.milestones[..] else { panic!("{:?}", project.milestones) };
    let open = |milestone: &Milestone, on: &str| milestone.is_open(day(on));
    assert!(open(advance, "2027-02-01") && open(part, "2027-05-01"));
    assert!(open(delivery, "2027-02-28") && !open(delivery, "2027-03-01"), "ticked, it is done from its day on");
    assert!(part.is_short());
    assert_eq!(project.contract.as_ref().and_then(|contract| contract.number.as_deref()), Some("HT-2026-018"));
    let [bid] = &project.documents[..] else { panic!("one document") };
    assert_eq!((&*bid.what, bid.state.as_deref(), bid.owner.as_ref().map(Party::name)), ("标书", Some("起草"), Some("何俊")));
}

#[test]
fn plan_lists_competitors() {
    let test_archive = test_archive(
        "//- competitors/恒科控制.md
---
---
//- customers/hd/plans/2026.md
---
制订人: 周岚
行动计划: 见总工（周岚，2026-03-31）
---
## 竞争概况

### 竞争对手

| 名称 | 优势 | 劣势 | 目前的状况 | 建议的策略 |
|---|---|---|---|---|
| 恒科控制 | 价格低 | 服务慢 | 在谈 | 比服务 |
",
    );
    let [rival] = &test_archive.dossier("hd").development_plans[0].rivals[..] else { panic!("one competitor") };
    assert_eq!(rival.name.entry().map(|entry| entry.id.as_str()), Some("competitors/恒科控制"));
    assert_eq!((rival.weaknesses.as_deref(), rival.strategy.as_deref()), (Some("服务慢"), Some("比服务")));
}

#[test]
fn project_list_roles_are_person_roles() {
    let roles = |text: &str, name: &str| -> Vec<(String, Option<String>)> {
        let test_archive = test_archive(text);
        let people = &test_archive.dossier("hd").people;
        let person = people.iter().find(|person| &*person.entry.name == name).expect("filed");
        let said = |role: &super::Role| (role.role.to_string(), role.project.as_ref().map(ToString::to_string));
        person.roles.iter().map(said).collect()
    };
    let here = |role: &str| (role.to_owned(), Some("清河热电扩建".to_owned()));
    assert!(roles(PROJECT, "沈丽萍").contains(&here("使用者")));
    assert_eq!(roles(PROJECT, "傅彬"), [here("决策者"), ("支持者".to_owned(), None)]);
    assert_eq!(roles(PROJECT, "高岩"), []);
    // If both state a role, the project's list wins; a role for all projects is not repeated.
    let listed = PROJECT.replace("- 王建国\n", "- 王建国\n- 傅彬 顾问人员\n- 高岩 阻拦者\n");
    assert_eq!(roles(&listed, "傅彬"), [("支持者".to_owned(), None), here("顾问人员")]);
    assert_eq!(roles(&listed, "高岩"), [here("阻拦者")]);
    let listed = PROJECT.replace("- 王建国\n", "- 王建国\n- 傅彬 支持者\n");
    assert_eq!(roles(&listed, "傅彬"), [("支持者".to_owned(), None)]);
}
