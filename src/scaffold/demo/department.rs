//! Fictional projects, plans and competitors.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::customer::{self, Customer};
use super::phrases::GOALS;
use super::staff::Staff;
use super::visit::{days, is_weekday};
use crate::calendar::Date;
use crate::scaffold::rng::Rng;

/// Competitors: name, strength, weakness.
const COMPETITORS: &[(&str, &str, &str)] = &[
    ("恒科控制", "价格低，报价快", "现场调试的人少"),
    ("南岳自控", "本地常驻，随叫随到", "没有大项目业绩"),
    ("中仪电气", "产品线全", "维保要排队，一等两周"),
    ("海川智能", "软件做得好看", "硬件全靠外购"),
];

const STAGES: &[&str] = &["线索", "立项", "招标", "投标", "中标", "合同执行", "质保", "丢标", "搁置"];

/// Months with visit plans.
const MONTHS: [(i16, i8); 2] = [(2026, 10), (2026, 11)];

/// A separate generator, so that the customer's other files do not depend on these.
fn own_dice(number: u32) -> Rng {
    Rng::new(0x0070_6C61_6E73 ^ (u64::from(number) << 24))
}

/// The competitors, and each seller's visit plans.
pub(super) fn files(customers: u32, staff: &Staff) -> Vec<(String, String)> {
    let competitor = |(name, strength, weakness): &(&str, &str, &str)| {
        let text = format!(
            "---\n名称: {name}\n---\n\n## 优势\n\n- {strength}\n\n## 劣势\n\n- {weakness}\n\n## 目前的状况\n\n在本省有办事处。\n"
        );
        (format!("竞争对手/{name}.md"), text)
    };
    let mut plans: BTreeMap<(Date, u32), Vec<(Date, String)>> = BTreeMap::new();
    for number in 0..customers {
        let mut dice = customer::dice(number);
        let customer = Customer::new(number, staff, &mut dice);
        for day in days(&mut dice) {
            if MONTHS.contains(&(day.year(), day.month())) {
                let row = row(&customer, day);
                plans.entry((day.first_of_month(), number % staff.sellers())).or_default().push((day, row));
            }
        }
    }
    let plan = |((month, seller), mut rows): ((Date, u32), Vec<(Date, String)>)| {
        rows.sort();
        let (year, month) = (month.year(), month.month());
        let mut text = format!("---\n月份: {year}-{month:02}\n提交日期: {year}-{:02}-26\n", month - 1);
        let _ = write!(text, "审核人: {}\n审核: 已审\n---\n\n", staff.head().name);
        text.push_str("| 日期 | 单位 | 对象 | 目的 | 目标 |\n|---|---|---|---|---|\n");
        rows.iter().for_each(|(_, row)| text.push_str(row));
        (format!("拜访计划书/{year}-{month:02}/{}.md", staff.seller(seller).name), text)
    };
    COMPETITORS.iter().map(competitor).chain(plans.into_iter().map(plan)).collect()
}

/// A plan row on the day of a visit.
fn row(customer: &Customer<'_>, day: Date) -> String {
    let mut dice = own_dice(customer.number ^ day.day() as u32);
    let with = dice.choose(&customer.people);
    let purpose = dice.choose::<&str>(&["1", "2", "3A", "3B", "5"]);
    format!("| {day} | {} | {} | {purpose} | {} |\n", customer.short, with.name, dice.choose::<&str>(GOALS))
}

/// The project of a customer; every third has one.
pub(super) fn project(customer: &Customer<'_>) -> Option<(String, String)> {
    if customer.number % 3 != 1 {
        return None;
    }
    let mut dice = own_dice(customer.number);
    let subject = dice.choose::<&str>(&customer.trade.subjects);
    let name = format!("{subject}项目");
    let stage = dice.choose::<&str>(STAGES);
    let mut text = format!("---\n名称: {name}\n阶段: {stage}\n投资规模: {}万\n", 40 * dice.number(1, 60));
    let _ = write!(text, "计划拜访次数: {}\n期间: 每季\n", dice.number(1, 4));
    let rival = dice.choose(COMPETITORS).0;
    let _ = writeln!(text, "竞争对手: {rival}");
    if *stage == "丢标" {
        let _ = write!(text, "结果: 差了几分\n中标单位: {rival}\n丢标原因: 价格高\n");
    }
    text.push_str("---\n\n## 评标标准\n\n- 同类业绩两个以上\n- 质保期和到场时间\n\n## 角色\n\n");
    for person in &customer.people {
        let _ = writeln!(text, "- {} {}", person.name, person.part.role);
    }
    let mut day = Date::constant(2026, 6, 1).saturating_add(dice.days(0, 150));
    while !is_weekday(day) {
        day = day.saturating_sub(dice.days(1, 1));
    }
    let _ = write!(text, "\n## 阶段变化\n\n- {day} {stage}\n");
    Some((name, text))
}

/// The development plan of a customer; every fifth has one.
pub(super) fn development_plan(customer: &Customer<'_>) -> Option<String> {
    if customer.number % 5 != 2 {
        return None;
    }
    let mut dice = own_dice(customer.number);
    let (rival, strength, weakness) = *dice.choose(COMPETITORS);
    let goal = dice.choose::<&str>(GOALS);
    let mut text = format!("---\n年度: 2026\n制订人: {}\n参与人: {}\n", customer.owner, customer.mate);
    let _ = write!(text, "审核人: {}\n审核日期: 2026-01-20\n审核: 已审\n---\n", customer.staff.head().name);
    let _ = write!(text, "\n## 计划摘要\n\n### 客户目标\n\n- {goal}（2026-12-31）\n");
    let _ = write!(
        text,
        "\n## 竞争概况\n\n### 竞争对手\n\n| 名称 | 优势 | 劣势 |\n|---|---|---|\n| {rival} | {strength} | {weakness} |\n"
    );
    text.push_str("\n## 情况评估\n\n### 竞争性地位\n\n在三家之中排第二。\n\n## 客户计划\n\n### 行动计划\n\n");
    let _ = writeln!(text, "- [x] 上半年把几个主要的人见一遍（{}，2026-06-30） 2026-06-18", customer.owner);
    let _ = writeln!(text, "- [ ] 年底前谈一次明年的安排（{}，2026-12-18，对应目标 {goal}）", customer.owner);
    Some(text)
}
