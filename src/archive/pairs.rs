//! Our person and theirs: what was planned, what was made, what is next (附表6).

use std::sync::Arc;

use super::Card;
use crate::calendar::{Date, Period};

/// A next contact as it was stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// For which day.
    pub date: Date,
    /// When it was stated: the record's day; a plan row counts as stated at the start of its period.
    pub on: Date,
    /// In which record.
    pub record: Arc<Card>,
}

/// A planned count for a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The plan's period.
    pub period: Period,
    /// 联系次数.
    pub times: Option<u32>,
    /// The plan.
    pub record: Arc<Card>,
    /// Row of 接触安排, from 0.
    pub row: u32,
    /// 说明.
    pub note: Option<Arc<str>>,
}

/// Two people, one of ours and one of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Our staff member.
    pub ours: Arc<Card>,
    /// The key person.
    pub theirs: Arc<Card>,
    /// Rows of contact plans, newest period first.
    pub planned: Vec<Planned>,
    /// Days on which they were in touch, with the record, newest first.
    pub made: Vec<(Date, Arc<Card>)>,
    /// Next contacts stated, in order of `on` (then of the day itself); see `kinds.md` 7.
    pub stated: Vec<Stated>,
}
