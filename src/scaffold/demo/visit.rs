//! Visits to one customer in chronological order, with open items that are settled later.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::Weekday;

use super::customer::{Customer, Person};
use super::phrases::{CLOSINGS, FACTS, GOALS, IMPROVEMENTS, OPENINGS, OPINIONS, OUTCOMES, PROMISES, TALKS, WHYS};
use super::{LAST_DAY, short};
use crate::calendar::Date;
use crate::scaffold::rng::Rng;

/// An open item: number and text.
struct OpenPromise {
    number: String,
    text: String,
    is_promise: bool,
}

/// Whether the day is a working day.
pub(super) fn is_weekday(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// The days of about twenty visits, in order.
pub(super) fn days(dice: &mut Rng) -> Vec<Date> {
    let mut days = Vec::new();
    // Most customers had a recent visit; one in six did not.
    let mut day = LAST_DAY.saturating_sub(if dice.chance(16) { dice.days(60, 150) } else { dice.days(0, 25) });
    for _ in 0..dice.number(18, 22) {
        while !is_weekday(day) {
            day = day.saturating_sub(1.day());
        }
        days.push(day);
        day = day.saturating_sub(dice.days(18, 45));
    }
    days.reverse();
    days
}

/// A visit on each of these days.
pub(super) fn all(customer: &Customer<'_>, dice: &mut Rng) -> Vec<(Date, String)> {
    let days = days(dice);
    let mut open = Vec::new();
    days.into_iter().enumerate().map(|(at, day)| (day, visit(customer, day, at == 0, &mut open, dice))).collect()
}

fn visit(customer: &Customer<'_>, day: Date, first: bool, open: &mut Vec<OpenPromise>, dice: &mut Rng) -> String {
    let count = dice.number(1, 3) as usize;
    let met = dice.sample(&customer.people, count);
    let achieved = *dice.choose(&["是", "部分", "部分", "否"]);
    let mut text = front_matter(customer, day, first, &met, achieved, dice);

    text.push_str("\n## 面谈概要\n\n");
    text.push_str(dice.choose::<&str>(OPENINGS));
    let talks = dice.number(2, 4) as usize;
    for talk in dice.sample(TALKS, talks) {
        let who = Customer::call(dice.choose(&met));
        text.push_str(&customer.fill(talk, &who, dice));
    }
    let _ = writeln!(text, "\n\n{}", dice.choose(CLOSINGS));
    let _ = writeln!(text, "\n## 结果与检讨\n\n{}", dice.choose(OUTCOMES));
    // The reason is rarely missing.
    if achieved != "是" && dice.chance(97) {
        let who = Customer::call(dice.choose(&met));
        let why = *dice.choose(WHYS);
        let _ = writeln!(text, "原因：{}", customer.fill(why, &who, dice));
    }
    let _ = writeln!(text, "下次：{}", dice.choose(IMPROVEMENTS));

    let mut promises = String::new();
    if !open.is_empty() && dice.chance(75) {
        let settled = open.remove(0);
        if settled.is_promise {
            let _ = writeln!(promises, "- [x] {} {}", settled.number, settled.text);
        } else {
            let _ = write!(text, "\n## 已处理问题\n\n- [x] {} {}\n", settled.number, settled.text);
        }
    }
    // One kind of new item per visit, so that item numbers do not depend on the order of sections.
    match dice.number(1, 10) {
        1..=4 => {
            let count = dice.number(1, 2) as usize;
            for (at, what) in dice.sample(PROMISES, count).into_iter().enumerate() {
                let due = short(day.saturating_add(dice.days(5, 30)));
                let _ = writeln!(promises, "- [ ] {what}（对{}，{}，{due}）", dice.choose(&met).name, customer.owner);
                open.push(OpenPromise { number: format!("{day}#{}", at + 1), text: what.to_owned(), is_promise: true });
            }
        }
        5..=7 => {
            let what = *dice.choose(&customer.trade.problems);
            let due = short(day.saturating_add(dice.days(10, 40)));
            let _ = write!(text, "\n## 未处理问题\n\n- [ ] {what}（{}，{due}）\n", customer.mate);
            open.push(OpenPromise { number: format!("{day}#1"), text: what.to_owned(), is_promise: false });
        }
        8 => {
            let told = short(day.saturating_add(dice.days(1, 4)));
            let _ = write!(text, "\n## 客户意见\n\n- {}（转工程服务部，{told}）\n", dice.choose(OPINIONS));
        }
        _ => {}
    }
    if !promises.is_empty() {
        let _ = write!(text, "\n## 承诺\n\n{promises}");
    }
    if dice.chance(35) {
        let (topic, fact, meaning) = dice.choose(FACTS);
        let fact = customer.fill(fact, "", dice);
        let _ = write!(text, "\n## 信息\n\n- {topic}：{fact} → {meaning}（3级，{}）\n", dice.choose(&met).name);
    }
    text
}

fn front_matter(customer: &Customer<'_>, day: Date, first: bool, met: &[Person], achieved: &str, dice: &mut Rng) -> String {
    let mut visitors = customer.owner.to_owned();
    if dice.chance(40) && customer.mate != customer.owner {
        let _ = write!(visitors, "、{}", customer.mate);
    }
    let mut people: Vec<String> = met.iter().map(|person| person.name.clone()).collect();
    if dice.chance(12) {
        people.push(format!("{}（值班员）", customer.unfiled));
    }
    let mut text =
        format!("---\n日期: {day}\n拜访人: {visitors}\n拜访对象: {}\n拜访单位: {}\n", people.join("、"), met[0].unit);
    if !dice.chance(10) {
        // Some are written late.
        let late = if dice.chance(15) { dice.number(4, 9) } else { dice.number(0, 1) };
        let _ = writeln!(text, "填写日期: {}", day.saturating_add(i64::from(late).days()));
    }
    if !dice.chance(6) {
        let _ =
            writeln!(text, "拜访目的: {}", if first { "4" } else { dice.choose(&["3A", "3B", "3A 5", "1", "2", "3C", "6"]) });
    }
    let goal = *dice.choose(GOALS);
    let _ = writeln!(text, "拜访目标: {}", customer.fill(goal, "", dice));
    let plan = if first { "a 初次拜访" } else { dice.choose(&["b 处理问题", "c 建立关系"]) };
    let results = ["A 商谈成功", "B 有希望", "C 再度访问", "C 再度访问", "D 无希望", "E 继续观察"];
    let _ = write!(text, "商谈计划: {plan}\n成果: {}\n是否达成: {achieved}\n", dice.choose(&results));
    if dice.chance(70) {
        let next = short(day.saturating_add(dice.days(7, 50)));
        let _ = writeln!(text, "下次联系: {next} {}", met[0].name);
    }
    let (road, meal) = (dice.number(60, 400), dice.number(80, 600));
    let _ = match dice.number(1, 3) {
        1 => writeln!(text, "费用: 交通费 {road}"),
        2 => writeln!(text, "费用: 交通费 {road}、餐费 {meal}（对方{}人）", met.len()),
        _ => writeln!(text, "费用: 交通费 {road}、餐费 {meal}\n合计: {}", road + meal),
    };
    text.push_str("---\n");
    text
}

#[cfg(test)]
mod tests {
    use super::super::demo;

    #[test]
    fn most_missed_goals_have_reason() {
        let missed = |text: &str| text.contains("\n是否达成: 部分\n") || text.contains("\n是否达成: 否\n");
        let visits: Vec<String> = demo(60).map(|(_, text)| text).filter(|text| missed(text)).collect();
        let silent = visits.iter().filter(|text| !text.contains("\n原因：")).count();
        assert!(silent > 0 && silent * 20 < visits.len(), "{silent} of {}", visits.len());
    }

    #[test]
    fn ticked_items_match_earlier_open_items() {
        let files: Vec<_> = demo(12).collect();
        let mut ticked = 0;
        let is_visit = |path: &str| path.contains("/拜访/") || path.contains("/visits/");
        for (path, text) in files.iter().filter(|(path, _)| is_visit(path)) {
            for line in text.lines().filter_map(|line| line.strip_prefix("- [x] ")) {
                let (number, what) = line.split_once(' ').expect("a number and a text");
                let (day, _) = number.split_once('#').expect("a day and an order");
                let (folder, _) = path.rsplit_once('/').expect("lies in a folder");
                let opened = format!("{folder}/{day}.md");
                let (_, before) = files.iter().find(|(path, _)| *path == opened).expect("the visit it names");
                assert!(before.contains(&format!("- [ ] {what}（")), "{path}: {line}");
                ticked += 1;
            }
        }
        assert!(ticked > 60, "{ticked}");
    }
}
