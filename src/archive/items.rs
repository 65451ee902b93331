//! Promises, problems and opinions that stay open until they are settled (`kinds.md` 6).

use std::sync::Arc;

use super::{Card, Who};
use crate::calendar::Date;
use crate::kind::ItemNumber;

/// What sort of open item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemSort {
    /// 承诺 (S-17.3-4b).
    Promise,
    /// 问题 (S-F7.13).
    Problem,
    /// 客户意见 (S-04.10b).
    Opinion,
}

/// How an item was settled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// On which day: the date behind the tick, else the day of the record that ticked it.
    pub date: Option<Date>,
    /// In which record.
    pub by: Arc<Card>,
}

/// An open item, wherever it was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenItem {
    /// `2026-11-05#1`.
    pub number: ItemNumber,
    /// What sort.
    pub sort: ItemSort,
    /// 事项.
    pub text: Arc<str>,
    /// 责任人: a staff member of the tail or the column, else the first of ours in the record.
    pub owner: Option<Who>,
    /// 对: to whom it was promised.
    pub to: Option<Who>,
    /// 转告部门 of an opinion.
    pub department: Option<Arc<str>>,
    /// 期限 as stated; the default of D-17/D-18 is a question with a policy.
    pub due: Option<Date>,
    /// The day of the record it was opened in.
    pub opened: Option<Date>,
    /// That record.
    pub record: Arc<Card>,
    /// Field key and row in it, from 0: the evidence.
    pub field: (&'static str, u32),
    /// How it was settled, if it was.
    pub done: Option<Done>,
}

impl OpenItem {
    /// Whether it is open on a day: opened by then, and not settled by then (an item settled without a day was settled).
    pub fn is_open(&self, as_of: crate::calendar::AsOf) -> bool {
        let opened = self.opened.is_none_or(|day| day <= as_of.0);
        let settled = self.done.as_ref().is_some_and(|done| done.date.is_none_or(|day| day <= as_of.0));
        opened && !settled
    }
}
