//! Keys of kind `inspection`, and of the columns of its rows, each with its type.

/// 日期: date.
pub const DATE: &str = "date";
/// 检查人: names.
pub const BY: &str = "by";
/// 范围: text.
pub const SCOPE: &str = "scope";
/// 发现: rows.
pub const FINDINGS: &str = "findings";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 发现.
pub mod findings {
    /// 发现: text.
    pub const WHAT: &str = "what";
    /// 客户: name.
    pub const CUSTOMER: &str = "customer";
    /// 责任人: name.
    pub const OWNER: &str = "owner";
    /// 期限: date.
    pub const DUE: &str = "due";
    /// 完成: date.
    pub const DONE: &str = "done";
    /// 说明: text.
    pub const NOTE: &str = "note";
}
