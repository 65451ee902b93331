//! One fictional customer: its record, people, plan and contacts; visits are in `visit`.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::phrases::{CALLS, DEGREES, DIFFICULTIES, FACTS, HOBBIES, PARTS, PROCEDURE, Part, RELATIONS, TRADES, Trade};
use super::staff::Staff;
use super::{LAST_DAY, department, names, short, visit};
use crate::calendar::Date;
use crate::scaffold::rng::Rng;

/// A key person.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub name: String,
    pub part: &'static Part,
    pub unit: String,
}

/// Properties of a customer, before its files are written.
#[derive(Debug)]
pub(super) struct Customer<'a> {
    pub number: u32,
    pub short: String,
    pub trade: &'static Trade,
    pub people: Vec<Person>,
    pub head_office: String,
    pub owner: &'a str,
    pub mate: &'a str,
    pub staff: &'a Staff,
    /// A person who is met and has no record.
    pub unfiled: String,
}

/// Folder names in one of the two languages; a customer uses one throughout.
struct Folders {
    customer: String,
    file: &'static str,
    people: &'static str,
    plans: &'static str,
    visits: &'static str,
    contacts: &'static str,
    information: &'static str,
    projects: &'static str,
    development: &'static str,
}

impl Folders {
    fn of(customer: &Customer<'_>) -> Folders {
        if customer.number.is_multiple_of(2) {
            Folders {
                customer: format!("客户/{}", customer.short),
                file: "客户",
                people: "关键人物",
                plans: "接触计划",
                visits: "拜访",
                contacts: "接触",
                information: "客户信息",
                projects: "项目",
                development: "客户计划",
            }
        } else {
            Folders {
                customer: format!("customers/c{:05}", customer.number),
                file: "customer",
                people: "people",
                plans: "contact-plans",
                visits: "visits",
                contacts: "contacts",
                information: "information",
                projects: "projects",
                development: "plans",
            }
        }
    }
}

/// Random generator for customer `number`.
pub(super) fn dice(number: u32) -> Rng {
    Rng::new(0x6B65_6461_6E67 ^ (u64::from(number) << 20))
}

/// All files of customer `number`.
pub(super) fn files(number: u32, staff: &Staff) -> Vec<(String, String)> {
    let mut dice = dice(number);
    let customer = Customer::new(number, staff, &mut dice);
    let folders = Folders::of(&customer);
    let at = |below: String| format!("{}/{below}.md", folders.customer);

    let visits = visit::all(&customer, &mut dice);
    let visited: BTreeSet<Date> = visits.iter().map(|(day, _)| *day).collect();
    let first = visited.first().copied().unwrap_or(LAST_DAY);

    let mut files = vec![(at(folders.file.to_owned()), customer.file(first, &mut dice))];
    for person in &customer.people {
        let text = customer.person(person, first, &mut dice);
        files.push((at(format!("{}/{}", folders.people, person.name)), text));
    }
    files.push((at(format!("{}/2026", folders.plans)), customer.plan(&mut dice)));
    files.extend(visits.into_iter().map(|(day, text)| (at(format!("{}/{day}", folders.visits)), text)));
    files.push((at(format!("{}/2026-10", folders.contacts)), customer.contacts(&visited, &mut dice)));
    if number.is_multiple_of(3) {
        files.push((at(folders.information.to_owned()), customer.information(&mut dice)));
    }
    if let Some((name, text)) = department::project(&customer) {
        files.push((at(format!("{}/{name}", folders.projects)), text));
    }
    if let Some(text) = department::development_plan(&customer) {
        files.push((at(format!("{}/2026", folders.development)), text));
    }
    files
}

/// The short name of customer `number`.
fn short_name(number: u32) -> String {
    let trade = &TRADES[number as usize % TRADES.len()];
    let place = number / TRADES.len() as u32;
    match place / names::PLACES {
        0 => format!("{}{}", names::place(place), trade.short),
        again => format!("{}{}{}", names::place(place % names::PLACES), trade.short, again + 1),
    }
}

