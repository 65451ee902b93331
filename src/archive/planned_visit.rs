//! Rows of monthly visit plans (拜访计划书).

use std::sync::Arc;

use super::{DirectoryEntry, Party};
use crate::calendar::Date;
use crate::kind::{CodeValue, Money};

/// Maximum distance in days between a row and its visit, so that a visit on Monday carries out Friday's row.
pub const MAX_DAYS_APART: i32 = 3;

/// A change of a row before its day (变动).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlanChange {
    /// Cancelled (取消); otherwise moved.
    pub cancelled: bool,
    /// The new day of a moved row.
    pub to: Option<Date>,
    /// 原因.
    pub why: Option<Arc<str>>,
}

/// A row of a visit plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PlannedVisit {
    /// The plan.
    pub plan: Arc<DirectoryEntry>,
    /// Row in its 安排, from 0.
    pub row: u32,
    /// Whose plan it is.
    pub staff: Option<Arc<DirectoryEntry>>,
    /// 单位: a customer or an unregistered name; `None` if unreadable.
    pub customer: Option<Party>,
    /// 日期 as planned.
    pub date: Option<Date>,
    /// 变动.
    pub change: Option<PlanChange>,
    /// 对象.
    pub people: Vec<Party>,
    /// 同行人.
    pub companions: Vec<Party>,
    /// 目的.
    pub purpose: Vec<CodeValue>,
    /// 目标.
    pub goal: Option<Arc<str>>,
    /// 携带物品.
    pub carry: Vec<Arc<str>>,
    /// 费用预计.
    pub fee: Option<Money>,
}

impl PlannedVisit {
    /// The day it is due: the new day of a moved row.
    pub fn day(&self) -> Option<Date> {
        self.change.as_ref().and_then(|change| change.to).or(self.date)
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.change.as_ref().is_some_and(|change| change.cancelled)
    }

    /// Whether it was moved.
    pub fn is_moved(&self) -> bool {
        self.change.as_ref().is_some_and(|change| !change.cancelled)
    }
}

/// A row about a customer, and the visit that carried it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedVisitOutcome {
    /// The row.
    pub row: Arc<PlannedVisit>,
    /// The visit, whatever its day.
    pub visit: Option<Arc<DirectoryEntry>>,
}
