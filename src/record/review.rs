//! Keys of kind `review`, and of the columns of its rows, each with its type.

/// 季度: period.
pub const QUARTER: &str = "quarter";
/// 审核人: name.
pub const BY: &str = "by";
/// 日期: date.
pub const DATE: &str = "date";
/// 审核范围: rows.
pub const SCOPE: &str = "scope";
/// 例外: rows.
pub const EXCEPTIONS: &str = "exceptions";
/// 建议: rows.
pub const SUGGESTIONS: &str = "suggestions";
/// 呈交: names.
pub const SUBMITTED_TO: &str = "submitted_to";
/// 呈交日期: date.
pub const SUBMITTED_ON: &str = "submitted_on";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 审核范围.
pub mod scope {
    /// 全部: code.
    pub const ALL: &str = "all";
    /// 负责人: names.
    pub const OWNER: &str = "owner";
    /// 客户: names.
    pub const CUSTOMER: &str = "customer";
}

/// Columns of 例外.
pub mod exceptions {
    /// 结论: text.
    pub const WHAT: &str = "what";
    /// 客户: name.
    pub const CUSTOMER: &str = "customer";
}

/// Columns of 建议.
pub mod suggestions {
    /// 建议: text.
    pub const WHAT: &str = "what";
    /// 客户: name.
    pub const CUSTOMER: &str = "customer";
    /// 责任人: name.
    pub const OWNER: &str = "owner";
    /// 建议落实时间: date.
    pub const DUE: &str = "due";
    /// 落实日期: date.
    pub const DONE: &str = "done";
    /// 落实结果: text.
    pub const RESULT: &str = "result";
}
