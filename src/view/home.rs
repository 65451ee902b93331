//! 首页: what needs a decision today.

use std::sync::Arc;

use serde::Serialize;

use super::{Due, Duty, Figure, Frame, Link, Touch};

/// 首页: what needs a decision today. A statement as of a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Home {
    /// What is around it.
    pub page: Frame,
    /// `2026-11-24`.
    pub as_of: String,
    /// 星期二.
    pub weekday: Arc<str>,
    /// Counts, each with the list behind it.
    pub figures: Vec<Figure>,
    /// Overdue, promises to customers first.
    pub overdue: Vec<Duty>,
    /// How many more are overdue.
    pub overdue_more: usize,
    /// Overdue by person.
    pub by_person: Vec<Load>,
    /// The report with all of it.
    pub due_href: Option<String>,
    /// What comes within 30 days, in order of day.
    pub coming: Vec<Coming>,
    /// How many more.
    pub coming_more: usize,
    /// Records since the last working day.
    pub fresh: Vec<Touch>,
    /// How many more.
    pub fresh_more: usize,
    /// Since when: `2026-11-20`.
    pub fresh_since: String,
    /// 重大信息 of the last 30 days.
    pub major: Vec<MajorRow>,
    /// Pages of the archive.
    pub pages: Vec<Link>,
    /// Reports.
    pub reports: Vec<Link>,
    /// Errors in the archive (full edition).
    pub errors: usize,
    /// Warnings in the archive (full edition).
    pub warnings: usize,
    /// The page of problems (full edition).
    pub problems_href: Option<String>,
}

/// One of ours and what is late there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Load {
    /// Who.
    pub staff: Link,
    /// How many duties are overdue.
    pub overdue: usize,
    /// Of them, promises.
    pub promises: usize,
    /// The oldest.
    pub oldest: Option<Due>,
}

/// Something that comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coming {
    /// When.
    pub due: Due,
    /// 下次联系, 承诺, 问题.
    pub what: Arc<str>,
    /// More about it, possibly empty.
    pub text: Vec<Link>,
    /// The customer.
    pub customer: Link,
    /// Whom it is about.
    pub theirs: Option<Link>,
    /// Who does it.
    pub ours: Option<Link>,
}

/// A piece of major news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MajorRow {
    /// When.
    pub date: String,
    /// The customer.
    pub customer: Link,
    /// What.
    pub fact: Vec<Link>,
    /// What it means, possibly empty.
    pub meaning: Vec<Link>,
    /// The record.
    pub said: Link,
}
