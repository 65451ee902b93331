//! 客户接触计划 (附表6).

use serde::Serialize;

use super::{Frame, Link, PairRow, RecordPart};

/// 客户接触计划 (附表6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ContactPlan {
    /// What is around it.
    pub page: Frame,
    /// The customer.
    pub customer: Link,
    /// 计划期, possibly empty.
    pub period: String,
    /// 目标描述.
    pub goal: Vec<Link>,
    /// The pairs it plans, with what was made.
    pub pairs: Vec<PairRow>,
    /// The other plans of the customer.
    pub others: Vec<Link>,
    /// The record.
    pub record: RecordPart,
}
