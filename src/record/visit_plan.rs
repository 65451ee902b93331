//! Keys of kind `visit-plan`, and of the columns of its rows, each with its type.

/// 月份: month.
pub const MONTH: &str = "month";
/// 销售人员: name.
pub const STAFF: &str = "staff";
/// 提交日期: date.
pub const SUBMITTED: &str = "submitted";
/// 审核人: name.
pub const REVIEWER: &str = "reviewer";
/// 审核日期: date.
pub const REVIEWED: &str = "reviewed";
/// 审核: code.
pub const VERDICT: &str = "verdict";
/// 审核意见: text.
pub const COMMENT: &str = "comment";
/// 安排: rows.
pub const VISITS: &str = "visits";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 安排.
pub mod visits {
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 单位: name.
    pub const CUSTOMER: &str = "customer";
    /// 对象: names.
    pub const PEOPLE: &str = "people";
    /// 目的: codes.
    pub const PURPOSE: &str = "purpose";
    /// 目标: text.
    pub const GOAL: &str = "goal";
    /// 同行人: names.
    pub const COMPANIONS: &str = "companions";
    /// 携带物品: texts.
    pub const CARRY: &str = "carry";
    /// 费用预计: money.
    pub const FEE: &str = "fee";
    /// 变动: rows.
    pub const CHANGE: &str = "change";
}
