//! Rows and parts of the customer's page, some of which other pages use too.

use std::sync::Arc;

use serde::Serialize;

use super::{Due, Link, Names, StateTag, TextRuns};

/// Relation light with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RelationLight {
    /// `good`, `mid`, `bad`.
    pub tone: &'static str,
    /// 绿灯, 黄灯, 红灯.
    pub word: Arc<str>,
    /// The reason, as a sentence.
    pub reason: String,
}

/// The next contact due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NextContact {
    /// Its date.
    pub due: Due,
    /// Our person.
    pub ours: Link,
    /// Theirs.
    pub theirs: Link,
    /// The record that states it; none if it follows from the level's cycle.
    pub record: Option<Link>,
}

/// The last 改进.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Improvement {
    /// The text.
    pub text: TextRuns,
    /// The record that states it.
    pub record: Link,
}

/// A key person as a table row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// Name, linked to its page.
    pub name: Link,
    /// The customer, on pages about several.
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
    /// Last change of 关系状况: `up`, `down`, `same`; empty without history.
    pub trend: &'static str,
    /// That change: `中立的 → 积极的（2026-09-30）`.
    pub trend_words: String,
    /// 我方联系人.
    pub ours: Names,
    /// Last contact.
    pub last: Option<Link>,
    /// The next contact due.
    pub next: Option<Due>,
    /// Visible phone numbers.
    pub phones: Vec<Arc<str>>,
    /// The first of 关心的事务, possibly empty.
    pub concern: Arc<str>,
    /// 核心.
    pub core: bool,
    /// 离任日期.
    pub left: Option<String>,
}

/// A person met who has no record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UnregisteredRow {
    /// The name.
    pub name: Arc<str>,
    /// Text in brackets after the name, possibly empty.
    pub note: Arc<str>,
    /// The first few records that name the person, newest first.
    pub records: Names,
}

/// A row of 信息 with its 含义.
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
    /// Its record; empty on the page of that record.
    pub record: Link,
}

/// A row of the contact matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PairRow {
    /// Our person.
    pub ours: Link,
    /// Theirs.
    pub theirs: Link,
    /// 职务 of theirs, possibly empty.
    pub title: Arc<str>,
    /// Number of contacts planned for the period.
    pub planned: Option<u32>,
    /// Number of contacts made in the period; without a plan, all up to the as-of date.
    pub made: usize,
    /// The period: `2026`; empty without a plan.
    pub period: String,
    /// Last contact.
    pub last: Option<Link>,
    /// Next contact due.
    pub next: Option<Due>,
    /// Whether that date was stated; otherwise it follows from the level's cycle.
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
    /// Number of records.
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

/// A contact person of a unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ContactCell {
    /// The name.
    pub name: Link,
    /// 职务 or the text in brackets, possibly empty.
    pub title: Arc<str>,
    /// Visible phone numbers.
    pub phones: Vec<Arc<str>>,
}

/// A record with problems.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProblemFileRow {
    /// The record.
    pub record: Link,
    /// Number of errors.
    pub errors: usize,
    /// Number of warnings and hints.
    pub warnings: usize,
}

/// A customer as a table row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CustomerRow {
    /// Name, linked to its page.
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
    /// Number of key persons.
    pub people: usize,
    /// Relation light.
    pub light: Option<RelationLight>,
    /// Day of the last contact.
    pub last: Option<String>,
    /// The next contact due.
    pub next: Option<Due>,
    /// Number of open promises.
    pub promises: usize,
    /// Number of overdue duties.
    pub overdue: usize,
    /// 暂停 or 停止, while duties are suspended.
    pub resting: Option<Arc<str>>,
}
