//! What the page of a customer is made of; others show some of it, too.

use std::sync::Arc;

use serde::Serialize;

use super::{Due, Link, Names, StateTag, TextRuns};

/// State of relations in one word, with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Light {
    /// `good`, `mid`, `bad`.
    pub tone: &'static str,
    /// 绿灯, 黄灯, 红灯.
    pub word: Arc<str>,
    /// Why.
    pub reason: String,
}

/// The next contact that is owed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NextContact {
    /// When.
    pub due: Due,
    /// Our person.
    pub ours: Link,
    /// Theirs.
    pub theirs: Link,
    /// The record that says so; none when it follows from the cycle of the level.
    pub said: Option<Link>,
}

/// What the last visit wanted to do better.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Improve {
    /// The text.
    pub text: TextRuns,
    /// The visit.
    pub said: Link,
}

/// A key person in a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// Name and page.
    pub name: Link,
    /// The customer; filled on pages that show more than one.
    pub customer: Option<Link>,
    /// 称呼, possibly empty.
    pub call: Arc<str>,
    /// 职务, possibly empty.
    pub title: Arc<str>,
    /// 所属机构, possibly empty.
    pub unit: Arc<str>,
    /// 角色作用.
    pub roles: Vec<Arc<str>>,
    /// 关系状况.
    pub relation: Option<StateTag>,
    /// `up`, `down`, `same`, or empty when there is no history.
    pub trend: &'static str,
    /// The history in words: `中立的 → 积极的（2026-09-30）`.
    pub trend_words: String,
    /// 我方联系人.
    pub ours: Names,
    /// Last contact.
    pub last: Option<Link>,
    /// The next contact owed.
    pub next: Option<Due>,
    /// Telephone numbers that may be seen.
    pub phones: Vec<Arc<str>>,
    /// First concern, possibly empty.
    pub concern: Arc<str>,
    /// 核心.
    pub core: bool,
    /// 离任日期.
    pub left: Option<String>,
}

/// Somebody met who has no file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UnregisteredRow {
    /// The name.
    pub name: Arc<str>,
    /// What stood in brackets, possibly empty.
    pub note: Arc<str>,
    /// Where they occur, newest first, the first few.
    pub records: Names,
}

/// A statement with its meaning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct InformationRow {
    /// 日期.
    pub date: Option<String>,
    /// 主题, possibly empty.
    pub topic: Arc<str>,
    /// 信息.
    pub fact: TextRuns,
    /// 含义, possibly empty.
    pub meaning: TextRuns,
    /// 等级 1–4.
    pub level: Option<u8>,
    /// 来源 or 信息提供人.
    pub source: TextRuns,
    /// 重大.
    pub major: bool,
    /// The record it stands in; empty on the page of that record.
    pub said: Link,
}

/// Our person and theirs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PairRow {
    /// Our person.
    pub ours: Link,
    /// Theirs.
    pub theirs: Link,
    /// 职务 of theirs, possibly empty.
    pub title: Arc<str>,
    /// Planned for the period.
    pub planned: Option<u32>,
    /// Made in the period.
    pub made: usize,
    /// The period: `2026`; possibly empty.
    pub period: String,
    /// Last contact.
    pub last: Option<Link>,
    /// Next contact owed.
    pub next: Option<Due>,
    /// Whether that date was stated; else it follows from the cycle.
    pub stated: bool,
    /// 说明, possibly empty.
    pub note: Arc<str>,
}

/// A page of visits or contacts of a year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct YearLink {
    /// `visit` or `contact`.
    pub sort: &'static str,
    /// `2026 年拜访`.
    pub text: String,
    /// How many.
    pub count: usize,
    /// The page.
    pub href: String,
}

/// A unit of the customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UnitRow {
    /// 机构.
    pub name: Arc<str>,
    /// 类别, possibly empty.
    pub class: Arc<str>,
    /// 所处地点, possibly empty.
    pub place: Arc<str>,
    /// 主要联系人.
    pub contacts: Vec<ContactCell>,
    /// 负责人.
    pub owner: Option<Link>,
}

/// A contact of a unit with what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ContactCell {
    /// The name.
    pub name: Link,
    /// 职务 or what stood in brackets, possibly empty.
    pub title: Arc<str>,
    /// Telephone numbers that may be seen.
    pub phones: Vec<Arc<str>>,
}

/// A record with problems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProblemFileRow {
    /// The record.
    pub record: Link,
    /// Errors.
    pub errors: usize,
    /// Warnings and hints.
    pub warnings: usize,
}

/// A customer in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CustomerRow {
    /// Name and page.
    pub name: Link,
    /// 简称, possibly empty.
    pub short: Arc<str>,
    /// 档案编号, possibly empty.
    pub number: Arc<str>,
    /// 级别, possibly empty.
    pub level: Arc<str>,
    /// 行业, possibly empty.
    pub industry: Arc<str>,
    /// 地区, possibly empty.
    pub region: Arc<str>,
    /// 负责人.
    pub owner: Option<Link>,
    /// How many key persons.
    pub people: usize,
    /// State of relations.
    pub light: Option<Light>,
    /// Day of the last contact.
    pub last: Option<String>,
    /// The next contact owed.
    pub next: Option<Due>,
    /// Open promises.
    pub promises: usize,
    /// Duties overdue.
    pub overdue: usize,
    /// 暂停 or 停止, while duties rest.
    pub resting: Option<Arc<str>>,
}
