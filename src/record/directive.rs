//! Keys of kind `directive`, and of the columns of its rows, each with its type.

/// 日期: date.
pub const DATE: &str = "date";
/// 人员: name.
pub const BY: &str = "by";
/// 批示: rows.
pub const ITEMS: &str = "items";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 批示.
pub mod items {
    /// 所指: name.
    pub const ABOUT: &str = "about";
    /// 内容: text.
    pub const WHAT: &str = "what";
    /// 已阅: yes-no.
    pub const READ: &str = "read";
    /// 责任人: name.
    pub const OWNER: &str = "owner";
    /// 期限: date.
    pub const DUE: &str = "due";
    /// 完成: date.
    pub const DONE: &str = "done";
    /// 说明: text.
    pub const NOTE: &str = "note";
}
