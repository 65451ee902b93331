//! 档案完整度: the nine contents and seven forms of each customer, how much of each is filled, and what is missing.

mod checklist;

use super::{Findings, Report};
use crate::archive::{Archive, Dossier};
use crate::i18n::Message;
use crate::rule::RuleContext;
use crate::table::{Cell, Column, Row, Table};

pub use checklist::{CONTENTS, Completeness, FORMS, FilledShare, Gap, completeness, is_wanted};

/// The report.
pub const REPORT: Report = Report {
    name: "completeness",
    reads: &[
        "customer.name",
        "customer.units",
        "customer.procurement",
        "person.title",
        "person.roles",
        "project.roles",
        "person.relation",
        "person.links",
        "person.concerns",
        "person.mobile",
        "person.office",
        "person.home",
        "person.hobbies",
        "person.birthplace",
        "person.birthday",
        "person.journals",
        "person.native_place",
        "person.education",
        "person.family",
        "person.schools",
        "person.associations",
        "person.career",
        "contact-plan.goal",
        "contact-plan.pairs",
        "visit.people",
        "visit.plan",
        "visit.result",
        "visit.prose",
        "visit.information",
    ],
    tabulate,
};

fn tabulate(archive: &Archive, _: &Findings, context: &RuleContext<'_>) -> Table {
    let level = |dossier: &Dossier| {
        let level = dossier.customer.as_ref().and_then(|customer| customer.level.as_deref());
        context.config.levels.iter().position(|one| Some(one.name.as_str()) == level).unwrap_or(usize::MAX)
    };
    let mut lines: Vec<(u32, usize, &Dossier, Completeness)> = archive
        .dossiers
        .values()
        .filter(|dossier| is_wanted(dossier))
        .map(|dossier| {
            let found = completeness(dossier, context);
            (found.percent(), level(dossier), &**dossier, found)
        })
        .collect();
    // The least complete customers first; among equals the more important one.
    lines.sort_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
    let column =
        |key: &'static str, number: bool| Column { key, label: Message::new(format!("report.completeness.{key}")), number };
    let mut columns: Vec<Column> = ["customer", "level", "owner", "archivist"].map(|key| column(key, false)).into();
    columns.push(column("share", true));
    columns.push(column("contents", true));
    columns.extend(["form1", "form2", "form3", "form4", "form5", "form6", "form7"].map(|key| column(key, true)));
    columns.push(column("lacks", false));
    Table {
        name: REPORT.name,
        title: Message::new("report.completeness"),
        note: Some(Message::new("report.completeness.note")),
        columns,
        rows: lines.iter().map(|(percent, _, dossier, found)| row(*percent, dossier, found, context)).collect(),
    }
}

fn row(percent: u32, dossier: &Dossier, found: &Completeness, context: &RuleContext<'_>) -> Row {
    let customer = dossier.customer.as_ref();
    let who = |who: Option<&crate::archive::Party>| who.map_or(Cell::Empty, |who| Cell::People(vec![who.clone()]));
    let (owner, archivist) = (customer.and_then(|customer| customer.owner.as_ref()), context.responsible(dossier));
    let level = customer.and_then(|customer| customer.level.as_ref());
    let mut cells = vec![
        Cell::Record(dossier.entry.clone()),
        level.map_or(Cell::Empty, |level| Cell::Text(level.to_string())),
        who(owner),
        who(archivist),
        Cell::Number(percent.into()),
        Cell::Number(found.contents_there() as i64),
    ];
    cells.extend(found.forms.iter().map(|form| Cell::Number(form.percent().into())));
    cells.push(Cell::List(found.gaps.iter().map(gap).collect()));
    let staff = owner.into_iter().chain(archivist).filter_map(|who| who.entry()).cloned().collect();
    Row { cells, staff, customer: Some(dossier.entry.clone()) }
}

