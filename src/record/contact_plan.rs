//! Keys of kind `contact-plan`, and of the columns of its rows, each with its type.

/// 计划期: period.
pub const PERIOD: &str = "period";
/// 目标描述: text.
pub const GOAL: &str = "goal";
/// 接触安排: rows.
pub const PAIRS: &str = "pairs";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 接触安排.
pub mod pairs {
    /// 对象: names.
    pub const PEOPLE: &str = "people";
    /// 我方: names.
    pub const STAFF: &str = "staff";
    /// 联系次数: number.
    pub const TIMES: &str = "times";
    /// 下次联系: date.
    pub const NEXT: &str = "next";
    /// 说明: text.
    pub const NOTE: &str = "note";
}
