//! Keys of kind `regulation`, and of the columns of its rows, each with its type.

/// 版本: text.
pub const VERSION: &str = "version";
/// 拟定: rows.
pub const DRAFTED: &str = "drafted";
/// 通过: text.
pub const APPROVED_BY: &str = "approved_by";
/// 通过日期: date.
pub const APPROVED_ON: &str = "approved_on";
/// 颁布日期: date.
pub const ISSUED: &str = "issued";
/// 解释部门: text.
pub const INTERPRETER: &str = "interpreter";
/// 年度审核: rows.
pub const REVIEWS: &str = "reviews";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 拟定.
pub mod drafted {
    /// 部门: text.
    pub const BY: &str = "by";
    /// 日期: date.
    pub const DATE: &str = "date";
}

/// Columns of 年度审核.
pub mod reviews {
    /// 结论: text.
    pub const VERDICT: &str = "verdict";
    /// 年度: period.
    pub const YEAR: &str = "year";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 修正: text.
    pub const CHANGE: &str = "change";
}
