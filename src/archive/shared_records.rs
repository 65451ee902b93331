//! Tests: projects and competitors found by name, and records outside customer folders.

use super::Party;
use super::test_archive::test_archive;
use crate::record::RecordId;

const PROJECTS: &str = "//- customers/hd/projects/清河热电扩建.md
---
阶段: 线索
别名: 清河二期
阶段变化: 招标 2026-10-09；线索 2026-03-01
角色: 沈丽萍 使用者
---
//- competitors/恒科控制.md
---
优势: 价格低
---
//- customers/hd/plans/2026.md
---
制订人: 周岚
行动计划: 见总工（周岚，2026-03-31）
---
## 竞争对手

- 恒科控制：价格低
- 南桥自控：本地
";

#[test]
fn projects_and_competitors_resolve_by_name() {
    let test_archive = test_archive(&format!(
        "{PROJECTS}//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 王建国
项目: 清河二期
---
见[[清河热电扩建]]。
//- customers/hd/visits/2026-11-21.md
---
拜访人: 周岚
拜访对象: 王建国
项目: 清河热电扩健
---
//- customers/hd/people/傅彬.md
---
职务: 副院长
偏爱的竞争对手: 恒科控制
角色作用: 使用者
---
"
    ));
    assert_eq!(
        test_archive.diagnostics(),
        "customers/hd/plans/2026.md:8:3 unfiled-name “竞争对手”里的“南桥自控”还没有竞争对手档案
customers/hd/visits/2026-11-21.md:4:5 unfiled-name “项目”里的“清河热电扩健”还没有项目档案
  是否想写：清河热电扩建"
    );
    let dossier = test_archive.dossier("hd");
    assert_eq!(dossier.projects.iter().map(|project| project.stage.as_deref()).collect::<Vec<_>>(), [Some("招标")]);
    assert_eq!(dossier.development_plans.len(), 1);
    let entries: Vec<Option<&str>> =
        dossier.events.iter().map(|event| event.project_card.as_ref().map(|entry| entry.id.as_str())).collect();
    assert_eq!(entries, [None, Some("customers/hd/projects/清河热电扩建")]);
    assert_eq!(dossier.events[1].project.as_deref(), Some("清河二期"));
    let favours = dossier.people.iter().find_map(|person| person.favours.as_ref()).and_then(Party::entry);
    assert_eq!(favours.map(|entry| entry.id.as_str()), Some("competitors/恒科控制"));
    let project = &dossier.projects[0].record;
    assert_eq!(dossier.mentions[&project.id].len(), 1, "the visit mentions it");
    assert!(dossier.records().any(|record| record.id == project.id));
}

#[test]
fn row_with_customer_resolves_its_people() {
    let test_archive = test_archive(
        "//- visit-plans/2026-11/周岚.md
| 日期 | 单位 | 对象 | 目标 |
|---|---|---|---|
| 11-5 | 华东院 | 沈丽萍、郑国平 | 摸清要求 |
| 11-6 | 平塘水厂 | 朱厂长 | 初次拜访 |
| 11-7 | 华东電力设计院 | 沈丽萍 | |
//- inbound/2026-11.md
---
登记人: 周岚
---
- 11-23 来电 华东院 沈丽萍：要合同（何俊，11-23）
- 11-23 来电 云溪水厂 蒋工：问价（何俊，11-23）
//- reviews/2026-Q3.md
---
审核人: 周岚
日期: 2026-10-12
---
## 建议

- [ ] 补沈丽萍附表2（华东院，何俊，11-13）
- [ ] 补附表3（尽快，何俊，11-13）
//- directives/2026-11-23.md
---
人员: 周岚
---
- [[华东院/2026-11-20]] 我来签（何俊，11-28）
//- customers/hd/visits/2026-11-20.md
---
拜访人: 周岚
拜访对象: 王建国
---
",
    );
    assert_eq!(
        test_archive.diagnostics(),
        "reviews/2026-Q3.md:8:12 tail-not-understood 括号里的“尽快”不是我方人员，也不是这家客户的人，只当作说明
visit-plans/2026-11/周岚.md:3:20 unfiled-person “安排”里的“郑国平”还没有关键人物档案
  建档：kedang new person hd/郑国平
visit-plans/2026-11/周岚.md:5:10 unfiled-name “安排”里的“华东電力设计院”没有建档，与已建档的名字很像
  是否想写：华东电力设计院"
    );
    let archive = &test_archive.archive;
    let ids: Vec<&str> = archive.shared_records.iter().map(|loose| loose.record.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "directives/2026-11-23",
            "inbound/2026-11#2026-11-23-沈丽萍",
            "inbound/2026-11#2026-11-23-蒋工",
            "reviews/2026-Q3",
            "visit-plans/2026-11/周岚",
        ]
    );
    let who = |at: usize, key: &str| {
        let record = &archive.shared_records[at].record;
        let name = record.fields.names(key).first().expect("the field is present");
        archive.names[&record.id].get(&name.id).and_then(Party::entry).map(|entry| entry.id.to_string())
    };
    assert_eq!(who(1, "from").as_deref(), Some("customers/hd/people/沈丽萍"));
    assert_eq!(who(2, "from"), None);
    assert_eq!(who(2, "clerk").as_deref(), Some("staff/周岚"), "what is said of all rows is said of each");
    assert_eq!(archive.of_kind("review").count(), 1);
    let visit = RecordId::from("customers/hd/visits/2026-11-20");
    assert_eq!(test_archive.dossier("hd").mentions.get(&visit).map(Vec::len), Some(1), "the directive speaks of it");
}