impl<'a> Customer<'a> {
    pub(super) fn new(number: u32, staff: &'a Staff, dice: &mut Rng) -> Customer<'a> {
        let trade = &TRADES[number as usize % TRADES.len()];
        let head_office = if dice.chance(50) { "集团总部" } else { "公司本部" }.to_owned();
        // Six different family names, so that 邱总 or 邱班长 is unambiguous.
        let families = dice.sample(names::THEIR_FAMILIES, PARTS.len() + 1);
        let person = |(at, part): (usize, &'static Part)| {
            let unit = if at == 0 || at == 3 { head_office.clone() } else { trade.sites[at % 3].to_owned() };
            Person { name: names::name(families[at], dice.number(0, 9_999)), part, unit }
        };
        let people = PARTS.iter().enumerate().map(person).collect();
        let unfiled = names::name(families[PARTS.len()], dice.number(0, 9_999));
        Customer {
            number,
            short: short_name(number),
            trade,
            people,
            head_office,
            owner: &staff.seller(number).name,
            mate: &staff.seller(number + 1).name,
            staff,
            unfiled,
        }
    }

    /// A phrase with `{who}` filled in, and `{subject}` with a random subject of the trade.
    pub(super) fn fill(&self, phrase: &str, who: &str, dice: &mut Rng) -> String {
        phrase.replace("{who}", who).replace("{subject}", dice.choose::<&str>(&self.trade.subjects))
    }

    /// `邱总`.
    pub(super) fn call(person: &Person) -> String {
        person.name.chars().take(1).chain(person.part.call.chars()).collect()
    }

    fn file(&self, first: Date, dice: &mut Rng) -> String {
        let filed = first.saturating_sub(dice.days(1, 30));
        let full = self.short.replacen(self.trade.short, self.trade.full, 1);
        let mut text =
            format!("---\n档案编号: YC-{:05}\n建档日期: {filed}\n单位名称: {full}\n简称: {}\n", self.number + 1, self.short);
        // Sometimes a required value is missing.
        if !dice.chance(8) {
            let classes = ["1 业务往来之客户", "2 目标客户", "3 潜在客户"];
            let _ = writeln!(text, "对象类别: {}", dice.choose(&classes));
        }
        let level = match dice.number(1, 10) {
            1 => "核心",
            2..=4 => "重点",
            _ => "一般",
        };
        let place: String = self.short.chars().take(2).collect();
        let _ = write!(
            text,
            "级别: {level}\n业务类型: 大项目\n行业: {}\n地区: {place}\n负责人: {}\n",
            self.trade.industry, self.owner
        );
        let _ = writeln!(text, "档案管理员: {}", self.staff.archivist().name);
        if self.number % 10 == 9 {
            let _ = writeln!(text, "上级单位: {}", short_name(self.number - 1));
        }
        let _ = writeln!(text, "关系生命周期: {}", dice.choose(&["考察期", "形成期", "稳定期", "退化期"]));
        if dice.chance(5) {
            text.push_str("跟踪状态: 暂停\n原因: 对方停产改造\n");
        }
        text.push_str("---\n\n## 机构\n\n| 机构 | 类别 | 所处地点 | 主要联系人 |\n|---|---|---|---|\n");
        let units = [(self.head_office.as_str(), "公司总部")]
            .into_iter()
            .chain(self.trade.sites.iter().map(|site| (*site, "分支机构")));
        for (at, (unit, class)) in units.enumerate() {
            let people: Vec<&str> =
                self.people.iter().filter(|person| person.unit == unit).map(|person| person.name.as_str()).collect();
            let street = format!("{place}市建设路{}号", 10 * at as u32 + dice.number(1, 9));
            let _ = writeln!(text, "| {unit} | {class} | {street} | {} |", people.join("、"));
        }
        text.push_str("\n## 目前的需求\n\n");
        for need in dice.sample(&self.trade.needs, 2) {
            let by = &dice.choose(&self.people).name;
            let day = first.saturating_add(dice.days(0, 60));
            let _ = writeln!(text, "- {need}（{by}，{day}，3级）");
        }
        text.push_str("\n## 困难和问题\n\n");
        for difficulty in dice.sample(DIFFICULTIES, 2) {
            let _ = writeln!(text, "- {difficulty}");
        }
        text.push_str("\n## 购买程序\n\n");
        for (at, step) in PROCEDURE.iter().enumerate() {
            let _ = writeln!(text, "{}. {step}", at + 1);
        }
        let _ = writeln!(text, "\n## 客户概况\n\n{}", self.trade.about);
        if self.number > 0 && dice.chance(20) {
            let _ = writeln!(text, "\n做法可以参考[[{}]]，两家是兄弟单位。", short_name(self.number - 1));
        }
        text
    }

    fn person(&self, person: &Person, first: Date, dice: &mut Rng) -> String {
        let mut text = format!(
            "---\n姓名: {}\n称呼: {}\n职务: {}\n所属机构: {}\n",
            person.name,
            Customer::call(person),
            person.part.title,
            person.unit
        );
        let _ = writeln!(text, "电话: 1400{:07}", self.number * 10 + dice.number(0, 9));
        if dice.chance(60) {
            let _ = writeln!(text, "出生日期: {}-{:02}", dice.number(1964, 1988), dice.number(1, 12));
        }
        let _ = writeln!(text, "学历: {}\n业余爱好: {}", dice.choose(DEGREES), dice.sample(HOBBIES, 2).join("、"));
        if !dice.chance(6) {
            let _ = writeln!(text, "角色作用: {}", person.part.role);
        }
        let relation = *dice.choose(RELATIONS);
        let _ = writeln!(text, "关系状况: {relation}\n我方联系人: {}", if dice.chance(70) { self.owner } else { self.mate });
        if person.part.role != "决策者" {
            let _ = writeln!(text, "汇报对象: {}", self.people[0].name);
        }
        text.push_str("---\n\n## 关心的事务\n\n");
        for concern in dice.sample(&person.part.concerns, 2) {
            let _ = writeln!(text, "- {concern}");
        }
        if dice.chance(50) {
            let begun = first.saturating_add(dice.days(0, 90));
            let _ = write!(text, "\n## 关系变化\n\n- {begun} 尚未建立关系：{}初访\n", self.owner);
            if relation != "尚未建立关系" {
                let later = begun.saturating_add(dice.days(60, 200));
                let _ = writeln!(text, "- {later} {relation}：来往多了，话说得开");
            }
        }
        text
    }

    fn plan(&self, dice: &mut Rng) -> String {
        let goal = dice.choose(&["推进到能参与技术要求", "由中立转积极，年内成交一项", "保持来往，及时知道招标消息"]);
        let mut text = format!("---\n目标描述: {}：{goal}\n---\n\n", dice.choose(&self.trade.subjects));
        text.push_str("| 我方 | 对象 | 联系次数 | 下次联系 | 说明 |\n|---|---|---|---|---|\n");
        for person in &self.people {
            let ours = if person.part.role == "顾问人员" { self.mate } else { self.owner };
            let next = Date::constant(2026, 1, 5).saturating_add(dice.days(0, 330));
            let _ = writeln!(text, "| {ours} | {} | {} | {} | |", person.name, dice.number(2, 12), short(next));
        }
        if dice.chance(30) {
            let head = &self.staff.head().name;
            let _ = writeln!(text, "| {head} | {} | 1 | 12-8 | 部长同去一次 |", self.people[0].name);
        }
        text
    }

    fn contacts(&self, visited: &BTreeSet<Date>, dice: &mut Rng) -> String {
        let days =
            (9..=30).map(|day| Date::constant(2026, 10, day)).filter(|day| visit::is_weekday(*day) && !visited.contains(day));
        let mut days = dice.sample(&days.collect::<Vec<_>>(), 6);
        days.sort_unstable();
        let as_table = self.number % 4 == 1;
        let mut text = String::from(if as_table {
            "---\n月份: 2026-10\n---\n\n| 日期 | 方式 | 对象 | 我方 | 报告 | 下次联系 |\n|---|---|---|---|---|---|\n"
        } else {
            "---\n月份: 2026-10\n---\n\n"
        });
        for day in days {
            let theirs = dice.choose(&self.people).name.clone();
            let (channel, call) = (dice.choose(&["电话", "微信", "邮件", "来电"]), dice.choose(CALLS));
            let report = self.fill(call, &theirs, dice);
            let next = dice.chance(40).then(|| short(day.saturating_add(dice.days(10, 45))));
            let (day, ours) = (short(day), self.owner);
            let _ = if as_table {
                writeln!(text, "| {day} | {channel} | {theirs} | {ours} | {report} | {} |", next.unwrap_or_default())
            } else {
                let next = next.map(|next| format!("，下次联系 {next}")).unwrap_or_default();
                writeln!(text, "- {day} {channel} {theirs}：{report}（{ours}{next}）")
            };
        }
        text
    }

    fn information(&self, dice: &mut Rng) -> String {
        let mut text =
            String::from("---\n标签: 附表5\n---\n\n| 主题 | 信息 | 含义 | 等级 | 来源 | 日期 |\n|---|---|---|---|---|---|\n");
        for (topic, fact, meaning) in dice.sample(FACTS, 3) {
            let fact = self.fill(fact, "", dice);
            let day = LAST_DAY.saturating_sub(dice.days(5, 400));
            let (level, source) = *dice.choose(&[("1", "网站"), ("2", "行业刊物"), ("1", "年度报告")]);
            let _ = writeln!(text, "| {topic} | {fact} | {meaning} | {level} | {source} | {day} |");
        }
        text
    }
}
