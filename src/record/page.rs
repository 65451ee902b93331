//! Keys of kind `page`, and of the columns of its rows, each with its type.

/// 标题: text.
pub const TITLE: &str = "title";
/// 标签: texts.
pub const TAGS: &str = "tags";
/// 别名: texts.
pub const ALIASES: &str = "aliases";
/// 最后核实: date.
pub const VERIFIED: &str = "verified";
