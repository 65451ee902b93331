//! Keys of kind `loans`, and of the columns of its rows, each with its type.

/// 借阅: rows.
pub const LOANS: &str = "loans";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";

/// Columns of 借阅.
#[expect(clippy::module_inception, reason = "kind and field are called the same")]
pub mod loans {
    /// 借阅人: name.
    pub const BORROWER: &str = "borrower";
    /// 日期: date.
    pub const DATE: &str = "date";
    /// 客户: name.
    pub const CUSTOMER: &str = "customer";
    /// 份号: text.
    pub const COPY: &str = "copy";
    /// 用途: text.
    pub const PURPOSE: &str = "purpose";
    /// 应还: date.
    pub const DUE: &str = "due";
    /// 归还: date.
    pub const RETURNED: &str = "returned";
    /// 遗失或泄密: text.
    pub const INCIDENT: &str = "incident";
}