fn gap(gap: &Gap) -> Cell {
    let said = Cell::Message(gap.what.clone());
    match &gap.at {
        Some(entry) => Cell::Evidence(Box::new(said), entry.clone()),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::test_archive::{config, without_base};
    use crate::calendar::AsOf;
    use crate::i18n::{Catalog, Lang};

    /// What is missing for customer `dl`, as displayed, and the shares.
    fn said(text: &str) -> (Vec<String>, Completeness) {
        let (test_archive, config) = (without_base(text, "full"), config());
        let edition = config.edition("full").expect("a default one");
        let context = RuleContext { as_of: AsOf(jiff::civil::date(2026, 11, 24)), config: &config, edition };
        let table = tabulate(&test_archive.archive, &Findings::new(), &context);
        let found = completeness(test_archive.dossier("dl"), &context);
        let Some(Cell::List(gaps)) = table.rows[0].cells.last() else { panic!("{:?}", table.rows) };
        (gaps.iter().map(|gap| crate::table::cell_text(gap, Catalog::of(Lang::Zh))).collect(), found)
    }

    const CUSTOMER: &str = "
//- staff/周岚.md
---
职务: 销售经理
---
//- customers/dl/customer.md
---
单位名称: 东澜水务
---

## 机构

| 机构 | 所处地点 | 主要联系人 |
|---|---|---|
| 公司总部 | 澜江 | 邱志远 |
";

    #[test]
    fn empty_dossier_reports_each_gap_once() {
        let (gaps, found) = said("//- customers/dl/customer.md\n---\n单位名称: 东澜水务\n---\n");
        // Form 1 has the name.
        assert_eq!((found.percent(), found.forms[0]), (3, FilledShare { filled: 1, of: 4 }));
        assert_eq!(found.contents_there(), 0);
        assert_eq!(
            gaps,
            [
                "没有写机构",
                "没有在购买决策中有角色的关键人物",
                "没有关键人物",
                "不知道谁是决策者",
                "不知道谁是支持者",
                "没有“行业与市场状况”的信息",
                "没有“客户近期与远期计划”的信息",
                "没有“组织结构与管理体系”的信息",
                "没有“投资规划”的信息",
                "今天没有接触计划",
                "没有拜访日报",
                "东澜水务：购买程序",
            ]
        );
    }

    #[test]
    fn form_2_required_only_with_role() {
        let of = |more: &str| {
            let person = "姓名: 邱志远\n职务: 总工程师\n关系状况: 中立的\n我方联系人: 周岚\n";
            said(&format!("{CUSTOMER}//- customers/dl/people/邱志远.md\n---\n{person}{more}---\n"))
        };
        let (gaps, found) = of("");
        assert!(gaps.contains(&"邱志远：角色作用".to_owned()) && !gaps.iter().any(|gap| gap.contains("籍贯")), "{gaps:?}");
        assert_eq!(found.forms[2], FilledShare { filled: 3, of: 4 });
        let (gaps, found) = of("角色作用: 决策者\n籍贯: 绍兴\n家庭情况: 一子\n");
        let lacking = "邱志远：业余爱好、出生地点、出生日期、专业期刊、学历、毕业学校、参加何其它专业协会、工作经历";
        assert!(gaps.contains(&lacking.to_owned()), "{gaps:?}");
        assert_eq!(found.forms[1], FilledShare { filled: 4, of: 12 });
        assert_eq!(found.forms[2], FilledShare { filled: 4, of: 4 });
        assert!(gaps.contains(&"邱志远：关心的事务".to_owned()), "{gaps:?}");
    }

    #[test]
    fn inline_contact_phone_counts_as_filled() {
        let of = |contact: &str| said(&CUSTOMER.replace("邱志远", contact)).1.forms[0];
        assert_eq!(of("邱志远"), FilledShare { filled: 3, of: 4 });
        assert_eq!(of("邱志远（总工 0571-88880000）"), FilledShare { filled: 4, of: 4 });
        let filed = "//- customers/dl/people/邱志远.md\n---\n职务: 总工\n手机: 13900000000\n---\n";
        assert_eq!(said(&format!("{CUSTOMER}{filed}")).1.forms[0], FilledShare { filled: 4, of: 4 });
    }

    #[test]
    fn form_7_required_for_past_visits_only() {
        let visit =
            |day: &str, more: &str| format!("//- customers/dl/visits/{day}.md\n---\n拜访人: 周岚\n拜访目的: 3A\n{more}---\n");
        let whole = visit("2026-11-05", "拜访对象: 邱志远\n商谈计划: b\n成果: C\n") + "谈了备件。\n";
        let (gaps, found) = said(&format!("{CUSTOMER}{whole}{}", visit("2026-12-05", "")));
        assert_eq!(found.forms[6], FilledShare { filled: 4, of: 4 }, "{gaps:?}");
        let (gaps, found) = said(&format!("{CUSTOMER}{whole}{}", visit("2026-11-10", "成果: C\n")));
        assert_eq!(found.forms[6], FilledShare { filled: 5, of: 8 });
        assert!(gaps.contains(&"2026-11-10：拜访对象、面谈概要、商谈计划".to_owned()), "{gaps:?}");
    }

    #[test]
    fn information_without_meaning_fills_half_row() {
        let of = |row: &str| said(&format!("{CUSTOMER}//- customers/dl/information.md\n## 信息\n\n- {row}\n"));
        let (gaps, found) = of("投资规划：二期约8000万（2级，年报，2026-10-01）");
        assert_eq!(found.forms[4], FilledShare { filled: 1, of: 8 });
        assert!(gaps.contains(&"“投资规划”的信息没有写含义".to_owned()), "{gaps:?}");
        let (gaps, found) = of("投资规划：二期约8000万 → 明年下半年招标（2级，年报，2026-10-01）");
        assert_eq!(found.forms[4], FilledShare { filled: 2, of: 8 });
        assert!(!gaps.iter().any(|gap| gap.contains("投资规划")), "{gaps:?}");
        let (_, found) = of("投资规划：二期约8000万 → 明年下半年招标（2级，年报，2027-10-01）");
        assert_eq!(found.forms[4].filled, 0, "not known yet");
    }

    #[test]
    fn person_with_role_requires_contact_plan_row() {
        let person = "//- customers/dl/people/邱志远.md\n---\n职务: 总工程师\n角色作用: 决策者\n---\n";
        let plan = |row: &str| {
            format!("//- customers/dl/contact-plans/2026.md\n---\n目标描述: 由中立转积极\n---\n## 接触安排\n\n{row}\n")
        };
        let (gaps, found) = said(&format!("{CUSTOMER}{person}{}", plan("")));
        assert_eq!(found.forms[5], FilledShare { filled: 2, of: 3 });
        assert!(gaps.contains(&"邱志远：接触安排".to_owned()), "{gaps:?}");
        let (gaps, found) = said(&format!("{CUSTOMER}{person}{}", plan("- 邱志远 周岚（12次，下次联系 12-1）")));
        assert_eq!(found.forms[5], FilledShare { filled: 5, of: 5 }, "{gaps:?}");
    }

    #[test]
    fn stopped_customer_has_no_gaps() {
        let test_archive = without_base("//- customers/dl/customer.md\n---\n单位名称: 东澜水务\n跟踪状态: 停止\n---\n", "full");
        let config = config();
        let edition = config.edition("full").expect("a default one");
        let context = RuleContext { as_of: AsOf(jiff::civil::date(2026, 11, 24)), config: &config, edition };
        assert!(!is_wanted(test_archive.dossier("dl")));
        assert!(tabulate(&test_archive.archive, &Findings::new(), &context).rows.is_empty());
    }
}
